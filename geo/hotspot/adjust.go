package hotspot

import (
	"math"
	"slices"
)

// AdjustFDR returns the p values after Benjamini and Hochberg's (1995) control
// of the false discovery rate, in the order given: for the r-th smallest of m,
// the least of p_(k)·m/k over k ≥ r, at most 1. It holds where the tests are
// independent or positively dependent, as those of neighbouring cells are. NaN
// stays NaN and is not counted in m; so with the others. Cost: a sort.
func AdjustFDR(p []float64) []float64 {
	return stepUp(p, func(m float64) float64 { return m })
}

// AdjustBY is AdjustFDR under any dependence (Benjamini and Yekutieli 2001,
// theorem 1.3): m·(1 + 1/2 + … + 1/m) takes the place of m.
func AdjustBY(p []float64) []float64 {
	return stepUp(p, func(m float64) float64 {
		sum := 0.0
		for k := m; k >= 1; k-- {
			sum += 1 / k
		}
		return m * sum
	})
}

// AdjustHolm returns the p values after Holm's (1979) control of the chance of
// one false discovery or more, under any dependence: for the r-th smallest of
// m, the greatest of p_(k)·(m−k+1) over k ≤ r, at most 1. Cost: a sort.
func AdjustHolm(p []float64) []float64 {
	order, out := ascending(p)
	greatest := 0.0
	for r, i := range order {
		greatest = max(greatest, min(1, float64(len(order)-r)*p[i]))
		out[i] = greatest
	}
	return out
}

// AdjustBonferroni returns p·m, at most 1: Holm's control in one step, which
// never finds more.
func AdjustBonferroni(p []float64) []float64 {
	order, out := ascending(p)
	for _, i := range order {
		out[i] = min(1, float64(len(order))*p[i])
	}
	return out
}

// stepUp returns for the r-th smallest of m the least of p_(k)·f(m)/k over
// k ≥ r, at most 1.
func stepUp(p []float64, f func(m float64) float64) []float64 {
	order, out := ascending(p)
	family := f(float64(len(order)))
	least := 1.0
	for r := len(order); r >= 1; r-- {
		i := order[r-1]
		least = min(least, family/float64(r)*p[i]) // in this order never below p[i]
		out[i] = least
	}
	return out
}

// ascending returns the indices of the defined p from the smallest up, and
// room for the adjusted ones with NaN where p is.
func ascending(p []float64) (order []int, out []float64) {
	order, out = make([]int, 0, len(p)), make([]float64, len(p))
	for i, v := range p {
		if math.IsNaN(v) {
			out[i] = v
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
	return order, out
}
