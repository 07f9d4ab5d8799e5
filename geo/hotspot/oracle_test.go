package hotspot_test

import (
	"math"
	"strings"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/geo/hotspot"
)

// tolerance is absolute on scores and relative on p values. The reference is
// R 4.2 with spdep 1.2-7 (localG, p.adjust).
const tolerance = 1e-9

func TestOracleGiStarEqualsSpdepOnEveryDataSet(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			rows := set.Table(t, "local_stats.csv")
			counts, neighbours := load(t, set, rows)
			scores := hotspot.GiStar(counts, neighbours)
			fdr := hotspot.AdjustFDR(scores.P)
			for i, row := range rows {
				near(t, row["cell"]+" gistar_z", scores.Z[i], row.Float(t, "gistar_z"))
				relative(t, row["cell"]+" p_two_sided", scores.P[i], row.Float(t, "p_two_sided"))
				relative(t, row["cell"]+" p_fdr", fdr[i], row.Float(t, "p_fdr"))
				if got, want := hotspot.ClassOf(scores.Z[i], fdr[i]), classOfBin(row.Int(t, "gi_bin_fdr")); got != want {
					t.Errorf("cell %s: class %s, want %s", row["cell"], got, want)
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

func classOfBin(bin int) hotspot.Class {
	return map[int]hotspot.Class{3: hotspot.Hot99, 2: hotspot.Hot95, 1: hotspot.Hot90, 0: hotspot.None,
		-1: hotspot.Cold90, -2: hotspot.Cold95, -3: hotspot.Cold99}[bin]
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(want) != math.IsNaN(got) || math.Abs(got-want) > tolerance {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func relative(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(want) != math.IsNaN(got) || want >= 1e-300 && math.Abs(got-want) > tolerance*want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
