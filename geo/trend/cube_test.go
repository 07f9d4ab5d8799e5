package trend_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"atalaya/geo/hotspot"
	"atalaya/geo/trend"

	"pgregory.net/rapid"
)

var windows = []trend.Window{trend.WindowCube, trend.WindowNeighbourhood, trend.WindowSlice}

func TestSpaceTimeGiStarEqualsTheScoresWorkedByHand(t *testing.T) {
	// Three islands, two steps; the third has 4 incidents in the second.
	counts := [][]float64{{0, 0, 0}, {0, 0, 4}}
	islands := make([][]int32, 3)
	cases := []struct {
		name       string
		o          trend.CubeOptions
		t, i       int
		z          float64
		undefined0 error // step 0
	}{
		// N = 6, x̄ = 2/3, s² = 16/6 − 4/9 = 20/9. The bin and the one before it:
		// W = 2, z = (4 − 4/3)/(√(20/9)·√((12 − 4)/5)) = (8/3)/√(32/9) = √2.
		{"cube", trend.CubeOptions{}, 1, 2, math.Sqrt2, nil},
		// At the first step W = 1: z = (0 − 2/3)/(√(20/9)·√((6 − 1)/5)) = −1/√5.
		{"first step of the cube", trend.CubeOptions{}, 0, 0, -1 / math.Sqrt(5), nil},
		// Alone W = 1: z = (4 − 2/3)/√(20/9) = √5.
		{"cube without earlier steps", trend.CubeOptions{Previous: -1}, 1, 2, math.Sqrt(5), nil},
		// The window of the second step is the cube, that of the first has no incident.
		{"neighbourhood", trend.CubeOptions{Window: trend.WindowNeighbourhood}, 1, 2, math.Sqrt2, hotspot.ErrNoVariance},
		// N = 3, x̄ = 4/3, s² = 16/3 − 16/9 = 32/9, W = 1: z = (8/3)/√(32/9) = √2.
		{"slice", trend.CubeOptions{Window: trend.WindowSlice}, 1, 2, math.Sqrt2, hotspot.ErrNoVariance},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := trend.SpaceTimeGiStar(counts, islands, c.o)
			near(t, "z", got.Z[c.t][c.i], c.z)
			near(t, "p", got.P[c.t][c.i], math.Erfc(math.Abs(c.z)/math.Sqrt2))
			if why := got.WhyUndefined(0, 1); !errors.Is(why, c.undefined0) {
				t.Errorf("step 0 undefined because %v, want %v", why, c.undefined0)
			}
		})
	}
}

func TestACubeIsUndefinedWithItsReason(t *testing.T) {
	pair := [][]int32{{1}, {0}}
	cases := []struct {
		name       string
		counts     [][]float64
		neighbours [][]int32
		o          trend.CubeOptions
		want       error
	}{
		{"one bin", [][]float64{{3}}, make([][]int32, 1), trend.CubeOptions{}, hotspot.ErrFewCells},
		{"equal counts", [][]float64{{2, 2}, {2, 2}}, pair, trend.CubeOptions{}, hotspot.ErrNoVariance},
		{"equal fractions", [][]float64{{0.1, 0.1}, {0.1, 0.1}}, pair, trend.CubeOptions{}, hotspot.ErrNoVariance},
		{"neighbourhood is the whole cube", [][]float64{{1, 2}, {3, 4}}, pair, trend.CubeOptions{}, hotspot.ErrWholeArea},
		{"slice of two cells", [][]float64{{1, 2}, {3, 4}}, pair, trend.CubeOptions{Window: trend.WindowSlice}, hotspot.ErrFewCells},
		{"not a number", [][]float64{{1, 2, 3}, {4, math.NaN(), 6}}, make([][]int32, 3), trend.CubeOptions{}, trend.ErrNotFinite},
		{"infinite", [][]float64{{1, 2, 3}, {4, math.Inf(1), 6}}, make([][]int32, 3), trend.CubeOptions{}, trend.ErrNotFinite},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := trend.EmergingHotSpots(c.counts, c.neighbours, trend.EmergingOptions{CubeOptions: c.o})
			last := len(c.counts) - 1
			for i, at := range got.Locations {
				s := got.Scores
				if !math.IsNaN(s.Z[last][i]) || !math.IsNaN(s.P[last][i]) || !math.IsNaN(s.FDR[last][i]) {
					t.Errorf("cell %d: z %v, p %v, FDR %v, want NaN", i, s.Z[last][i], s.P[last][i], s.FDR[last][i])
				}
				if why := s.WhyUndefined(last, i); !errors.Is(why, c.want) {
					t.Errorf("cell %d: because %v, want %v", i, why, c.want)
				}
				if c.name != "neighbourhood is the whole cube" && (at.Category != trend.Undefined || !errors.Is(at.Why, c.want)) {
					t.Errorf("cell %d: %s because %v, want %v", i, at.Category, at.Why, c.want)
				}
			}
		})
	}
	for _, window := range windows {
		none := trend.EmergingHotSpots(nil, make([][]int32, 2), trend.EmergingOptions{CubeOptions: trend.CubeOptions{Window: window}})
		if at := none.Locations[1]; at.Category != trend.Undefined || !errors.Is(at.Why, trend.ErrShortSeries) {
			t.Errorf("no step, %s: %s because %v", window, at.Category, at.Why)
		}
		if empty := trend.SpaceTimeGiStar([][]float64{{}, {}}, nil, trend.CubeOptions{Window: window}); len(empty.Z) != 2 || len(empty.FDR) != 2 {
			t.Errorf("no cell, %s: %+v", window, empty)
		}
	}
}

func TestACubeOfAnotherShapePanics(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("three counts for two cells passed")
		}
	}()
	trend.SpaceTimeGiStar([][]float64{{1, 2}, {1, 2, 3}}, make([][]int32, 2), trend.CubeOptions{})
}

// drawCube draws whole counts and a symmetric neighbourhood.
func drawCube(t *rapid.T) (counts [][]float64, neighbours [][]int32) {
	seed := rapid.Uint64().Draw(t, "seed")
	r := rand.New(rand.NewPCG(seed, 1))
	cells, steps := rapid.IntRange(4, 30).Draw(t, "cells"), rapid.IntRange(1, 14).Draw(t, "steps")
	counts = make([][]float64, steps)
	for step := range counts {
		for range cells {
			counts[step] = append(counts[step], float64(r.IntN(4)*r.IntN(4)))
		}
	}
	neighbours = make([][]int32, cells)
	for i := range cells {
		for j := range i {
			if r.IntN(6) == 0 {
				neighbours[i] = append(neighbours[i], int32(j))
				neighbours[j] = append(neighbours[j], int32(i))
			}
		}
	}
	return counts, neighbours
}

// naive scores bin by bin as the formula reads, the mean and the variance
// summed anew for each.
func naive(counts [][]float64, neighbours [][]int32, t, i, first, last, previous int) float64 {
	n, mean, squares := 0.0, 0.0, 0.0
	for _, row := range counts[first : last+1] {
		for _, x := range row {
			n++
			mean += x
		}
	}
	mean /= n
	for _, row := range counts[first : last+1] {
		for _, x := range row {
			squares += (x - mean) * (x - mean)
		}
	}
	sum, w := 0.0, 0.0
	for step := max(0, t-previous); step <= t; step++ {
		for _, j := range append([]int32{int32(i)}, neighbours[i]...) {
			sum += counts[step][j]
			w++
		}
	}
	if squares == 0 || w >= n {
		return math.NaN()
	}
	return (sum - w*mean) / (math.Sqrt(squares/n) * math.Sqrt((n*w-w*w)/(n-1)))
}

func TestSpaceTimeGiStarEqualsTheFormulaInEveryWindow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts, neighbours := drawCube(t)
		o := trend.CubeOptions{Window: rapid.SampledFrom(windows).Draw(t, "window"), Previous: rapid.IntRange(1, 3).Draw(t, "previous")}
		got := trend.SpaceTimeGiStar(counts, neighbours, o)
		for step := range counts {
			for i := range neighbours {
				first, last, previous := 0, len(counts)-1, o.Previous
				switch o.Window {
				case trend.WindowNeighbourhood:
					first, last = max(0, step-previous), step
				case trend.WindowSlice:
					first, last, previous = step, step, 0
				}
				near(t, "z", got.Z[step][i], naive(counts, neighbours, step, i, first, last, previous))
			}
		}
	})
}

func TestSliceScoresAreThoseOfHotspot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts, neighbours := drawCube(t)
		got := trend.SpaceTimeGiStar(counts, neighbours, trend.CubeOptions{Window: trend.WindowSlice})
		for step, row := range counts {
			want := hotspot.GiStar(row, neighbours)
			fdr := hotspot.AdjustFDR(want.P)
			for i := range row {
				near(t, "z", got.Z[step][i], want.Z[i])
				near(t, "FDR", got.FDR[step][i], fdr[i])
			}
		}
	})
}

func TestTheOrderOfTheCellsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts, neighbours := drawCube(t)
		o := trend.EmergingOptions{Unadjusted: true}
		o.Window = rapid.SampledFrom(windows).Draw(t, "window")
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 2))
		to := r.Perm(len(neighbours)) // cell i becomes cell to[i]
		moved, linked := make([][]float64, len(counts)), make([][]int32, len(neighbours))
		for step, row := range counts {
			moved[step] = make([]float64, len(row))
			for i, x := range row {
				moved[step][to[i]] = x
			}
		}
		for i, of := range neighbours {
			for _, j := range of {
				linked[to[i]] = append(linked[to[i]], int32(to[j]))
			}
		}
		a, b := trend.EmergingHotSpots(counts, neighbours, o), trend.EmergingHotSpots(moved, linked, o)
		for i := range neighbours {
			before, after := a.Locations[i], b.Locations[to[i]]
			if before.Verdict != after.Verdict || before.Flags != after.Flags {
				t.Fatalf("cell %d: %+v before, %+v after", i, before, after)
			}
			near(t, "S", before.Trend.S, after.Trend.S)
			near(t, "variance of S", before.Trend.VarS, after.Trend.VarS)
		}
	})
}

// city is a cube of cells in rows of 100, six neighbours each, over 24 months.
func city(cells int) (counts [][]float64, neighbours [][]int32) {
	const side, months = 100, 24
	r := rand.New(rand.NewPCG(1, 1))
	counts = make([][]float64, months)
	for t := range counts {
		counts[t] = make([]float64, cells)
		for i := range counts[t] {
			counts[t][i] = float64(r.IntN(3) * r.IntN(3) * r.IntN(2))
		}
	}
	neighbours = make([][]int32, cells)
	for i := range neighbours {
		for _, step := range []int{-side - 1, -side, -1, 1, side, side + 1} {
			if j := i + step; j >= 0 && j < cells {
				neighbours[i] = append(neighbours[i], int32(j))
			}
		}
	}
	return counts, neighbours
}

func BenchmarkSpaceTimeGiStarOver10000CellsAnd24Months(b *testing.B) {
	counts, neighbours := city(10_000)
	b.ReportAllocs()
	for b.Loop() {
		trend.SpaceTimeGiStar(counts, neighbours, trend.CubeOptions{})
	}
}

func BenchmarkEmergingHotSpotsOver10000CellsAnd24Months(b *testing.B) {
	counts, neighbours := city(10_000)
	b.ReportAllocs()
	for b.Loop() {
		trend.EmergingHotSpots(counts, neighbours, trend.EmergingOptions{})
	}
}

// The baseline holds its counts in a map of bins and recomputes the mean for
// every step: once a bin would take hours.
func BenchmarkNaiveSpaceTimeGiStarOver10000CellsAnd24Months(b *testing.B) {
	counts, neighbours := city(10_000)
	type bin struct{ t, i int }
	cube := map[bin]float64{}
	for t, row := range counts {
		for i, x := range row {
			cube[bin{t, i}] = x
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		z, p := map[bin]float64{}, []float64{}
		for t := range counts {
			n, sum, squares := float64(len(cube)), 0.0, 0.0
			for _, x := range cube {
				sum += x
				squares += x * x
			}
			mean := sum / n
			s := math.Sqrt(squares/n - mean*mean)
			for i, of := range neighbours {
				total := 0.0
				w := 0.0
				for step := max(0, t-1); step <= t; step++ {
					for _, j := range append([]int32{int32(i)}, of...) {
						total += cube[bin{step, int(j)}]
						w++
					}
				}
				z[bin{t, i}] = (total - w*mean) / (s * math.Sqrt((n*w-w*w)/(n-1)))
				p = append(p, hotspot.TwoSided(z[bin{t, i}]))
			}
		}
		hotspot.AdjustFDR(p)
	}
}
