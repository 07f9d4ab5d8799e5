package handlers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"

	"atalaya/store"
	"atalaya/store/ingest"
)

// maxWaiting is how many uploads may wait for their import.
const maxWaiting = 16

// errStopped is why an import ends when the service does.
var errStopped = errors.New("the service stopped before the file was imported: upload it again")

// imports runs imports one after the other, in the order they came: the store
// takes one at a time anyway.
type imports struct {
	queue chan importJob
	open  sync.WaitGroup // jobs that wait or run
	stop  context.CancelCauseFunc
	done  chan struct{}

	mu     sync.Mutex
	closed bool
}

// importJob is one file to import.
type importJob struct {
	upload  int64
	file    stagedFile
	options ingest.Options
}

// startImports starts the worker. run is called with every job, also with
// those that still wait on close, then under a context that has ended.
func startImports(run func(context.Context, importJob)) *imports {
	ctx, stop := context.WithCancelCause(context.Background())
	q := &imports{queue: make(chan importJob, maxWaiting), stop: stop, done: make(chan struct{})}
	go func() {
		defer close(q.done)
		for job := range q.queue {
			run(ctx, job)
			q.open.Done()
		}
	}()
	return q
}

// add puts the job that create returns in the queue. Where it has no room,
// nothing is created.
func (q *imports) add(create func() (importJob, error)) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return store.Errorf(store.Unavailable, "the service is stopping")
	}
	if len(q.queue) == maxWaiting {
		return store.Errorf(store.Unavailable, "%d uploads wait already: try again later", maxWaiting)
	}
	job, err := create()
	if err != nil {
		return err
	}
	q.open.Add(1)
	q.queue <- job // never waits: only add fills the queue, and it had room
	return nil
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

// enqueue records an upload and has its file imported. It returns the number
// of the upload.
func (a *API) enqueue(ctx context.Context, file stagedFile, options ingest.Options) (int64, error) {
	var id int64
	err := a.imports.add(func() (importJob, error) {
		var err error
		id, err = a.store.CreateUpload(ctx, store.Upload{
			SHA256: file.sha256, Bytes: file.bytes, CreatedAt: a.clock().UTC(),
			Report: store.Report{File: options.File, Source: options.Source},
		})
		return importJob{upload: id, file: file, options: options}, err
	})
	return id, err
}

// runImport imports a staged file and removes it. An import that fails leaves
// an upload that says why.
func (a *API) runImport(ctx context.Context, job importJob) {
	err := errors.Join(a.importFile(ctx, job), os.Remove(job.file.path))
	if err == nil {
		return
	}
	a.logger.LogAttrs(ctx, slog.LevelWarn, "import failed", slog.Int64("upload", job.upload), slog.Any("error", err))
	// What failed the import must not keep that from being written down. An
	// import that had begun has written its own reason, which stays.
	after, cancel := context.WithTimeout(context.WithoutCancel(ctx), quick)
	defer cancel()
	if err := a.store.FailUpload(after, job.upload, err.Error()); err != nil && store.KindOf(err) != store.Conflict {
		a.logger.LogAttrs(after, slog.LevelError, "upload not marked as failed", slog.Int64("upload", job.upload), slog.Any("error", err))
	}
}

func (a *API) importFile(ctx context.Context, job importJob) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("a fault of this service: %v\n%s", cause, debug.Stack())
		}
	}()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	file, err := os.Open(job.file.path)
	if err != nil {
		return fmt.Errorf("open staged upload: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	o := job.options
	o.Upload, o.Size, o.Clock = job.upload, job.file.bytes, a.clock
	_, err = ingest.Import(ctx, a.store, file, o)
	return err
}
