package layer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"atalaya/store"

	"golang.org/x/sync/singleflight"
)

// A Maker keeps the last layers, at most cacheSize of them and at most
// cacheCells cells together: a cell takes some 250 bytes.
const (
	cacheSize  = 16
	cacheCells = 1_000_000
)

// Maker makes layers from a store, keeps the last ones and lets requests for
// the same layer share one computation. Safe for concurrent use.
type Maker struct {
	store   store.Store
	flights singleflight.Group

	mu         sync.Mutex
	layers     []*Layer     // most recently used last
	statistics []*Statistic // most recently used last
}

// NewMaker returns a Maker over the store.
func NewMaker(st store.Store) *Maker { return &Maker{store: st} }

// Layer returns the layer that the query asks for, over the present data.
// Invalid names every bad parameter as the API calls it: method, res, area,
// bbox, datetime, category, origin, hours, dow.
//
// Cost: a walk over the incidents in the asked time when the layer is not
// kept, one row of the store when it is.
func (m *Maker) Layer(ctx context.Context, q Query) (*Layer, error) {
	q = q.filled()
	version, err := m.store.Version(ctx)
	if err != nil {
		return nil, fmt.Errorf("make layer: %w", err)
	}
	key := fingerprint(version, q)
	if l := m.kept(key); l != nil {
		return l, nil
	}
	return share(ctx, m, key, func(ctx context.Context) (*Layer, error) { return m.compute(ctx, q) })
}

// share lets all who ask for a thing at once wait for one making of it.
func share[T any](ctx context.Context, m *Maker, key string, work func(context.Context) (T, error)) (T, error) {
	// The first to ask may hang up; what it started goes on for the others.
	shared := context.WithoutCancel(ctx)
	flight := m.flights.DoChan(key, func() (any, error) { return work(shared) })
	var none T
	select {
	case <-ctx.Done():
		return none, ctx.Err()
	case result := <-flight:
		if result.Err != nil {
			return none, result.Err
		}
		return result.Val.(T), nil
	}
}

func (m *Maker) kept(key string) *Layer {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.layers, func(l *Layer) bool { return l.Fingerprint == key })
	if i < 0 {
		return nil
	}
	l := m.layers[i]
	m.layers = append(slices.Delete(m.layers, i, i+1), l)
	return l
}

func (m *Maker) keep(l *Layer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.layers = append(m.layers, l)
	cells := 0
	for _, kept := range m.layers {
		cells += len(kept.Cells)
	}
	for len(m.layers) > 1 && (len(m.layers) > cacheSize || cells > cacheCells) {
		cells -= len(m.layers[0].Cells)
		m.layers = slices.Delete(m.layers, 0, 1)
	}
}

// attempts is how often a layer is made anew because data came in meanwhile.
const attempts = 3

// compute makes and keeps a layer whose version is that of the data it was
// counted from.
func (m *Maker) compute(ctx context.Context, q Query) (*Layer, error) {
	var l *Layer
	err := m.steadily(ctx, func(version store.DataVersion) (err error) {
		l, err = m.build(ctx, q, version, nil)
		return err
	})
	if err != nil {
		return nil, err
	}
	m.keep(l)
	return l, nil
}

// steadily calls do until the data stay the same while it runs.
func (m *Maker) steadily(ctx context.Context, do func(store.DataVersion) error) error {
	for range attempts {
		before, err := m.store.Version(ctx)
		if err != nil {
			return fmt.Errorf("make layer: %w", err)
		}
		if err := do(before); err != nil {
			return err
		}
		after, err := m.store.Version(ctx)
		if err != nil {
			return fmt.Errorf("make layer: %w", err)
		}
		if before == after {
			return nil
		}
	}
	return store.Errorf(store.Unavailable, "the data changed %d times while the layer was made: ask again", attempts)
}

// build makes a layer in one walk over the incidents. What observe attaches to
// the builder, if it is not nil, sees them too.
func (m *Maker) build(ctx context.Context, q Query, version store.DataVersion, observe func(*Builder) error) (*Layer, error) {
	sources, err := m.sources(ctx)
	if err != nil {
		return nil, err
	}
	resolved, err := m.resolve(ctx, q)
	if err != nil {
		return nil, err
	}
	facts, err := m.facts(ctx, sources, version)
	if err != nil {
		return nil, err
	}
	b, err := NewBuilder(resolved, facts)
	if err != nil {
		return nil, err
	}
	if observe != nil {
		if err := observe(b); err != nil {
			return nil, err
		}
	}
	if err := m.walk(ctx, b, q.filter(facts.Home)); err != nil {
		return nil, err
	}
	l, err := b.Finish(version)
	if err != nil {
		return nil, err
	}
	l.Query = q
	l.Fingerprint = fingerprint(version, q)
	for source := range b.sources {
		l.Synthetic = l.Synthetic || sources[source].Synthetic
	}
	if l.Synthetic {
		l.Beware = append([]Warning{{Code: "synthetic", Message: "demonstration data: made up, no real place or event is described"}}, l.Beware...)
	}
	return l, nil
}

func (m *Maker) walk(ctx context.Context, b *Builder, filter store.IncidentFilter) error {
	for incident, err := range m.store.Incidents(ctx, filter) {
		if err != nil {
			return fmt.Errorf("make layer: %w", err)
		}
		if err := b.Add(incident); err != nil {
			return fmt.Errorf("make layer: %w", err)
		}
	}
	return nil
}

// facts gathers what a Builder must know of the store.
func (m *Maker) facts(ctx context.Context, sources sourceIndex, version store.DataVersion) (Facts, error) {
	categories, err := m.store.Categories(ctx)
	if err != nil {
		return Facts{}, fmt.Errorf("make layer: %w", err)
	}
	summary, err := m.store.Summary(ctx)
	if err != nil {
		return Facts{}, fmt.Errorf("make layer: %w", err)
	}
	uploads, err := m.store.Uploads(ctx)
	if err != nil {
		return Facts{}, fmt.Errorf("make layer: %w", err)
	}
	shifts, err := m.store.Shifts(ctx)
	if err != nil {
		return Facts{}, fmt.Errorf("make layer: %w", err)
	}
	sensitive := map[string]bool{}
	for _, c := range categories {
		sensitive[c.Code] = c.Sensitive
	}
	f := Facts{
		Home: sources.mainZone(), Zone: sources.zone, Sensitive: func(code string) bool { return sensitive[code] },
		Since: summary.From, Until: summary.To, Incidents: summary.Incidents, Shifts: shifts,
	}
	if !version.At.IsZero() && f.Until.After(version.At) {
		f.Until = version.At // an interval known to the year ends with the year
	}
	for _, u := range uploads {
		if u.Status == store.Done {
			f.WithoutPlace += u.Report.Quality.WithoutPlace
		}
	}
	return f, nil
}

// filter returns what a store can do of the query.
func (q Query) filter(home *time.Location) store.IncidentFilter {
	from, to := q.From, q.To
	for _, past := range q.past(home) {
		if past.From.Before(from) {
			from = past.From
		}
		if !to.IsZero() && past.To.After(to) {
			to = past.To
		}
	}
	return store.IncidentFilter{From: from, To: to, Categories: q.Categories}
}

type sourceIndex map[string]store.Source

func (m *Maker) sources(ctx context.Context) (sourceIndex, error) {
	all, err := m.store.Sources(ctx)
	if err != nil {
		return nil, fmt.Errorf("make layer: %w", err)
	}
	index := sourceIndex{}
	for _, s := range all {
		index[s.Code] = s
	}
	return index, nil
}

// zone returns the time zone of a source, UTC where it has none that is known.
func (x sourceIndex) zone(source string) *time.Location {
	loc, err := time.LoadLocation(x[source].TimeZone)
	if err != nil {
		return time.UTC
	}
	return loc
}

// mainZone returns the zone of the source with the most incidents.
func (x sourceIndex) mainZone() *time.Location {
	var main store.Source
	for _, s := range x {
		if s.Incidents > main.Incidents || s.Incidents == main.Incidents && s.Code < main.Code {
			main = s
		}
	}
	return x.zone(main.Code)
}

var errOutside = errors.New("the cell is outside the study area")
