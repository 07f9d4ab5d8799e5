package ingest

import (
	"bufio"
	"errors"
	"io"

	"atalaya/store"

	"github.com/klauspost/compress/gzip"
)

// A decompressed file may be this many times its compressed size, once the
// expansion is over gzipGrace bytes. Incident files compress 5 to 30 times;
// what is made to burst compresses some 1,000 times.
const (
	gzipMaxRatio = 250
	gzipGrace    = 16 << 20
)

// inflate returns the decompressed bytes of r where r begins like gzip, and r
// as it is otherwise. Limit and ratio are guarded on the way.
func inflate(r *bufio.Reader, limit int64) (inflated *bufio.Reader, compressed bool, err error) {
	head, err := peek(r, 2)
	if err != nil {
		return nil, false, err
	}
	if len(head) < 2 || head[0] != 0x1f || head[1] != 0x8b {
		return bufio.NewReaderSize(&capped{r: r, limit: limit}, sniffBytes), false, nil
	}
	in := &tally{r: r}
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, true, in.damaged(err)
	}
	guarded := &capped{r: &unzipped{z: z, in: in}, limit: limit, compressed: in}
	return bufio.NewReaderSize(guarded, sniffBytes), true, nil
}

// unzipped names the failures of a gzip stream.
type unzipped struct {
	z  *gzip.Reader
	in *tally
}

func (u *unzipped) Read(p []byte) (int, error) {
	n, err := u.z.Read(p)
	return n, u.in.damaged(err)
}

// damaged names the failure of a gzip stream whose bytes came through t. What
// failed on the way stays as it is.
func (t *tally) damaged(err error) error {
	switch {
	case err == nil || atEnd(err) || t.failed:
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return store.Errorf(store.Invalid, "the gzip file ends too early: it was cut off on its way")
	default:
		return store.Errorf(store.Invalid, "the gzip file is damaged: %v", err)
	}
}

// capped refuses to read past a limit, and past what a compressed file can
// honestly hold.
type capped struct {
	r          io.Reader
	limit      int64
	read       int64
	compressed *tally // nil where nothing is compressed
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.read += int64(n)
	if c.read > c.limit {
		return 0, store.Errorf(store.TooLarge, "the file is over %d bytes after decompression", c.limit)
	}
	if c.compressed != nil && c.read > gzipGrace && c.read > gzipMaxRatio*c.compressed.bytes {
		return 0, store.Errorf(store.TooLarge, "the gzip file grows to more than %d times its size, which no incident file does", gzipMaxRatio)
	}
	return n, err
}

// tally counts the bytes that pass.
type tally struct {
	r      io.Reader
	bytes  int64
	failed bool // reading did, otherwise than at the end
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.bytes += int64(n)
	t.failed = t.failed || err != nil && !atEnd(err)
	return n, err
}

// peek returns the next n bytes, fewer at the end of the file. It fails only
// where reading does.
func peek(r *bufio.Reader, n int) ([]byte, error) {
	head, err := r.Peek(n)
	if err != nil && !atEnd(err) {
		return nil, err
	}
	return head, nil
}
