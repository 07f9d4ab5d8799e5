package hotspot

import (
	"errors"
	"math"
)

// Why a score is undefined.
var (
	ErrFewCells    = errors.New("fewer than 3 cells")
	ErrFewLinked   = errors.New("fewer than 4 cells have neighbours")
	ErrNoVariance  = errors.New("every cell has the same count")
	ErrOthersEqual = errors.New("every other cell has the same count")
	ErrAtMean      = errors.New("the count of the cell is the mean")
	ErrIsland      = errors.New("the cell has no neighbours")
	ErrWholeArea   = errors.New("the neighbourhood is the whole study area")
	ErrOneHolds    = errors.New("fewer than 2 cells hold incidents")
	ErrNegative    = errors.New("a count is negative")
	ErrConstant    = errors.New("no rearrangement of the counts changes the statistic")
)

// Scores holds one value a cell, in the order of the counts.
type Scores struct {
	Z    []float64 // standard normal under the null hypothesis; NaN where undefined
	P    []float64 // two-sided, (0, 1], 0 where a float64 cannot hold it; NaN where Z is
	Sum  []float64 // count of the neighbours, with the cell's own for Gi*
	Mean float64   // count per cell over all cells
	Why  error     // why every Z is undefined; nil when it depends on the cell

	why map[int]error // why the Z of one cell is
}

// WhyUndefined tells why cell i has no score, and nil where it has one.
func (s Scores) WhyUndefined(i int) error {
	switch {
	case !math.IsNaN(s.Z[i]):
		return nil
	case s.Why != nil:
		return s.Why
	}
	return s.why[i]
}

// newScores returns the mean, the sums over the neighbours and the reason why
// no cell can have a score; then every Z is NaN. Beside them the variance.
func newScores(counts []float64, neighbours [][]int32) (scores Scores, variance float64) {
	n := len(counts)
	if len(neighbours) != n {
		panic("hotspot: counts and neighbours differ in length")
	}
	scores = Scores{Z: make([]float64, n), P: make([]float64, n), Sum: make([]float64, n)}
	for i := range neighbours {
		sum := 0.0
		for _, j := range neighbours[i] {
			sum += counts[j]
		}
		scores.Sum[i] = sum
	}
	scores.Mean, variance = moments(counts)
	scores.Why = whyNone(n, variance)
	if scores.Why != nil {
		fill(scores.Z)
		fill(scores.P)
	}
	return scores, variance
}

// whyNone tells why no statistic is defined for n cells with that variance.
func whyNone(n int, variance float64) error {
	switch {
	case n < 3:
		return ErrFewCells
	case variance <= 0:
		return ErrNoVariance
	}
	return nil
}

func (s *Scores) define(i int, z float64) {
	s.Z[i], s.P[i] = z, TwoSided(z)
}

func (s *Scores) undefine(i int, why error) {
	if s.why == nil {
		s.why = map[int]error{}
	}
	s.Z[i], s.P[i], s.why[i] = math.NaN(), math.NaN(), why
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

// loner returns the one cell without which all counts would be equal, and −1
// where there is none. There are at least three counts, not all equal.
func loner(x []float64) int {
	common := x[0]
	if x[1] != common && x[2] != common {
		common = x[1]
	}
	found := -1
	for i, v := range x {
		if v == common {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}

func fill(x []float64) {
	for i := range x {
		x[i] = math.NaN()
	}
}
