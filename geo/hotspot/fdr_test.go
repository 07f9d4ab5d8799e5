package hotspot_test

import (
	"math"
	"testing"

	"atalaya/geo/hotspot"

	"pgregory.net/rapid"
)

func TestAdjustFDREqualsTheWorkedExample(t *testing.T) {
	// m = 4. Sorted 0.01, 0.02, 0.03, 0.8: times m/r: 0.04, 0.04, 0.04, 0.8.
	// From the top down: 0.8, 0.04, min(0.04, 0.04), min(0.04, 0.04).
	got := hotspot.AdjustFDR([]float64{0.8, 0.02, 0.01, 0.03})
	for i, want := range []float64{0.8, 0.04, 0.04, 0.04} {
		near(t, "p", got[i], want)
	}
}

func TestAdjustFDRLeavesUndefinedOutOfTheFamily(t *testing.T) {
	// m = 2, not 3: 0.01·2/1 = 0.02 and 0.5·2/2 = 0.5.
	got := hotspot.AdjustFDR([]float64{0.5, math.NaN(), 0.01})
	near(t, "first", got[0], 0.5)
	near(t, "undefined", got[1], math.NaN())
	near(t, "last", got[2], 0.02)
}

func TestAdjustFDRKeepsOrderAndBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOf(rapid.Float64Range(0, 1)).Draw(t, "p")
		q := hotspot.AdjustFDR(p)
		for i := range p {
			if q[i] < p[i] || q[i] > 1 {
				t.Fatalf("p %v became %v", p[i], q[i])
			}
			for j := range p {
				if p[i] < p[j] && q[i] > q[j] {
					t.Fatalf("%v < %v but %v > %v", p[i], p[j], q[i], q[j])
				}
			}
		}
	})
}

func TestClassesFollowTheAdjustedPAndTheSign(t *testing.T) {
	cases := []struct {
		z, p float64
		want hotspot.Class
	}{
		{4, 0.01, hotspot.Hot99}, {4, 0.010001, hotspot.Hot95}, {3, 0.05, hotspot.Hot95},
		{2, 0.10, hotspot.Hot90}, {2, 0.1001, hotspot.None}, {0, 1, hotspot.None},
		{-2, 0.10, hotspot.Cold90}, {-3, 0.05, hotspot.Cold95}, {-4, 0.001, hotspot.Cold99},
		{math.NaN(), 0.001, hotspot.Undefined}, {3, math.NaN(), hotspot.Undefined},
	}
	for _, c := range cases {
		if got := hotspot.ClassOf(c.z, c.p); got != c.want {
			t.Errorf("z %v, p %v: %s, want %s", c.z, c.p, got, c.want)
		}
	}
}
