package concentration

import (
	"errors"
	"math"
	"slices"
)

// Why a concentration is undefined.
var (
	ErrNoIncidents = errors.New("no incidents")
	ErrNoCount     = errors.New("a count is negative, infinite or not a number")
)

// Places is the concentration of incidents over places. Safe for concurrent
// use.
type Places struct {
	N     int     // number of places
	Total float64 // number of incidents; NaN where a count is none
	Why   error   // why every measure is NaN; nil where they are defined

	counts []float64 // descending
}

// Of returns the concentration of counts, one for each place, zeros included.
// Cost: a sort.
func Of(counts []float64) Places {
	p := Places{N: len(counts), counts: slices.Clone(counts)}
	slices.Sort(p.counts)
	slices.Reverse(p.counts)
	for _, c := range p.counts {
		p.Total += c
		if !(c >= 0) {
			p.Why = ErrNoCount
		}
	}
	switch {
	case p.Why != nil || math.IsInf(p.Total, 0):
		p.Why, p.Total = ErrNoCount, math.NaN()
	case p.Total == 0:
		p.Why = ErrNoIncidents
	}
	return p
}

// roundingAllowed keeps a share of the total, such as 0.1 of 30, from being
// missed by the last digit.
const roundingAllowed = 1e-12

// ShareHolding returns the smallest share of the places, in (0, 1], that
// together hold the part q in (0, 1] of the incidents: 0.25, 0.5, or 1 for the
// share of places with any. NaN for another q.
func (p Places) ShareHolding(q float64) float64 {
	if p.Why != nil || !(q > 0 && q <= 1) {
		return math.NaN()
	}
	need := q * p.Total * (1 - roundingAllowed)
	held, k := 0.0, 0
	for k < p.N && held < need {
		held += p.counts[k]
		k++
	}
	return float64(k) / float64(p.N)
}

// ZeroShare returns the share of places without any incident, in [0, 1).
func (p Places) ZeroShare() float64 {
	if p.Why != nil {
		return math.NaN()
	}
	zeros := 0
	for zeros < p.N && p.counts[p.N-1-zeros] == 0 {
		zeros++
	}
	return float64(zeros) / float64(p.N)
}

// Gini returns the Gini coefficient, 0 where all places are equal and 1 − 1/N
// where one holds everything:
//
//	G = Σ_i (2i − N − 1)·x_(i) / (N·Σx),  x ascending, i from 1
func (p Places) Gini() float64 {
	if p.Why != nil {
		return math.NaN()
	}
	n := float64(p.N)
	sum := 0.0
	for down, x := range p.counts {
		i := n - float64(down)
		sum += (2*i - n - 1) * x
	}
	return max(0, sum/(n*p.Total))
}

// GeneralisedGini returns the Gini coefficient against the most equal spread
// that the number of incidents c allows (Bernasco and Steenbeek 2017): the
// Gini itself where c ≥ N, and (N/c)·G + 1 − N/c where there are fewer
// incidents than places. In [0, 1] for whole counts: 0 where no place has two.
func (p Places) GeneralisedGini() float64 {
	g := p.Gini()
	if more := float64(p.N) / p.Total; more > 1 {
		return more*g + 1 - more
	}
	return g
}

// Point is a point of a Lorenz curve.
type Point struct {
	Places    float64 // share of the places, [0, 1]
	Incidents float64 // share of the incidents that they hold, [0, 1]
}

// Lorenz returns the curve of the share of incidents over the share of places,
// busiest places first, from (0, 0) to (1, 1): the corners only, for the curve
// is straight over places with equal counts. Nil where undefined.
func (p Places) Lorenz() []Point {
	if p.Why != nil {
		return nil
	}
	curve := []Point{{}}
	held := 0.0
	for i, c := range p.counts {
		held += c
		if i == p.N-1 || p.counts[i+1] != c {
			curve = append(curve, Point{Places: float64(i+1) / float64(p.N), Incidents: min(1, held/p.Total)})
		}
	}
	curve[len(curve)-1].Incidents = 1
	return curve
}
