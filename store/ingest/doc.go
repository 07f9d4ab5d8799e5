// Package ingest turns the bytes of an incident file into incidents, and into
// a report of every row that was not taken.
//
//	file, err := os.Open("robberies.csv")
//	report, err := ingest.Import(ctx, st, file, ingest.Options{
//		File: "robberies.csv", TimeZone: "America/Chicago", Clock: time.Now,
//	})
//	fmt.Println(report.Rows, report.Taken, report.Reasons)
//
// The rooms are in this order, one concept a file:
//
//	spool       the bytes, to be read more than once             spool.go growing.go
//	container   what a file is, and which part of it is read     open.go signature.go part.go container.go gzip.go zip.go
//	            binary tables                                    xlsx*.go xml.go geopackage*.go shapefile.go dbf.go parquet*.go point_cell.go
//	            text tables                                      delimited.go delimiter.go json*.go ration.go markup.go html.go sheets2003.go
//	text        bytes to UTF-8                                   encoding.go
//	records     rows of cells under named columns                listing.go header.go footer.go
//	mapping     which column is which field, and why             field.go names.go profile.go propose*.go settle.go mapping.go
//	places      numbers, angles, points and systems to degrees   coordinate.go number.go angle.go point.go wkb.go reading.go rival.go place.go
//	            what the file and its surroundings tell of them  names_place.go settle_place.go orientation.go lost_point.go guess_system.go
//	            zone_column.go settle_zones.go                                                  zone_city.go near.go survey_place.go spread.go home.go pile.go
//	incident    cells to a store.Incident or a store.Reject      moment.go parts.go origin.go incident.go
//	times       texts to stamps, and these to instants           stamp.go scan*.go month_name.go count.go clock.go unknown_time.go timing.go zone.go
//	            what all values of a column tell together        survey_time.go day_order.go witness.go locale.go
//	persons     which columns look like data on a person         look.go allow.go person*.go survey_person.go
//	identity    which rows are of one incident                   identity.go survey_id.go repeats.go ledger.go tags.go take.go
//	categories  what raw texts mean                              meaning.go proactive.go
//	proposal    how a file would be read, before a row is taken  proposal.go confidence.go changed.go
//	run         the whole of it, into a store or to a caller     import.go run.go writer.go source.go counts.go quality.go record.go
//	definitions files that are not of incidents                  definition*.go amount.go denominator.go gazetteer.go
//
// Assumptions: what a file is follows from its bytes, never from its name.
// What a file looks like is decided on its first MiB and at most its first
// 2,000 records, and what only all records tell in a first pass over them; the
// second pass takes them one by one, while the store writes those before them.
// Text in gzip is unpacked beside the first pass. A file is refused for what it
// holds only once all of it is known to be there.
// The first is made again where it shows that the ids are somebody's numbers.
// Memory holds that window, a few batches and, in the first pass, about 6 bytes
// an incident to find the ids that come back.
// Nothing of a column that looks like data on a person is stored, and of the
// others only those of fields. Incidents are in WGS 84.
//
// A file that comes as a stream, and what is packed in another file, is held in
// a temporary file meanwhile. In all, a CSV file of 5,000,000 rows took 125 MB
// and a sheet of 1,000,000 took 121 MB, of 7 columns each.
//
// Sources: RFC 4180 (CSV), RFC 7946 (GeoJSON), RFC 8142 (GeoJSON text
// sequences), ECMA-376 (xlsx), OGC 12-128r19 (GeoPackage), Esri's shapefile
// description of 1998, GeoParquet 1.1, ISO 8601 (times).
package ingest
