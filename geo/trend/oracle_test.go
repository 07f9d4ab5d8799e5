package trend_test

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/geo/hotspot"
	"atalaya/geo/trend"
)

// small opens a table of the oracle's folder of that name.
func small(t *testing.T, name string) *reference.Comparison {
	t.Helper()
	return reference.Against(t, filepath.Join(reference.Oracle(t), "small", name))
}

func TestOracleMannKendallAndSenSlopeEqualR(t *testing.T) {
	want := small(t, "mann_kendall.csv")
	for _, row := range want.Rows {
		series := numbers(t, row["series"])
		got := trend.MannKendall(series)
		want.Near(row, "S", got.S)
		want.Near(row, "varS", got.VarS)
		want.Near(row, "tau_b", got.Tau)
		want.Near(row, "z", got.Z)
		want.Relative(row, "p_two_sided", got.P)
		slope, err := trend.SenSlope(series)
		if err != nil {
			t.Error(err)
		}
		want.Near(row, "sen_slope", slope)
		if row["varS_bruteforce"] != "" {
			want.Near(row, "varS_bruteforce", got.VarS)
		}
		if row["p_exact_permutation"] != "" {
			p, err := trend.ExactP(series)
			if err != nil {
				t.Error(err)
			}
			want.Relative(row, "p_exact_permutation", p)
		}
	}
}

func TestOracleChangeTestsEqualTheReference(t *testing.T) {
	want := small(t, "change_tests.csv")
	for _, row := range want.Rows {
		current := trend.Tally{Count: row.Int(t, "current"), Length: row.Float(t, "current_periods")}
		past := trend.Tally{Count: row.Int(t, "past"), Length: row.Float(t, "past_periods")}
		value := func(v float64, err error) float64 {
			if err != nil {
				t.Errorf("%v against %v: %v", current, past, err)
			}
			return v
		}
		want.Near(row, "poisson_z_wheeler", value(trend.PoissonZ(current, past)))
		z := value(trend.TwoSampleZ(current, past))
		want.Near(row, "z_sqrt_two_sample", z)
		want.Relative(row, "p_z_sqrt_two_sample", hotspot.TwoSided(z))
		want.Near(row, "z_anscombe_two_sample", value(trend.AnscombeZ(current, past)))
		want.Near(row, "z_wald_rate_diff", value(trend.WaldZ(current, past)))
		want.Relative(row, "p_e_test_unpooled_KT2004", value(trend.ETest(current, past, trend.Unpooled)))
		want.Relative(row, "p_e_test_pooled_score", value(trend.ETest(current, past, trend.Pooled)))
		want.Relative(row, "p_c_test_doubled", value(trend.CTest(current, past)))
		if past.Count > 0 {
			ratio, err := trend.RateRatio(current, past, 0.95)
			want.Near(row, "pct_change", 100*(value(ratio.Value, err)-1))
		}
	}
}

func TestOracleCategoriesOfFlagsEqualTheReference(t *testing.T) {
	want := small(t, "ehsa_cases.csv")
	ambiguous := 0
	for _, row := range want.Rows {
		flags := trend.Flags(row["flags_oldest_to_newest"])
		run := trend.Trend{Z: row.Float(t, "mk_z"), P: row.Float(t, "mk_p")}
		o := trend.ClassifyOptions{Alpha: row.Float(t, "alpha")}
		current := trend.Classify(flags, run, o)
		o.Wording = trend.LegacyWording
		legacy := trend.Classify(flags, run, o)
		want.Equal(row, "ambiguous_in_esri_text", current.Ambiguous)
		if row["ambiguous_in_esri_text"] == "true" {
			ambiguous++
			continue
		}
		want.Equal(row, "category_current", current.Category)
		want.Equal(row, "category_legacy", legacy.Category)
	}
	t.Logf("%d rows are ambiguous", ambiguous)
}

func TestOracleSpaceTimeGiStarEqualsTheReferenceOnEveryDataSet(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			cube := load(t, set)
			want := set.Against(t, "cube_gistar.csv")
			whole := trend.SpaceTimeGiStar(cube.counts, cube.neighbours, trend.CubeOptions{})
			slice := trend.SpaceTimeGiStar(cube.counts, cube.neighbours, trend.CubeOptions{Window: trend.WindowSlice})
			for _, row := range want.Rows {
				step, i := row.Int(t, "t"), cube.place[row["cell"]]
				want.Near(row, "count", cube.counts[step][i])
				want.Near(row, "z_cube", whole.Z[step][i])
				want.Relative(row, "p_cube", whole.P[step][i])
				want.Relative(row, "p_fdr_cube", whole.FDR[step][i])
				want.Near(row, "z_slice", slice.Z[step][i])
				want.Relative(row, "p_slice", slice.P[step][i])
				want.Relative(row, "p_fdr_slice", slice.FDR[step][i])
			}
		})
	}
}

func TestOracleTrendsOfCellsEqualTheReferenceOnEveryDataSet(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			cube := load(t, set)
			want := set.Against(t, "trend_mk.csv")
			var whole, slice trend.EmergingOptions
			slice.Window = trend.WindowSlice
			ofWhole := trend.EmergingHotSpots(cube.counts, cube.neighbours, whole).Locations
			ofSlice := trend.EmergingHotSpots(cube.counts, cube.neighbours, slice).Locations
			for _, row := range want.Rows {
				i := cube.place[row["cell"]]
				for suffix, got := range map[string]trend.Trend{
					"_cube": ofWhole[i].Trend, "_slice": ofSlice[i].Trend, "_counts": ofWhole[i].Counts,
				} {
					want.Near(row, "S"+suffix, got.S)
					want.Near(row, "varS"+suffix, got.VarS)
					want.Near(row, "tau"+suffix, got.Tau)
					want.Near(row, "z"+suffix, got.Z)
					want.Relative(row, "p"+suffix, got.P)
				}
			}
		})
	}
}

func TestOracleEmergingHotSpotsEqualTheReferenceOnEveryDataSet(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			cube := load(t, set)
			want := set.Against(t, "ehsa.csv")
			ambiguous := 0
			for column := range want.Rows[0] {
				how, found := strings.CutPrefix(column, "flags_")
				if !found {
					continue
				}
				o := options(t, how)
				current := trend.EmergingHotSpots(cube.counts, cube.neighbours, o).Locations
				o.Wording = trend.LegacyWording
				legacy := trend.EmergingHotSpots(cube.counts, cube.neighbours, o).Locations
				for _, row := range want.Rows {
					i := cube.place[row["cell"]]
					want.Equal(row, column, current[i].Flags)
					want.Equal(row, "ambiguous_"+how, current[i].Ambiguous)
					if row["ambiguous_"+how] == "true" {
						ambiguous++
						continue
					}
					want.Equal(row, "category_current_"+how, current[i].Category)
					want.Equal(row, "category_legacy_"+how, legacy[i].Category)
				}
			}
			t.Logf("%d categories are ambiguous", ambiguous)
		})
	}
}

// options returns what a suffix of the reference such as cube_fdr05 stands for.
func options(t *testing.T, how string) trend.EmergingOptions {
	t.Helper()
	window, rule, _ := strings.Cut(how, "_")
	percent, err := strconv.Atoi(rule[3:])
	if err != nil || rule[:3] != "fdr" && rule[:3] != "raw" {
		t.Fatalf("unknown rule %s", how)
	}
	var o trend.EmergingOptions
	o.Window = trend.Window(window)
	o.Alpha = float64(percent) / 100
	o.Unadjusted = rule[:3] == "raw"
	return o
}

// cubeOf is the space-time cube of a data set.
type cubeOf struct {
	counts     [][]float64
	neighbours [][]int32
	place      map[string]int
}

func load(t *testing.T, set reference.Set) cubeOf {
	t.Helper()
	path, exists := set.Path("cube.csv")
	if !exists {
		t.Skipf("SKIPPED, PROVES NOTHING: %s is not there", path)
	}
	rows := reference.Table(t, path)
	cube := cubeOf{place: map[string]int{}, neighbours: make([][]int32, len(rows)), counts: make([][]float64, len(rows[0])-1)}
	for step := range cube.counts {
		cube.counts[step] = make([]float64, len(rows))
	}
	for i, row := range rows {
		cube.place[row["cell"]] = i
		for column := range row {
			if column != "cell" {
				step, err := strconv.Atoi(strings.TrimPrefix(column, "t"))
				if err != nil {
					t.Fatal(err)
				}
				cube.counts[step][i] = row.Float(t, column)
			}
		}
	}
	for _, row := range set.Table(t, "neighbours.csv") {
		i := cube.place[row["cell"]]
		for name := range strings.SplitSeq(row["neighbours"], "|") {
			if name != "" {
				cube.neighbours[i] = append(cube.neighbours[i], int32(cube.place[name]))
			}
		}
	}
	return cube
}

// numbers reads numbers parted by bars.
func numbers(t *testing.T, text string) []float64 {
	t.Helper()
	var out []float64
	for field := range strings.SplitSeq(text, "|") {
		x, err := strconv.ParseFloat(field, 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, x)
	}
	return out
}
