package hotspot

import (
	"math"
	"slices"
)

// AdjustFDR returns the p values after Benjamini and Hochberg's (1995) control
// of the false discovery rate, in the order given: for the r-th smallest of m,
// the least of p_(k)·m/k over k ≥ r, at most 1. NaN stays NaN and is not
// counted in m. Cost: a sort.
func AdjustFDR(p []float64) []float64 {
	order := make([]int, 0, len(p))
	out := make([]float64, len(p))
	for i, v := range p {
		if math.IsNaN(v) {
			out[i] = math.NaN()
			continue
		}
		order = append(order, i)
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case p[a] < p[b]:
			return -1
		case p[a] > p[b]:
			return 1
		}
		return a - b
	})
	m := float64(len(order))
	least := 1.0
	for r := len(order); r >= 1; r-- {
		i := order[r-1]
		least = min(least, m/float64(r)*p[i]) // in this order never below p[i]
		out[i] = least
	}
	return out
}
