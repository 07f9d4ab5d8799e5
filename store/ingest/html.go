package ingest

import (
	"errors"
	"strconv"
	"strings"

	"atalaya/store"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxTables is how many tables of a page are looked at.
const maxTables = 20

// openHTML opens the table of an HTML page that incidents are in.
func openHTML(begin func() (*text, error)) (*table, error) {
	var parts []part
	for n := 1; n <= maxTables; n++ {
		start := func() (rowReader, error) {
			text, err := begin()
			if err != nil {
				return nil, err
			}
			z := html.NewTokenizer(text.Reader)
			z.SetMaxBuf(MaxRecordBytes)
			return &htmlRows{z: z, table: n}, nil
		}
		rows, err := start()
		if err != nil {
			return nil, err
		}
		sample, err := takeSample(rows)
		if err != nil {
			return nil, err
		}
		if rows.(*htmlRows).at < n {
			break
		}
		if len(sample) < 2 {
			continue // layout
		}
		parts = append(parts, part{name: strconv.Itoa(n), size: int64(len(sample)), open: func() (*table, error) { return newListing("html", start) }})
	}
	return choosePart("table of the page", "", parts, false)
}

// htmlRows reads the rows of one table of a page. A table within a table is
// one of its own.
type htmlRows struct {
	z     *html.Tokenizer
	table int   // number of the one to read
	at    int   // tables begun so far
	open  []int // of them, those not ended

	row   int
	inRow bool
	span  int // columns of the cell at hand; 0 outside of cells
	text  strings.Builder
	cells []string // of the row at hand
	whole []string // of the row before
}

func (h *htmlRows) next() (record, error) {
	for {
		kind := h.z.Next()
		if kind == html.ErrorToken {
			err := h.z.Err()
			if atEnd(err) && h.endRow() {
				return record{row: h.row, cells: h.whole}, nil
			}
			if errors.Is(err, html.ErrBufferExceeded) {
				err = store.Errorf(store.TooLarge, "row %d of the page has a piece over %d bytes", h.row+1, MaxRecordBytes)
			}
			return record{}, err
		}
		name, hasAttributes := h.z.TagName()
		tag := atom.Lookup(name)
		isOurs, isRowOver := h.isInside(), false
		switch {
		case tag == atom.Table && kind == html.StartTagToken:
			h.at++
			h.open = append(h.open, h.at)
		case tag == atom.Table && kind == html.EndTagToken && len(h.open) > 0:
			isRowOver = isOurs && h.endRow()
			h.open = h.open[:len(h.open)-1]
		case !isOurs:
		case kind == html.TextToken && h.span > 0:
			if h.text.Write(h.z.Text()); h.text.Len() > MaxRecordBytes {
				return record{}, store.Errorf(store.TooLarge, "row %d of the page has a cell over %d bytes", h.row+1, MaxRecordBytes)
			}
		case tag == atom.Br:
			h.text.WriteByte(' ')
		case tag == atom.Td || tag == atom.Th:
			h.endCell()
			if kind == html.StartTagToken {
				h.inRow, h.span = true, h.columnSpan(hasAttributes)
			}
		case tag == atom.Tr:
			isRowOver = h.endRow()
			h.inRow = kind == html.StartTagToken
		}
		if len(h.cells) > MaxColumns {
			return record{}, store.Errorf(store.TooLarge, "row %d of the page has over %d cells", h.row+1, MaxColumns)
		}
		if isRowOver {
			return record{row: h.row, cells: h.whole}, nil
		}
	}
}

// isInside reports whether the reader is in the table to read and in no other.
func (h *htmlRows) isInside() bool { return len(h.open) > 0 && h.open[len(h.open)-1] == h.table }

// columnSpan returns how many columns the cell at hand takes.
func (h *htmlRows) columnSpan(hasAttributes bool) int {
	for hasAttributes {
		var key, value []byte
		key, value, hasAttributes = h.z.TagAttr()
		if span, err := strconv.Atoi(string(value)); string(key) == "colspan" && err == nil && span > 1 {
			return min(span, MaxColumns)
		}
	}
	return 1
}

// endCell ends the cell at hand, if there is one; the columns that it spans
// beyond the first are blank.
func (h *htmlRows) endCell() {
	if h.span == 0 {
		return
	}
	h.cells = append(h.cells, strings.Join(strings.Fields(h.text.String()), " "))
	h.cells = append(h.cells, make([]string, h.span-1)...)
	h.text.Reset()
	h.span = 0
}

// endRow ends the row at hand, if there is one, and reports whether it holds
// something.
func (h *htmlRows) endRow() bool {
	h.endCell()
	if !h.inRow {
		return false
	}
	h.inRow = false
	h.row++
	h.whole, h.cells = h.cells, h.whole[:0]
	return !allBlank(h.whole)
}
