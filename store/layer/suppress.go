package layer

import (
	"math"
	"slices"

	"atalaya/geo/grid"
)

// SmallestCount is the least number of sensitive incidents that a single cell
// shows.
const SmallestCount = 3

// whyHidden stands where values are null because a count is not shown.
const whyHidden = "not shown: too few sensitive incidents"

// shield keeps a count of one or two sensitive incidents in a cell from being
// worked out. The cells whose count is hidden are chosen by nothing but how
// many sensitive incidents they hold, and all that a layer tells is computed as
// if each of them held the mean of them all: so the layer would be the same,
// totals included, had their incidents changed places. As they do not all hold
// the same, none can be told.
//
// Where all of them do, there is no other count to hide among: then their
// sensitive incidents are in no number of the layer, and whether it is one or
// two in each remains open. What is said of a cell goes for the time of the
// layer and the time before, and for the study area and its ring, each by
// itself.
type shield struct {
	groups []shielded
	hidden []bool    // of the ground's cells
	held   []tallied // sensitive incidents of the ground's cells in the layer's time
}

// shielded is a group of cells that are hidden among each other.
type shielded struct {
	cells   []int // places in the ground, ascending
	isPast  bool  // for what they held in the time before
	leftOut bool  // they all hold the same: it is not counted
}

// leavesOut reports whether incidents that are counted for some cell are in no
// number of the layer.
func (s shield) leavesOut() bool {
	return slices.ContainsFunc(s.groups, func(g shielded) bool { return g.leftOut })
}

// newShield makes the shield: it chooses the cells to hide and takes what is left out from the
// tally.
func (w *board) newShield() {
	w.shield = shield{hidden: make([]bool, len(w.cells))}
	if len(w.builder.sensitive) == 0 {
		return
	}
	now, past := make([]tallied, len(w.cells)), make([]tallied, len(w.cells))
	for at, n := range w.builder.sensitive {
		held := now
		if at.slot < 0 {
			held = past
		}
		if i, found := slices.BinarySearch(w.cells, at.cell); found {
			held[i].count += n.count
			held[i].fallback += n.fallback
		}
	}
	w.shield.held = now
	var study, ring []int
	for i := range w.cells {
		if _, shown := slices.BinarySearch(w.shown, i); shown {
			study = append(study, i)
		} else {
			ring = append(ring, i)
		}
	}
	t := &w.Incidents
	used := w.hideAmong(study, now, false)
	lent := w.hideAmong(ring, now, false)
	earlier := w.hideAmong(study, past, true)
	w.hideAmong(ring, past, true)
	t.Used -= used.count
	t.Outside -= lent.count
	t.Lent -= lent.count
	t.Fallback -= used.fallback + lent.fallback
	t.Earlier -= earlier.count
}

// hideAmong hides the cells of a part that hold a small count, and returns what
// is left out: all of it where the small counts are alike.
func (w *board) hideAmong(part []int, held []tallied, isPast bool) (left tallied) {
	g := shielded{isPast: isPast}
	var counts []int
	for _, i := range part {
		if n := held[i].count; n > 0 && n < SmallestCount {
			g.cells = append(g.cells, i)
			w.shield.hidden[i] = true
			counts = append(counts, n)
		}
	}
	if len(counts) == 0 {
		return left
	}
	if slices.Min(counts) == slices.Max(counts) {
		g.leftOut = true
		for _, i := range g.cells {
			left.count += held[i].count
			left.fallback += held[i].fallback
		}
		w.warn("small_counts_left_out", "the sensitive incidents of cells whose counts are not shown are in no number of the layer: there are too few to hide them among others")
	}
	w.shield.groups = append(w.shield.groups, g)
	return left
}

// smooth replaces, in values of the ground's cells, the sensitive part of every
// hidden cell by their mean, or by nothing where it is left out.
func (w *board) smooth(values []float64, isPast bool, sensitive func(i int) float64) {
	for _, g := range w.shield.groups {
		if g.isPast != isPast {
			continue
		}
		mean := 0.0
		if !g.leftOut {
			for _, i := range g.cells {
				mean += sensitive(i)
			}
			mean /= float64(len(g.cells))
		}
		for _, i := range g.cells {
			values[i] = (values[i] - sensitive(i)) + mean // what is left of whole numbers is exact: no last bit tells them
		}
	}
}

// binned returns what each cell of the ground has in a slot of the method, as
// far as it may be told.
func (w *board) binned(slot int) []float64 {
	values := make([]float64, len(w.cells))
	for i, c := range w.cells {
		values[i] = w.builder.bins[bin{c, slot}].incidents()
	}
	w.smooth(values, slot < 0, func(i int) float64 {
		return w.builder.sensitive[bin{w.cells[i], slot}].weight.incidents()
	})
	return values
}

// counted returns the incidents in each cell of the ground, as far as it may
// be told.
func (w *board) counted() []float64 {
	values := make([]float64, len(w.cells))
	for i, c := range w.cells {
		values[i] = float64(w.builder.counts[c])
	}
	w.smooth(values, false, func(i int) float64 { return float64(w.shield.held[i].count) })
	return values
}

// total returns how many incidents whole values of the ground's cells make in
// the study area.
func (w *board) total(values []float64) int {
	sum := 0.0
	for _, v := range w.shownOf(values) {
		sum += v
	}
	return int(math.Round(sum))
}

// told returns the incidents whose place may be told: all but the sensitive
// ones of hidden cells.
func (w *board) told() []event {
	var out []event
	for _, e := range w.builder.events {
		if !e.isSensitive || !w.isHidden(e.cell) {
			out = append(out, e)
		}
	}
	return out
}

// isHidden reports whether a cell of the ground hides its count.
func (w *board) isHidden(c grid.Cell) bool {
	i, found := slices.BinarySearch(w.cells, c)
	return found && w.shield.hidden[i]
}

// hide marks the hidden cells and the cells around them, whose sums would give
// them away, and takes the hidden counts off the layer.
func (w *board) hide() {
	for i, hidden := range w.shield.hidden {
		if !hidden {
			continue
		}
		for _, j := range append([]int32{int32(i)}, w.neighbours[i]...) {
			if n, shown := slices.BinarySearch(w.shown, int(j)); shown {
				w.Cells[n].HiddenSum = true
			}
		}
		if n, shown := slices.BinarySearch(w.shown, i); shown {
			w.Cells[n].Hidden = true
			w.Incidents.Hidden++
		}
	}
	for n := range w.Cells {
		c := &w.Cells[n]
		if c.HiddenSum && c.Why == "" {
			c.Why = whyHidden
		}
	}
}
