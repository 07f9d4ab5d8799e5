package hotspot_test

import (
	"math"
	"testing"

	"atalaya/geo/hotspot"
)

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

func TestAnIslandHasAGiStarOfItsOwnCount(t *testing.T) {
	// Cells 0–2 in a row, cell 3 alone: W = 1, z = (x − x̄)/(s·√((4−1)/3)) = (x − x̄)/s.
	got := hotspot.GiStar([]float64{0, 0, 0, 4}, append(chain(3), nil))
	// x̄ = 1, s² = 16/4 − 1 = 3.
	near(t, "z of the island", got.Z[3], math.Sqrt(3))
}

func TestGiEqualsTheScoreWorkedByHand(t *testing.T) {
	// The same cells: N−1 = 3 others.
	// Cell 0: W = 1, sum = 2; others 2, 0, 2: mean 4/3, s² = 8/3 − 16/9 = 8/9:
	// z = (2 − 4/3)/(√(8/9)·√((3 − 1)/2)) = (2/3)/√(8/9) = 1/√2.
	// Cell 1: W = 2, sum = 4; others 4, 0, 2: mean 2: z = 0.
	// Cell 2: W = 2, sum = 4; others 4, 2, 2: mean 8/3, s² = 8 − 64/9 = 8/9:
	// z = (4 − 16/3)/(√(8/9)·√((6 − 4)/2)) = −(4/3)/√(8/9) = −√2.
	// Cell 3: W = 1, sum = 0; others 4, 2, 0: mean 2, s² = 20/3 − 4 = 8/3:
	// z = −2/√(8/3) = −√1.5.
	got := hotspot.Gi([]float64{4, 2, 0, 2}, chain(4))
	for i, want := range []float64{math.Sqrt2 / 2, 0, -math.Sqrt2, -math.Sqrt(1.5)} {
		near(t, "z", got.Z[i], want)
	}
	if got.Sum[2] != 4 {
		t.Errorf("sum %v, want 4: the cell itself is left out", got.Sum[2])
	}
}

func TestABusyCellAmidQuietOnesIsHotByGiStarAndColdByGi(t *testing.T) {
	counts := []float64{3, 0, 9, 0, 3, 3, 2}
	if z := hotspot.GiStar(counts, chain(7)).Z[2]; z <= 0 {
		t.Errorf("Gi* %v, want above 0", z)
	}
	if z := hotspot.Gi(counts, chain(7)).Z[2]; z >= 0 {
		t.Errorf("Gi %v, want below 0", z)
	}
}
