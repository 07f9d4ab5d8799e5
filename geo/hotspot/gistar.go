package hotspot

import (
	"errors"
	"math"
)

// Why a score is undefined.
var (
	ErrFewCells   = errors.New("fewer than 3 cells")
	ErrNoVariance = errors.New("every cell has the same count")
	ErrWholeArea  = errors.New("the neighbourhood is the whole study area")
)

// Scores holds one value a cell, in the order of the counts.
type Scores struct {
	Z    []float64 // standard normal under the null hypothesis; NaN where undefined
	P    []float64 // two-sided, (0, 1]; NaN where Z is
	Sum  []float64 // count of the cell and its neighbours
	Mean float64   // count per cell over all cells
	Why  error     // why every Z is undefined; nil when it depends on the cell
}

// WhyUndefined tells why cell i has no score, and nil where it has one.
func (s Scores) WhyUndefined(i int) error {
	switch {
	case !math.IsNaN(s.Z[i]):
		return nil
	case s.Why != nil:
		return s.Why
	}
	return ErrWholeArea
}

// GiStar returns the Getis-Ord Gi* z score of every cell with binary weights,
// the cell itself included (Ord and Getis 1995, equation 14):
//
//	z_i = (Σ_j x_j − W·x̄) / (s·√((N·W − W²)/(N−1))),  j over i and its neighbours
//
// W is the number of cells in that sum, x̄ the mean and s² = Σx²/N − x̄² the
// variance over all N cells: the weights' scale cancels, and s divides by N.
// Counts may be any finite numbers. Scores are undefined with fewer than 3
// cells, without variance, and where the neighbourhood is the whole area.
//
// Cost: about 7 ns a cell. Panics when the lengths differ.
func GiStar(counts []float64, neighbours [][]int32) Scores {
	n := len(counts)
	if len(neighbours) != n {
		panic("hotspot: counts and neighbours differ in length")
	}
	scores := Scores{Z: make([]float64, n), P: make([]float64, n), Sum: make([]float64, n)}
	mean, variance := moments(counts)
	scores.Mean = mean
	switch {
	case n < 3:
		scores.Why = ErrFewCells
	case variance <= 0:
		scores.Why = ErrNoVariance
	}
	s := math.Sqrt(variance)
	for i := range counts {
		sum := counts[i]
		for _, j := range neighbours[i] {
			sum += counts[j]
		}
		scores.Sum[i] = sum
		w := float64(len(neighbours[i]) + 1)
		if scores.Why != nil || int(w) >= n {
			scores.Z[i], scores.P[i] = math.NaN(), math.NaN()
			continue
		}
		N := float64(n)
		scores.Z[i] = (sum - w*mean) / (s * math.Sqrt((N*w-w*w)/(N-1)))
		scores.P[i] = TwoSided(scores.Z[i])
	}
	return scores
}

// TwoSided returns the chance of a standard normal value at least as far from
// zero as z, in (0, 1]; NaN for NaN. It keeps its relative precision down to
// the smallest numbers.
func TwoSided(z float64) float64 { return math.Erfc(math.Abs(z) / math.Sqrt2) }

// moments returns the mean and the variance, divided by N. Equal counts have a
// variance of exactly zero.
func moments(x []float64) (mean, variance float64) {
	if len(x) == 0 {
		return 0, 0
	}
	sum := 0.0
	equal := true
	for _, v := range x {
		sum += v
		equal = equal && v == x[0]
	}
	mean = sum / float64(len(x))
	if equal {
		return mean, 0
	}
	squares := 0.0
	for _, v := range x {
		squares += (v - mean) * (v - mean)
	}
	return mean, squares / float64(len(x))
}
