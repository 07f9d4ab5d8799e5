package hotspot_test

import (
	"math"
	"testing"

	"atalaya/geo/hotspot"
)

func TestTheGlobalStatisticsEqualThoseWorkedByHand(t *testing.T) {
	// Four cells in a row with counts 3, 1, 0, 0: x̄ = 1, z = 2, 0, −1, −1, Σz² = 6.
	counts := []float64{3, 1, 0, 0}
	// Binary: S0 = 6, ΣΣw z z = 2·(0 + 0 + 1) = 2: I = (4/6)·(2/6) = 2/9.
	binary := hotspot.GlobalMoran(counts, chain(4), hotspot.GlobalMoranOptions{Weights: hotspot.Binary})
	near(t, "I with binary weights", binary.Value, 2./9)
	near(t, "E", binary.E, -1./3)
	// Row-standardised: S0 = 4, Σ z·lag = 2·0 + 0 + (−1)(−1/2) + (−1)(−1) = 1.5: I = 1.5/6.
	near(t, "I", hotspot.GlobalMoran(counts, chain(4), hotspot.GlobalMoranOptions{}).Value, 0.25)
	// Squared differences 4, 1, 0, both ways 10: C = 3/(2·6)·10/6 = 5/12.
	geary := hotspot.Geary(counts, chain(4), hotspot.Binary)
	near(t, "C", geary.Value, 5./12)
	if geary.E != 1 || geary.Z <= 0 {
		t.Errorf("E %v and Z %v, want 1 and above 0, for like counts lie together", geary.E, geary.Z)
	}
	// ΣΣw x x = 2·3 = 6, all pairs 4² − 10 = 6: G = 1, E = 6/12.
	g := hotspot.GeneralG(counts, chain(4))
	near(t, "G", g.Value, 1)
	near(t, "E of G", g.E, 0.5)
	// Normality: S1 = 6·4/2 = 12, S2 = 4·(1 + 4 + 4 + 1) = 40,
	// Var = (16·12 − 4·40 + 3·36)/(36·15) − 1/9 = 140/540 − 60/540 = 4/27.
	normal := hotspot.GlobalMoran(counts, chain(4), hotspot.GlobalMoranOptions{Weights: hotspot.Binary, Normality: true})
	near(t, "Var under normality", normal.Var, 4./27)
	near(t, "Z under normality", normal.Z, (2./9+1./3)/math.Sqrt(4./27))
}

func TestIslandsAreLeftOutOfNOfGlobalMoranUnlessKept(t *testing.T) {
	counts, neighbours := []float64{3, 1, 0, 0, 6}, append(chain(4), nil)
	near(t, "E without the island", hotspot.GlobalMoran(counts, neighbours, hotspot.GlobalMoranOptions{}).E, -1./3)
	near(t, "E with it", hotspot.GlobalMoran(counts, neighbours, hotspot.GlobalMoranOptions{KeepIslands: true}).E, -1./4)
	// x̄ = 2, z = 1, −1, −2, −2, 4, Σz² = 26; Σ z·lag = 1·(−1) + (−1)(−1/2) + (−2)(−3/2) + (−2)(−2) = 6.5;
	// S0 = 4: I = (4/4)·6.5/26 without and (5/4)·6.5/26 with it.
	near(t, "I without the island", hotspot.GlobalMoran(counts, neighbours, hotspot.GlobalMoranOptions{}).Value, 0.25)
	near(t, "I with it", hotspot.GlobalMoran(counts, neighbours, hotspot.GlobalMoranOptions{KeepIslands: true}).Value, 0.3125)
}
