package handlers

import "sync"

// bell wakes everybody who listens. The zero bell is ready, and it is safe for
// concurrent use. Who listens before looking at what may have changed misses
// nothing.
type bell struct {
	mu   sync.Mutex
	next chan struct{}
}

// listen returns a channel that is closed when the bell rings next.
func (b *bell) listen() <-chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.next == nil {
		b.next = make(chan struct{})
	}
	return b.next
}

func (b *bell) ring() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.next != nil {
		close(b.next)
		b.next = nil
	}
}
