package ingest

import "strings"

// maxRecords is of how many rejected rows of a file the cells are kept: enough
// to correct them by hand, and a file that is rejected whole does not move
// into the database.
const maxRecords = 100_000

// original returns the cells of a rejected row as they stood in the file, for
// who corrects it: blank where a column looks like data on a person. It is nil
// where nobody knows which cell is which, and beyond the first rows.
func (t *taking) original(rec record, columns []string) []string {
	if rec.flaw != nil || len(rec.cells) > len(columns) || t.run.report.Rejected > maxRecords {
		return nil
	}
	cells := make([]string, len(rec.cells))
	for i, cell := range rec.cells {
		cells[i] = strings.Clone(t.run.mapping.shown(i, columns[i], cell)) // lets the rest of the record go
	}
	return cells
}
