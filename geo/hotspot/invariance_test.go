package hotspot_test

import (
	"math"
	"slices"
	"testing"

	"atalaya/geo/hotspot"

	"pgregory.net/rapid"
)

// locals are the local statistics, one value a cell.
var locals = map[string]func([]float64, [][]int32) []float64{
	"Gi*": func(c []float64, nb [][]int32) []float64 { return hotspot.GiStar(c, nb).Z },
	"Gi":  func(c []float64, nb [][]int32) []float64 { return hotspot.Gi(c, nb).Z },
	"local Moran, conditional": func(c []float64, nb [][]int32) []float64 {
		return hotspot.LocalMoran(c, nb, hotspot.Conditional).Z
	},
	"local Moran, total": func(c []float64, nb [][]int32) []float64 { return hotspot.LocalMoran(c, nb, hotspot.Total).Z },
}

// globals are the statistics of the whole area.
var globals = map[string]func([]float64, [][]int32) hotspot.Global{
	"Moran": func(c []float64, nb [][]int32) hotspot.Global {
		return hotspot.GlobalMoran(c, nb, hotspot.GlobalMoranOptions{})
	},
	"Geary":     func(c []float64, nb [][]int32) hotspot.Global { return hotspot.Geary(c, nb, hotspot.RowStandardised) },
	"general G": hotspot.GeneralG,
}

func TestStatisticsDoNotChangeWithTheOrderOfTheCells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts, neighbours := area(t, rapid.IntRange(4, 30).Draw(t, "cells"))
		order := rapid.Permutation(places(len(counts))).Draw(t, "order")
		c, nb := rearranged(counts, neighbours, order)
		for name, z := range locals {
			a, b := z(counts, neighbours), z(c, nb)
			for i, to := range order {
				if differ(a[i], b[to]) {
					t.Fatalf("%s of cell %d: %v before, %v after", name, i, a[i], b[to])
				}
			}
		}
		for name, statistic := range globals {
			if a, b := statistic(counts, neighbours), statistic(c, nb); differ(a.Value, b.Value) || differ(a.Z, b.Z) {
				t.Fatalf("%s: %v before, %v after", name, a, b)
			}
		}
	})
}

func TestStatisticsDoNotChangeWithShiftAndScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts, neighbours := area(t, rapid.IntRange(4, 30).Draw(t, "cells"))
		shift := float64(rapid.IntRange(0, 1000).Draw(t, "shift"))
		scale := float64(rapid.IntRange(1, 64).Draw(t, "scale"))
		moved, scaled := slices.Clone(counts), slices.Clone(counts)
		for i := range counts {
			scaled[i] *= scale
			moved[i] = scaled[i] + shift
		}
		for name, z := range locals {
			a, b := z(counts, neighbours), z(moved, neighbours)
			for i := range counts {
				if differ(a[i], b[i]) {
					t.Fatalf("%s of cell %d: %v before, %v after", name, i, a[i], b[i])
				}
			}
		}
		for name, statistic := range globals {
			after := moved
			if name == "general G" {
				after = scaled // a shift changes products of counts
			}
			if a, b := statistic(counts, neighbours), statistic(after, neighbours); differ(a.Value, b.Value) || differ(a.Z, b.Z) {
				t.Fatalf("%s: %v before, %v after", name, a, b)
			}
		}
	})
}

func places(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func differ(a, b float64) bool {
	return math.IsNaN(a) != math.IsNaN(b) || math.Abs(a-b) > 1e-6
}
