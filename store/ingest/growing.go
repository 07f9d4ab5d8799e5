package ingest

import (
	"context"
	"io"
	"os"
	"sync"
)

// growing is a temporary file that is read while a goroutine writes it: who
// reads what is not there yet waits for it.
type growing struct {
	file *os.File
	stop context.CancelFunc

	mu      sync.Mutex
	changed *sync.Cond // what follows did
	size    int64      // bytes so far
	isEnded bool       // nothing is written any more
	failed  error      // why not, where that is not the end of the stream
	panic   any        // of the goroutine
}

// grow makes a body of a stream while it comes in. close ends it.
func (s *spool) grow(r io.Reader) (*body, error) {
	f, err := s.temp()
	if err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(s.ctx)
	g := &growing{file: f, stop: stop}
	g.changed = sync.NewCond(&g.mu)
	s.closers = append(s.closers, g)
	go g.run(func() error {
		_, err := s.copy(g, &cancelled{ctx: ctx, r: r})
		return err
	})
	return &body{at: g, growing: g, path: f.Name()}, nil
}

func (g *growing) run(write func() error) {
	var err error
	defer func() {
		fault := recover()
		g.mu.Lock()
		defer g.mu.Unlock()
		g.isEnded, g.failed, g.panic = true, err, fault
		g.changed.Broadcast()
	}()
	err = write()
}

func (g *growing) Write(p []byte) (int, error) {
	n, err := g.file.Write(p)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.size += int64(n)
	g.changed.Broadcast()
	return n, err
}

// wait returns how many bytes there are, once there are as many as wanted or
// no more come, and then why, where the stream did not end. A panic of the
// goroutine goes on here.
func (g *growing) wait(wanted int64) (size int64, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.size < wanted && !g.isEnded {
		g.changed.Wait()
	}
	switch {
	case g.size >= wanted:
		return g.size, nil
	case g.panic != nil:
		panic(g.panic)
	}
	return g.size, g.failed
}

// ReadAt reads what is there of p once no more of it can come. What comes
// before a failure is read before it.
func (g *growing) ReadAt(p []byte, offset int64) (int, error) {
	size, failed := g.wait(offset + int64(len(p)))
	n, err := g.file.ReadAt(p[:max(0, min(int64(len(p)), size-offset))], offset)
	switch {
	case n == len(p) || err != nil && !atEnd(err):
		return n, err
	case failed != nil:
		return n, failed
	}
	return n, io.EOF
}

// Close ends the writing.
func (g *growing) Close() error {
	g.stop()
	g.mu.Lock()
	defer g.mu.Unlock()
	for !g.isEnded {
		g.changed.Wait()
	}
	return nil
}
