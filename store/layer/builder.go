package layer

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"atalaya/geo/grid"
	"atalaya/geo/hotspot"
	"atalaya/store"
)

// Builder makes a layer from incidents that are added one by one, in any
// order. It holds a number a cell, not the incidents. Not safe for concurrent
// use.
type Builder struct {
	query   Query
	area    AreaInfo
	study   []grid.Cell // ascending; nil when it is to be inferred
	zone    func(source string) *time.Location
	counts  map[grid.Cell]int
	tally   Tally
	leftOut map[string]bool
	sources map[string]bool // those with a counted incident
}

// NewBuilder begins a layer. Study areas that are stored must be given as
// Query.Study: a Builder has no store. Zone tells the time zone of a source
// and is never asked when the query has no hours or days. Invalid names every
// bad parameter.
func NewBuilder(q Query, zone func(source string) *time.Location) (*Builder, error) {
	q = q.filled()
	b := &Builder{query: q, zone: zone, counts: map[grid.Cell]int{}, leftOut: map[string]bool{}, sources: map[string]bool{}}
	problems := q.problems()
	if len(problems) == 0 {
		var problem *store.Problem
		if b.study, problem = studyCells(q); problem != nil {
			problems = append(problems, *problem)
		}
	}
	if len(problems) > 0 {
		return nil, &store.Error{Kind: store.Invalid, Message: "the layer cannot be made", Problems: problems}
	}
	b.area = AreaInfo{IDs: q.Areas, Inferred: b.study == nil}
	if q.Study != nil {
		b.area.Name = q.Study.Name
	}
	return b, nil
}

// studyCells returns the cells of the study area that the query gives, nil
// where it gives none.
func studyCells(q Query) (cells []grid.Cell, problem *store.Problem) {
	switch {
	case q.Study != nil && q.Study.Cells != nil:
		cells = slices.Clone(q.Study.Cells)
		slices.Sort(cells)
		cells = slices.Compact(cells)
		for _, c := range cells {
			if c.Res() != q.Res {
				return nil, &store.Problem{Field: "res", Value: strconv.Itoa(q.Res), Allowed: strconv.Itoa(c.Res()),
					Message: fmt.Sprintf("differs from the resolution of cell %s of the study area", c)}
			}
		}
		return cells, nil
	case q.Study != nil:
		cells, err := grid.Cover(q.Study.Geometry, q.Res, grid.CoverOptions{MaxCells: MaxCells})
		return notNil(cells), coverProblem(err, "area", q.Study.Name, q.Res)
	case q.Bound != nil:
		cells, err := q.Bound.cover(q.Res)
		return notNil(cells), coverProblem(err, "bbox", q.Bound.String(), q.Res)
	}
	return nil, nil
}

// notNil keeps a study area without a single cell apart from none given.
func notNil(cells []grid.Cell) []grid.Cell {
	if cells == nil {
		return []grid.Cell{}
	}
	return cells
}

func coverProblem(err error, field, value string, res int) *store.Problem {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, grid.ErrTooManyCells):
		return &store.Problem{Field: field, Value: value, Message: fmt.Sprintf("is too large at resolution %d: %v", res, err),
			Allowed: fmt.Sprintf("a study area of at most %d cells: a coarser res, a smaller area or bbox", MaxCells)}
	}
	return &store.Problem{Field: field, Value: value, Message: err.Error(), Allowed: "polygons with closed rings and coordinates in range"}
}

// Add counts an incident if the query's origin, time and place let it through;
// categories are taken as given. It fails only on a point that is no place.
func (b *Builder) Add(i store.Incident) error {
	var zone *time.Location
	if b.query.Hours != 0 || b.query.Days != 0 {
		zone = b.zone(i.Source)
	}
	fits := b.query.fit(i, zone)
	if fits == timeMisses {
		return nil
	}
	if !slices.Contains(b.query.Origins, i.Origin) {
		if i.Origin == store.PoliceInitiated {
			b.tally.LeftOut++
			b.leftOut[i.Category] = true
		}
		return nil
	}
	if i.LocationPrecision == store.FallbackLocation {
		b.tally.Fallback++
		if b.query.NoFallback {
			return nil
		}
	}
	if fits == timeUnclear {
		b.tally.WithoutTime++
		return nil
	}
	cell, err := grid.CellAt(i.Point, b.query.Res)
	if err != nil {
		return fmt.Errorf("incident %s of %s: %w", i.SourceID, i.Source, err)
	}
	if b.study != nil {
		if _, inside := slices.BinarySearch(b.study, cell); !inside {
			b.tally.Outside++
			return nil
		}
	}
	b.tally.Used++
	b.counts[cell]++
	b.sources[i.Source] = true
	return nil
}

// Finish computes the layer. It fails with Invalid where the study area has to
// be inferred and would be too large. The Builder must not be used afterwards.
func (b *Builder) Finish(version store.DataVersion) (*Layer, error) {
	if b.study == nil {
		seen := make([]grid.Cell, 0, len(b.counts))
		for c := range b.counts {
			seen = append(seen, c)
		}
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
	l.compute(b.study, b.counts)
	l.Beware = l.warnings()
	return l, nil
}

// compute fills the cells: counts, statistic, classes and ranks.
func (l *Layer) compute(study []grid.Cell, counts map[grid.Cell]int) {
	x := make([]float64, len(study))
	for i, c := range study {
		x[i] = float64(counts[c])
	}
	neighbours := grid.Adjacency(study)
	scores := hotspot.GiStar(x, neighbours)
	if l.Query.Method == Count {
		scores = withoutScores(scores)
	}
	l.Mean, l.scores = scores.Mean, scores
	fdr := hotspot.AdjustFDR(scores.P)
	l.Cells = make([]Cell, len(study))
	for i, c := range study {
		km2 := c.AreaKM2()
		k := len(neighbours[i])
		l.Area.KM2 += km2
		l.Cells[i] = Cell{
			Cell: c, Count: counts[c], Sum: int(scores.Sum[i]), Neighbours: k, AreaKM2: km2, Rate: x[i] / km2,
			Expected: float64(k+1) * scores.Mean, Z: scores.Z[i], P: scores.P[i], PFDR: fdr[i],
			Class: hotspot.ClassOf(scores.Z[i], fdr[i]), Edge: k < 6 && k < c.Degree(),
		}
	}
	l.rank()
}

func withoutScores(s hotspot.Scores) hotspot.Scores {
	for i := range s.Z {
		s.Z[i], s.P[i] = math.NaN(), math.NaN()
	}
	s.Why = errNotAsked
	return s
}

var errNotAsked = errors.New("method count asks for no statistic")

// rank numbers the cells from the highest score down.
func (l *Layer) rank() {
	order := make([]int, 0, len(l.Cells))
	for i, c := range l.Cells {
		if !math.IsNaN(c.Z) {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		a, b := l.Cells[i], l.Cells[j]
		switch {
		case a.Z > b.Z:
			return -1
		case a.Z < b.Z:
			return 1
		case a.Count != b.Count:
			return b.Count - a.Count
		}
		return i - j
	})
	for r, i := range order {
		l.Cells[i].Rank = r + 1
	}
}
