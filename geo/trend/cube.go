package trend

import (
	"math"

	"atalaya/geo/hotspot"
)

// Window is what a neighbourhood of a cube is compared with.
type Window string

// The windows. The false discovery rate is controlled over the steps of the
// window together: over the whole cube, but step by step in WindowSlice.
const (
	WindowCube          Window = "cube"          // every bin of the cube; the default
	WindowNeighbourhood Window = "neighbourhood" // every cell at the steps the neighbourhood reaches over
	WindowSlice         Window = "slice"         // every cell at the same step; neighbourhoods without earlier steps
)

// CubeOptions says what a neighbourhood is and what it is compared with.
type CubeOptions struct {
	Window   Window // empty means WindowCube
	Previous int    // earlier steps in a neighbourhood; 0 means 1, negative means none; WindowSlice has none
}

// previous returns how many earlier steps a neighbourhood holds.
func (o CubeOptions) previous() int {
	switch {
	case o.Window == WindowSlice || o.Previous < 0:
		return 0
	case o.Previous == 0:
		return 1
	}
	return o.Previous
}

// CubeScores holds one value a bin of a cube: [step][cell], as the counts.
type CubeScores struct {
	Z   [][]float64 // standard normal under the null hypothesis; NaN where undefined
	P   [][]float64 // two-sided, (0, 1]; NaN where Z is
	FDR [][]float64 // P after control of the false discovery rate; NaN where Z is
	Why []error     // a step: why every Z of it is undefined; nil when it depends on the cell
}

// WhyUndefined tells why cell i has no score at step t, and nil where it has
// one.
func (s CubeScores) WhyUndefined(t, i int) error {
	switch {
	case !math.IsNaN(s.Z[t][i]):
		return nil
	case s.Why[t] != nil:
		return s.Why[t]
	}
	return hotspot.ErrWholeArea
}

// SpaceTimeGiStar returns the Getis-Ord Gi* z score of every bin of a cube of
// counts: counts[t][i] is cell i at step t, oldest step first. The
// neighbourhood of a bin is the cell and its neighbours at the step and at the
// earlier steps of the options, as far as the cube reaches back:
//
//	z = (Σ_j x_j − W·x̄) / (s·√((N·W − W²)/(N−1))),  j over the neighbourhood
//
// W is the number of bins in that sum; N, x̄ and s² = Σx²/N − x̄² are those of the
// window. (Ord and Getis 1995, equation 14; with steps, Esri's space-time
// cube.) Whole counts give equal sums the same score to the last bit, whatever
// the order of the cells, so ties stay ties. Scores are undefined as those of
// hotspot.GiStar are, and where a count of the window is not finite.
//
// Cost: one visit a neighbour and step, and a sort for the false discovery
// rate; memory for four numbers a bin. Panics when lengths differ.
func SpaceTimeGiStar(counts [][]float64, neighbours [][]int32, o CubeOptions) CubeScores {
	steps, cells := len(counts), len(neighbours)
	for _, row := range counts {
		if len(row) != cells {
			panic("trend: counts and neighbours differ in length")
		}
	}
	allZ, allP := make([]float64, steps*cells), make([]float64, steps*cells)
	s := CubeScores{Z: rows(allZ, steps, cells), P: rows(allP, steps, cells), Why: make([]error, steps)}
	for t, row := range counts {
		for i, sum := range row {
			for _, j := range neighbours[i] {
				sum += row[j]
			}
			s.Z[t][i] = sum
		}
	}
	windows := windowsOf(counts, o)
	// From the newest step back, the sums of a step give way to its scores when
	// no later neighbourhood needs them.
	for t := steps - 1; t >= 0; t-- {
		first := max(0, t-o.previous())
		s.Why[t] = windows[t].score(s.Z[first:t+1], s.P[t], neighbours)
	}
	if o.Window != WindowSlice {
		s.FDR = rows(hotspot.AdjustFDR(allP), steps, cells)
		return s
	}
	for _, p := range s.P {
		s.FDR = append(s.FDR, hotspot.AdjustFDR(p))
	}
	return s
}

// rows cuts one slice into a row a step.
func rows(all []float64, steps, cells int) [][]float64 {
	out := make([][]float64, steps)
	for t := range out {
		out[t] = all[t*cells : (t+1)*cells : (t+1)*cells]
	}
	return out
}
