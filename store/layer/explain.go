package layer

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"atalaya/geo/grid"
	"atalaya/store"
)

// Explain tells the numbers behind one cell of the layer that the query asks
// for; the cell's resolution goes before the query's. NotFound where the cell
// is outside the study area. Of a hidden cell nothing is broken down. Cost:
// the layer, and the incidents of the cell and its neighbours.
func (m *Maker) Explain(ctx context.Context, q Query, c grid.Cell) (*Explanation, error) {
	var e *Explanation
	err := m.steadily(ctx, func(store.DataVersion) (err error) {
		e, err = m.explain(ctx, q, c)
		return err
	})
	return e, err
}

// ExplainAcross is Explain, and tells what becomes of the place at the
// resolutions beside the cell's. Cost: these two layers besides.
func (m *Maker) ExplainAcross(ctx context.Context, q Query, c grid.Cell) (*Explanation, error) {
	var e *Explanation
	err := m.steadily(ctx, func(store.DataVersion) (err error) {
		if e, err = m.explain(ctx, q, c); err == nil {
			e.Sensitivity, err = m.sensitivity(ctx, q, c)
		}
		return err
	})
	return e, err
}

func (m *Maker) explain(ctx context.Context, q Query, c grid.Cell) (*Explanation, error) {
	q.Res = c.Res()
	l, err := m.Layer(ctx, q)
	if err != nil {
		return nil, err
	}
	i, inside := l.find(c)
	if !inside {
		return nil, &store.Error{Kind: store.NotFound, Message: fmt.Sprintf("cell %s", c), Err: errOutside}
	}
	e := &Explanation{Layer: l, Place: i, Cell: l.Cells[i], Around: l.around(c)}
	for _, h := range l.Hotspots() {
		if slices.ContainsFunc(h.Cells, func(cell Cell) bool { return cell.Cell == c }) {
			e.Hotspot = &h
		}
	}
	if e.Cell.Hidden { // its months and categories would tell the count
		return e, nil
	}
	if e.Breakdown, err = m.Breakdown(ctx, q, []grid.Cell{c}); err != nil {
		return nil, err
	}
	if b := e.Breakdown; b.Sensitive > 0 { // a month or an hour would tell of a single one
		e.Breakdown = Breakdown{Categories: b.Categories, Unlisted: b.Unlisted, Sensitive: b.Sensitive}
	}
	return e, nil
}

// around returns the neighbours of a cell, those outside the study area too.
func (l *Layer) around(c grid.Cell) []Neighbour {
	var out []Neighbour
	for _, cell := range c.Neighbours() {
		n := Neighbour{Cell: cell}
		if i, inside := l.find(cell); inside {
			n.Inside, n.Hidden = true, l.Cells[i].Hidden
			if !n.Hidden {
				n.Count = l.Cells[i].Count
			}
		}
		out = append(out, n)
	}
	slices.SortFunc(out, func(a, b Neighbour) int { return cmp.Compare(a.Cell, b.Cell) })
	return out
}
