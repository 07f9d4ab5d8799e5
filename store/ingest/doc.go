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
//	container   gzip or not, text or not, GeoJSON or delimited   container.go gzip.go signature.go
//	text        bytes to UTF-8                                   encoding.go
//	records     text to rows of cells under named columns        delimited.go delimiter.go header.go geojson.go ration.go
//	mapping     which column is which field, and why             field.go names.go person.go profile.go propose*.go settle.go mapping.go
//	incident    cells to a store.Incident or a store.Reject      coordinate.go stamp.go clock.go zone.go origin.go identity.go incident.go
//	run         the whole of it, into a store or to a caller     import.go run.go source.go category.go counts.go
//
// Assumptions: what a file is follows from its bytes, never from its name.
// Everything that is decided about a file is decided on its first MiB and at
// most its first 2,000 records; after that it is read record by record, and
// memory holds that window, one batch and about 20 bytes an incident to
// recognise repeated ids. Only the columns of fields are stored. Coordinates
// are WGS 84.
//
// Sources: RFC 4180 (CSV), RFC 7946 (GeoJSON), RFC 8142 (GeoJSON text
// sequences, of which the newline-delimited habit is read), ISO 8601 (times).
package ingest
