package hotspot_test

import (
	"math"
	"testing"

	"atalaya/geo/hotspot"

	"pgregory.net/rapid"
)

func TestExpectationAndVarianceAreThoseOfAllArrangements(t *testing.T) {
	statistics := map[string]func([]float64, [][]int32) hotspot.Global{
		"Moran, row-standardised": func(c []float64, nb [][]int32) hotspot.Global {
			return hotspot.GlobalMoran(c, nb, hotspot.GlobalMoranOptions{})
		},
		"Moran, binary": func(c []float64, nb [][]int32) hotspot.Global {
			return hotspot.GlobalMoran(c, nb, hotspot.GlobalMoranOptions{Weights: hotspot.Binary})
		},
		"Geary, row-standardised": func(c []float64, nb [][]int32) hotspot.Global { return hotspot.Geary(c, nb, hotspot.RowStandardised) },
		"Geary, binary":           func(c []float64, nb [][]int32) hotspot.Global { return hotspot.Geary(c, nb, hotspot.Binary) },
		"general G":               hotspot.GeneralG,
		"local Moran, total": func(c []float64, nb [][]int32) hotspot.Global {
			return local(hotspot.LocalMoran(c, nb, hotspot.Total))
		},
	}
	rapid.Check(t, func(t *rapid.T) {
		counts, neighbours := area(t, rapid.IntRange(4, 6).Draw(t, "cells"))
		for name, statistic := range statistics {
			if want := statistic(counts, neighbours); want.Why == nil {
				hold(t, name, want, overAll(counts, 0, func(x []float64) float64 { return statistic(x, neighbours).Value }))
			}
		}
	})
}

func TestTheConditionalMomentsOfLocalMoranAreThoseOfAllArrangementsOfTheOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts, neighbours := area(t, rapid.IntRange(4, 6).Draw(t, "cells"))
		want := local(hotspot.LocalMoran(counts, neighbours, hotspot.Conditional))
		if want.Why == nil {
			hold(t, "local Moran, conditional", want, overAll(counts, 1, func(x []float64) float64 {
				return hotspot.LocalMoran(x, neighbours, hotspot.Conditional).I[0]
			}))
		}
	})
}

// local returns what a local statistic says of its first cell.
func local(m hotspot.MoranScores) hotspot.Global {
	return hotspot.Global{Value: m.I[0], E: m.E[0], Var: m.Var[0], Z: m.Z[0], P: m.P[0], Why: m.WhyUndefined(0)}
}

func hold(t *rapid.T, name string, got hotspot.Global, values []float64) {
	t.Helper()
	var mean, variance float64
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		variance += (v - mean) * (v - mean) / float64(len(values))
	}
	if math.Abs(got.E-mean) > 1e-9 || math.Abs(got.Var-variance) > 1e-9 {
		t.Fatalf("%s: E %v and Var %v, but %v and %v over all arrangements", name, got.E, got.Var, mean, variance)
	}
}

// overAll returns the statistic of every arrangement of the counts that leaves
// the first fixed ones in place.
func overAll(counts []float64, fixed int, statistic func([]float64) float64) []float64 {
	if fixed == len(counts) {
		return []float64{statistic(counts)}
	}
	var out []float64
	for i := fixed; i < len(counts); i++ {
		counts[fixed], counts[i] = counts[i], counts[fixed]
		out = append(out, overAll(counts, fixed+1, statistic)...)
		counts[fixed], counts[i] = counts[i], counts[fixed]
	}
	return out
}
