package ingest

import "strings"

// maxRecords is of how many rejected rows of a file the cells are kept: enough
// to correct them by hand, and a file that is rejected whole does not move
// into the database.
const maxRecords = 100_000

// original returns the cells of a rejected row as they stood in the file, for
// who corrects it: blank where a column looks like data on a person. It is nil
// where nobody knows which cell is which, and beyond the first rows.
//
// A row with surplus cells has one cell or more that were split, so that those
// behind stand up to that many columns too far right: each of the cells where
// data on a person may have come to stand is blank, and so is a person's name.
func (t *taking) original(rec record, columns []string) []string {
	if rec.flaw != nil || t.run.report.Rejected > maxRecords {
		return nil
	}
	cells := make([]string, len(rec.cells))
	surplus, personal := max(0, len(rec.cells)-len(columns)), -1 // the last column of a person so far
	for i, cell := range rec.cells {
		name := cellAt(columns, i)
		if i < len(columns) && t.run.mapping.lookAt(i, name).keepsOut() {
			personal = i
		}
		isHidden := personal >= 0 && i <= personal+surplus || surplus > 0 && isFullName(cell)
		if !isHidden {
			cells[i] = strings.Clone(t.run.mapping.shown(i, name, cell)) // lets the rest of the record go
		}
	}
	return cells
}
