package main

import (
	"encoding/csv"
	"io"
	"strconv"

	"atalaya/store"
)

// rejectsFile gathers the rows that were not taken and writes them as CSV when
// it is closed, so that a file that cannot be read leaves none. The nil file
// takes and writes nothing.
type rejectsFile struct {
	name string
	rows [][]string
}

func newRejectsFile(name string) *rejectsFile {
	if name == "" {
		return nil
	}
	return &rejectsFile{name: name, rows: [][]string{{"file", "row", "reason", "field", "value", "message"}}}
}

// write returns the function that takes the rejected rows of one file.
func (r *rejectsFile) write(file string) func(store.Reject) {
	if r == nil {
		return nil
	}
	return func(reject store.Reject) {
		r.rows = append(r.rows, []string{file, strconv.Itoa(reject.Row), reject.Reason, reject.Field, reject.Value, reject.Message})
	}
}

// closeIfAny writes the file only where there are rows.
func (r *rejectsFile) closeIfAny() error {
	if r == nil || len(r.rows) == 1 {
		return nil
	}
	return r.close()
}

func (r *rejectsFile) close() error {
	if r == nil {
		return nil
	}
	return writeFile(r.name, func(w io.Writer) error { return csv.NewWriter(w).WriteAll(r.rows) })
}
