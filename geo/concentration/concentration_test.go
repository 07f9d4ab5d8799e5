package concentration_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"atalaya/geo/concentration"

	"pgregory.net/rapid"
)

func near(t interface {
	Helper()
	Errorf(format string, args ...any)
}, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > 1e-9 {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestConcentrationEqualsTheMeasuresWorkedByHand(t *testing.T) {
	// Ascending 0, 0, 1, 3: N = 4, total 4. G = ((−3)·0 + (−1)·0 + 1·1 + 3·3)/(4·4) = 10/16.
	// 25 % is 1 incident: one place. 80 % is 3.2: two. Two of four have none.
	p := concentration.Of([]float64{1, 0, 3, 0})
	near(t, "Gini", p.Gini(), 0.625)
	near(t, "generalised Gini", p.GeneralisedGini(), 0.625)
	near(t, "share with 25 %", p.ShareHolding(.25), .25)
	near(t, "share with 75 %", p.ShareHolding(.75), .25)
	near(t, "share with 80 %", p.ShareHolding(.8), .5)
	near(t, "share with any", p.ShareHolding(1), .5)
	near(t, "share without", p.ZeroShare(), .5)
	want := []concentration.Point{{}, {.25, .75}, {.5, 1}, {1, 1}}
	if !slices.Equal(p.Lorenz(), want) {
		t.Errorf("curve %v, want %v", p.Lorenz(), want)
	}
}

func TestFewIncidentsInManyPlacesAreNotConcentratedByThat(t *testing.T) {
	// Two incidents in two of ten places: G = (7 + 9)/(10·2) = 0.8, and
	// (10/2)·0.8 + 1 − 10/2 = 0. Both in one: G = 9·2/20 = 0.9: 4.5 − 4 = 0.5.
	near(t, "apart", concentration.Of([]float64{1, 1, 0, 0, 0, 0, 0, 0, 0, 0}).GeneralisedGini(), 0)
	near(t, "together", concentration.Of([]float64{2, 0, 0, 0, 0, 0, 0, 0, 0, 0}).GeneralisedGini(), .5)
}

func TestATenthOfThirtyIsThree(t *testing.T) {
	// 0.1·3 is 0.30000000000000004 in binary: not to be missed by the last digit.
	counts := slices.Repeat([]float64{0.1}, 10)
	near(t, "share", concentration.Of(counts).ShareHolding(.3), .3)
}

func TestConcentrationIsUndefinedWithItsReason(t *testing.T) {
	cases := []struct {
		name   string
		counts []float64
		want   error
	}{
		{"no places", nil, concentration.ErrNoIncidents},
		{"no incidents", []float64{0, 0}, concentration.ErrNoIncidents},
		{"a negative count", []float64{5, -1}, concentration.ErrNoCount},
		{"not a number", []float64{5, math.NaN()}, concentration.ErrNoCount},
		{"infinite", []float64{5, math.Inf(1)}, concentration.ErrNoCount},
		{"beyond all numbers", []float64{math.MaxFloat64, math.MaxFloat64}, concentration.ErrNoCount},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := concentration.Of(c.counts)
			if !errors.Is(p.Why, c.want) {
				t.Errorf("because %v, want %v", p.Why, c.want)
			}
			for _, v := range []float64{p.Gini(), p.GeneralisedGini(), p.ShareHolding(.5), p.ZeroShare()} {
				if !math.IsNaN(v) {
					t.Errorf("%v, want NaN", v)
				}
			}
			if p.Lorenz() != nil {
				t.Errorf("curve %v", p.Lorenz())
			}
		})
	}
	for _, q := range []float64{0, -1, 1.1, math.NaN()} {
		near(t, "share of no part", concentration.Of([]float64{1}).ShareHolding(q), math.NaN())
	}
}

func TestConcentrationDependsNeitherOnScaleNorOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := drawCounts(t)
		scale := float64(rapid.IntRange(1, 1000).Draw(t, "scale"))
		scaled := make([]float64, len(counts))
		for i, c := range rapid.Permutation(counts).Draw(t, "order") {
			scaled[i] = c * scale
		}
		a, b := concentration.Of(counts), concentration.Of(scaled)
		near(t, "Gini", b.Gini(), a.Gini())
		near(t, "half", b.ShareHolding(.5), a.ShareHolding(.5))
		near(t, "none", b.ZeroShare(), a.ZeroShare())
	})
}

func TestTheMeasuresKeepTheirBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := concentration.Of(drawCounts(t))
		n := float64(p.N)
		if g := p.Gini(); g < 0 || g > 1-1/n+1e-12 {
			t.Errorf("Gini %v of %d places", g, p.N)
		}
		if g := p.GeneralisedGini(); g < -1e-12 || g > p.Gini()+1e-12 {
			t.Errorf("generalised Gini %v, Gini %v", g, p.Gini())
		}
		if quarter, half := p.ShareHolding(.25), p.ShareHolding(.5); quarter > half || half > .5+.5/n {
			t.Errorf("a quarter in %v and half in %v of %d places", quarter, half, p.N)
		}
		near(t, "with and without", p.ShareHolding(1)+p.ZeroShare(), 1)
	})
}

func TestTheGiniIsTwiceTheAreaBetweenTheCurveAndTheDiagonal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := concentration.Of(drawCounts(t))
		area := 0.0
		curve := p.Lorenz()
		for i := 1; i < len(curve); i++ {
			area += (curve[i].Places - curve[i-1].Places) * (curve[i].Incidents + curve[i-1].Incidents) / 2
		}
		near(t, "Gini", 2*area-1, p.Gini())
	})
}

// drawCounts draws counts with at least one incident.
func drawCounts(t *rapid.T) []float64 {
	counts := []float64{float64(rapid.IntRange(1, 20).Draw(t, "count"))}
	for range rapid.IntRange(0, 40).Draw(t, "more places") {
		counts = append(counts, float64(max(0, rapid.IntRange(-20, 20).Draw(t, "count"))))
	}
	return counts
}
