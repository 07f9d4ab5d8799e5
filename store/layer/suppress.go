package layer

import (
	"cmp"
	"slices"

	"atalaya/geo/grid"
)

// SmallestCount is the least number of sensitive incidents that a single cell
// shows.
const SmallestCount = 3

// hide marks the cells of which one or two sensitive incidents could be read,
// and those whose sums would give a hidden count away: the cells around them.
// A count that is hidden alone would follow from the layer's total, so a
// second one is hidden with it: the smallest that is left.
func (l *Layer) hide(sensitive map[grid.Cell]int) {
	if len(sensitive) == 0 {
		return
	}
	var hidden, open []int
	for n, c := range l.Cells {
		switch s := sensitive[c.Cell]; {
		case s > 0 && s < SmallestCount:
			hidden = append(hidden, n)
		case c.Count > 0:
			open = append(open, n)
		}
	}
	if len(hidden) == 1 && len(open) > 0 {
		hidden = append(hidden, slices.MinFunc(open, func(a, b int) int { return cmp.Compare(l.Cells[a].Count, l.Cells[b].Count) }))
	}
	for _, n := range hidden {
		l.Cells[n].Hidden, l.Cells[n].HiddenSum = true, true
		l.Incidents.Hidden++
		for _, neighbour := range l.Cells[n].Cell.Neighbours() {
			if i, inside := l.find(neighbour); inside {
				l.Cells[i].HiddenSum = true
			}
		}
	}
	// What lies in the ring is never shown by itself, but a sum could tell it.
	for c, s := range sensitive {
		if _, inside := l.find(c); inside || s >= SmallestCount {
			continue
		}
		for _, neighbour := range c.Neighbours() {
			if i, inside := l.find(neighbour); inside {
				l.Cells[i].HiddenSum = true
			}
		}
	}
}
