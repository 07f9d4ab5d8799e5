package ingest

import (
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
	flaw  *store.Reject // why it is no whole record; nil where it is one
}

// rowReader reads records one by one; io.EOF ends them.
type rowReader interface {
	next() (record, error)
}

// recordReader is a rowReader whose cells have names, the columns of the
// file. Records may add to them.
type recordReader interface {
	rowReader
	names() []string
}

// table is an opened file: what it is, its columns, the first of its records
// as the sample, and as many passes over all of them as it takes.
type table struct {
	container string // csv, geojson, xlsx, csv.gz, xlsx.zip, …
	delimiter string
	crs       string // as the file names it: an EPSG code or WKT; empty where it names none
	headed    bool   // the columns have names of the file's own
	geojson   bool   // records are features, their geometry the first column
	sample    []record
	looks     []look // of the columns; nil where nobody has looked yet
	notes     []string
	doubts    []store.Doubt // whether this is what somebody wants to have read
	sheets    []string      // that its records stand in, where there are several

	begin     func() (recordReader, error) // starts a pass over all records
	records   recordReader                 // of the pass at hand
	isPartial func() bool                  // the passes so far met a word that there is more than the file has; nil where none can come
	text      func() *text                 // of the pass at hand; nil where the container is no text
	body      *body                        // that the records are read from
}

// newTable opens a table by a first pass, which takes the sample.
func newTable(container string, begin func() (recordReader, error)) (*table, error) {
	t := &table{container: container, headed: true, begin: begin}
	var err error
	if t.records, err = begin(); err != nil {
		return nil, err
	}
	t.sample, err = takeSample(t.records)
	return t, err
}

// columns returns the names of the columns seen so far.
func (t *table) columns() []string { return t.records.names() }

// rewind starts the next pass over the records.
func (t *table) rewind() error {
	records, err := t.begin()
	if err != nil {
		return err
	}
	t.records = records
	return nil
}

// next returns the records of a pass, from the first on.
func (t *table) next() (record, error) { return t.records.next() }

// encoding returns the encoding that the text turned out to have so far,
// nothing where the container is no text.
func (t *table) encoding() string {
	if t.text == nil {
		return ""
	}
	return t.text().name()
}

// strays returns how many bytes of a text in UTF-8 were not UTF-8.
func (t *table) strays() int {
	if t.text == nil {
		return 0
	}
	return t.text().strays()
}

// takeSample reads records until the window is full.
func takeSample(rows rowReader) ([]record, error) {
	var sample []record
	for size := 0; len(sample) < sniffRecords && size < sniffBytes; {
		rec, err := rows.next()
		if atEnd(err) {
			break
		}
		if err != nil {
			return nil, err
		}
		if rec.flaw != nil {
			continue
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
