package hotspot_test

import (
	"errors"
	"math"
	"testing"

	"atalaya/geo/hotspot"

	"pgregory.net/rapid"
)

// chain returns the neighbours of n cells in a row.
func chain(n int) [][]int32 {
	out := make([][]int32, n)
	for i := range out {
		if i > 0 {
			out[i] = append(out[i], int32(i-1))
		}
		if i < n-1 {
			out[i] = append(out[i], int32(i+1))
		}
	}
	return out
}

func TestGiStarEqualsTheScoreWorkedByHand(t *testing.T) {
	// Four cells in a row with counts 4, 2, 0, 2: N = 4, x̄ = 2,
	// s² = (16+4+0+4)/4 − 4 = 2.
	// Cell 0: W = 2, sum = 6: z = (6 − 4)/(√2·√((4·2 − 4)/3)) = 2/√(8/3) = 1.224744871…
	// Cell 1: W = 3, sum = 6: z = (6 − 6)/… = 0.
	// Cell 2: W = 3, sum = 4: z = (4 − 6)/(√2·√((12 − 9)/3)) = −2/√2 = −1.414213562…
	// Cell 3: W = 2, sum = 2: z = (2 − 4)/√(8/3) = −1.224744871…
	got := hotspot.GiStar([]float64{4, 2, 0, 2}, chain(4))
	want := []float64{math.Sqrt(1.5), 0, -math.Sqrt2, -math.Sqrt(1.5)}
	for i := range want {
		near(t, "z", got.Z[i], want[i])
	}
	if got.Mean != 2 || got.Sum[2] != 4 {
		t.Errorf("mean %v and sum %v, want 2 and 4", got.Mean, got.Sum[2])
	}
	// P(|Z| ≥ 1.2247…) = 0.2206714…, from tables of the normal distribution.
	if math.Abs(got.P[0]-0.22067) > 1e-5 {
		t.Errorf("p %v, want 0.22067", got.P[0])
	}
}

func TestGiStarIsUndefinedWithItsReason(t *testing.T) {
	cases := []struct {
		name       string
		counts     []float64
		neighbours [][]int32
		want       error
	}{
		{"no cells", nil, nil, nil},
		{"one cell", []float64{3}, [][]int32{{}}, hotspot.ErrFewCells},
		{"two cells", []float64{3, 1}, chain(2), hotspot.ErrFewCells},
		{"equal counts", []float64{7, 7, 7, 7}, chain(4), hotspot.ErrNoVariance},
		{"equal counts without an exact mean", []float64{0.1, 0.1, 0.1}, [][]int32{{}, {}, {}}, hotspot.ErrNoVariance},
		{"all zero", make([]float64, 9), chain(9), hotspot.ErrNoVariance},
		{"neighbourhood is the whole area", []float64{1, 2, 3}, [][]int32{{1, 2}, {0, 2}, {0, 1}}, hotspot.ErrWholeArea},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := hotspot.GiStar(c.counts, c.neighbours)
			for i := range c.counts {
				if !math.IsNaN(got.Z[i]) || !math.IsNaN(got.P[i]) {
					t.Errorf("cell %d: z %v, p %v, want NaN", i, got.Z[i], got.P[i])
				}
				if why := got.WhyUndefined(i); !errors.Is(why, c.want) {
					t.Errorf("cell %d: because %v, want %v", i, why, c.want)
				}
			}
		})
	}
}

func TestAnIslandHasAGiStarOfItsOwnCount(t *testing.T) {
	// Cells 0–2 in a row, cell 3 alone: W = 1, z = (x − x̄)/(s·√((4−1)/3)) = (x − x̄)/s.
	got := hotspot.GiStar([]float64{0, 0, 0, 4}, append(chain(3), nil))
	// x̄ = 1, s² = 16/4 − 1 = 3.
	near(t, "z of the island", got.Z[3], math.Sqrt(3))
}

func TestGiStarDoesNotChangeWithShiftAndScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(4, 60).Draw(t, "cells")
		counts := make([]float64, n)
		for i := range counts {
			counts[i] = float64(rapid.IntRange(0, 50).Draw(t, "count"))
		}
		shift := float64(rapid.IntRange(0, 1000).Draw(t, "shift"))
		scale := float64(rapid.IntRange(1, 64).Draw(t, "scale"))
		moved := make([]float64, n)
		for i := range counts {
			moved[i] = counts[i]*scale + shift
		}
		a, b := hotspot.GiStar(counts, chain(n)), hotspot.GiStar(moved, chain(n))
		for i := range counts {
			if math.IsNaN(a.Z[i]) != math.IsNaN(b.Z[i]) || math.Abs(a.Z[i]-b.Z[i]) > 1e-6 {
				t.Fatalf("cell %d: %v before, %v after", i, a.Z[i], b.Z[i])
			}
		}
	})
}

func BenchmarkGiStarOver10000Cells(b *testing.B) {
	counts := make([]float64, 10_000)
	for i := range counts {
		counts[i] = float64(i * 7919 % 13)
	}
	neighbours := chain(len(counts))
	for b.Loop() {
		hotspot.GiStar(counts, neighbours)
	}
}
