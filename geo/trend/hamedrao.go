package trend

import (
	"cmp"
	"errors"
	"math"
	"slices"
)

// ErrNoEffectiveSize is why HamedRao is undefined: the autocorrelations leave
// no positive variance of S.
var ErrNoEffectiveSize = errors.New("the autocorrelation leaves no positive variance")

// HamedRao is MannKendall with the variance of S corrected for a series whose
// steps depend on each other (Hamed and Rao 1998):
//
//	Var*(S) = Var(S)·(1 + 2/(n(n−1)(n−2)) · Σ_k (n−k)(n−k−1)(n−k−2)·ρ_k)
//
// ρ_k is the autocorrelation at lag k of the ranks of the series less its Sen
// slope, and only those beyond 1.96/√n enter the sum. Where none does, or fewer
// than 3 steps are there, the result is MannKendall's. VarS is Var*. Z and P
// are NaN where Var* is not positive. Cost: n² log n.
//
// The correction is itself an estimate: below some 30 steps it is coarse, and
// with 12 only autocorrelations beyond 0.57 are seen.
func HamedRao(series []float64) Trend {
	t := MannKendall(series)
	n := len(series)
	if t.Why != nil || t.VarS == 0 || n < 3 {
		return t
	}
	factor := inflation(detrendedRanks(series))
	if factor <= 0 {
		t.VarS, t.Z, t.P, t.Why = math.NaN(), math.NaN(), math.NaN(), ErrNoEffectiveSize
		return t
	}
	t.VarS *= factor
	t.Z, t.P = normal(t.S, t.VarS)
	return t
}

// detrendedRanks returns the ranks of what a series is above its Sen slope,
// equal values sharing the mean of theirs. Values closer than a billionth of
// the largest are equal: what sets them apart is rounding.
func detrendedRanks(series []float64) []float64 {
	slope, _ := SenSlope(series) // defined: the caller tested the series
	rest := make([]float64, len(series))
	largest := 0.0
	for i, x := range series {
		rest[i] = x - slope*float64(i)
		largest = max(largest, math.Abs(x), math.Abs(rest[i]))
	}
	order := make([]int, len(rest))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(rest[a], rest[b]) })
	ranks := make([]float64, len(rest))
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && rest[order[end]]-rest[order[end-1]] <= 1e-9*largest {
			end++
		}
		for _, i := range order[start:end] {
			ranks[i] = float64(start+end+1) / 2
		}
		start = end
	}
	return ranks
}

// inflation returns Var*(S)/Var(S) of a series with these ranks.
func inflation(ranks []float64) float64 {
	n := float64(len(ranks))
	mean, squares := (n+1)/2, 0.0
	for _, r := range ranks {
		squares += (r - mean) * (r - mean)
	}
	if squares == 0 {
		return 1
	}
	sum := 0.0
	for lag := 1; lag < len(ranks)-2; lag++ {
		products := 0.0
		for i, r := range ranks[lag:] {
			products += (r - mean) * (ranks[i] - mean)
		}
		if rho := products / squares; math.Abs(rho) > 1.96/math.Sqrt(n) {
			k := float64(lag)
			sum += (n - k) * (n - k - 1) * (n - k - 2) * rho
		}
	}
	return 1 + 2/(n*(n-1)*(n-2))*sum
}
