package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"atalaya/store"
)

// AllSheets is the Options.Sheet that takes every sheet with the columns of the
// one with the most incidents.
const AllSheets = "*"

// maxSheetRows is how many rows a sheet may have among several; Excel's have
// half of them.
const maxSheetRows = 1 << 21

// opened is a sheet that was looked at.
type opened struct {
	part
	table    *table
	isPlaced bool
	err      error // why it is not read
}

// chooseSheets opens the sheet that the caller named, else all visible ones
// that have places under the same columns and nothing in common: one a month,
// say. Where they share ids or rows, as a sheet of all months does with each of
// them, the largest is read. What else may hold incidents is doubted.
func chooseSheets(named string, parts []part) (*table, error) {
	if named != "" && named != AllSheets || len(parts) < 2 {
		return choosePart("sheet", strings.TrimSuffix(named, AllSheets), parts, false)
	}
	sheets := make([]opened, 0, len(parts))
	for _, p := range parts {
		s := opened{part: p}
		if s.table, s.err = p.open(); s.err != nil && store.KindOf(s.err) != store.Invalid {
			return nil, s.err
		}
		s.isPlaced = s.err == nil && hasPlaces(s.table)
		sheets = append(sheets, s)
	}
	best := slices.MinFunc(sheets, opened.compare)
	if best.err != nil {
		return nil, best.err
	}
	alike := slices.DeleteFunc(slices.Clone(sheets), func(s opened) bool { return !s.isLike(best) })
	t, read := best.table, []opened{best}
	isTold := len(alike) < 2
	if len(alike) > 1 && (named == AllSheets || areApart(alike)) {
		var err error
		if t, err = stacked(alike); err != nil {
			return nil, err
		}
		read, isTold = alike, true
	}
	isRead := func(s opened) bool { return slices.ContainsFunc(read, func(r opened) bool { return r.name == s.name }) }
	if others := slices.DeleteFunc(slices.Clone(sheets), isRead); len(others) > 0 {
		t.notes = append(t.notes, fmt.Sprintf("%s read; not read: %s", subject(read), listed(namesOfOpened(others))))
	}
	if !isTold {
		t.doubt(store.DoubtSheet, "sheets %s have the same columns, but ids or rows in common: only %q is read; say sheet=* to have all of them, or name one",
			inQuotes(namesOfOpened(alike)), best.name)
	}
	for _, s := range sheets {
		switch {
		case isRead(s) || !isTold && s.isLike(best) || errors.Is(s.err, errBlankRows):
		case s.err != nil:
			t.doubt(store.DoubtSheet, "sheet %q is not read and may hold incidents: %s", s.name, refusedAs(s.err))
		case s.isPlaced && s.isHidden:
			t.doubt(store.DoubtSheet, "sheet %q is hidden and not read, but has places: name it as the sheet if they are incidents", s.name)
		case s.isPlaced:
			t.doubt(store.DoubtSheet, "sheet %q is not read, but has places under other columns: name it as the sheet if they are incidents", s.name)
		}
	}
	return t, nil
}

// compare puts the sheet first that is most likely the one with the incidents.
func (s opened) compare(other opened) int {
	rank := func(s opened) int {
		switch {
		case s.isPlaced:
			return 0
		case s.err == nil:
			return 1
		case !errors.Is(s.err, errBlankRows):
			return 2
		}
		return 3
	}
	return cmp.Or(cmp.Compare(rank(s), rank(other)), s.part.compare(other.part))
}

// isLike reports whether a sheet could be of the same list as another.
func (s opened) isLike(best opened) bool {
	return s.isPlaced && best.isPlaced && s.isHidden == best.isHidden && s.table.headed && best.table.headed && sameNames(s.table.columns(), best.table.columns())
}

// areApart reports whether no id stands in two sheets, and hardly a row. The
// first records of each tell.
func areApart(sheets []opened) bool {
	ids, rows := map[string]int{}, map[string]int{} // → the sheet, from 1
	for i, s := range sheets {
		columns := s.table.columns()
		m := newProposer(s.table, setting{}).propose()
		content := contents{mapping: m}
		again := 0
		for _, rec := range s.table.sample {
			if id := strings.TrimSpace(cellAt(rec.cells, m.index(ID))); !isBlank(id) {
				if ids[id] != 0 && ids[id] != i+1 {
					return false
				}
				ids[id] = i + 1
			}
			row := string(content.of(rec.cells, columns))
			if rows[row] != 0 && rows[row] != i+1 {
				again++
			}
			rows[row] = i + 1
		}
		if 20*again > len(s.table.sample) {
			return false
		}
	}
	return true
}

// stacked makes one table of sheets with the same columns.
func stacked(sheets []opened) (*table, error) {
	columns := sheets[0].table.columns()
	t, err := newTable(sheets[0].table.container, func() (recordReader, error) { return &sheetRows{sheets: sheets, columns: columns}, nil })
	if err != nil {
		return nil, err
	}
	for _, s := range sheets {
		t.sheets = append(t.sheets, s.name)
		for _, note := range s.table.notes {
			t.notes = append(t.notes, fmt.Sprintf("sheet %q: %s", s.name, note))
		}
	}
	return t, nil
}

// sheetRows reads sheets one after the other. The number of a row has that of
// its sheet in front.
type sheetRows struct {
	sheets  []opened
	columns []string
	at      int          // sheets read
	rows    recordReader // of the sheet at hand; nil before it begins
	order   []int        // its column for each of columns
	cells   []string
}

func (s *sheetRows) names() []string { return s.columns }

func (s *sheetRows) next() (record, error) {
	for s.at < len(s.sheets) {
		if s.rows == nil {
			var err error
			if s.rows, err = s.sheets[s.at].table.begin(); err != nil {
				return record{}, err
			}
			s.order = s.order[:0]
			for _, name := range s.columns {
				s.order = append(s.order, slices.Index(s.rows.names(), name))
			}
		}
		rec, err := s.rows.next()
		if atEnd(err) {
			s.at, s.rows = s.at+1, nil
			continue
		}
		if err == nil && rec.row >= maxSheetRows {
			err = store.Errorf(store.TooLarge, "sheet %q has a row %d; allowed: up to %d", s.sheets[s.at].name, rec.row, maxSheetRows-1)
		}
		if err != nil {
			return record{}, err
		}
		return record{row: s.at*maxSheetRows + rec.row, cells: s.arranged(rec.cells), flaw: rec.flaw}, nil
	}
	return record{}, io.EOF
}

// arranged returns the cells of a row in the order of the columns, and what it
// has beyond them at the end.
func (s *sheetRows) arranged(cells []string) []string {
	s.cells = s.cells[:0]
	for _, column := range s.order {
		s.cells = append(s.cells, cellAt(cells, column))
	}
	return append(s.cells, cells[min(len(s.order), len(cells)):]...)
}

// place returns the sheet and the row in it that a record of the table stands
// in; no sheet where there is but one.
func (t *table) place(row int) (sheet string, in int) {
	if len(t.sheets) == 0 {
		return "", row
	}
	return t.sheets[row/maxSheetRows], row % maxSheetRows
}

// rowName names a row as a sentence has it.
func (t *table) rowName(row int) string {
	sheet, in := t.place(row)
	return store.RowName(sheet, in)
}

// doubt adds a reason not to take the file unseen, which whoever does is told in
// a note.
func (t *table) doubt(code store.DoubtCode, format string, args ...any) {
	d := newDoubt(code, say(format, args...))
	t.doubts, t.notes = append(t.doubts, d), append(t.notes, d.Message)
}

func namesOfOpened(sheets []opened) []string {
	names := make([]string, len(sheets))
	for i, s := range sheets {
		names[i] = s.name
	}
	return names
}

// subject begins a sentence about sheets.
func subject(sheets []opened) string {
	if len(sheets) == 1 {
		return fmt.Sprintf("sheet %q is", sheets[0].name)
	}
	return "sheets " + inQuotes(namesOfOpened(sheets)) + " are"
}

// inQuotes joins names in quotes.
func inQuotes(names []string) string {
	return `"` + strings.Join(names, `", "`) + `"`
}
