package ingest

import (
	"fmt"

	"atalaya/store"
)

// errBlankRows says that there is nothing to read.
var errBlankRows = store.Errorf(store.Invalid, "the file has nothing but blank rows; %s", readable)

// newListing opens rows of cells of which the first may be titles and a header.
// begin starts a pass over them.
func newListing(container string, begin func() (rowReader, error)) (*table, error) {
	rows, err := begin()
	if err != nil {
		return nil, err
	}
	sample, err := takeSample(rows)
	if err != nil {
		return nil, err
	}
	if len(sample) == 0 {
		return nil, errBlankRows
	}
	t := &table{container: container, sample: sample}
	start, depth := findHeader(sample)
	if start > 0 {
		t.notes = append(t.notes, fmt.Sprintf("%d lines above the header (row %d) are no incidents and were passed over", start, sample[start].row))
	}
	t.headed = depth > 0
	var columns []string
	last := 0 // row of the header
	if t.headed {
		columns = headerNames(sample[start : start+depth])
		last = sample[start+depth-1].row
		t.sample = sample[start+depth:]
	} else {
		width := 0
		for _, rec := range sample {
			width = max(width, len(rec.cells))
		}
		columns = uniqueNames(make([]string, width))
		t.notes = append(t.notes, "the file has no header: its columns are named column_1, column_2, …")
	}
	if depth > 1 {
		t.notes = append(t.notes, fmt.Sprintf("the header stands in %d rows (%d to %d)", depth, sample[start].row, last))
	}
	t.begin = func() (recordReader, error) {
		rows, err := begin()
		return &listing{rows: rows, columns: columns, header: last}, err
	}
	return t, t.rewind()
}

// listing is the records below a header.
type listing struct {
	rows    rowReader
	columns []string
	header  int // its last row; rows up to it are no records
}

func (g *listing) names() []string { return g.columns }

func (g *listing) next() (record, error) {
	for {
		rec, err := g.rows.next()
		if err != nil || rec.row > g.header {
			return rec, err
		}
	}
}
