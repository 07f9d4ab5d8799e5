package layer

import (
	"fmt"
	"math"
	"slices"

	"atalaya/geo/hotspot"
)

// board is a layer in the making: what a method reads, and the layer that it
// fills. Values of the ground's cells are in the order of ground.cells.
type board struct {
	*Layer
	ground
	builder *Builder
	shield  shield
	counts  []float64 // incidents in each cell of the ground, as far as they may be told
}

// compute fills the cells: counts, statistic, classes and ranks.
func (l *Layer) compute(b *Builder) error {
	w := &board{Layer: l, ground: newGround(b.study, b.ring), builder: b}
	w.newShield()
	w.counts = w.counted()
	l.Cells = make([]Cell, len(w.shown))
	for n, i := range w.shown {
		c := w.cells[i]
		km2 := c.AreaKM2()
		l.Area.KM2 += km2
		l.Cells[n] = Cell{Cell: c, Neighbours: len(w.neighbours[i]), AreaKM2: km2, Rate: math.NaN(), Edge: w.isEdge(i)}
		if !w.shield.hidden[i] {
			l.Cells[n].Count, l.Cells[n].Rate = b.counts[c], w.counts[i]/km2
		}
	}
	if b.recipe.measure == nil {
		w.withoutStatistic()
	} else if err := b.recipe.measure(w); err != nil {
		return err
	}
	w.hide()
	l.hotspots = l.group()
	if b.report != nil {
		return b.report(w)
	}
	return nil
}

// isEdge reports whether a neighbour of the ground's cell i lies outside the
// study area. A cell with all its neighbours in a ground without a ring has
// none outside.
func (w *board) isEdge(i int) bool {
	c := w.cells[i]
	if k := len(w.neighbours[i]); k < 6 && k < c.Degree() {
		return true
	}
	return len(w.shown) < len(w.cells) && slices.ContainsFunc(w.neighbours[i], func(n int32) bool {
		_, shown := slices.BinarySearch(w.shown, int(n))
		return !shown
	})
}

// score computes Gi* of the ground's values.
func (w *board) score(x []float64) hotspot.Scores {
	scores := hotspot.GiStar(x, w.neighbours)
	w.Mean = scores.Mean
	p := w.shownOf(scores.P)
	fdr := hotspot.AdjustFDR(p)
	for n, i := range w.shown {
		c := &w.Cells[n]
		c.Sum, c.Expected = scores.Sum[i], float64(c.Neighbours+1)*scores.Mean
		c.Z, c.P, c.PFDR = scores.Z[i], p[n], fdr[n]
		if why := scores.WhyUndefined(i); why != nil {
			c.Why = why.Error()
		}
	}
	return scores
}

// shownOf returns the values of the study area's cells among the ground's.
func (w *board) shownOf(values []float64) []float64 {
	out := make([]float64, len(w.shown))
	for n, i := range w.shown {
		out[n] = values[i]
	}
	return out
}

// classify gives every cell its class and rank by a score and its adjusted p,
// and the reason where they are undefined. A reason that stands there already,
// of another score, stays where they are defined.
func (w *board) classify(z, p []float64, why func(n int) error) {
	order := make([]int, 0, len(w.Cells))
	for n := range w.Cells {
		c := &w.Cells[n]
		c.Class, c.Rank = hotspot.ClassOf(z[n], p[n]), 0
		if c.Class == hotspot.Undefined {
			if err := why(n); err != nil {
				c.Why = err.Error()
			}
		}
		if !math.IsNaN(z[n]) {
			order = append(order, n)
		}
	}
	slices.SortFunc(order, func(i, j int) int {
		switch {
		case z[i] > z[j]:
			return -1
		case z[i] < z[j]:
			return 1
		case w.Cells[i].Count != w.Cells[j].Count:
			return w.Cells[j].Count - w.Cells[i].Count
		}
		return i - j
	})
	for r, n := range order {
		w.Cells[n].Rank = r + 1
	}
}

// withoutStatistic leaves scores and classes out: the method asks for none.
func (w *board) withoutStatistic() {
	w.score(w.counts)
	for n := range w.Cells {
		c := &w.Cells[n]
		c.Z, c.P, c.PFDR = math.NaN(), math.NaN(), math.NaN()
		c.Class, c.Rank = hotspot.Undefined, 0
		c.Why = "method " + string(w.Query.Method) + " asks for no statistic"
	}
}

// numbers makes a column of the study area's cells from values of the ground's.
func (w *board) numbers(name string, values []float64) Column {
	return Column{Name: name, Numbers: w.shownOf(values)}
}

// warn adds a warning of the method.
func (w *board) warn(code, format string, args ...any) {
	w.Beware = append(w.Beware, Warning{Code: code, Message: fmt.Sprintf(format, args...)})
}
