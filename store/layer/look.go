package layer

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"atalaya/geo/aoristic"
	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// Problems returns everything that is wrong with a query, over the present
// categories and areas, as Layer would name it; none where it can be made.
func (m *Maker) Problems(ctx context.Context, q Query) ([]store.Problem, error) {
	_, problems, err := m.look(ctx, q.filled())
	return problems, err
}

// resolve puts what the query names of the store, areas, a shift and a
// denominator, into it, where nothing is wrong with the query.
func (m *Maker) resolve(ctx context.Context, q Query) (Query, error) {
	found, problems, err := m.look(ctx, q)
	if err != nil {
		return q, err
	}
	if len(problems) > 0 {
		return q, &store.Error{Kind: store.Invalid, Message: "the layer cannot be made", Problems: problems}
	}
	if len(found.areas) > 0 && q.Study == nil {
		q.Study = union(found.areas, q.Res)
	}
	if q.Shift.Code != "" {
		q.Shift.Windows = []aoristic.Window{ShiftWindow(found.shift)}
	}
	if q.Rate.Denominator != "" {
		q.Rate.Exposure, err = m.exposure(ctx, found.denominator)
	}
	return q, err
}

// ShiftWindow returns a stored shift as the window of the clock that it is.
func ShiftWindow(s store.Shift) aoristic.Window {
	return aoristic.Window{Start: s.Start, End: s.End, Days: aoristicDays(Days(s.Days))}
}

func (m *Maker) exposure(ctx context.Context, d store.Denominator) (*Exposure, error) {
	var parts []store.DenominatorPart
	for part, err := range m.store.DenominatorParts(ctx, d.ID) {
		if err != nil {
			return nil, fmt.Errorf("make layer: denominator %s: %w", d.ID, err)
		}
		parts = append(parts, part)
	}
	return NewExposure(d.Name, d.Unit, parts), nil
}

// named is what a query names of the store.
type named struct {
	areas       []store.Area
	shift       store.Shift
	denominator store.Denominator
}

// look finds what the query names, and all that is wrong with a filled query.
func (m *Maker) look(ctx context.Context, q Query) (found named, problems []store.Problem, err error) {
	problems = q.problems()
	categories, err := m.store.Categories(ctx)
	if err != nil {
		return found, nil, fmt.Errorf("make layer: %w", err)
	}
	for _, code := range q.Categories {
		if !slices.ContainsFunc(categories, func(c store.Category) bool { return c.Code == code }) {
			problems = append(problems, store.Problem{Field: "category", Value: code, Message: "is no category",
				Allowed: names(categories, func(c store.Category) string { return c.Code })})
		}
	}
	miss := func(problem *store.Problem, failed error) {
		if problem != nil {
			problems = append(problems, *problem)
		}
		if err == nil {
			err = failed
		}
	}
	areas := shelf[store.Area]{"area", m.store.Area, m.store.Areas, func(a store.Area) string { return a.ID }}
	for _, id := range q.Areas {
		area, problem, failed := areas.find(ctx, id)
		if problem == nil {
			found.areas = append(found.areas, area)
		}
		miss(problem, failed)
	}
	if code := q.Shift.Code; code != "" {
		shifts := shelf[store.Shift]{"shift", m.store.Shift, m.store.Shifts, func(s store.Shift) string { return s.Code }}
		shift, problem, failed := shifts.find(ctx, code)
		found.shift = shift
		miss(problem, failed)
	}
	if id := q.Rate.Denominator; id != "" {
		denominators := shelf[store.Denominator]{"denominator", m.store.Denominator, m.store.Denominators, func(d store.Denominator) string { return d.ID }}
		denominator, problem, failed := denominators.find(ctx, id)
		found.denominator = denominator
		miss(problem, failed)
	}
	return found, problems, err
}

// shelf is where the things stand that a parameter names.
type shelf[T any] struct {
	field string
	one   func(context.Context, string) (T, error)
	all   func(context.Context) ([]T, error)
	name  func(T) string
}

// find gets a thing by its name; where it is not there the problem lists what
// is.
func (s shelf[T]) find(ctx context.Context, name string) (T, *store.Problem, error) {
	value, err := s.one(ctx, name)
	switch {
	case store.KindOf(err) == store.NotFound:
		others, err := s.all(ctx)
		if err != nil {
			return value, nil, fmt.Errorf("make layer: %w", err)
		}
		allowed := names(others, s.name)
		if len(others) == 0 {
			allowed = "none yet: no " + s.field + " is stored"
		}
		return value, &store.Problem{Field: s.field, Value: name, Message: "is no " + s.field, Allowed: allowed}, nil
	case err != nil:
		return value, nil, fmt.Errorf("make layer: %s %s: %w", s.field, name, err)
	}
	return value, nil, nil
}

// union returns one study area of many. Lists of cells of the layer's own
// resolution stay cells; all else is polygons.
func union(areas []store.Area, res int) *Study {
	study := &Study{Name: names(areas, func(a store.Area) string { return a.Name }), Label: names(areas, store.Area.Label)}
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
