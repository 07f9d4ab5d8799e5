package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"atalaya/handlers/rejects"
	"atalaya/store"
)

// rejectsOf returns the name of the file for the rejected rows of the i-th
// input; empty where nobody wants them. Two files have other columns, so that
// each gets a file of its own.
func (c *importCommand) rejectsOf(i int) string {
	if c.Rejects == "" || len(c.Files) == 1 {
		return c.Rejects
	}
	ext := filepath.Ext(c.Rejects)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(c.Rejects, ext), i+1, ext)
}

// rejectsFile is the CSV file of the rows of one input that were not taken.
// It has its name only once it is closed. The nil file takes and writes nothing.
type rejectsFile struct {
	name string
	file *os.File // beside the name
	lang string
	rows *rejects.Writer // nil until the columns are known
	err  error           // of the first row that could not be written
}

func newRejectsFile(name, lang string) (*rejectsFile, error) {
	if name == "" {
		return nil, nil //nolint:nilnil // the nil file is one that writes nothing
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return nil, fmt.Errorf("rejected rows: %w", err)
	}
	return &rejectsFile{name: name, file: f, lang: lang}, nil
}

// begin writes the header.
func (r *rejectsFile) begin(p store.Proposal) {
	if r != nil {
		r.rows = rejects.NewWriter(r.file, r.lang, rejects.ProposedColumns(p))
	}
}

func (r *rejectsFile) write(reject store.Reject) {
	if r != nil && r.err == nil {
		r.err = r.rows.Write(reject)
	}
}

func (r *rejectsFile) close() error {
	if r == nil {
		return nil
	}
	err := r.err
	if r.rows != nil {
		err = errors.Join(err, r.rows.Close())
	}
	if err = errors.Join(err, r.file.Chmod(0o644), r.file.Close()); err == nil {
		err = os.Rename(r.file.Name(), r.name)
	}
	if err != nil {
		return fmt.Errorf("rejected rows: %w", err)
	}
	return nil
}

// abandon leaves no file.
func (r *rejectsFile) abandon() error {
	if r == nil {
		return nil
	}
	return errors.Join(r.file.Close(), os.Remove(r.file.Name()))
}
