package layer

import (
	"cmp"
	"slices"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
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
	return slices.BinarySearchFunc(l.Cells, c, func(cell Cell, c grid.Cell) int { return cmp.Compare(cell.Cell, c) })
}

// Hotspots returns the groups of adjoining cells that are hot at 95 % or
// better, ranked by their excess of incidents over what would be usual; none
// where fewer than FewIncidents were counted. It must not be changed.
func (l *Layer) Hotspots() []Hotspot { return l.hotspots }

// HotspotOf returns the hotspot that holds a cell, whichever of its cells that
// is: an address made from one of them finds it again. Cost: a look at every
// hot cell.
func (l *Layer) HotspotOf(c grid.Cell) (Hotspot, bool) {
	for _, h := range l.hotspots {
		if slices.ContainsFunc(h.Cells, func(cell Cell) bool { return cell.Cell == c }) {
			return h, true
		}
	}
	return Hotspot{}, false
}

// group finds the hotspots of a layer whose cells have their classes.
func (l *Layer) group() []Hotspot {
	if l.Incidents.Used < FewIncidents {
		return nil
	}
	seen := map[grid.Cell]bool{}
	var out []Hotspot
	for _, c := range l.Cells {
		if c.Class.Hot() && !seen[c.Cell] {
			out = append(out, l.grow(c, seen))
		}
	}
	slices.SortStableFunc(out, func(a, b Hotspot) int { return cmp.Compare(b.Excess(), a.Excess()) })
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
		c := h.Cells[i]
		h.Count += c.Count
		h.Hidden = h.Hidden || c.Hidden
		h.Weight += l.weight(c)
		h.KM2 += c.AreaKM2
		for _, n := range c.Cell.Neighbours() {
			if c, inside := l.Cell(n); inside && c.Class.Hot() && !seen[n] {
				seen[n] = true
				h.Cells = append(h.Cells, c)
			}
		}
	}
	h.Expected = float64(len(h.Cells)) * l.Mean
	slices.SortFunc(h.Cells, func(a, b Cell) int { return a.Rank - b.Rank })
	h.heart = l.heartOf(h.Cells)
	return h
}

// weight is what a cell has beside what would be usual: its incidents, or of
// method shift what of them is to be expected in the shift.
func (l *Layer) weight(c Cell) float64 {
	for _, column := range l.Columns {
		if column.Name == shiftWeight {
			i, _ := l.find(c.Cell)
			return column.Numbers[i]
		}
	}
	return float64(c.Count)
}

// heartOf returns the cell of some, highest rank first, whose centre is nearest
// to the mean of their centres, each weighed by its excess.
func (l *Layer) heartOf(cells []Cell) grid.Cell {
	origin := cells[0].Cell.Center()
	var east, north, total float64 // degrees from the origin
	offset := func(c Cell) orb.Point {
		p := c.Cell.Center()
		return orb.Point{turn(p.Lon() - origin.Lon()), p.Lat() - origin.Lat()}
	}
	for _, c := range cells {
		excess := max(0, l.weight(c)-l.Mean)
		at := offset(c)
		east, north, total = east+excess*at.Lon(), north+excess*at.Lat(), total+excess
	}
	if total == 0 {
		return cells[0].Cell
	}
	mean := orb.Point{turn(origin.Lon() + east/total), origin.Lat() + north/total}
	return slices.MinFunc(cells, func(a, b Cell) int {
		return cmp.Compare(grid.DistanceM(a.Cell.Center(), mean), grid.DistanceM(b.Cell.Center(), mean))
	}).Cell
}

// turn brings a difference of longitudes, or a longitude, into [-180, 180].
func turn(degrees float64) float64 {
	switch {
	case degrees > 180:
		return degrees - 360
	case degrees < -180:
		return degrees + 360
	}
	return degrees
}
