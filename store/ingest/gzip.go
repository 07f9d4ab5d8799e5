package ingest

import (
	"bufio"
	"errors"
	"io"

	"atalaya/store"

	"github.com/klauspost/compress/gzip"
)

const gzipMagic = "\x1f\x8b"

// A decompressed file may be this many times its compressed size, once the
// expansion is over packGrace bytes. Incident files compress 5 to 30 times;
// what is made to burst compresses some 1,000 times.
const (
	packMaxRatio = 250
	packGrace    = 16 << 20
)

// openGzip opens what is in a gzip file, which is read while it is unpacked.
// One that is cut off holds what comes before the cut.
func (o *opener) openGzip(b *body) (*table, error) {
	in := &tally{r: bufio.NewReaderSize(b.reader(o.ctx), 256<<10)}
	z, err := gzip.NewReader(in)
	switch {
	case err == nil:
	case in.failed:
		return nil, err
	case atEnd(err) || errors.Is(err, io.ErrUnexpectedEOF):
		return nil, store.Errorf(store.Invalid, "the gzip file ends within its header: it was cut off on its way")
	default:
		return nil, in.damaged(err)
	}
	stream := &unzipped{z: z, in: in, from: b}
	plain, err := o.spool.grow(&capped{r: stream, compressed: in})
	if err != nil {
		return nil, err
	}
	plain.unzipped = stream
	if o.depth > 0 { // there may be many, and not all of them be read
		if err := plain.whole(o.spool.told); err != nil {
			return nil, err
		}
	}
	inner := *o
	inner.depth++
	t, err := inner.open(plain)
	if err != nil {
		return nil, plain.because(err)
	}
	t.container += ".gz"
	return t, nil
}

// unzipped names the failures of a gzip stream. One that is cut off ends there.
type unzipped struct {
	z     *gzip.Reader
	in    *tally
	from  *body
	isCut bool // to be asked once all is read
}

func (u *unzipped) Read(p []byte) (int, error) {
	n, err := u.z.Read(p)
	if errors.Is(err, io.ErrUnexpectedEOF) && !u.in.failed {
		u.isCut = true
		return n, io.EOF
	}
	return n, u.in.damaged(err)
}

// damaged names the failure of a gzip stream whose bytes came through t. What
// failed on the way stays as it is.
func (t *tally) damaged(err error) error {
	if err == nil || atEnd(err) || t.failed {
		return err
	}
	return store.Errorf(store.Invalid, "the gzip file is damaged: %v", err)
}

// capped refuses to read past what a compressed file can honestly hold.
type capped struct {
	r          io.Reader
	read       int64
	compressed *tally
}

func (c *capped) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.read += int64(n)
	if c.read > packGrace && c.read > packMaxRatio*c.compressed.bytes {
		return 0, store.Errorf(store.TooLarge, "the file grows to more than %d times its size when unpacked, which no incident file does", packMaxRatio)
	}
	return n, err
}

// tally counts the bytes that pass.
type tally struct {
	r      io.Reader
	bytes  int64
	failed bool              // reading did, otherwise than at the end
	told   func(bytes int64) // hears of every read; may be nil
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.bytes += int64(n)
	t.failed = t.failed || err != nil && !atEnd(err)
	if t.told != nil {
		t.told(t.bytes)
	}
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
