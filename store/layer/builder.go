package layer

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"atalaya/geo/aoristic"
	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// Facts is what a Builder must know of the data beside the incidents.
type Facts struct {
	// Home is the time zone that calendar periods of the whole layer are named
	// in; nil means UTC.
	Home *time.Location
	// Zone tells the time zone of a source.
	Zone func(source string) *time.Location
	// Sensitive tells whether a category is never shown by single cell below
	// the smallest count; nil means that none is.
	Sensitive func(category string) bool
	// Since and Until are the earliest start and the latest end of all the data,
	// whatever the query, and Incidents how many there are between them; zero
	// where it must be seen from the incidents that are added.
	Since, Until time.Time
	Incidents    int
	Shifts       []store.Shift // of the force, for the statistic of hours
	// WithoutPlace is how many rows of the store's files never became incidents
	// for want of a place.
	WithoutPlace int
}

// Builder makes a layer from incidents that are added one by one, in any
// order. It holds a number a cell, or a cell and period, and the incidents
// themselves for the methods that need them: density and nearrepeat. Not safe
// for concurrent use.
type Builder struct {
	query     Query
	recipe    recipe
	facts     Facts
	area      AreaInfo
	study     []grid.Cell // ascending; nil when it is to be inferred
	ring      []grid.Cell // ascending
	counts    map[grid.Cell]int
	bins      map[bin]weight  // of the methods that have slots
	sensitive map[bin]tallied // of the sensitive incidents among the counted
	events    []event         // of the methods that need the incidents one by one
	since     time.Time       // of the earliest incident seen
	until     time.Time       // of the start of the latest
	seen      int             // incidents with a time
	read      time.Time       // when the data were last changed; zero where that is not known
	shift     aoristic.Shift  // of method shift
	past      []span          // of method change, latest first
	periods   []Period        // of method emerging, once all incidents are there
	first     int             // slot of the first period
	tally     Tally
	leftOut   map[string]bool
	sources   map[string]bool // those with a counted incident
	watch     func(counted)   // sees each incident that the study area counts; nil for none
	report    func(*board) error
	zones     map[string]*time.Location
	diary     *diary // nil unless moments are kept
}

// bin is a cell in one slot of a method.
type bin struct {
	cell grid.Cell
	slot int
}

// counted is an incident that the study area counts, and how.
type counted struct {
	store.Incident

	cell      grid.Cell // of the layer
	zone      *time.Location
	slot      int // of the method's own
	sensitive bool
}

// weight is a sum of parts of incidents, in units of 2⁻⁴⁰ incident: whole
// numbers add up to the same in any order.
type weight int64

const oneIncident = 1 << 40

func weightOf(incidents float64) weight { return weight(math.Round(incidents * oneIncident)) }

func (w weight) incidents() float64 { return float64(w) / oneIncident }

// tallied is a number of incidents, how much of them belongs to a slot, and how
// many lie at fallback points.
type tallied struct {
	count    int
	weight   weight
	fallback int
}

// event is one counted incident.
type event struct {
	point       orb.Point
	from, to    time.Time // both zero when the time is unknown
	cell        grid.Cell
	isSensitive bool
}

// NewBuilder begins a layer. Study areas, shifts and denominators that are
// stored must be given outright: a Builder has no store. Invalid names every
// bad parameter.
func NewBuilder(q Query, facts Facts) (*Builder, error) {
	q = q.filled()
	if facts.Home == nil {
		facts.Home = time.UTC
	}
	if facts.Sensitive == nil {
		facts.Sensitive = func(string) bool { return false }
	}
	b := &Builder{
		query: q, facts: facts, counts: map[grid.Cell]int{}, bins: map[bin]weight{}, sensitive: map[bin]tallied{},
		leftOut: map[string]bool{}, sources: map[string]bool{}, zones: map[string]*time.Location{},
	}
	problems := append(q.problems(), q.stored()...)
	if len(problems) == 0 {
		var problem *store.Problem
		if b.study, problem = studyCells(q); problem != nil {
			problems = append(problems, *problem)
		}
	}
	if len(problems) > 0 {
		return nil, &store.Error{Kind: store.Invalid, Message: "the layer cannot be made", Problems: problems}
	}
	if err := b.settleClock(); err != nil {
		return nil, err
	}
	b.ring = ringAround(b.study, q.Ring)
	b.tally.WithoutPlace = facts.WithoutPlace
	b.area = AreaInfo{IDs: q.Areas, Inferred: b.study == nil}
	if q.Study != nil {
		b.area.Name, b.area.Label = q.Study.Name, cmp.Or(q.Study.Label, q.Study.Name)
	}
	return b, nil
}

// settleClock gets ready what tells where an incident goes by its time.
func (b *Builder) settleClock() error {
	b.recipe, _ = recipeOf(b.query.Method)
	b.past = b.query.past(b.facts.Home)
	var err error
	if b.shift, err = aoristic.NewShift(b.query.windows()...); err != nil {
		return fmt.Errorf("make layer: %w", err)
	}
	return nil
}

// stored returns what the query names that only a store holds.
func (q Query) stored() (out []store.Problem) {
	add := func(field, value string, isGiven bool) {
		if value != "" && !isGiven {
			out = append(out, store.Problem{Field: field, Value: value, Message: "is stored in a database, and none is asked", Allowed: "the thing itself"})
		}
	}
	add("area", strings.Join(q.Areas, ","), q.Study != nil)
	add("shift", q.Shift.Code, len(q.Shift.Windows) > 0)
	add("denominator", q.Rate.Denominator, q.Rate.Exposure != nil)
	return out
}

// Add counts an incident if the query's origin, time and place let it through;
// categories are taken as given, but for the sensitive ones where none are
// named. It fails only on a point that is no place.
func (b *Builder) Add(i store.Incident) error {
	b.See(i)
	if b.diary != nil {
		if err := b.diary.note(i); err != nil {
			return err
		}
	}
	at := b.place(i)
	if at.fits == timeMisses {
		return nil
	}
	if !slices.Contains(b.query.Origins, i.Origin) {
		if i.Origin == store.PoliceInitiated && at.slot >= 0 {
			b.tally.LeftOut++
			b.leftOut[i.Category] = true
		}
		return nil
	}
	isSensitive := b.facts.Sensitive(i.Category)
	if isSensitive && len(b.query.Categories) == 0 {
		if at.slot >= 0 {
			b.tally.Sensitive++
		}
		return nil
	}
	if i.LocationPrecision == store.FallbackLocation {
		if at.slot >= 0 {
			b.tally.Fallback++
		}
		if b.query.NoFallback {
			return nil
		}
	}
	if at.fits == timeUnclear {
		if at.slot >= 0 {
			b.tally.WithoutTime++
		}
		return nil
	}
	cell, err := b.cellOf(i)
	if err != nil {
		return err
	}
	if b.tallyPlace(cell, at.slot) {
		b.count(i, cell, at, isSensitive)
		if b.watch != nil && at.slot >= 0 && b.inside(cell) {
			b.watch(counted{Incident: i, cell: cell, zone: b.zones[i.Source], slot: at.slot, sensitive: isSensitive})
		}
	}
	return nil
}

// AddWithoutPlace tells of rows that are no incidents for want of a place.
func (b *Builder) AddWithoutPlace(rows int) { b.tally.WithoutPlace += rows }

// See takes note of the time of an incident that is not to be counted, such as
// one of a category that was not asked for: it tells how far the data reach.
func (b *Builder) See(i store.Incident) {
	if !i.HasTime() {
		return
	}
	b.seen++
	if b.since.IsZero() || i.From.Before(b.since) {
		b.since = i.From
	}
	if i.From.After(b.until) {
		b.until = i.From
	}
}

func (b *Builder) place(i store.Incident) placed {
	zone := b.zone(i.Source)
	if b.recipe.place != nil {
		return b.recipe.place(b, i, zone)
	}
	return placed{fits: b.query.fit(i, zone), weight: 1}
}

func (b *Builder) zone(source string) *time.Location {
	zone, known := b.zones[source]
	if !known {
		zone = b.facts.Zone(source)
		b.zones[source] = zone
	}
	return zone
}

func (b *Builder) cellOf(i store.Incident) (grid.Cell, error) {
	cell, err := grid.CellAt(i.Point, b.query.Res)
	if err != nil {
		return 0, fmt.Errorf("incident %s of %s: %w", i.SourceID, i.Source, err)
	}
	return cell, nil
}

// tallyPlace puts an incident into the tally by its cell, and reports whether
// it counts there or lends itself to the cells at the edge.
func (b *Builder) tallyPlace(cell grid.Cell, slot int) bool {
	inside := b.inside(cell)
	_, lends := slices.BinarySearch(b.ring, cell)
	switch {
	case slot < 0:
		if inside {
			b.tally.Earlier++
		}
	case inside:
		b.tally.Used++
	default:
		b.tally.Outside++
		if lends {
			b.tally.Lent++
		}
	}
	return inside || lends
}

// inside reports whether the study area has the cell: an inferred one has all.
func (b *Builder) inside(cell grid.Cell) bool {
	_, found := slices.BinarySearch(b.study, cell)
	return found || b.study == nil
}

func (b *Builder) count(i store.Incident, cell grid.Cell, at placed, isSensitive bool) {
	if at.slot >= 0 {
		b.counts[cell]++
	} else if _, there := b.counts[cell]; !there {
		b.counts[cell] = 0 // the cell is part of an inferred study area
	}
	part := weightOf(at.weight)
	if b.recipe.place != nil {
		b.bins[bin{cell, at.slot}] += part
	}
	if isSensitive {
		held := b.sensitive[bin{cell, at.slot}]
		held.count++
		held.weight += part
		if i.LocationPrecision == store.FallbackLocation {
			held.fallback++
		}
		b.sensitive[bin{cell, at.slot}] = held
	}
	if b.recipe.single {
		b.events = append(b.events, event{i.Point, i.From, i.To, cell, isSensitive})
	}
	b.sources[i.Source] = true
}

// compare orders events, so that their sums do not depend on the order in
// which they were added.
func (e event) compare(o event) int {
	return cmp.Or(e.from.Compare(o.from), e.to.Compare(o.to), cmp.Compare(e.point[0], o.point[0]), cmp.Compare(e.point[1], o.point[1]))
}

// known returns the start of the first incident and the end of the last of all
// the data, excluded; both zero where there is none with a time.
func (b *Builder) known() (since, until time.Time) {
	since, until = b.facts.Since, b.facts.Until
	if since.IsZero() {
		since = b.since
	}
	if until.IsZero() && !b.until.IsZero() {
		until = b.until.Add(1)
	}
	return since, until
}

// Finish computes the layer. It fails with Invalid where the study area has to
// be inferred and would be too large, or where the data do not allow what the
// method asks. The Builder must not be used afterwards.
func (b *Builder) Finish(version store.DataVersion) (*Layer, error) {
	b.read = version.At
	slices.SortFunc(b.events, event.compare)
	if b.recipe.settle != nil {
		if err := b.recipe.settle(b); err != nil {
			return nil, err
		}
	}
	if b.study == nil {
		seen := make([]grid.Cell, 0, len(b.counts))
		for c := range b.counts {
			seen = append(seen, c)
		}
		slices.Sort(seen)
		cells, err := hull(seen, b.query.Res)
		if problem := coverProblem(err, "area", "", b.query.Res); problem != nil {
			problem.Message = "is not given, and the hull of the incidents " + problem.Message
			return nil, &store.Error{Kind: store.Invalid, Message: "the layer cannot be made", Problems: []store.Problem{*problem}}
		}
		b.study = cells
	}
	for c := range b.leftOut {
		b.tally.LeftOutCategories = append(b.tally.LeftOutCategories, c)
	}
	slices.Sort(b.tally.LeftOutCategories)
	l := &Layer{Query: b.query, Area: b.area, Incidents: b.tally, Version: version, Fingerprint: fingerprint(version, b.query)}
	if err := l.compute(b); err != nil {
		return nil, err
	}
	l.Beware = append(l.warnings(), l.Beware...)
	return l, nil
}
