package layer

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"atalaya/geo/grid"
	"atalaya/store"
)

// ground is the cells that a statistic is computed over: the study area and
// the ring around it, if one was asked for.
type ground struct {
	cells      []grid.Cell // ascending
	neighbours [][]int32   // of each cell, places in cells
	shown      []int       // places in cells of the study area's cells, ascending
}

func newGround(study, ring []grid.Cell) ground {
	g := ground{cells: study}
	if len(ring) > 0 {
		g.cells = slices.Concat(study, ring)
		slices.Sort(g.cells)
	}
	g.neighbours = grid.Adjacency(g.cells)
	g.shown = make([]int, 0, len(study))
	next := 0
	for i, c := range g.cells {
		if next < len(study) && c == study[next] {
			g.shown = append(g.shown, i)
			next++
		}
	}
	return g
}

// ringAround returns the cells outside a study area that lie within steps of
// one of its cells, ascending.
func ringAround(study []grid.Cell, steps int) []grid.Cell {
	var ring []grid.Cell
	front := study
	for range steps {
		var next []grid.Cell
		for _, c := range front {
			for _, n := range c.Neighbours() {
				if _, inside := slices.BinarySearch(study, n); !inside {
					next = append(next, n)
				}
			}
		}
		slices.Sort(next)
		front = slices.Compact(next)
		ring = append(ring, front...)
		slices.Sort(ring)
		ring = slices.Compact(ring)
	}
	return ring
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
