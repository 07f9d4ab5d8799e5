package ingest

import (
	"bufio"
	"bytes"
	"io"

	"atalaya/store"
)

// The window that everything is decided on.
const (
	sniffBytes   = 1 << 20
	sniffRecords = 2000
)

// record is one row of cells. Cells are valid until the next record is read;
// the strings in them stay.
type record struct {
	row   int // 1-based record of the file; the header counts
	cells []string
}

// recordReader reads records one by one; io.EOF ends them. Names are the
// columns of the cells, and may grow with a record.
type recordReader interface {
	next() (record, error)
	names() []string
}

// table is an opened file: what it is, its columns, and its records, of which
// the first are at hand as the sample.
type table struct {
	container string // csv, geojson, csv.gz, geojson.gz
	delimiter string
	headed    bool // the columns have names of the file's own
	geojson   bool
	sample    []record
	notes     []string

	text    *text
	records recordReader
	replay  int // records of the sample that next has returned
}

// open recognises what r is by its bytes and reads its sample. limit is the
// most bytes after decompression.
func open(r io.Reader, limit int64) (*table, error) {
	plain, compressed, err := inflate(bufio.NewReaderSize(r, sniffBytes), limit)
	if err != nil {
		return nil, err
	}
	head, err := peek(plain, 32)
	if err != nil {
		return nil, err
	}
	if len(head) == 0 {
		return nil, store.Errorf(store.Invalid, "the file is empty; %s", readable)
	}
	if err := refuseSignature(head); err != nil {
		return nil, err
	}
	text, err := decode(plain)
	if err != nil {
		return nil, err
	}
	head, err = peek(text.Reader, sniffBytes)
	if err != nil {
		return nil, err
	}
	if err := refuseMarkup(head); err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(head)) == 0 {
		return nil, store.Errorf(store.Invalid, "the file has nothing but blank space; %s", readable)
	}
	var t *table
	if startsLikeJSON(head) {
		t, err = openGeoJSON(text)
	} else {
		t, err = openDelimited(text, head)
	}
	if err != nil {
		return nil, err
	}
	t.text = text
	if compressed {
		t.container += ".gz"
	}
	return t, nil
}

// columns returns the names of the columns seen so far.
func (t *table) columns() []string { return t.records.names() }

// next returns the records from the first on.
func (t *table) next() (record, error) {
	if t.replay < len(t.sample) {
		t.replay++
		return t.sample[t.replay-1], nil
	}
	t.sample, t.replay = nil, 0
	return t.records.next()
}

// takeSample reads records until the window is full.
func takeSample(records recordReader) ([]record, error) {
	var sample []record
	for size := 0; len(sample) < sniffRecords && size < sniffBytes; {
		rec, err := records.next()
		if atEnd(err) {
			break
		}
		if err != nil {
			return nil, err
		}
		for _, cell := range rec.cells {
			size += len(cell) + 1
		}
		sample = append(sample, record{row: rec.row, cells: append([]string(nil), rec.cells...)})
	}
	return sample, nil
}

// atEnd tells the end of a file from a failure: only a bare io.EOF is the end.
func atEnd(err error) bool {
	return err == io.EOF //nolint:errorlint // a wrapped one is a failure
}

// startsLikeJSON tells an object or an array of objects from text that merely
// begins with a brace.
func startsLikeJSON(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n\x1e")
	if len(head) < 2 {
		return false
	}
	inner := bytes.TrimLeft(head[1:], " \t\r\n")
	if len(inner) == 0 {
		return false
	}
	switch head[0] {
	case '{':
		return inner[0] == '"' || inner[0] == '}'
	case '[':
		return inner[0] == '{' || inner[0] == ']'
	}
	return false
}
