package ingest

import (
	"slices"

	"atalaya/store"
)

// A batch goes to the store at once, and a few may wait for it.
const (
	batchSize  = 500 // incidents or rejects
	mostQueued = 4
)

// batch is incidents and rejects in the order of the file.
type batch struct {
	incidents []store.Incident
	raws      [][]string // the raw categories of each; nil is its own
	rejects   []store.Reject
}

// writer gathers batches and has them written by a goroutine of its own, one
// after the other, while the file is read on. Once writing has failed, every
// call fails with the reason. It takes no calls from two goroutines at once.
type writer struct {
	next   batch
	queue  chan batch
	spent  chan batch    // written, to be filled again
	ended  chan struct{} // closed once nothing is written any more
	failed error         // to be read after that
	panic  any           // of the goroutine
}

func newWriter(write func(batch) error) *writer {
	w := &writer{queue: make(chan batch, mostQueued), spent: make(chan batch, mostQueued), ended: make(chan struct{})}
	go w.run(w.queue, write)
	return w
}

func (w *writer) run(queue <-chan batch, write func(batch) error) {
	defer close(w.ended)
	defer func() { w.panic = recover() }()
	for b := range queue {
		if w.failed = write(b); w.failed != nil {
			return
		}
		select {
		case w.spent <- batch{b.incidents[:0], b.raws[:0], b.rejects[:0]}:
		default:
		}
	}
}

// incident adds an incident with the raw categories that its rows named.
func (w *writer) incident(i store.Incident, raws []string) error {
	w.next.incidents, w.next.raws = append(w.next.incidents, i), append(w.next.raws, slices.Clone(raws))
	if len(w.next.incidents) < batchSize {
		return nil
	}
	return w.send()
}

func (w *writer) reject(r store.Reject) error {
	w.next.rejects = append(w.next.rejects, r)
	if len(w.next.rejects) < batchSize {
		return nil
	}
	return w.send()
}

// send queues what was gathered.
func (w *writer) send() error {
	select {
	case <-w.ended:
		return w.failed
	case w.queue <- w.next:
	}
	select {
	case w.next = <-w.spent:
	default:
		w.next = batch{}
	}
	return nil
}

// flush writes all that was gathered and ends the writer.
func (w *writer) flush() error {
	err := w.send()
	w.close()
	if err == nil {
		err = w.failed
	}
	return err
}

// close ends the writer, if flush has not; what it has not begun to write may
// be lost. A panic of the goroutine goes on here.
func (w *writer) close() {
	if w.queue != nil {
		close(w.queue)
		w.queue = nil
	}
	<-w.ended
	if w.panic != nil {
		panic(w.panic)
	}
}
