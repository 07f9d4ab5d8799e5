package hotspot_test

import (
	"errors"
	"math"
	"testing"

	"atalaya/geo/hotspot"
)

func TestLocalStatisticsAreUndefinedWithTheirReason(t *testing.T) {
	triangle := [][]int32{{1, 2}, {0, 2}, {0, 1}}
	lone := []float64{0, 0, 5, 0, 0}
	// want is the reason of the cell for Gi*, Gi, local Moran conditional, and
	// total; nil says that it has a score.
	cases := []struct {
		name       string
		counts     []float64
		neighbours [][]int32
		cell       int
		want       [4]error
	}{
		{"one cell", []float64{3}, [][]int32{{}}, 0, each(hotspot.ErrFewCells)},
		{"two cells", []float64{3, 1}, chain(2), 1, each(hotspot.ErrFewCells)},
		{"equal counts", []float64{7, 7, 7, 7}, chain(4), 2, each(hotspot.ErrNoVariance)},
		{"equal counts without an exact mean", []float64{0.1, 0.1, 0.1}, make([][]int32, 3), 0, each(hotspot.ErrNoVariance)},
		{"all zero", make([]float64, 9), chain(9), 4, each(hotspot.ErrNoVariance)},
		{"whole area", []float64{1, 2, 4}, triangle, 1, each(hotspot.ErrWholeArea)},
		{"whole area with a cell at the mean", []float64{1, 2, 3}, triangle, 1, each(hotspot.ErrWholeArea)},
		{"island", []float64{0, 1, 0, 4}, append(chain(3), nil), 3, [4]error{nil, hotspot.ErrIsland, hotspot.ErrIsland, hotspot.ErrIsland}},
		{"all others equal", lone, chain(5), 2, [4]error{nil, hotspot.ErrOthersEqual, hotspot.ErrOthersEqual, nil}},
		{"beside the one that differs", lone, chain(5), 1, each(nil)},
		{"at the mean", []float64{1, 2, 3, 2}, chain(4), 1, [4]error{nil, nil, hotspot.ErrAtMean, nil}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			given := hotspot.LocalMoran(c.counts, c.neighbours, hotspot.Conditional)
			total := hotspot.LocalMoran(c.counts, c.neighbours, hotspot.Total)
			all := []hotspot.Scores{hotspot.GiStar(c.counts, c.neighbours), hotspot.Gi(c.counts, c.neighbours), given.Scores, total.Scores}
			for k, s := range all {
				name := []string{"Gi*", "Gi", "conditional Moran", "total Moran"}[k]
				if why := s.WhyUndefined(c.cell); !errors.Is(why, c.want[k]) {
					t.Errorf("%s: because %v, want %v", name, why, c.want[k])
				}
				if z, p := s.Z[c.cell], s.P[c.cell]; !sound(z, c.want[k]) || !sound(p, c.want[k]) {
					t.Errorf("%s: z %v, p %v", name, z, p)
				}
			}
			for _, m := range []hotspot.MoranScores{given, total} {
				for i := range m.I {
					if math.IsInf(m.I[i], 0) || math.IsInf(m.E[i], 0) || math.IsInf(m.Var[i], 0) || math.IsNaN(m.I[i]) != (m.Quadrant[i] == hotspot.QuadrantUndefined) {
						t.Errorf("cell %d: I %v, E %v, Var %v, %s", i, m.I[i], m.E[i], m.Var[i], m.Quadrant[i])
					}
				}
			}
			permutedIsUndefinedWith(t, c.counts, c.neighbours, c.cell, c.want)
		})
	}
}

func TestGlobalStatisticsAreUndefinedWithTheirReason(t *testing.T) {
	ring := [][]int32{{4, 1}, {0, 2}, {1, 3}, {2, 4}, {3, 0}}
	whole := [][]int32{{1, 2, 3}, {0, 2, 3}, {0, 1, 3}, {0, 1, 2}}
	// want is the reason for Moran, Geary and general G.
	cases := []struct {
		name       string
		counts     []float64
		neighbours [][]int32
		want       [3]error
	}{
		{"no cells", nil, nil, [3]error{hotspot.ErrFewCells, hotspot.ErrFewCells, hotspot.ErrFewCells}},
		{"two cells", []float64{3, 1}, chain(2), [3]error{hotspot.ErrFewCells, hotspot.ErrFewCells, hotspot.ErrFewCells}},
		{"three cells", []float64{3, 1, 2}, chain(3), [3]error{hotspot.ErrFewLinked, hotspot.ErrFewLinked, hotspot.ErrFewLinked}},
		{"islands only", []float64{3, 1, 2, 0, 1}, make([][]int32, 5), [3]error{hotspot.ErrFewLinked, hotspot.ErrFewLinked, hotspot.ErrFewLinked}},
		{"equal counts", []float64{7, 7, 7, 7}, chain(4), [3]error{hotspot.ErrNoVariance, hotspot.ErrNoVariance, hotspot.ErrNoVariance}},
		{"whole area", []float64{1, 2, 4, 7}, whole, [3]error{hotspot.ErrConstant, hotspot.ErrConstant, hotspot.ErrConstant}},
		{"one cell of a ring", []float64{0, 0, 5, 0, 0}, ring, [3]error{hotspot.ErrConstant, hotspot.ErrConstant, hotspot.ErrOneHolds}},
		{"only the island holds incidents", []float64{0, 0, 0, 0, 5}, append(chain(4), nil), [3]error{hotspot.ErrConstant, hotspot.ErrConstant, hotspot.ErrOneHolds}},
		{"a negative count", []float64{-1, 2, 4, 7}, chain(4), [3]error{nil, nil, hotspot.ErrNegative}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for k, g := range []hotspot.Global{
				hotspot.GlobalMoran(c.counts, c.neighbours, hotspot.GlobalMoranOptions{}),
				hotspot.Geary(c.counts, c.neighbours, hotspot.RowStandardised),
				hotspot.GeneralG(c.counts, c.neighbours),
			} {
				name := []string{"Moran", "Geary", "general G"}[k]
				if !errors.Is(g.Why, c.want[k]) || math.IsInf(g.Value, 0) {
					t.Errorf("%s: %v because %v, want %v", name, g.Value, g.Why, c.want[k])
				}
				for _, v := range []float64{g.E, g.Var, g.Z, g.P} {
					if !sound(v, c.want[k]) {
						t.Errorf("%s: %+v", name, g)
					}
				}
			}
		})
	}
}

func each(why error) [4]error { return [4]error{why, why, why, why} }

// sound reports whether v is NaN where there is a reason and finite elsewhere.
func sound(v float64, why error) bool {
	return math.IsNaN(v) == (why != nil) && !math.IsInf(v, 0)
}
