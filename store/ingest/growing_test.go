package ingest

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"testing/synctest"

	"atalaya/store"

	"go.uber.org/goleak"
)

// growFrom begins a body of a stream, in a folder that has to be empty again
// once the spool is closed.
func growFrom(ctx context.Context, t *testing.T, r io.Reader, limit int64) (*spool, *body) {
	t.Helper()
	s := &spool{ctx: ctx, dir: t.TempDir(), limit: limit}
	t.Cleanup(func() {
		if left, err := os.ReadDir(s.dir); err != nil || len(left) > 0 {
			t.Errorf("left %v, %v", left, err)
		}
	})
	b, err := s.grow(r)
	if err != nil {
		t.Fatal(err)
	}
	return s, b
}

func closeSpool(t *testing.T, s *spool) {
	t.Helper()
	if err := s.close(); err != nil {
		t.Error(err)
	}
}

func TestReadingWaitsForBytesThatAreStillToCome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stream, feed := io.Pipe()
		s, b := growFrom(t.Context(), t, stream, 100)
		defer closeSpool(t, s)
		var got []byte
		go func() {
			part := make([]byte, 4)
			n, err := b.ReadAt(part, 2)
			if got = part[:n]; err != nil {
				t.Error(err)
			}
		}()
		for _, c := range []struct{ more, want string }{{"abc", ""}, {"de", ""}, {"fgh", "cdef"}} {
			_, _ = io.WriteString(feed, c.more) // a pipe that is read takes everything
			synctest.Wait()
			if string(got) != c.want {
				t.Errorf("read %q after %q, want %q", got, c.more, c.want)
			}
		}
		_ = feed.Close() // never fails
		part := make([]byte, 4)
		if n, err := b.ReadAt(part, 6); n != 2 || !atEnd(err) {
			t.Errorf("read %q at the end, %v", part[:n], err)
		}
		if n, err := b.ReadAt(part, 20); n != 0 || !atEnd(err) {
			t.Errorf("read %q behind the end, %v", part[:n], err)
		}
		if err := b.whole(nil); err != nil || b.size != 8 {
			t.Errorf("%d bytes, %v", b.size, err)
		}
	})
}

func TestAFailureOfTheStreamIsReadBehindWhatCameBefore(t *testing.T) {
	defer goleak.VerifyNone(t)
	burst, broken := store.Errorf(store.TooLarge, "it bursts"), errors.New("line cut")
	for _, c := range []struct {
		name  string
		fails error
		limit int64
		text  string
		want  string
	}{
		{"one that says what it is", burst, 100, "abc", "it bursts"},
		{"another", broken, 100, "abc", "after 3 bytes: line cut"},
		{"a stream over the limit", io.EOF, 2, "abc", "the file is over 2 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, b := growFrom(t.Context(), t, io.MultiReader(strings.NewReader("abc"), &failing{c.fails}), c.limit)
			defer closeSpool(t, s)
			text, err := io.ReadAll(b.reader(t.Context()))
			if string(text) != c.text || err == nil || err.Error() != c.want {
				t.Errorf("read %q, %v; want %q", text, err, c.want)
			}
			if err := b.because(errors.New("rubbish")); err.Error() != c.want {
				t.Errorf("because of %v", err)
			}
		})
	}
}

// stalled gives nothing until its ctx ends.
type stalled struct{ ctx context.Context }

func (s stalled) Read([]byte) (int, error) { <-s.ctx.Done(); return 0, nil }

func TestWhoWaitsForAStreamHearsThatTheRunIsCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		enough := errors.New("the user went away")
		ctx, cancel := context.WithCancelCause(t.Context())
		s, b := growFrom(ctx, t, stalled{ctx}, 100)
		defer closeSpool(t, s)
		var heard error
		go func() { _, heard = io.ReadAll(b.reader(ctx)) }()
		synctest.Wait()
		if heard != nil {
			t.Errorf("heard %v before", heard)
		}
		cancel(enough)
		synctest.Wait()
		if !errors.Is(heard, enough) {
			t.Errorf("heard %v", heard)
		}
	})
}

// endless is a stream of zeros.
type endless struct{}

func (endless) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestClosingEndsTheUnpackingAndWaitsForIt(t *testing.T) {
	defer goleak.VerifyNone(t)
	s, b := growFrom(t.Context(), t, endless{}, 1<<40)
	if _, err := b.ReadAt(make([]byte, 10), 1000); err != nil {
		t.Error(err)
	}
	closeSpool(t, s)
	if err := b.whole(nil); !errors.Is(err, context.Canceled) {
		t.Errorf("whole with %d bytes, %v", b.size, err)
	}
}

// panicking is a stream whose reading panics.
type panicking struct{}

func (panicking) Read([]byte) (int, error) { panic("broken") }

func TestAPanicOfTheUnpackingGoesOnWhereItIsRead(t *testing.T) {
	defer goleak.VerifyNone(t)
	s, b := growFrom(t.Context(), t, panicking{}, 100)
	defer closeSpool(t, s)
	defer func() {
		if p := recover(); p != "broken" {
			t.Errorf("recovered %v", p)
		}
	}()
	t.Errorf("read: %v", b.whole(nil))
}
