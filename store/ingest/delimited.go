package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"atalaya/store"
)

// openDelimited opens delimited text whose first bytes are head.
func openDelimited(r *text, head []byte) (*table, error) {
	delimiter := sniffDelimiter(head)
	lines := newDelimited(r.Reader, delimiter, newlineOf(head))
	sample, err := takeSample(lines)
	if err != nil {
		return nil, err
	}
	if len(sample) == 0 {
		return nil, store.Errorf(store.Invalid, "the file has nothing but blank lines; %s", readable)
	}
	t := &table{container: "csv", delimiter: string(delimiter), records: lines, sample: sample}
	start, headed := findHeader(sample)
	if start > 0 {
		t.notes = append(t.notes, fmt.Sprintf("%d lines above the header (row %d) are no incidents and were passed over", start, sample[start].row))
	}
	t.headed = headed
	if headed {
		lines.columns = uniqueNames(sample[start].cells)
		t.sample = sample[start+1:]
		return t, nil
	}
	width := 0
	for _, rec := range sample {
		width = max(width, len(rec.cells))
	}
	lines.columns = uniqueNames(make([]string, width))
	t.notes = append(t.notes, "the file has no header: its columns are named column_1, column_2, …")
	return t, nil
}

// delimited splits text into records as RFC 4180 says, and forgives what
// exports get wrong: quotes inside a bare cell and text after a closing quote
// stay as they are, blanks before an opening quote go.
type delimited struct {
	r         *bufio.Reader
	delimiter byte
	newline   byte
	columns   []string

	row     int
	isTorn  bool   // the last record has text behind a closing quote
	line    []byte // of a record that spans reads
	cells   []string
	joined  []byte // cells of a quoted record, one after another
	cellEnd []int
}

func newDelimited(r *bufio.Reader, delimiter, newline byte) *delimited {
	return &delimited{r: r, delimiter: delimiter, newline: newline}
}

func (d *delimited) names() []string { return d.columns }

// next returns the next record that is not blank: blank lines and rows of
// empty cells count as rows and are no records.
func (d *delimited) next() (record, error) {
	for {
		line, err := d.readLine(d.line[:0])
		if err != nil {
			return record{}, err
		}
		d.row++
		d.isTorn = false
		if bytes.IndexByte(line, '"') >= 0 {
			err = d.splitQuoted(line)
		} else {
			err = d.split(string(trimNewline(line)))
		}
		if err != nil {
			return record{}, err
		}
		if !allBlank(d.cells) {
			return record{row: d.row, cells: d.cells}, nil
		}
	}
}

// readLine appends the next line to kept, its newline included, and returns
// it. Where kept is empty and the line fits the buffer, nothing is copied.
func (d *delimited) readLine(kept []byte) ([]byte, error) {
	for {
		part, err := d.r.ReadSlice(d.newline)
		if len(kept)+len(part) > MaxRecordBytes {
			return nil, store.Errorf(store.TooLarge, "row %d is over %d bytes: a quote that never closes, or no delimited text", d.row+1, MaxRecordBytes)
		}
		switch {
		case err == nil && len(kept) == 0:
			return part, nil
		case err == nil:
			kept = append(kept, part...)
			d.line = kept
			return kept, nil
		case errors.Is(err, bufio.ErrBufferFull):
			kept = append(kept, part...)
		case !atEnd(err):
			return nil, err
		case len(kept)+len(part) == 0:
			return nil, io.EOF
		default:
			kept = append(kept, part...)
			d.line = kept
			return kept, nil
		}
	}
}

// split fills cells from a line without quotes. The cells share its memory.
func (d *delimited) split(line string) error {
	d.cells = d.cells[:0]
	for {
		at := strings.IndexByte(line, d.delimiter)
		if at < 0 {
			d.cells = append(d.cells, line)
			return d.checkWidth()
		}
		d.cells = append(d.cells, line[:at])
		if err := d.checkWidth(); err != nil {
			return err
		}
		line = line[at+1:]
	}
}

// splitQuoted fills cells from a line with quotes, reading on where a quote
// spans lines.
func (d *delimited) splitQuoted(line []byte) error {
	d.joined, d.cellEnd = d.joined[:0], d.cellEnd[:0]
	const (
		before = iota // nothing but blanks of the cell so far
		bare          // in a cell without quotes
		quoted        // inside quotes
		closed        // behind a closing quote
	)
	state, size := before, len(line)
	for i := 0; ; i++ {
		if i == len(line) {
			if state != quoted {
				break
			}
			more, err := d.readLine(nil)
			if atEnd(err) {
				return store.Errorf(store.Invalid, "row %d opens a quote in column %d that never closes", d.row, len(d.cellEnd)+1)
			}
			if err != nil {
				return err
			}
			if size += len(more); size > MaxRecordBytes {
				return store.Errorf(store.TooLarge, "row %d is over %d bytes: a quote that never closes", d.row, MaxRecordBytes)
			}
			line, i = more, 0
		}
		switch c := line[i]; {
		case state == quoted && c != '"':
			d.joined = append(d.joined, c)
		case state == quoted && i+1 < len(line) && line[i+1] == '"':
			d.joined = append(d.joined, c)
			i++
		case state == quoted:
			state = closed
		case c == d.delimiter:
			d.cellEnd = append(d.cellEnd, len(d.joined))
			state = before
		case c == d.newline || c == '\r' && i+2 == len(line) && line[i+1] == d.newline:
			i = len(line) - 1
		case c == '"' && state == before:
			d.joined = d.joined[:d.cellStart()]
			state = quoted
		case state == closed:
			d.isTorn = d.isTorn || c != ' '
			d.joined = append(d.joined, c)
		default:
			if c != ' ' {
				state = bare
			}
			d.joined = append(d.joined, c)
		}
	}
	d.cellEnd = append(d.cellEnd, len(d.joined))
	all, start := string(d.joined), 0
	d.cells = d.cells[:0]
	for _, end := range d.cellEnd {
		d.cells = append(d.cells, all[start:end])
		start = end
	}
	return d.checkWidth()
}

func (d *delimited) cellStart() int {
	if len(d.cellEnd) == 0 {
		return 0
	}
	return d.cellEnd[len(d.cellEnd)-1]
}

func (d *delimited) checkWidth() error {
	if len(d.cells) > MaxColumns {
		return store.Errorf(store.TooLarge, "row %d has over %d cells", d.row, MaxColumns)
	}
	return nil
}

func trimNewline(line []byte) []byte {
	return bytes.TrimRight(line, "\r\n")
}

// newlineOf returns the byte that ends lines: LF, or CR in text without LF.
func newlineOf(head []byte) byte {
	if bytes.IndexByte(head, '\n') < 0 && bytes.IndexByte(head, '\r') >= 0 {
		return '\r'
	}
	return '\n'
}

func allBlank(cells []string) bool {
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}

// uniqueNames returns the names of columns as a header gives them, trimmed;
// a blank one becomes column_N, and a repeated one gets its number behind.
func uniqueNames(header []string) []string {
	seen := make(map[string]bool, len(header))
	names := make([]string, len(header))
	for i, cell := range header {
		name := strings.TrimSpace(cell)
		if name == "" {
			name = fmt.Sprintf("column_%d", i+1)
		}
		for n := 2; seen[name]; n++ {
			name = fmt.Sprintf("%s (%d)", strings.TrimSpace(cell), n)
		}
		seen[name] = true
		names[i] = name
	}
	return names
}
