package trend

import (
	"errors"
	"math"
)

// ErrFewSteps is a caution, not a failure: the categories speak of nine steps
// of ten, and a trend over four steps or fewer cannot be significant.
var ErrFewSteps = errors.New("fewer than 10 steps: the categories say little")

// leastSteps is how many steps Esri asks of a cube.
const leastSteps = 10

// EmergingOptions says how a cube is judged.
type EmergingOptions struct {
	CubeOptions
	ClassifyOptions // Alpha is the largest p of a flagged step, too

	Unadjusted bool                  // flag by P, without control of the false discovery rate
	Test       func([]float64) Trend // trend of the scores; nil means MannKendall; must keep no series
}

// Location is what a cube says of one cell.
type Location struct {
	Verdict

	Flags     Flags // one a step, oldest first
	Hot, Cold int   // steps flagged so
	Trend     Trend // of the Gi* scores, steps without a score left out
	Counts    Trend // MannKendall of the raw counts: what the overlap of neighbourhoods cannot inflate
	Why       error // why the category is Undefined; nil where it is not
}

// Emerging is an emerging hot spot analysis.
type Emerging struct {
	Scores    CubeScores
	Locations []Location // one a cell, in the order of the neighbours
	Caution   error      // ErrFewSteps, or nil
}

// EmergingHotSpots judges every cell of a cube, laid out as SpaceTimeGiStar
// takes it: each step is flagged where its adjusted p is at most Alpha, the
// scores are tested for a trend, and Classify names the category. A cell
// without any score is Undefined.
//
// Cost: that of SpaceTimeGiStar and two Mann-Kendall tests a cell.
func EmergingHotSpots(counts [][]float64, neighbours [][]int32, o EmergingOptions) Emerging {
	steps, cells := len(counts), len(neighbours)
	e := Emerging{Scores: SpaceTimeGiStar(counts, neighbours, o.CubeOptions), Locations: make([]Location, cells)}
	if steps < leastSteps {
		e.Caution = ErrFewSteps
	}
	room := make([]float64, steps)
	test := o.Test
	if test == nil {
		test = func(series []float64) Trend { return mannKendall(series, room[:len(series)]) }
	}
	series, flags := make([]float64, steps), make([]byte, steps)
	for i := range e.Locations {
		for t := range counts {
			series[t] = counts[t][i]
			flags[t] = o.flag(e.Scores, t, i)
		}
		at := Location{Flags: Flags(flags), Counts: mannKendall(series, room)}
		at.Hot, at.Cold = at.Flags.count(HotFlag), at.Flags.count(ColdFlag)
		scored := series[:0]
		for t := range counts {
			if z := e.Scores.Z[t][i]; !math.IsNaN(z) {
				scored = append(scored, z)
			}
		}
		at.Trend = test(scored)
		at.Verdict = Classify(at.Flags, at.Trend, o.ClassifyOptions)
		if len(scored) == 0 {
			at.Verdict, at.Why = Verdict{Category: Undefined}, ErrShortSeries
			if steps > 0 {
				at.Why = e.Scores.WhyUndefined(steps-1, i)
			}
		}
		e.Locations[i] = at
	}
	return e
}

// flag returns the flag of a bin.
func (o EmergingOptions) flag(s CubeScores, t, i int) byte {
	p := s.FDR[t][i]
	if o.Unadjusted {
		p = s.P[t][i]
	}
	switch z := s.Z[t][i]; {
	case p <= o.alpha() && z > 0:
		return HotFlag
	case p <= o.alpha() && z < 0:
		return ColdFlag
	}
	return NoFlag
}
