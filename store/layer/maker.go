package layer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
	"golang.org/x/sync/singleflight"
)

// cacheSize is how many layers a Maker keeps. A layer of 10,000 cells takes
// about 1.5 MB.
const cacheSize = 16

// Maker makes layers from a store, keeps the last ones and lets requests for
// the same layer share one computation. Safe for concurrent use.
type Maker struct {
	store   store.Store
	flights singleflight.Group

	mu     sync.Mutex
	layers []*Layer // most recently used last
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
	// The first to ask may hang up; what it started goes on for the others.
	shared := context.WithoutCancel(ctx)
	flight := m.flights.DoChan(key, func() (any, error) { return m.compute(shared, q) })
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case result := <-flight:
		if result.Err != nil {
			return nil, result.Err
		}
		return result.Val.(*Layer), nil
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
	if len(m.layers) > cacheSize {
		m.layers = slices.Delete(m.layers, 0, 1)
	}
}

// attempts is how often a layer is made anew because data came in meanwhile.
const attempts = 3

// compute makes a layer whose version is that of the data it was counted from.
func (m *Maker) compute(ctx context.Context, q Query) (*Layer, error) {
	for range attempts {
		before, err := m.store.Version(ctx)
		if err != nil {
			return nil, fmt.Errorf("make layer: %w", err)
		}
		l, err := m.build(ctx, q, before)
		if err != nil {
			return nil, err
		}
		after, err := m.store.Version(ctx)
		if err != nil {
			return nil, fmt.Errorf("make layer: %w", err)
		}
		if before == after {
			m.keep(l)
			return l, nil
		}
	}
	return nil, store.Errorf(store.Unavailable, "the data changed %d times while the layer was made: ask again", attempts)
}

func (m *Maker) build(ctx context.Context, q Query, version store.DataVersion) (*Layer, error) {
	sources, err := m.sources(ctx)
	if err != nil {
		return nil, err
	}
	resolved, err := m.resolve(ctx, q)
	if err != nil {
		return nil, err
	}
	b, err := NewBuilder(resolved, sources.zone)
	if err != nil {
		return nil, err
	}
	for incident, err := range m.store.Incidents(ctx, q.filter()) {
		if err != nil {
			return nil, fmt.Errorf("make layer: %w", err)
		}
		if err := b.Add(incident); err != nil {
			return nil, fmt.Errorf("make layer: %w", err)
		}
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

// filter returns what a store can do of the query.
func (q Query) filter() store.IncidentFilter {
	return store.IncidentFilter{From: q.From, To: q.To, Categories: q.Categories}
}

// Problems returns everything that is wrong with a query, over the present
// categories and areas, as Layer would name it; none where it can be made.
func (m *Maker) Problems(ctx context.Context, q Query) ([]store.Problem, error) {
	_, problems, err := m.look(ctx, q.filled())
	return problems, err
}

// resolve puts the polygons or cells of the asked areas in Study, where
// nothing is wrong with the query.
func (m *Maker) resolve(ctx context.Context, q Query) (Query, error) {
	areas, problems, err := m.look(ctx, q)
	if err != nil {
		return q, err
	}
	if len(problems) > 0 {
		return q, &store.Error{Kind: store.Invalid, Message: "the layer cannot be made", Problems: problems}
	}
	if len(areas) > 0 && q.Study == nil {
		q.Study = union(areas, q.Res)
	}
	return q, nil
}

// look finds the asked areas, and all that is wrong with a filled query.
func (m *Maker) look(ctx context.Context, q Query) (areas []store.Area, problems []store.Problem, err error) {
	problems = q.problems()
	categories, err := m.store.Categories(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("make layer: %w", err)
	}
	for _, code := range q.Categories {
		if !slices.ContainsFunc(categories, func(c store.Category) bool { return c.Code == code }) {
			problems = append(problems, store.Problem{Field: "category", Value: code, Message: "is no category",
				Allowed: names(categories, func(c store.Category) string { return c.Code })})
		}
	}
	areas, unknown, err := m.areas(ctx, q.Areas)
	return areas, append(problems, unknown...), err
}

func (m *Maker) areas(ctx context.Context, ids []string) (areas []store.Area, unknown []store.Problem, err error) {
	for _, id := range ids {
		area, err := m.store.Area(ctx, id)
		switch {
		case store.KindOf(err) == store.NotFound:
			all, err := m.store.Areas(ctx)
			if err != nil {
				return nil, nil, fmt.Errorf("make layer: %w", err)
			}
			unknown = append(unknown, store.Problem{Field: "area", Value: id, Message: "is no area",
				Allowed: names(all, func(a store.Area) string { return a.ID })})
		case err != nil:
			return nil, nil, fmt.Errorf("make layer: area %s: %w", id, err)
		default:
			areas = append(areas, area)
		}
	}
	return areas, unknown, nil
}

// union returns one study area of many. Lists of cells of the layer's own
// resolution stay cells; all else is polygons.
func union(areas []store.Area, res int) *Study {
	study := &Study{Name: names(areas, func(a store.Area) string { return a.Name })}
	var polygons orb.MultiPolygon
	var cells []grid.Cell
	for _, a := range areas {
		if len(a.Cells) > 0 && a.Cells[0].Res() == res {
			cells = append(cells, a.Cells...)
		} else {
			polygons = append(polygons, a.Geometry...)
		}
	}
	if len(cells) == 0 {
		study.Geometry = polygons
		return study
	}
	if len(polygons) > 0 {
		covered, err := grid.Cover(polygons, res, grid.CoverOptions{MaxCells: MaxCells})
		if err != nil { // reported, with its field, when the builder covers it again
			study.Geometry = polygons
			return study
		}
		cells = append(cells, covered...)
	}
	study.Cells = cells
	return study
}

// names joins at most twenty names for a message.
func names[T any](values []T, name func(T) string) string {
	const most = 20
	var out []string
	for i, v := range values {
		if i == most {
			out = append(out, fmt.Sprintf("… %d more", len(values)-most))
			break
		}
		out = append(out, name(v))
	}
	return strings.Join(out, ", ")
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

var errOutside = errors.New("the cell is outside the study area")
