package hotspot_test

import (
	"math"
	"testing"

	"atalaya/geo/hotspot"

	"pgregory.net/rapid"
)

func TestLocalMoranEqualsTheScoreWorkedByHand(t *testing.T) {
	// Four cells in a row with counts 3, 1, 0, 0: x̄ = 1, z = 2, 0, −1, −1, m₂ = 6/4.
	// I = z/m₂·mean of the neighbours' z: (2/1.5)·0 = 0, 0, (−1/1.5)·(−1/2) = 1/3,
	// (−1/1.5)·(−1) = 2/3.
	// Cell 3, conditional: E = −1/(3·1.5) = −2/9,
	// Var = (1/2.25)·(4/2)·(1 − 1/3)·(1.5 − 1/3) = 56/81, Z = (8/9)/(√56/9) = 8/√56.
	// Cell 3, total: E = −1/3, kurtosis 4·18/36 = 2, a = 2/3, b = 0,
	// Var = 2/3 − 1/9 = 5/9, Z = 1/√(5/9).
	counts := []float64{3, 1, 0, 0}
	given := hotspot.LocalMoran(counts, chain(4), hotspot.Conditional)
	for i, want := range []float64{0, 0, 1. / 3, 2. / 3} {
		near(t, "I", given.I[i], want)
	}
	near(t, "conditional E", given.E[3], -2./9)
	near(t, "conditional Var", given.Var[3], 56./81)
	near(t, "conditional Z", given.Z[3], 8/math.Sqrt(56))
	near(t, "conditional p", given.P[3], hotspot.TwoSided(8/math.Sqrt(56)))
	total := hotspot.LocalMoran(counts, chain(4), hotspot.Total)
	near(t, "total E", total.E[3], -1./3)
	near(t, "total Var", total.Var[3], 5./9)
	near(t, "total Z", total.Z[3], 3/math.Sqrt(5))
	// The neighbours' means are 1, 1.5, 0.5, 0, their mean 0.75; the counts' mean
	// is 1, and the 1 of cell 1 is not above it.
	for i, want := range []hotspot.Quadrant{hotspot.HighHigh, hotspot.LowHigh, hotspot.LowLow, hotspot.LowLow} {
		if given.Quadrant[i] != want {
			t.Errorf("cell %d: %s, want %s", i, given.Quadrant[i], want)
		}
	}
}

func TestTheConditionalZOfLocalMoranIsThatOfGiWithTheSignOfTheCell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts, neighbours := area(t, rapid.IntRange(5, 30).Draw(t, "cells"))
		gi, moran := hotspot.Gi(counts, neighbours), hotspot.LocalMoran(counts, neighbours, hotspot.Conditional)
		for i := range counts {
			sign := 1.0
			if counts[i] < gi.Mean {
				sign = -1
			}
			if counts[i] != gi.Mean && differ(moran.Z[i], sign*gi.Z[i]) {
				t.Fatalf("cell %d: Moran %v, Gi %v", i, moran.Z[i], gi.Z[i])
			}
		}
	})
}
