package hotspot_test

import (
	"math"
	"testing"

	"atalaya/geo/hotspot"

	"pgregory.net/rapid"
)

// adjustments are the family.
var adjustments = []struct {
	name   string
	adjust func([]float64) []float64
}{
	{"FDR", hotspot.AdjustFDR}, {"BY", hotspot.AdjustBY}, {"Holm", hotspot.AdjustHolm}, {"Bonferroni", hotspot.AdjustBonferroni},
}

func TestAdjustmentsEqualTheWorkedExample(t *testing.T) {
	// m = 4, sorted 0.01, 0.02, 0.03, 0.8.
	want := [][]float64{
		// Times m/r: 0.04, 0.04, 0.04, 0.8, and from the top down no more than these.
		{0.8, 0.04, 0.04, 0.04},
		// The same times 1 + 1/2 + 1/3 + 1/4 = 25/12, at most 1.
		{1, 0.04 * 25 / 12, 0.04 * 25 / 12, 0.04 * 25 / 12},
		// Times 4, 3, 2, 1: 0.04, 0.06, 0.06, 0.8.
		{0.8, 0.06, 0.04, 0.06},
		// Times 4, at most 1.
		{1, 0.08, 0.04, 0.12},
	}
	for k, a := range adjustments {
		for i, got := range a.adjust([]float64{0.8, 0.02, 0.01, 0.03}) {
			near(t, a.name, got, want[k][i])
		}
	}
}

func TestAdjustmentsLeaveUndefinedOutOfTheFamily(t *testing.T) {
	// m = 2, not 3. FDR: 0.01·2/1 and 0.5·2/2. BY: those times 3/2. Holm: 0.01·2
	// and 0.5·1. Bonferroni: 0.01·2 and 0.5·2.
	want := [][2]float64{{0.5, 0.02}, {0.75, 0.03}, {0.5, 0.02}, {1, 0.02}}
	for k, a := range adjustments {
		got := a.adjust([]float64{0.5, math.NaN(), 0.01})
		near(t, a.name+", first", got[0], want[k][0])
		near(t, a.name+", undefined", got[1], math.NaN())
		near(t, a.name+", last", got[2], want[k][1])
	}
}

func TestAdjustmentsKeepOrderAndBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOf(rapid.Float64Range(0, 1)).Draw(t, "p")
		for _, a := range adjustments {
			q := a.adjust(p)
			for i := range p {
				if q[i] < p[i] || q[i] > 1 {
					t.Fatalf("%s: p %v became %v", a.name, p[i], q[i])
				}
				for j := range p {
					if p[i] < p[j] && q[i] > q[j] {
						t.Fatalf("%s: %v < %v but %v > %v", a.name, p[i], p[j], q[i], q[j])
					}
				}
			}
		}
	})
}

func TestStricterControlGivesNoSmallerP(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SliceOf(rapid.Float64Range(0, 1)).Draw(t, "p")
		fdr, by, holm, bonferroni := hotspot.AdjustFDR(p), hotspot.AdjustBY(p), hotspot.AdjustHolm(p), hotspot.AdjustBonferroni(p)
		for i := range p {
			if fdr[i] > by[i] || fdr[i] > holm[i]*(1+1e-15) || holm[i] > bonferroni[i] {
				t.Fatalf("p %v: FDR %v, BY %v, Holm %v, Bonferroni %v", p[i], fdr[i], by[i], holm[i], bonferroni[i])
			}
		}
	})
}
