package hotspot_test

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/geo/hotspot"

	"pgregory.net/rapid"
)

func TestThePermutedPIsThatOfAllChoicesOfNeighbours(t *testing.T) {
	// Six cells in a row with counts 5, 0, 1, 2, 9, 4. Cell 2 has 2 neighbours
	// with 0 + 2 = 2, drawn from 5, 0, 2, 9, 4: mean 4, so 8 is expected and 2 is
	// 6 off. Of the 10 pairs only 0 + 2 = 2 and 5 + 9 = 14 are as far off: p = 0.2.
	// Cell 0 has the neighbour 0, drawn from 0, 1, 2, 9, 4: mean 3.2, so only 0
	// and 9 are 3.2 off or more: p = 0.4.
	const draws = 40_000
	got := permuted(t, hotspot.GiStarPermuted, []float64{5, 0, 1, 2, 9, 4}, hotspot.PermutationOptions{Draws: draws, Seed: 7})
	for i, want := range map[int]float64{2: 0.2, 0: 0.4} {
		if math.Abs(got.P[i]-want) > 4*math.Sqrt(want*(1-want)/draws) {
			t.Errorf("cell %d: p %v, want %v", i, got.P[i], want)
		}
	}
}

func TestPermutedMeanAndVarianceApproachTheExactOnes(t *testing.T) {
	counts := []float64{3, 1, 0, 0, 7, 2, 2, 0, 1, 4}
	o := hotspot.PermutationOptions{Draws: 40_000, Seed: 3}
	got := permuted(t, hotspot.LocalMoranPermuted, counts, o)
	want := hotspot.LocalMoran(counts, chain(len(counts)), hotspot.Conditional)
	star := permuted(t, hotspot.GiStarPermuted, counts, o)
	gi := hotspot.GiStar(counts, chain(len(counts)))
	for i := range counts {
		if want.WhyUndefined(i) != nil {
			continue // x̄ = 2 is the count of two cells
		}
		if math.Abs(got.Mean[i]-want.E[i]) > 4*math.Sqrt(want.Var[i]/40_000) || math.Abs(got.Var[i]/want.Var[i]-1) > 0.04 {
			t.Errorf("cell %d: mean %v and variance %v, want %v and %v", i, got.Mean[i], got.Var[i], want.E[i], want.Var[i])
		}
		if got.P[i] != star.P[i] {
			t.Errorf("cell %d: p %v of Moran, %v of Gi*", i, got.P[i], star.P[i])
		}
		// Both standardise the same sum over the neighbours.
		a, b := math.Abs(got.Mean[i]-want.I[i])/math.Sqrt(got.Var[i]), math.Abs(star.Mean[i]-gi.Z[i])/math.Sqrt(star.Var[i])
		if math.Abs(a-b) > 1e-6 {
			t.Errorf("cell %d: Moran lies %v deviations from the mean of the draws, Gi* %v", i, a, b)
		}
	}
}

func TestPermutationDependsOnTheSeedAndNotOnTheProcessors(t *testing.T) {
	counts := []float64{3, 1, 0, 0, 7, 2, 5, 0, 1, 4}
	o := hotspot.PermutationOptions{Draws: 999, Seed: 11}
	many := permuted(t, hotspot.GiStarPermuted, counts, o)
	before := runtime.GOMAXPROCS(1)
	one := permuted(t, hotspot.GiStarPermuted, counts, o)
	runtime.GOMAXPROCS(before)
	if !slices.Equal(many.P, one.P) || !slices.Equal(many.Var, one.Var) {
		t.Error("the result changes with the processors")
	}
	o.Seed = 12
	if other := permuted(t, hotspot.GiStarPermuted, counts, o); slices.Equal(many.Var, other.Var) {
		t.Error("the result does not change with the seed")
	}
}

func TestNoPermutedPIsBelowTheFloor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts, neighbours := area(t, rapid.IntRange(4, 20).Draw(t, "cells"))
		o := hotspot.PermutationOptions{Draws: rapid.IntRange(1, 200).Draw(t, "draws"), Seed: rapid.Uint64().Draw(t, "seed")}
		got, err := hotspot.LocalMoranPermuted(context.Background(), counts, neighbours, o)
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range got.P {
			if p < got.Floor || p > 1 || math.IsNaN(p) != (got.WhyUndefined(i) != nil) {
				t.Fatalf("cell %d: p %v, floor %v, because %v", i, p, got.Floor, got.WhyUndefined(i))
			}
		}
	})
}

func TestLeastAtFloorIsWhereTheFalseDiscoveryRateBeginsToPass(t *testing.T) {
	// 1,000 cells and 999 draws: floor·m/r = 1/r ≤ 0.05 from r = 20 on.
	near(t, "of 1,000 cells", float64(atFloor(1000, 999).LeastAtFloor(0.05)), 20)
	rapid.Check(t, func(t *rapid.T) {
		m, draws := rapid.IntRange(1, 300).Draw(t, "cells"), rapid.IntRange(1, 999).Draw(t, "draws")
		alpha := rapid.SampledFrom([]float64{0.01, 0.05, 0.1}).Draw(t, "alpha")
		p := atFloor(m, draws)
		least := p.LeastAtFloor(alpha)
		for r := 1; r <= m; r++ {
			worst := slices.Clone(p.P)
			for i := r; i < m; i++ {
				worst[i] = 1
			}
			if passes := hotspot.AdjustFDR(worst)[0] <= alpha*(1+1e-12); passes != (r >= least) {
				t.Fatalf("%d of %d at the floor of %d draws: passes %v, but the least is %d", r, m, draws, passes, least)
			}
		}
		if one := atFloor(m, hotspot.LeastDraws(m, alpha)); one.LeastAtFloor(alpha) != 1 {
			t.Fatalf("%d draws do not let one of %d cells pass", hotspot.LeastDraws(m, alpha), m)
		}
		if few := hotspot.LeastDraws(m, alpha) - 1; few > 0 && atFloor(m, few).LeastAtFloor(alpha) == 1 {
			t.Fatalf("%d draws let one of %d cells pass already", few, m)
		}
	})
}

func TestAPermutationEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := hotspot.GiStarPermuted(ctx, make([]float64, 9), chain(9), hotspot.PermutationOptions{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

func TestOraclePermutedLocalMoranAgreesWithSpdep(t *testing.T) {
	// 99,999 draws leave the variance an error of about √((κ−1)/99,999), 1 %
	// for a kurtosis κ of 10; 9,999 would leave 3 %, too near the 4 % allowed.
	const draws = 99_999
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			want := set.Against(t, "local_moran_perm_99999.csv")
			counts, neighbours := load(t, set, want.Rows)
			got, err := hotspot.LocalMoranPermuted(context.Background(), counts, neighbours, hotspot.PermutationOptions{Draws: draws, Seed: 1})
			if err != nil {
				t.Fatal(err)
			}
			exact, worst := hotspot.LocalMoran(counts, neighbours, hotspot.Conditional), 0.0
			for i, row := range want.Rows {
				variance := exact.Var[i]
				if math.IsNaN(got.P[i]) {
					continue
				}
				worst = max(worst, math.Abs(got.Var[i]/variance-1))
				want.Within(row, "Var_perm", got.Var[i], 0.04*variance)
				// Two means of 99,999 draws differ by less than 5·√(2·Var/99,999).
				want.Within(row, "E_perm", got.Mean[i], 5*math.Sqrt(2*variance/draws))
			}
			if worst > 0.04 {
				t.Errorf("the variance of the draws is %.1f %% off the exact one, want 4 %%", 100*worst)
			}
			t.Logf("the variance of the draws is at most %.1f %% off the exact one", 100*worst)
		})
	}
}

// permutedIsUndefinedWith holds that the permutation tests are undefined where
// their analytic twins are.
func permutedIsUndefinedWith(t *testing.T, counts []float64, neighbours [][]int32, cell int, want [4]error) {
	t.Helper()
	o := hotspot.PermutationOptions{Draws: 9}
	star, err := hotspot.GiStarPermuted(context.Background(), counts, neighbours, o)
	if err != nil {
		t.Fatal(err)
	}
	moran, err := hotspot.LocalMoranPermuted(context.Background(), counts, neighbours, o)
	if err != nil {
		t.Fatal(err)
	}
	for k, p := range []hotspot.Permuted{star, moran} {
		want := want[k+1] // Gi, and local Moran
		if why := p.WhyUndefined(cell); !errors.Is(why, want) || !sound(p.P[cell], want) || !sound(p.Mean[cell], want) || !sound(p.Var[cell], want) {
			t.Errorf("permuted %d: p %v, mean %v, var %v because %v, want %v", k, p.P[cell], p.Mean[cell], p.Var[cell], why, want)
		}
	}
}

// atFloor is an outcome where every p is the least possible.
func atFloor(m, draws int) hotspot.Permuted {
	p := hotspot.Permuted{P: make([]float64, m), Floor: 1 / float64(draws+1)}
	for i := range p.P {
		p.P[i] = p.Floor
	}
	return p
}

type permutationTest func(context.Context, []float64, [][]int32, hotspot.PermutationOptions) (hotspot.Permuted, error)

func permuted(t *testing.T, test permutationTest, counts []float64, o hotspot.PermutationOptions) hotspot.Permuted {
	t.Helper()
	got, err := test(context.Background(), counts, chain(len(counts)), o)
	if err != nil {
		t.Fatal(err)
	}
	return got
}
