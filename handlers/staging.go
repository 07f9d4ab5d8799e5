package handlers

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"atalaya/store"
)

// stage is the folder where uploads wait: each a file named by its number.
// What has none yet is named incoming-….
type stage struct{ dir string }

const (
	incoming = "incoming-"
	spooled  = ".spool" // ends what the reader of a file holds while it reads
)

// stagedFile is the file of an upload that has no number yet.
type stagedFile struct {
	path   string
	sha256 string // hex
	bytes  int64
}

// take writes a file into the folder and hashes it on the way: the import
// reads it long after the client has gone.
func (s stage) take(file io.Reader) (stagedFile, error) {
	out, err := os.CreateTemp(s.dir, incoming+"*")
	if err != nil {
		return stagedFile{}, fmt.Errorf("stage upload: %w", err)
	}
	hash := sha256.New()
	n, err := io.Copy(io.MultiWriter(out, hash), file)
	if err == nil && n == 0 {
		err = invalid("the upload", []store.Problem{{Field: "file", Allowed: "a file with something in it", Message: "is empty"}})
	}
	if err == nil {
		err = out.Sync() // a staged upload outlives the power
	}
	if closed := out.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return stagedFile{}, errors.Join(err, os.Remove(out.Name()))
	}
	return stagedFile{path: out.Name(), sha256: hex.EncodeToString(hash.Sum(nil)), bytes: n}, nil
}

// keep names a file by the number of its upload.
func (s stage) keep(f stagedFile, upload int64) error {
	if err := s.rename(f, s.path(upload)); err != nil {
		return fmt.Errorf("stage upload %d: %w", upload, err)
	}
	return nil
}

// rename gives a file a name that outlives the power, too.
func (s stage) rename(f stagedFile, path string) error {
	if err := os.Rename(f.path, path); err != nil {
		return err
	}
	dir, err := os.Open(s.dir)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// check fails where the file of an upload is not the one that came.
func (s stage) check(upload int64, sha256Hex string) (err error) {
	file, err := os.Open(s.path(upload))
	if err != nil {
		return fmt.Errorf("open staged upload: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return fmt.Errorf("read staged upload: %w", err)
	}
	if hex.EncodeToString(hash.Sum(nil)) != sha256Hex {
		return errFileChanged
	}
	return nil
}

// path returns where the file of an upload is.
func (s stage) path(upload int64) string { return filepath.Join(s.dir, strconv.FormatInt(upload, 10)) }

// holds reports whether the file of an upload is there.
func (s stage) holds(upload int64) bool {
	_, err := os.Stat(s.path(upload))
	return err == nil
}

// remove removes the file of an upload and what was confirmed of it, if they
// are there.
func (s stage) remove(upload int64) error {
	if err := s.forget(upload); err != nil {
		return err
	}
	if err := os.Remove(s.path(upload)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove the file of upload %d: %w", upload, err)
	}
	return nil
}

// sweep removes the files that nobody waits for: those of uploads that are not
// kept, by name, and what never became one.
func (s stage) sweep(kept map[string]bool) error {
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return fmt.Errorf("look for staged uploads: %w", err)
	}
	for _, entry := range entries {
		name := entry.Name()
		_, err := strconv.ParseInt(strings.TrimSuffix(name, confirmed), 10, 64)
		if kept[name] || err != nil && !strings.HasPrefix(name, incoming) && !strings.HasSuffix(name, spooled) {
			continue
		}
		if err := os.Remove(filepath.Join(s.dir, name)); err != nil {
			return fmt.Errorf("remove a staged upload that nobody waits for: %w", err)
		}
	}
	return nil
}

var (
	errFileGone    = errors.New("the file is no longer here: upload it again")
	errFileChanged = errors.New("the file is no longer the one that was uploaded: upload it again")
)
