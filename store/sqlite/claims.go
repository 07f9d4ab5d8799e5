package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"syscall"
)

// claims tells the uploads that are under way from those that a dead process
// left behind, also between processes. Whoever creates an upload holds a lock
// on a file of its own, beside the database, until the upload ends. The
// system frees the lock when the process dies, however it dies; a heartbeat
// in the database could not be written while the import itself holds the
// write lock.
type claims struct {
	prefix string
	mu     sync.Mutex
	held   map[int64]*os.File
}

func newClaims(path string) *claims {
	return &claims{prefix: path + "-upload-", held: map[int64]*os.File{}}
}

// take locks the file of an upload.
func (c *claims) take(upload int64) error {
	name := c.name(upload)
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600) //nolint:gosec // beside the database, named by a number
	if err != nil {
		return fmt.Errorf("claim upload %d: %w", upload, err)
	}
	if err := lock(f); err != nil {
		return errors.Join(fmt.Errorf("claim upload %d: %w", upload, err), f.Close())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held[upload] = f
	return nil
}

// drop ends the claim on an upload, which must have ended in the database
// before. One that is not held is left alone.
func (c *claims) drop(upload int64) {
	c.mu.Lock()
	f := c.held[upload]
	delete(c.held, upload)
	c.mu.Unlock()
	if f != nil {
		release(f)
	}
}

// alive reports whether some process, this one included, holds the upload.
func (c *claims) alive(upload int64) (bool, error) {
	f, err := os.OpenFile(c.name(upload), os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look whether upload %d is under way: %w", upload, err)
	}
	defer f.Close() //nolint:errcheck // nothing was written
	switch err := lock(f); {
	case errors.Is(err, syscall.EWOULDBLOCK):
		return true, nil
	case err != nil:
		return false, fmt.Errorf("look whether upload %d is under way: %w", upload, err)
	}
	return false, nil
}

// sweep removes the file that a dead process left, if there is one.
func (c *claims) sweep(upload int64) { _ = os.Remove(c.name(upload)) }

// close ends all claims.
func (c *claims) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range c.held {
		release(f)
	}
	clear(c.held)
}

// release removes and unlocks a file. Failing to remove it does no harm: what
// claims an upload is the lock.
func release(f *os.File) {
	_ = os.Remove(f.Name())
	_ = f.Close()
}

func (c *claims) name(upload int64) string { return fmt.Sprint(c.prefix, upload) }

// lock locks the file for this handle alone, or fails at once.
func lock(f *os.File) error {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
}
