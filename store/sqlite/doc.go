// Package sqlite keeps a store.Store in one file that is a valid GeoPackage
// 1.3: QGIS, GDAL and every other GeoPackage reader see the layers incident,
// area, place and denominator_part, and the tables category, source, shift and
// denominator, while the service runs.
//
//	db, err := sqlite.Open(ctx, "atalaya.gpkg", sqlite.Options{})
//	if err != nil { … }
//	defer db.Close()
//	err = db.Load(ctx, func(l store.Loader) error { … })
//
// One connection writes, in transactions that take the write lock when they
// begin; a pool of read-only connections reads. The journal is a write-ahead
// log, so readers see the last committed state and never wait for the writer.
// A commit is on the disk when it returns (synchronous=FULL).
//
// Beside the file stand SQLite's own -wal and -shm while it is open, and one
// -upload-N for each upload under way: see claims.
//
// Assumptions: the file is on a local disk of a Unix system, where locks work
// between processes. Times are kept to the millisecond; what is finer is cut
// off. Whoever else writes into the file (a GIS desk) leaves the columns that
// count and sum up — extents, counts, data version — to this package.
//
// Sources: OGC 12-128r17, GeoPackage Encoding Standard 1.3; sqlite.org/wal.html.
package sqlite
