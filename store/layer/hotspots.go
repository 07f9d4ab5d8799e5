package layer

import (
	"slices"

	"atalaya/geo/grid"
)

// Cell returns one cell of the layer. Cost: a binary search.
func (l *Layer) Cell(c grid.Cell) (Cell, bool) {
	i, found := l.find(c)
	if !found {
		return Cell{}, false
	}
	return l.Cells[i], true
}

func (l *Layer) find(c grid.Cell) (int, bool) {
	return slices.BinarySearchFunc(l.Cells, c, func(cell Cell, c grid.Cell) int {
		switch {
		case cell.Cell < c:
			return -1
		case cell.Cell > c:
			return 1
		}
		return 0
	})
}

// Hotspots returns the groups of adjoining cells that are hot at 95 % or
// better, ranked by their excess of incidents over what would be usual.
func (l *Layer) Hotspots() []Hotspot {
	seen := map[grid.Cell]bool{}
	var out []Hotspot
	for _, c := range l.Cells {
		if c.Class.Hot() && !seen[c.Cell] {
			out = append(out, l.grow(c, seen))
		}
	}
	slices.SortStableFunc(out, func(a, b Hotspot) int {
		switch excessA, excessB := float64(a.Count)-a.Expected, float64(b.Count)-b.Expected; {
		case excessA > excessB:
			return -1
		case excessA < excessB:
			return 1
		}
		return 0
	})
	for i := range out {
		out[i].Rank = i + 1
	}
	return out
}

// grow returns the hotspot that a hot cell belongs to and marks its cells.
func (l *Layer) grow(start Cell, seen map[grid.Cell]bool) Hotspot {
	seen[start.Cell] = true
	h := Hotspot{Cells: []Cell{start}}
	for i := 0; i < len(h.Cells); i++ {
		h.Count += h.Cells[i].Count
		for _, n := range h.Cells[i].Cell.Neighbours() {
			if c, inside := l.Cell(n); inside && c.Class.Hot() && !seen[n] {
				seen[n] = true
				h.Cells = append(h.Cells, c)
			}
		}
	}
	h.Expected = float64(len(h.Cells)) * l.Mean
	slices.SortFunc(h.Cells, func(a, b Cell) int { return a.Rank - b.Rank })
	return h
}
