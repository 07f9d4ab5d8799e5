package ingest

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"atalaya/store"
)

// How much a proposal shows.
const (
	proposedSamples   = 5
	proposedIncidents = 20
	maxSample         = 80 // characters of a sample
)

// Propose says how Import would read a file and why, and takes nothing. What
// is remembered of its source counts as it would then.
//
// A file without places is no error but a proposal with a doubt that says what
// was looked for: somebody may know which columns hold them. What cannot be
// read at all fails as in Import, and so does a choice that does not fit the
// file, with problems that name it.
//
// Cost: one pass over the file.
func Propose(ctx context.Context, st store.Store, r io.Reader, opts Options) (p store.Proposal, err error) {
	run, err := newRun(ctx, opts)
	if err != nil {
		return p, err
	}
	defer func() { err = errors.Join(err, run.close()) }()
	if err := run.open(ctx, r); err != nil {
		return p, err
	}
	if err := run.know(ctx, st); err != nil {
		return p, err
	}
	source, err := st.Source(ctx, run.report.Source)
	if err != nil && store.KindOf(err) != store.NotFound {
		return p, err
	}
	err = run.plan(ctx, source)
	if failed := run.table.body.whole(nil); failed != nil {
		return p, run.failed(failed)
	}
	var refusal *store.Error
	if err != nil && (!errors.As(err, &refusal) || refusal.Kind != store.Invalid || len(refusal.Problems) > 0) {
		return p, err
	}
	return run.proposal(source, err), nil
}

// Choices returns what the options ask for.
func (o Options) Choices() store.Choices {
	return store.Choices{Source: o.Source, Mapping: o.Map, TimeZone: o.TimeZone, CRS: o.CRS, Allow: o.Allow, Rows: o.Rows, Sheet: o.Sheet}
}

// Choose returns the options with what is asked for.
func (o Options) Choose(c store.Choices) Options {
	o.Source, o.Map, o.TimeZone, o.CRS, o.Allow, o.Rows, o.Sheet = c.Source, c.Mapping, c.TimeZone, c.CRS, c.Allow, c.Rows, c.Sheet
	return o
}

// proposal tells the plan of a run, or how far it came where it is refused.
func (run *run) proposal(source store.Source, refused error) store.Proposal {
	r := run.report
	p := store.Proposal{
		Source: r.Source, Container: r.Container, Encoding: r.Encoding, Delimiter: r.Delimiter, CRS: r.CRS, TimeZone: r.TimeZone,
		Choices: run.opts.Choices(), Doubts: []store.Doubt{}, Mapping: []store.ProposedField{},
		Notes: slices.Clone(r.Notes), Incidents: []store.ProposedIncident{}, Rejects: []store.Reject{},
	}
	p.NewColumns, p.GoneColumns = run.changed(source)
	if refused != nil {
		p.Doubts = append(p.Doubts, newDoubt(store.DoubtRefused, refusedAs(refused)))
	}
	if len(p.NewColumns)+len(p.GoneColumns) > 0 {
		p.Doubts = append(p.Doubts, newDoubt(store.DoubtColumns, changes(source.Code, p.NewColumns, p.GoneColumns)))
	}
	p.Doubts = append(p.Doubts, run.table.doubts...)
	p.Columns = run.proposedColumns()
	if run.mapping != nil {
		tried := run.try(&p)
		p.CRSSaid = run.mapping.evidence[evidenceCRS]
		p.CRSEvidence = p.CRSSaid.String()
		p.Mapping = run.proposedFields(source, tried)
		p.Doubts = append(p.Doubts, run.mapping.doubts...)
		p.Doubts = append(p.Doubts, doubtsOf(p, tried)...)
		if run.opts.TimeZone == "" && source.TimeZone == "" {
			p.Doubts = append(p.Doubts, doubtZone(p)...)
		}
	}
	p.Confident = len(p.Doubts) == 0
	return p
}

// proposedColumns lists the columns with samples of their values.
func (run *run) proposedColumns() []store.ProposedColumn {
	columns := []store.ProposedColumn{}
	for i, name := range run.table.columns() {
		c := store.ProposedColumn{Name: name, Samples: []string{}, Fields: []string{}}
		look := lookOfName(wordsOf(name))
		switch {
		case run.mapping != nil:
			look = run.mapping.lookAt(i, name)
		case i < len(run.table.looks):
			look = run.table.looks[i]
		}
		c.LooksLike, c.Allowed = look.kind, look.isAllowed && look.kind != ""
		if look.kind == "" {
			c.Samples = run.samplesOf(i, look)
		}
		if run.mapping != nil {
			for _, f := range allFields() {
				if run.mapping.index(f) == i {
					c.Fields = append(c.Fields, string(f))
				}
			}
		}
		columns = append(columns, c)
	}
	return columns
}

// samplesOf returns the first different values of a column that may be shown.
// Of a row with surplus cells nobody knows which column they are of.
func (run *run) samplesOf(column int, look look) []string {
	values := []string{}
	for _, rec := range run.table.sample {
		value := strings.TrimSpace(cellAt(rec.cells, column))
		if look.hides(value) || surplus(rec.cells, len(run.table.columns())) != nil {
			continue
		}
		if utf8.RuneCountInString(value) > maxSample {
			value = string([]rune(value)[:maxSample-1]) + "…"
		}
		if value == "" || slices.Contains(values, value) {
			continue
		}
		if values = append(values, value); len(values) == proposedSamples {
			break
		}
	}
	return values
}

// tried counts what became of the rows of the sample.
type tried struct {
	placed, misplaced int // with a readable place; with another than none
	placeless         int // with none, or no record at all
	timed, mistimed   int
}

// try makes incidents of the rows of the sample.
func (run *run) try(p *store.Proposal) tried {
	var of tried
	m := *run.mapping // keeps count of what it meets
	k := &maker{mapping: &m, zone: newZone(m.timeSetting.location), latest: run.maker.latest}
	for _, rec := range run.table.sample {
		p.RowsRead++
		reject := surplus(rec.cells, len(run.table.columns()))
		var incident store.Incident
		if reject == nil {
			incident, reject = k.incident(rec.cells)
		}
		if other := m.notARecord(rec, run.table.columns()); reject != nil && other != nil {
			reject = other
		}
		if reject == nil {
			of.placed++
			if incident.HasTime() {
				of.timed++
			}
			p.RowsTaken++
			if len(p.Incidents) < proposedIncidents {
				one := k.proposed(rec, incident)
				one.Sheet, one.Row = run.table.place(rec.row)
				p.Incidents = append(p.Incidents, one)
			}
			continue
		}
		switch reject.Reason {
		case BadCoordinates, CoordinatesOutOfRange, NotAPoint, SwappedCoordinates, FarAway:
			of.misplaced++
		case NoCoordinates, NullIsland, NotARecord:
			of.placeless++
		case BadTime, TimeOutOfRange:
			of.placed++
			of.mistimed++
		}
		if len(p.Rejects) < firstRejects {
			reject.Sheet, reject.Row = run.table.place(rec.row)
			p.Rejects = append(p.Rejects, *reject)
		}
	}
	return of
}

func (k *maker) proposed(rec record, i store.Incident) store.ProposedIncident {
	out := store.ProposedIncident{
		SourceID: k.ownID(rec.cells),
		Lon:      round6(i.Point[0]), Lat: round6(i.Point[1]), TimePrecision: i.TimePrecision, Category: i.RawCategory,
	}
	if i.HasTime() {
		out.From, out.To = &i.From, &i.To
	}
	if k.hidesCategory(i.RawCategory) {
		out.Category = ""
	}
	return out
}

// proposedFields tells which column gives which field, and how sure that is.
func (run *run) proposedFields(source store.Source, of tried) []store.ProposedField {
	m, fields := run.mapping, []store.ProposedField{}
	for _, f := range allFields() {
		i := m.index(f)
		if i < 0 {
			continue
		}
		column := run.table.columns()[i]
		_, isChosen := run.opts.Map[string(f)]
		isKnown := isChosen || source.Mapping[string(f)] == column
		isNamed := run.table.headed && nameScore(f, wordsOf(column)) >= f.nameFloor() || column == geometryColumn
		fields = append(fields, store.ProposedField{
			Field: string(f), Column: column, Evidence: m.evidence[f].String(), Said: m.evidence[f], Confidence: f.confidence(isKnown || isNamed, of),
		})
	}
	return fields
}
