package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"time"

	"atalaya/store"
	"atalaya/store/ingest"
)

// maxWaiting is how many uploads may wait for their import.
const maxWaiting = 16

// Why an import ends before its file does.
var (
	errStopped   = errors.New("the service stopped before the file was imported: it will be when the service starts again")
	errElsewhere = errors.New("another process has taken it up")
	errDiscarded = errors.New("discarded while it was imported")
	errStopping  = store.Errorf(store.Unavailable, "the service is stopping")
)

// imports runs imports one after the other, in the order they came: the store
// takes one at a time anyway.
type imports struct {
	queue chan *importJob
	open  sync.WaitGroup  // jobs that wait or run
	ctx   context.Context //nolint:containedctx // it ends with the service that it belongs to
	stop  context.CancelCauseFunc
	done  chan struct{}
	bell  bell // rings when a job moves on

	mu     sync.Mutex
	jobs   map[int64]*importJob // that wait or run, by upload
	closed bool
}

// importJob is one file to import.
type importJob struct {
	upload  int64
	bytes   int64  // of its file
	sha256  string // that its file must have, hex; empty: it came just now
	options ingest.Options
	meter   *meter
	ctx     context.Context //nolint:containedctx // it ends when the job is discarded
	cancel  context.CancelCauseFunc
	ended   chan struct{}
}

// startImports starts the worker with jobs that wait already. run is called with
// every job, also with those that still wait on close, then under a context that
// has ended.
func startImports(run func(*importJob), waiting []*importJob) *imports {
	q := &imports{queue: make(chan *importJob, maxWaiting+len(waiting)), done: make(chan struct{}), jobs: map[int64]*importJob{}}
	q.ctx, q.stop = context.WithCancelCause(context.Background())
	for _, job := range waiting {
		q.put(job)
	}
	go func() {
		defer close(q.done)
		for job := range q.queue {
			run(job)
			q.end(job)
		}
	}()
	return q
}

// add puts a job in the queue once before has succeeded, which runs when nothing
// else speaks against the job.
func (q *imports) add(job *importJob, before func() error) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch {
	case q.closed:
		return errStopping
	case q.jobs[job.upload] != nil:
		return store.Errorf(store.Conflict, "upload %d is importing already", job.upload)
	case len(q.queue) >= maxWaiting:
		return store.Errorf(store.Unavailable, "%d uploads wait already: confirm upload %d later", maxWaiting, job.upload)
	}
	if err := before(); err != nil {
		return err
	}
	q.put(job)
	q.bell.ring()
	return nil
}

// put puts a job in the queue, which must have room.
func (q *imports) put(job *importJob) {
	job.ctx, job.cancel = context.WithCancelCause(q.ctx)
	job.ended = make(chan struct{})
	q.jobs[job.upload] = job
	q.open.Add(1)
	q.queue <- job
}

// isOpen fails where no job is taken any more.
func (q *imports) isOpen() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return errStopping
	}
	return nil
}

// end forgets a job that has run.
func (q *imports) end(job *importJob) {
	q.mu.Lock()
	delete(q.jobs, job.upload)
	q.mu.Unlock()
	job.cancel(nil)
	close(job.ended)
	q.open.Done()
	q.bell.ring()
}

// find returns the job of an upload; nil where none waits or runs.
func (q *imports) find(upload int64) *importJob {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.jobs[upload]
}

func (q *imports) close(ctx context.Context) error {
	q.mu.Lock()
	if !q.closed {
		q.closed = true
		q.stop(errStopped)
		close(q.queue)
	}
	q.mu.Unlock()
	select {
	case <-q.done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("an import has not stopped: %w", ctx.Err())
	}
}

// begin has an upload that waits imported with these choices, also over a
// restart. The store takes one writer at a time, so that it learns of it when
// the import's turn comes; until then upload tells.
func (a *API) begin(u store.Upload, choices store.Choices) error {
	return a.imports.add(a.job(u, choices), func() error { return a.stage.confirm(u.ID, choices) })
}

func (a *API) job(u store.Upload, choices store.Choices) *importJob {
	options := ingest.Options{File: u.Report.File}.Choose(choices)
	return &importJob{upload: u.ID, bytes: u.Bytes, options: options, meter: &meter{clock: a.clock}}
}

// upload returns an upload. One that waits for its turn is importing.
func (a *API) upload(ctx context.Context, id int64) (store.Upload, error) {
	u, err := a.store.Upload(ctx, id)
	return a.present(u), err
}

func (a *API) present(u store.Upload) store.Upload {
	if (u.Status == store.Staged || u.Status == store.Failed) && a.imports.find(u.ID) != nil {
		u.Status, u.Error, u.FinishedAt = store.Importing, "", time.Time{}
	}
	return u
}

// runImport imports the file of a job and says what became of it. The file
// goes once it is done or nobody wants it. Where the service stops, all stays
// for the next one to go on.
func (a *API) runImport(job *importJob) {
	err := a.importFile(job)
	// What ended the import must not keep that from being written down.
	after, cancel := context.WithTimeout(context.WithoutCancel(job.ctx), slow)
	defer cancel()
	switch cause := context.Cause(job.ctx); {
	case err == nil:
		err = a.stage.remove(job.upload)
	case errors.Is(err, errElsewhere):
		a.logger.LogAttrs(after, slog.LevelWarn, "not imported here", slog.Int64("upload", job.upload), slog.Any("error", err))
		err = nil // whoever has it says what becomes of it
	case errors.Is(cause, errDiscarded):
		err = errors.Join(a.store.DiscardUpload(after, job.upload), a.stage.remove(job.upload))
	case errors.Is(cause, errStopped):
		err = settled(a.store.RestageUpload(after, job.upload))
	default:
		a.logger.LogAttrs(after, slog.LevelWarn, "import failed", slog.Int64("upload", job.upload), slog.Any("error", err))
		if err = settled(a.store.FailUpload(after, job.upload, err.Error())); err == nil {
			err = a.stage.forget(job.upload)
		}
	}
	if err != nil {
		a.logger.LogAttrs(after, slog.LevelError, "the end of an import is not written down", slog.Int64("upload", job.upload), slog.Any("error", err))
	}
}

// settled is nil where the status had been written already: an import that had
// begun writes its own reason, and one that had not waits as before.
func settled(err error) error {
	if store.KindOf(err) == store.Conflict {
		return nil
	}
	return err
}

func (a *API) importFile(job *importJob) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			a.logger.LogAttrs(job.ctx, slog.LevelError, "import panicked", slog.Int64("upload", job.upload), slog.Any("cause", cause), slog.String("stack", string(debug.Stack())))
			err = errors.New("a fault of this service: its log has the cause")
		}
	}()
	if job.ctx.Err() != nil {
		return context.Cause(job.ctx)
	}
	if job.sha256 != "" {
		if err := a.stage.check(job.upload, job.sha256); err != nil {
			return err
		}
	}
	file, err := os.Open(a.stage.path(job.upload))
	if err != nil {
		return fmt.Errorf("open staged upload: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if err := a.store.ConfirmUpload(job.ctx, job.upload); store.KindOf(err) == store.Conflict {
		return fmt.Errorf("%w: %w", errElsewhere, err)
	} else if err != nil {
		return err
	}
	o := job.options
	o.Upload, o.Clock, o.TempDir = job.upload, a.clock, a.stage.dir
	o.Size = job.bytes
	o.Progress = func(p ingest.Progress) {
		job.meter.note(p)
		a.imports.bell.ring()
	}
	_, err = ingest.Import(job.ctx, a.store, file, o)
	return err
}
