package hotspot_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/geo/hotspot"
)

func TestOracleLocalStatisticsEqualSpdepOnEveryDataSet(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) { compareLocal(t, set) })
	}
}

func TestOracleGlobalStatisticsEqualSpdepOnEveryDataSet(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) { compareGlobal(t, set) })
	}
}

func TestOracleAChangedNumberIsFound(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			for _, c := range []struct {
				file, column string
				compare      func(testing.TB, reference.Set)
			}{
				{"local_stats.csv", "gistar_z", compareLocal},
				{"local_stats.csv", "gi_p_fdr", compareLocal},
				{"local_stats.csv", "moran_Var_total", compareLocal},
				{"local_stats.csv", "moran_quadrant", compareLocal},
				{"global_stats.csv", "variance", compareGlobal},
				{"global_stats.csv", "p_two_sided", compareGlobal},
			} {
				if _, exists := set.Path(c.file); !exists {
					t.Logf("NOT COMPARED, PROVES NOTHING: %s has no %s", set.Name, c.file)
					continue
				}
				changed := reference.Set{Name: set.Name, Dir: t.TempDir(), Res: set.Res}
				if err := os.CopyFS(changed.Dir, os.DirFS(set.Dir)); err != nil {
					t.Fatal(err)
				}
				if !change(t, filepath.Join(changed.Dir, c.file), c.column) {
					t.Logf("NOT COMPARED, PROVES NOTHING: nothing to change in column %s of %s", c.column, c.file)
					continue
				}
				recorder := &reference.Recorder{TB: t}
				c.compare(recorder, changed)
				if len(recorder.Errors) != 1 || !strings.Contains(recorder.Errors[0], c.column) {
					t.Errorf("%s changed in one row: errors %q", c.column, recorder.Errors)
				}
			}
		})
	}
}

func compareLocal(t testing.TB, set reference.Set) {
	t.Helper()
	want := set.Against(t, "local_stats.csv")
	counts, neighbours := load(t, set, want.Rows)
	star, gi := hotspot.GiStar(counts, neighbours), hotspot.Gi(counts, neighbours)
	given := hotspot.LocalMoran(counts, neighbours, hotspot.Conditional)
	total := hotspot.LocalMoran(counts, neighbours, hotspot.Total)
	fdr, giFDR, givenFDR := hotspot.AdjustFDR(star.P), hotspot.AdjustFDR(gi.P), hotspot.AdjustFDR(given.P)
	bonferroni, holm, by := hotspot.AdjustBonferroni(star.P), hotspot.AdjustHolm(star.P), hotspot.AdjustBY(star.P)
	for i, row := range want.Rows {
		want.Near(row, "count", counts[i])
		want.Equal(row, "n_neighbours", len(neighbours[i]))
		want.Near(row, "gistar_z", star.Z[i])
		want.Relative(row, "p_two_sided", star.P[i])
		want.Relative(row, "p_fdr", fdr[i])
		want.Relative(row, "p_bonferroni", bonferroni[i])
		want.Relative(row, "p_holm", holm[i])
		want.Relative(row, "p_by", by[i])
		if !math.IsNaN(star.Z[i]) {
			want.Equal(row, "gi_bin_fdr", bins[hotspot.ClassOf(star.Z[i], fdr[i])])
			want.Equal(row, "gi_bin_raw", bins[hotspot.ClassOf(star.Z[i], star.P[i])])
		}
		want.Near(row, "gi_z", gi.Z[i])
		want.Relative(row, "gi_p_two_sided", gi.P[i])
		want.Relative(row, "gi_p_fdr", giFDR[i])
		want.Near(row, "moran_Z_cond", given.Z[i])
		want.Relative(row, "moran_p_cond", given.P[i])
		want.Relative(row, "moran_p_cond_fdr", givenFDR[i])
		want.Near(row, "moran_Z_total", total.Z[i])
		want.Relative(row, "moran_p_total", total.P[i])
		if len(neighbours[i]) == 0 {
			continue // spdep gives an island I, E and Var of 0 and a quadrant; here all are undefined
		}
		want.Near(row, "local_moran_I", given.I[i])
		want.Near(row, "moran_E_cond", given.E[i])
		want.Near(row, "moran_Var_cond", given.Var[i])
		want.Near(row, "moran_E_total", total.E[i])
		want.Near(row, "moran_Var_total", total.Var[i])
		want.Equal(row, "moran_quadrant", given.Quadrant[i])
	}
}

func compareGlobal(t testing.TB, set reference.Set) {
	t.Helper()
	want := set.Against(t, "global_stats.csv")
	counts, neighbours := load(t, set, set.Table(t, "counts.csv"))
	moran := func(o hotspot.GlobalMoranOptions) hotspot.Global { return hotspot.GlobalMoran(counts, neighbours, o) }
	for _, row := range want.Rows {
		var got hotspot.Global
		switch row["test"] {
		case "moran_W_randomisation":
			got = moran(hotspot.GlobalMoranOptions{})
		case "moran_W_normality":
			got = moran(hotspot.GlobalMoranOptions{Normality: true})
		case "moran_W_randomisation_adjust_n_FALSE":
			got = moran(hotspot.GlobalMoranOptions{KeepIslands: true})
		case "moran_B_randomisation":
			got = moran(hotspot.GlobalMoranOptions{Weights: hotspot.Binary})
		case "geary_W_randomisation":
			got = hotspot.Geary(counts, neighbours, hotspot.RowStandardised)
		case "getis_ord_general_G_B":
			got = hotspot.GeneralG(counts, neighbours)
		default:
			t.Logf("NOT COMPARED, PROVES NOTHING: test %s", row["test"])
			continue
		}
		want.Near(row, "statistic", got.Value)
		want.Near(row, "expectation", got.E)
		want.Relative(row, "variance", got.Var)
		want.Near(row, "z", got.Z)
		want.Relative(row, "p_two_sided", got.P)
	}
}

// load returns the counts and the neighbours of a data set in the order of
// rows.
func load(t testing.TB, set reference.Set, rows []reference.Row) (counts []float64, neighbours [][]int32) {
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

// change replaces one value of a column, a number by one a millionth off and a
// word by another, in the first row where all is defined. It reports whether
// there is one.
func change(t *testing.T, path, column string) bool {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(text), "\n")
	at := slices.Index(strings.Split(lines[0], ","), column)
	for k, line := range lines[1:] {
		row := strings.Split(line, ",")
		if at < 0 || at >= len(row) || row[at] == "0" || strings.Contains(line, "NaN") || strings.Contains(line, "NA") {
			continue
		}
		if v, err := strconv.ParseFloat(row[at], 64); err == nil {
			row[at] = strconv.FormatFloat(v*(1+1e-6), 'g', -1, 64)
		} else {
			row[at] += "x"
		}
		lines[k+1] = strings.Join(row, ",")
		if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
			t.Fatal(err)
		}
		return true
	}
	return false
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
