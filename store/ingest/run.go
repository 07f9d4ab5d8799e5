package ingest

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"strings"
	"time"

	"atalaya/store"
)

// progressEvery is the least time between two calls of Options.Progress.
const progressEvery = 100 * time.Millisecond

// run is the reading of one file, from its bytes to its report.
type run struct {
	opts    Options
	started time.Time
	raw     *tally    // counts the bytes as they come
	digest  hash.Hash // of them

	table   *table
	mapping *mapping
	maker   *maker
	ids     *identities
	counts  *counts
	report  store.Report

	shown time.Time // when progress was last told
}

// sink is what becomes of the incidents and rejects of a run.
type sink struct {
	category func(raw string) (string, error)
	incident func(store.Incident) error
	reject   func(store.Reject) error
	flush    func() error // may be nil
}

func newRun(r io.Reader, opts Options) (*run, error) {
	if err := opts.check(); err != nil {
		return nil, err
	}
	digest := sha256.New()
	run := &run{opts: opts, started: opts.now(), digest: digest, raw: &tally{r: io.TeeReader(r, digest)}, ids: newIdentities()}
	run.report = store.Report{
		File: opts.File, Source: opts.Source, CRS: "EPSG:4326", DryRun: opts.DryRun, TimeZone: opts.TimeZone,
		Reasons: map[string]int{}, Mapping: map[string]string{}, Evidence: map[string]string{},
		KeptOut: []string{}, NewCategory: []string{}, Notes: []string{}, FirstRejects: []store.Reject{},
	}
	if opts.Source == "" {
		run.report.Source = SourceCode(opts.File)
	}
	run.counts = &counts{report: &run.report}
	return run, nil
}

// open recognises the file and reads its sample.
func (run *run) open(ctx context.Context) error {
	limit := run.opts.MaxBytes
	if limit == 0 {
		limit = DefaultMaxBytes
	}
	table, err := open(&cancelled{ctx: ctx, r: run.raw}, limit)
	if err != nil {
		return run.failed(err)
	}
	run.table = table
	run.report.Container, run.report.Delimiter, run.report.Encoding = table.container, table.delimiter, table.text.name()
	run.report.Notes = append(run.report.Notes, table.notes...)
	return nil
}

// plan decides how the opened file is read, with what is remembered of its
// source.
func (run *run) plan(source store.Source) error {
	run.report.TimeZone = firstOf(run.opts.TimeZone, source.TimeZone, DefaultTimeZone)
	location, err := time.LoadLocation(run.report.TimeZone)
	if err != nil {
		return badZone(run.report.TimeZone)
	}
	_, offset := time.Date(2024, 1, 1, 0, 0, 0, 0, location).Zone()
	m, err := mapColumns(run.table, float64(offset)/240, source.Mapping, run.opts.Map)
	if err != nil {
		return err
	}
	run.mapping = m
	run.maker = &maker{mapping: m, zone: newZone(location), latest: run.started.UTC().AddDate(0, 0, 1)}
	run.report.Mapping, run.report.Evidence = m.named(), m.reasons()
	run.report.Notes = append(run.report.Notes, m.notes...)
	if run.opts.TimeZone == "" && source.TimeZone == "" && (m.has(Time) || m.has(Date)) {
		run.report.Notes = append(run.report.Notes, "no time zone was given: times without one are read in "+run.report.TimeZone)
	}
	return nil
}

// all reads every record into the sink and completes the report.
func (run *run) all(ctx context.Context, to sink) error {
	codes := map[string]meaning{}
	for {
		rec, err := run.table.next()
		if atEnd(err) {
			break
		}
		if err != nil {
			return run.failed(err)
		}
		if err := context.Cause(ctx); err != nil {
			return err
		}
		run.report.Rows++
		if run.report.Rows%256 == 0 {
			run.progress(false)
		}
		if err := run.one(rec, codes, to); err != nil {
			return err
		}
	}
	if to.flush != nil {
		if err := to.flush(); err != nil {
			return err
		}
	}
	// What stands behind the last record belongs to the digest too.
	if _, err := io.Copy(io.Discard, run.raw); err != nil {
		return run.failed(err)
	}
	return run.finish()
}

// one reads one record into the sink.
func (run *run) one(rec record, codes map[string]meaning, to sink) error {
	columns := run.table.columns()
	reject := surplus(rec.cells, len(columns))
	var incident store.Incident
	if reject == nil {
		incident, reject = run.maker.incident(rec.cells)
	}
	if reject == nil {
		own := cellAt(rec.cells, run.mapping.index(ID))
		if incident.SourceID = run.ids.sourceID(own, rec.cells, columns); len(incident.SourceID) > maxIDBytes {
			reject = run.mapping.rejected(BadID, ID, rec.cells, fmt.Sprintf("has %d bytes; allowed: up to %d", len(own), maxIDBytes))
		}
	}
	if reject == nil {
		earlier, same := run.ids.sight(rec.row, &incident)
		switch {
		case same:
			run.counts.put(incident, store.Known)
			return nil
		case earlier > 0:
			reject = run.mapping.rejected(RepeatedID, ID, rec.cells, fmt.Sprintf("row %d has this id too, with other content; allowed: an id once, or the same content", earlier))
		}
	}
	if reject != nil {
		reject.Row = rec.row
		run.counts.reject(*reject)
		if run.opts.OnReject != nil {
			run.opts.OnReject(*reject)
		}
		return to.reject(*reject)
	}
	category, ok := codes[incident.RawCategory]
	if !ok {
		raw := strings.Clone(incident.RawCategory)
		code, err := to.category(raw)
		if err != nil {
			return err
		}
		category = meaning{raw: raw, code: code}
		codes[raw] = category
	}
	incident.Source, incident.Category, incident.RawCategory = run.report.Source, category.code, category.raw
	return to.incident(incident)
}

// meaning is a raw category and its code. Incidents share its raw text, so
// that they do not hold the record that it came from.
type meaning struct{ raw, code string }

// finish completes the report once every record is read.
func (run *run) finish() error {
	run.progress(true)
	r := &run.report
	r.Encoding = run.table.text.name()
	r.Seconds = run.opts.now().Sub(run.started).Seconds()
	run.keepOut()
	run.note(run.maker.zone.ambiguous, "times in an hour that the clock of "+r.TimeZone+" skips or repeats are read with the offset from before the change")
	run.note(run.maker.backward, "intervals whose end is not after their start, or lies far in the future, are taken with the start alone")
	run.note(run.table.text.strays(), "bytes that are not UTF-8 are read as Windows-1252")
	if err := run.refuseProjected(); err != nil {
		return err
	}
	return run.counts.close()
}

// refuseProjected refuses a file of which no row has a place, where some hold
// numbers that are no degrees: its coordinates are projected, which the sample
// did not show.
func (run *run) refuseProjected() error {
	reasons, far := run.report.Reasons, run.counts.outOfRange
	placeless := reasons[CoordinatesOutOfRange] + reasons[NullIsland] + reasons[NoCoordinates] + reasons[BadCoordinates]
	if far == nil || placeless < run.report.Rows {
		return nil
	}
	return store.Errorf(store.Invalid, "none of %d rows has a place in degrees: row %d, column %q holds %q; %s",
		run.report.Rows, far.Row, far.Field, far.Value, projectedAdvice)
}

// note adds a note about n of something, if there are any: what (n).
func (run *run) note(n int, what string) {
	if n > 0 {
		run.report.Notes = append(run.report.Notes, fmt.Sprintf("%s (%d)", what, n))
	}
}

// keepOut lists the columns that are not stored, and notes those that look
// like data on persons.
func (run *run) keepOut() {
	var personal []string
	for i, name := range run.table.columns() {
		if run.mapping.uses(i) {
			continue
		}
		run.report.KeptOut = append(run.report.KeptOut, name)
		if run.table.headed && isPersonal(wordsOf(name)) {
			personal = append(personal, name)
		}
	}
	run.note(len(personal), "columns that look like data on persons are not stored: "+listed(personal))
}

func (run *run) progress(final bool) {
	if run.opts.Progress == nil {
		return
	}
	now := run.opts.now()
	if !final && now.Sub(run.shown) < progressEvery {
		return
	}
	run.shown = now
	run.opts.Progress(Progress{Bytes: run.raw.bytes, Total: run.opts.Size, Rows: run.report.Rows})
}

// failed says where in the file reading failed, where the error does not.
func (run *run) failed(err error) error {
	var known *store.Error
	if errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("read %s after %d bytes: %w", firstOf(run.opts.File, "the file"), run.raw.bytes, err)
}

// cancelled ends a reader whose ctx has ended.
type cancelled struct {
	ctx context.Context //nolint:containedctx // io.Reader has no room for one
	r   io.Reader
}

func (c *cancelled) Read(p []byte) (int, error) {
	if err := context.Cause(c.ctx); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}
