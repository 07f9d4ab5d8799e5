package ingest

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"atalaya/store"
)

// openDelimited opens delimited text whose first bytes are head.
func openDelimited(b *body, begin func() (*text, error), head []byte) (*table, error) {
	delimiter, newline := sniffDelimiter(head), newlineOf(head)
	t, err := newListing("csv", func() (rowReader, error) {
		text, err := begin()
		if err != nil {
			return nil, err
		}
		lines := newDelimited(text.Reader, delimiter, newline)
		lines.isCut = b.isCut
		return lines, nil
	})
	if err != nil {
		return nil, err
	}
	t.delimiter = string(delimiter)
	return t, nil
}

// delimited splits text into records as RFC 4180 says, and forgives what
// exports get wrong: quotes inside a bare cell and text after a closing quote
// stay as they are, blanks before an opening quote go. A quote that swallows
// whole records for want of a closing one costs its own line and no other.
type delimited struct {
	r         *bufio.Reader
	delimiter byte
	newline   byte
	isCut     func() bool // the text ends too early, asked at its end; nil where nobody knows

	row     int
	isTorn  bool   // the last record has text behind a closing quote
	line    []byte // of a record that spans reads
	lines   []byte // of a quoted record that spans lines, as they stood
	again   []byte // lines to be read once more
	cells   []string
	joined  []byte // cells of a quoted record, one after another
	cellEnd []int

	width, full, narrow int // most cells of a record so far, records with so many, with fewer
}

func newDelimited(r *bufio.Reader, delimiter, newline byte) *delimited {
	return &delimited{r: r, delimiter: delimiter, newline: newline}
}

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
		isEnded := line[len(line)-1] == d.newline
		var flaw *store.Reject
		if bytes.IndexByte(line, '"') >= 0 {
			flaw, err = d.splitQuoted(line)
			if n := len(d.lines); n > 0 {
				isEnded = d.lines[n-1] == d.newline
			}
		} else {
			err = d.split(string(trimNewline(line)))
		}
		if err != nil {
			return record{}, err
		}
		if allBlank(d.cells) {
			continue
		}
		if flaw == nil && !isEnded && d.endsEarly() {
			flaw = cutShort(say("%d of %d cells came", len(d.cells), d.width))
		}
		d.measure()
		return record{row: d.row, cells: d.cells, flaw: flaw}, nil
	}
}

// endsEarly reports whether the record at hand, which no newline ends, is
// the beginning of a longer one.
func (d *delimited) endsEarly() bool {
	return d.isCut != nil && d.isCut() || len(d.cells) < d.width && 20*d.narrow < d.full
}

// measure notes the width of the record at hand.
func (d *delimited) measure() {
	switch n := len(d.cells); {
	case n == d.width:
		d.full++
	case n < d.width:
		d.narrow++
	default:
		d.width, d.full, d.narrow = n, 1, d.narrow+d.full
	}
}

// cutShort is the flaw of a record that the file ends within.
func cutShort(what store.Saying) *store.Reject {
	return flawed(CutShort, "", "", say("the file ends within the record: %s; allowed: whole records", what))
}

// readLine appends the next line to kept, its newline included, and returns
// it. Where kept is empty and the line fits the buffer, nothing is copied.
func (d *delimited) readLine(kept []byte) ([]byte, error) {
	if len(d.again) > 0 {
		end := bytes.IndexByte(d.again, d.newline) + 1
		if end == 0 {
			end = len(d.again)
		}
		part := d.again[:end]
		d.again = d.again[end:]
		return part, nil
	}
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
// spans lines. It returns what is wrong with the record.
func (d *delimited) splitQuoted(line []byte) (*store.Reject, error) {
	d.joined, d.cellEnd, d.lines = d.joined[:0], d.cellEnd[:0], d.lines[:0]
	const (
		before = iota // nothing but blanks of the cell so far
		bare          // in a cell without quotes
		quoted        // inside quotes
		closed        // behind a closing quote
	)
	state := before
	for i := 0; ; i++ {
		if i == len(line) {
			if state != quoted {
				break
			}
			if len(d.lines) == 0 {
				d.lines = append(d.lines, line...)
			}
			more, err := d.readLine(nil)
			if atEnd(err) {
				return d.unclosed()
			}
			if err != nil {
				return nil, err
			}
			d.lines = append(d.lines, more...)
			if len(d.lines) > MaxRecordBytes {
				return nil, store.Errorf(store.TooLarge, "row %d is over %d bytes: a quote that never closes", d.row, MaxRecordBytes)
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
	if d.isTorn && d.swallowed() {
		return d.release(say("swallows the records below it"))
	}
	d.cellEnd = append(d.cellEnd, len(d.joined))
	all, start := string(d.joined), 0
	d.cells = d.cells[:0]
	for _, end := range d.cellEnd {
		d.cells = append(d.cells, unwrapped(all[start:end]))
		start = end
	}
	return nil, d.checkWidth()
}

// unwrapped returns the text of a cell that is written as a formula, ="0012",
// to keep spreadsheets from dropping its zeros.
func unwrapped(cell string) string {
	if len(cell) > 3 && cell[:2] == `="` && cell[len(cell)-1] == '"' {
		return cell[2 : len(cell)-1]
	}
	return cell
}

// unclosed deals with a quote that is open where the file ends: the file was
// cut off, unless whole records stand behind the quote.
func (d *delimited) unclosed() (*store.Reject, error) {
	if d.swallowed() {
		return d.release(say("never closes"))
	}
	err := d.split(string(trimNewline(d.lines)))
	return cutShort(say("column %d opens a quote that never closes", len(d.cellEnd)+1)), err
}

// swallowed reports whether a line of the record at hand, other than its
// first, would be a whole record by itself.
func (d *delimited) swallowed() bool {
	lines := bytes.Split(d.lines, []byte{d.newline})
	for _, line := range lines[1:] {
		if d.width > 1 && bytes.Count(line, []byte{d.delimiter})+1 >= d.width {
			return true
		}
	}
	return false
}

// release makes the first line of the record at hand a broken record, and has
// the lines behind it read once more.
func (d *delimited) release(what store.Saying) (*store.Reject, error) {
	end := bytes.IndexByte(d.lines, d.newline) + 1
	d.again = append(bytes.Clone(d.lines[end:]), d.again...)
	err := d.split(string(trimNewline(d.lines[:end])))
	return flawed(BrokenRecord, "", "", say("a quote in the row %s; allowed: quotes in pairs", what)), err
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
	return bytes.TrimRight(line, "\r\n\x1a") // DOS ends files with the last
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
