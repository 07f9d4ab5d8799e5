// Package rejects writes the rows of a file that were not taken as CSV, for
// whoever corrects them: why, in the reader's language, and the row itself.
//
//	w := rejects.NewWriter(file, "es", rejects.Columns(report))
//	for r := range rows {
//		w.Write(r)
//	}
//	err := w.Close()
//
// The columns are row, reason, field, value, message and detail, then those of
// the file itself, but for what looks like data on a person. Message says what
// is wrong and what to do in one sentence of the language, detail what the
// reader found in this row. Row is Enero!12 where several sheets were read. The last cells of a row that has more than the
// header stand in value.
//
// Assumptions: the file is opened in a spreadsheet, so that no text may start
// as a formula does.
//
// Sources: RFC 4180 (CSV); OWASP, CSV injection.
package rejects
