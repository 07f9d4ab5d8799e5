package ingest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"sync/atomic"

	"atalaya/store"
)

// body is bytes of a file that can be read as often as it takes.
type body struct {
	at       io.ReaderAt
	size     int64        // of a growing one what whole saw of it
	path     string       // where they stand as a file of their own; empty where they do not
	growing  *growing     // what at is while not all of them are there; nil where they were at once
	unzipped *unzipped    // the gzip stream that they come out of; nil where they do not
	reached  atomic.Int64 // how far reading has come
}

// ReadAt reads from the given offset on, and notes how far reading has come.
func (b *body) ReadAt(p []byte, offset int64) (int, error) {
	n, err := b.at.ReadAt(p, offset)
	b.reached.Store(offset + int64(n))
	return n, err
}

// reader reads the body from its first byte.
func (b *body) reader(ctx context.Context) io.Reader {
	return &cancelled{ctx: ctx, r: io.NewSectionReader(b, 0, math.MaxInt64)}
}

// head returns the first bytes, 512 where there are so many.
func (b *body) head(ctx context.Context) ([]byte, error) {
	return io.ReadAll(io.LimitReader(b.reader(ctx), 512))
}

// whole waits until all of the body is there. It fails where not all comes.
// told hears how much there is; it may be nil.
func (b *body) whole(told func(bytes int64)) error {
	if b.growing == nil {
		return nil
	}
	for {
		size, err := b.growing.wait(b.size + 1)
		if size == b.size {
			return err
		}
		b.size = size
		if told != nil {
			told(size)
		}
	}
}

// because returns why reading the body failed, with err as it seems: where not
// all of it comes, what did may be rubbish.
func (b *body) because(err error) error {
	if failed := b.whole(nil); failed != nil {
		return failed
	}
	return err
}

// isCut reports whether the body ends too early, once all of it is there.
func (b *body) isCut() bool {
	return b.whole(nil) == nil && b.unzipped != nil && b.unzipped.isCut
}

// progress returns how far reading has come, and of how many bytes. Those that
// are still to be unpacked count as many as the packed ones before them gave.
func (b *body) progress() (at, of int64) {
	at = b.reached.Load()
	if b.unzipped == nil {
		return at, b.size
	}
	size, _ := b.growing.wait(0)
	from := b.unzipped.from
	return at, int64(float64(size) * float64(from.size) / float64(from.reached.Load()))
}

// sum returns the SHA-256 of the body in hex. It may run while the body is read.
func (b *body) sum(ctx context.Context) (string, error) {
	digest := sha256.New()
	if _, err := io.Copy(digest, &cancelled{ctx: ctx, r: io.NewSectionReader(b.at, 0, b.size)}); err != nil {
		return "", err
	}
	return hex.EncodeToString(digest.Sum(nil)), nil
}

// spool holds files while they are read: what comes as a stream, and what
// stands compressed in another file. close removes them.
type spool struct {
	ctx   context.Context   //nolint:containedctx // it ends with the run that it belongs to
	dir   string            // empty is the system's
	limit int64             // bytes of one file
	told  func(bytes int64) // hears how far writing has come; may be nil
	temps []*os.File

	closers []io.Closer // of what is read from them
}

// hold makes a body of r: of a regular file as it is, of anything else by
// writing it to a temporary file.
func (s *spool) hold(r io.Reader) (*body, error) {
	if f, ok := r.(*os.File); ok {
		if b, err := s.regular(f); b != nil || err != nil {
			return b, err
		}
	}
	return s.write(r)
}

// regular returns the body of a regular file from where it is read next; nil
// where f is a pipe or a terminal.
func (s *spool) regular(f *os.File) (*body, error) {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return nil, err
	}
	start, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, err
	}
	size := info.Size() - start
	if size > s.limit {
		return nil, s.tooLarge()
	}
	b := &body{at: io.NewSectionReader(f, start, size), size: size}
	if named, err := os.Stat(f.Name()); err == nil && os.SameFile(named, info) && start == 0 {
		b.path = f.Name()
	}
	return b, nil
}

// temp makes a temporary file, which close removes.
func (s *spool) temp() (*os.File, error) {
	f, err := os.CreateTemp(s.dir, "atalaya-*.spool")
	if err != nil {
		return nil, fmt.Errorf("hold the file while it is read: %w", err)
	}
	s.temps = append(s.temps, f)
	return f, nil
}

// write makes a body of a stream.
func (s *spool) write(r io.Reader) (*body, error) {
	f, err := s.temp()
	if err != nil {
		return nil, err
	}
	size, err := s.copy(f, &tally{r: &cancelled{ctx: s.ctx, r: r}, told: s.told})
	if err != nil {
		return nil, err
	}
	return &body{at: f, size: size, path: f.Name()}, nil
}

// copy writes a stream, up to the limit.
func (s *spool) copy(w io.Writer, r io.Reader) (size int64, err error) {
	size, err = io.CopyBuffer(struct{ io.Writer }{w}, io.LimitReader(r, s.limit+1), make([]byte, 256<<10))
	if known := (*store.Error)(nil); errors.As(err, &known) {
		return size, err
	}
	if err != nil {
		return size, fmt.Errorf("after %d bytes: %w", size, err)
	}
	if size > s.limit {
		return size, s.tooLarge()
	}
	return size, nil
}

func (s *spool) tooLarge() error {
	return store.Errorf(store.TooLarge, "the file is over %d bytes", s.limit)
}

// file makes a body one that stands in a file of its own.
func (s *spool) file(b *body) (*body, error) {
	if b.path != "" {
		return b, nil
	}
	return s.write(b.reader(s.ctx))
}

// close removes what the spool wrote, and ends what still writes it.
func (s *spool) close() error {
	var all error
	for _, c := range s.closers {
		all = errors.Join(all, c.Close())
	}
	for _, f := range s.temps {
		all = errors.Join(all, f.Close(), os.Remove(f.Name()))
	}
	s.temps, s.closers = nil, nil
	return all
}
