package hotspot_test

import (
	"math"
	"strings"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/geo/hotspot"
)

func TestOracleGiStarEqualsSpdepOnEveryDataSet(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			want := set.Against(t, "local_stats.csv")
			counts, neighbours := load(t, set, want.Rows)
			scores := hotspot.GiStar(counts, neighbours)
			fdr := hotspot.AdjustFDR(scores.P)
			for i, row := range want.Rows {
				want.Near(row, "gistar_z", scores.Z[i])
				want.Relative(row, "p_two_sided", scores.P[i])
				want.Relative(row, "p_fdr", fdr[i])
				if class := hotspot.ClassOf(scores.Z[i], fdr[i]); class != hotspot.Undefined {
					want.Equal(row, "gi_bin_fdr", bins[class])
				}
			}
		})
	}
}

// load returns the counts and the neighbours of a data set in the order of
// rows.
func load(t *testing.T, set reference.Set, rows []reference.Row) (counts []float64, neighbours [][]int32) {
	t.Helper()
	place := map[string]int32{}
	for i, row := range rows {
		place[row["cell"]] = int32(i)
	}
	counts = make([]float64, len(rows))
	for _, row := range set.Table(t, "counts.csv") {
		counts[place[row["cell"]]] = row.Float(t, "count")
	}
	neighbours = make([][]int32, len(rows))
	for _, row := range set.Table(t, "neighbours.csv") {
		i := place[row["cell"]]
		for name := range strings.SplitSeq(row["neighbours"], "|") {
			if name != "" {
				neighbours[i] = append(neighbours[i], place[name])
			}
		}
	}
	return counts, neighbours
}

// bins are the reference's names of the classes.
var bins = map[hotspot.Class]int{
	hotspot.Hot99: 3, hotspot.Hot95: 2, hotspot.Hot90: 1, hotspot.None: 0,
	hotspot.Cold90: -1, hotspot.Cold95: -2, hotspot.Cold99: -3,
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(want) != math.IsNaN(got) || math.Abs(got-want) > reference.Tolerance {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
