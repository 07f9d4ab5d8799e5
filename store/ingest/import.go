package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"

	"atalaya/store"

	"golang.org/x/sync/errgroup"
)

// errDryRun rolls the transaction of a dry run back.
var errDryRun = errors.New("dry run")

// Import reads a file into the store in one transaction, all of it or none,
// and records it as an upload with its report. A file that is refused, a
// failing reader and a cancelled ctx leave nothing but the upload, which
// becomes failed with the reason. Bringing the same file again changes nothing:
// all its incidents are known.
//
// It fails with store.Invalid on what cannot be read as incidents and on a
// bad option, with store.Conflict on a derived source that was fed with other
// columns, and with store.TooLarge on what is over a limit. The report is the
// one up to the failure then. A rejected row is no failure.
//
// A regular *os.File is read where it stands; anything else is written to a
// temporary file first, which is gone when Import returns.
//
// Cost: two passes over the file; memory as the package says, whatever the size.
func Import(ctx context.Context, st store.Store, r io.Reader, opts Options) (report store.Report, err error) {
	run, err := newRun(ctx, opts)
	if err == nil {
		err = opts.checkNamed()
	}
	if err != nil {
		return store.Report{}, failUpload(ctx, st, opts, opts.Upload, err)
	}
	defer func() { err = errors.Join(err, run.close()) }()
	upload := opts.Upload
	if upload == 0 && !opts.DryRun {
		upload, err = st.CreateUpload(ctx, store.Upload{CreatedAt: run.started, Report: run.report})
		if err != nil {
			return run.report, fmt.Errorf("record the upload of %s: %w", opts.File, err)
		}
	}
	err = run.open(ctx, r)
	if err == nil {
		err = run.know(ctx, st)
	}
	if err == nil {
		err = st.Load(ctx, func(l store.Loader) error { return run.load(ctx, l, upload) })
	}
	if err != nil && !errors.Is(err, errDryRun) {
		return run.report, failUpload(ctx, st, opts, upload, err)
	}
	return run.report, nil
}

// know finds what the store has that a file is held against.
func (run *run) know(ctx context.Context, st store.Store) error {
	if err := run.findNear(ctx, st); err != nil {
		return err
	}
	var err error
	if run.categories, err = st.Categories(ctx); err != nil {
		return err
	}
	run.areas, err = st.Areas(ctx)
	return err
}

// Read reads a file without a store and gives each incident to each; what
// each returns ends it. Categories are the slugs of the raw texts, and an
// incident that the file lists twice counts as known the second time. Errors
// and cost are those of Import.
func Read(ctx context.Context, r io.Reader, opts Options, each func(store.Incident) error) (report store.Report, err error) {
	run, err := newRun(ctx, opts)
	if err != nil {
		return store.Report{}, err
	}
	defer func() { err = errors.Join(err, run.close()) }()
	if err := run.open(ctx, r); err != nil {
		return run.report, err
	}
	if err := run.plan(ctx, store.Source{Code: run.report.Source}); err != nil {
		return run.report, err
	}
	run.meanings = newMeanings(nil, run.mapping.hidesCategory, func(raw string) (string, error) { return store.CategoryCode(raw), nil })
	err = run.all(ctx, sink{
		incident: func(i store.Incident, raws []string) error {
			if err := run.settle(&i, raws); err != nil {
				return err
			}
			run.counts.put(i, store.Taken)
			return each(i)
		},
		reject: func(store.Reject) error { return nil },
	})
	return run.report, err
}

// failUpload marks the upload as failed, for which a cancelled ctx is no
// obstacle, and returns the reason.
func failUpload(ctx context.Context, st store.Store, opts Options, upload int64, reason error) error {
	if upload == 0 || opts.DryRun {
		return reason
	}
	if err := st.FailUpload(context.WithoutCancel(ctx), upload, reason.Error()); err != nil {
		return errors.Join(reason, fmt.Errorf("mark upload %d as failed: %w", upload, err))
	}
	return reason
}

// load imports the opened file within one transaction.
func (run *run) load(ctx context.Context, l store.Loader, upload int64) error {
	source, err := run.prepareSource(ctx, l)
	if err != nil {
		return err
	}
	summed, stop := context.WithCancel(ctx)
	var sum string
	var summing errgroup.Group
	defer func() { stop(); _ = summing.Wait() }()
	if !run.opts.DryRun {
		summing.Go(func() (err error) { sum, err = run.body.sum(summed); return err })
	}
	if err := run.write(ctx, l, upload); err != nil {
		return err
	}
	if err := run.rememberSource(l, source); err != nil {
		return err
	}
	if run.opts.DryRun {
		return errDryRun
	}
	if err := summing.Wait(); err != nil {
		return run.failed(err)
	}
	return l.FinishUpload(store.Upload{ID: upload, SHA256: sum, Bytes: run.body.size, Report: run.report})
}

// write reads every record and writes what becomes of it, both at once.
func (run *run) write(ctx context.Context, l store.Loader, upload int64) error {
	if run.opts.DryRun {
		upload = 0
	}
	run.meanings = newMeanings(run.categories, run.mapping.hidesCategory, func(raw string) (string, error) {
		code, created, err := l.Category(run.report.Source, raw)
		if created {
			run.report.NewCategory = append(run.report.NewCategory, code)
		}
		return code, err
	})
	put := l.Put
	if run.mapping.rows == OffencesPerIncident {
		put = l.Unite
	}
	w := newWriter(func(b batch) error {
		if err := run.putBatch(put, b, upload); err != nil || upload == 0 || len(b.rejects) == 0 {
			return err
		}
		return l.Reject(upload, b.rejects)
	})
	defer w.close()
	return run.all(ctx, sink{incident: w.incident, reject: w.reject, flush: w.flush})
}

// putBatch puts the incidents of a batch and counts what became of them. It
// runs beside the reading, and touches nothing that this does.
func (run *run) putBatch(put func([]store.Incident) ([]store.Outcome, error), b batch, upload int64) error {
	for n := range b.incidents {
		b.incidents[n].Upload = upload
		if err := run.settle(&b.incidents[n], b.raws[n]); err != nil {
			return err
		}
	}
	if len(b.incidents) == 0 {
		return nil
	}
	outcomes, err := put(b.incidents)
	for n, outcome := range outcomes {
		run.counts.put(b.incidents[n], outcome)
	}
	return err
}

// settle gives an incident its source and its categories.
func (run *run) settle(i *store.Incident, raws []string) error {
	i.Source = run.report.Source
	return run.meanings.settle(i, raws)
}
