package ingest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"atalaya/store"
)

// run is the reading of one file, from its bytes to its report.
type run struct {
	opts    Options
	started time.Time
	spool   *spool
	body    *body // of the file

	table   *table
	mapping *mapping
	maker   *maker
	counts  *counts
	report  store.Report

	meanings   *meanings        // of the raw categories
	categories []store.Category // that the store has; Read knows none
	areas      []store.Area

	odometer odometer
}

// sink is what becomes of the incidents and rejects of a run.
type sink struct {
	incident func(i store.Incident, raws []string) error // with the raw categories that its rows named; nil is its own
	reject   func(store.Reject) error
	flush    func() error // may be nil
}

func newRun(ctx context.Context, opts Options) (*run, error) {
	if err := opts.Check(); err != nil {
		return nil, err
	}
	limit := opts.MaxBytes
	if limit == 0 {
		limit = DefaultMaxBytes
	}
	run := &run{opts: opts, started: opts.now(), spool: &spool{ctx: ctx, dir: opts.TempDir, limit: limit}}
	run.report = store.Report{
		File: opts.File, Source: opts.Source, CRS: "EPSG:4326", DryRun: opts.DryRun, TimeZone: opts.TimeZone,
		Reasons: map[string]int{}, Mapping: map[string]string{}, Evidence: map[string]string{},
		Columns: []string{}, KeptOut: []string{}, NewCategory: []string{}, Notes: []string{}, FirstRejects: []store.Reject{},
		Personal: []store.PersonalColumn{}, PoliceInitiated: []store.PoliceCategory{},
	}
	run.odometer = odometer{run: run, steps: 2}
	run.spool.told = run.odometer.written
	if opts.Source == "" {
		run.report.Source = SourceCode(opts.File)
	}
	run.counts = &counts{report: &run.report}
	return run, nil
}

// close lets go of what the reading held.
func (run *run) close() error { return run.spool.close() }

// open holds the file, recognises it and reads its sample.
func (run *run) open(ctx context.Context, r io.Reader) error {
	body, err := run.spool.hold(r)
	if err != nil {
		return run.failed(err)
	}
	run.body = body
	run.odometer.isHeld()
	opener := &opener{ctx: ctx, spool: run.spool, part: run.opts.Sheet}
	table, err := opener.open(body)
	if err != nil {
		return run.failed(err)
	}
	run.table = table
	run.odometer.isUnpacked()
	run.report.Container, run.report.Delimiter, run.report.Encoding = table.container, table.delimiter, table.encoding()
	run.report.Notes = append(run.report.Notes, table.notes...)
	return nil
}

// plan decides how the opened file is read, with what is remembered of its
// source and what all its records show.
func (run *run) plan(ctx context.Context, source store.Source) error {
	run.report.TimeZone = firstOf(run.opts.TimeZone, source.TimeZone, DefaultTimeZone)
	location, err := time.LoadLocation(run.report.TimeZone)
	if err != nil {
		return badZone(run.report.TimeZone)
	}
	allowed, err := run.allowed(source)
	if err != nil {
		return err
	}
	run.table.looks = looksOf(run.table, run.table.columns(), allowed)
	at, err := run.setting(location, source.CRS)
	if err != nil {
		return err
	}
	m, err := mapColumns(run.table, at, source.Mapping, run.opts.Map)
	if err != nil {
		return run.table.body.because(err)
	}
	m.timeSetting = timeSetting{location: location, now: run.started}
	run.mapping = m
	m.rows = firstOf(run.opts.Rows, source.Rows)
	run.counts.measure = store.MeasureAgainst(run.categories, run.areas, location)
	if err := run.survey(ctx); err != nil {
		return err
	}
	if p := run.table.isPartial; p != nil && p() {
		run.table.doubt(store.DoubtPartial, "the server that the file comes from had more rows than it sent (exceededTransferLimit): ask it for the others in pages")
		run.report.Notes = append(run.report.Notes, run.table.notes[len(run.table.notes)-1])
	}
	run.maker = &maker{mapping: m, zone: newZone(location), latest: run.latest()}
	run.report.Mapping, run.report.Evidence, run.report.CRS = m.named(), m.reasons(), m.where.crs
	run.report.Notes = append(run.report.Notes, m.notes...)
	if run.table.headed && !m.has(ID) {
		run.report.Notes = append(run.report.Notes, "no column is read as the id: each row has a key of its content, and comes as another incident where that changes; name the column of the case number, if there is one")
	}
	if run.opts.TimeZone == "" && source.TimeZone == "" && (m.has(Time) || m.has(Date)) {
		run.report.Notes = append(run.report.Notes, "no time zone was given: times without one are read in "+run.report.TimeZone)
	}
	run.report.Columns = slices.Clone(run.table.columns())
	if run.opts.OnPlan == nil {
		return nil
	}
	return run.opts.OnPlan(run.proposal(source, nil))
}

// survey looks at every record before any is taken, and once more where that
// shows that an id or a category may not be one.
func (run *run) survey(ctx context.Context) error {
	s := &survey{
		mapping: run.mapping, ids: idSurvey{repeats: newRepeats(run.mapping, run.spool.temp)}, times: timeSurvey{rowName: run.table.rowName},
	}
	err := run.pass(ctx, func(rec record) error {
		if rec.flaw == nil && surplus(rec.cells, len(run.table.columns())) == nil {
			s.add(rec)
		}
		return nil
	})
	if err != nil {
		return err
	}
	left, err := s.persons.settle(run.mapping)
	if err != nil {
		return err
	}
	if left {
		run.odometer.anotherPass()
		return run.survey(ctx)
	}
	if err := s.settle(); err != nil {
		return err
	}
	run.odometer.isSurveyed()
	if err := run.recognise(ctx); err != nil {
		return err
	}
	run.odometer.isUnderstood()
	return nil
}

// latest returns when an incident can have been at the latest.
func (run *run) latest() time.Time { return run.started.UTC().AddDate(0, 0, 1) }

// errEnough ends a pass that has seen enough.
var errEnough = errors.New("enough")

// mostSame is after how many rows that say the same as others of their id it is
// no longer expected that one differs.
const mostSame = 100_000

// recognise decides that the rows are offences where two of one incident differ
// in their category alone, and nobody said what they are. Where rows adjoin that
// do, or ids come back later, all rows are looked through once more, up to the
// first two that are offences or the hundred thousandth that is none. Rows that
// will not be taken, as totals are, are no evidence; nor is another that agrees
// with one on place and time, which is not taken either.
func (run *run) recognise(ctx context.Context) error {
	m := run.mapping
	if m.rows != "" || !m.has(ID) || !m.has(Category) {
		return nil
	}
	r, isOffences, same := m.repeats, false, 0
	if !r.adjoin && r.log.n == 0 {
		return nil
	}
	r.own, r.before = "", nil
	tried := *m // keeps count of what it meets
	tried.where.fallbacks = maps.Clone(m.where.fallbacks)
	k := &maker{mapping: &tried, zone: newZone(m.timeSetting.location), latest: run.latest()}
	run.odometer.anotherPass()
	err := run.pass(ctx, func(rec record) error {
		if rec.flaw != nil || surplus(rec.cells, len(run.table.columns())) != nil {
			return nil
		}
		own := m.ownID(rec.cells)
		follows := r.follows(own, rec.cells)
		r.own = own
		differs, comesBack := r.differs(own, rec.cells)
		if own != "" && (follows || differs) {
			_, reject := k.incident(rec.cells)
			isOffences = reject == nil
		}
		if comesBack {
			same++
		}
		if isOffences || same == mostSame {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	if isOffences {
		m.rows = OffencesPerIncident
	}
	return nil
}

// all reads every record into the sink and completes the report.
func (run *run) all(ctx context.Context, to sink) error {
	taking := &taking{run: run, to: to}
	err := run.pass(ctx, func(rec record) error {
		run.report.Rows++
		run.countSheet(rec.row)
		return taking.take(rec)
	})
	if err == nil {
		err = taking.flush()
	}
	if err == nil {
		err = run.mapping.repeats.failed()
	}
	if err != nil {
		return err
	}
	if to.flush != nil {
		if err := to.flush(); err != nil {
			return err
		}
	}
	run.report.PoliceInitiated = run.meanings.policeInitiated()
	taking.tellRepeats()
	run.note(run.meanings.withheld(), "categories that look like somebody's name, e-mail, telephone or identity number are not stored, unless somebody allows their column")
	return run.finish()
}

// countSheet counts a record under its sheet, where there are several.
func (run *run) countSheet(row int) {
	sheet, _ := run.table.place(row)
	if sheet == "" {
		return
	}
	if n := len(run.report.Sheets); n == 0 || run.report.Sheets[n-1].Sheet != sheet {
		run.report.Sheets = append(run.report.Sheets, store.SheetRows{Sheet: sheet})
	}
	run.report.Sheets[len(run.report.Sheets)-1].Rows++
}

// pass hands every record of the file to each.
func (run *run) pass(ctx context.Context, each func(record) error) error {
	if err := run.table.rewind(); err != nil {
		return run.failed(err)
	}
	for {
		rec, err := run.table.next()
		if atEnd(err) {
			if err = run.table.body.whole(nil); err == nil {
				return nil
			}
		}
		if err != nil {
			return run.failed(err)
		}
		if err := context.Cause(ctx); err != nil {
			return err
		}
		run.odometer.row()
		if err := each(rec); err != nil {
			return err
		}
	}
}

// finish completes the report once every record is read.
func (run *run) finish() error {
	run.odometer.isRead()
	r := &run.report
	r.Encoding = run.table.encoding()
	r.Seconds = run.opts.now().Sub(run.started).Seconds()
	run.keepOut()
	run.tellPlaces()
	run.noteTimes()
	run.note(run.table.strays(), "bytes that are not UTF-8 are read as Windows-1252")
	if run.table.body.isCut() || r.Reasons[CutShort] > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("the file ends too early: it was cut off on its way, and what came after its first %d rows is missing; fetch it again", r.Rows))
	}
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
		if run.mapping.lookAt(i, name).keepsOut() {
			personal = append(personal, name)
		}
	}
	run.report.Personal = run.mapping.personalColumns(run.table.columns())
	run.note(len(personal), "columns that look like data on persons are not stored: "+listed(personal))
}

// failed says where in the file reading failed, where the error does not.
func (run *run) failed(err error) error {
	if run.table != nil {
		err = run.table.body.because(err)
	}
	var known *store.Error
	if errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("read %s: %w", firstOf(run.opts.File, "the file"), err)
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
