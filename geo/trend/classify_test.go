package trend_test

import (
	"strings"
	"testing"

	"atalaya/geo/trend"

	"pgregory.net/rapid"
)

var (
	rising  = trend.Trend{Z: 2.5, P: 0.012}
	flat    = trend.Trend{Z: 0.5, P: 0.617}
	falling = trend.Trend{Z: -2.5, P: 0.012}
)

func TestCategoriesFollowTheirDefinitions(t *testing.T) {
	cases := []struct {
		name   string
		flags  trend.Flags
		trend  trend.Trend
		want   trend.Verdict
		legacy trend.Category
	}{
		{"no step", "", flat, trend.Verdict{Category: trend.Undefined}, trend.Undefined},
		{"one hot step", "+", trend.MannKendall([]float64{3}), trend.Verdict{Category: trend.PersistentHot, Ambiguous: true}, trend.PersistentHot},
		{"one step without", "0", flat, trend.Verdict{Category: trend.NoPattern}, trend.NoPattern},
		{"two hot steps", "++", flat, trend.Verdict{Category: trend.PersistentHot}, trend.PersistentHot},
		{"nine of ten, the last not", "+++++++++0", rising, trend.Verdict{Category: trend.HistoricalHot}, trend.HistoricalHot},
		{"nine of ten with the last", "0+++++++++", rising, trend.Verdict{Category: trend.IntensifyingHot}, trend.IntensifyingHot},
		{"eight of ten with the last", "00++++++++", rising, trend.Verdict{Category: trend.ConsecutiveHot}, trend.ConsecutiveHot},
		{"cold that grows less cold", "----------", rising, trend.Verdict{Category: trend.DiminishingCold}, trend.DiminishingCold},
		{"on and off, off at last", "+0+0+0+000", flat, trend.Verdict{Category: trend.NoPattern}, trend.SporadicHot},
		{"on and off, on at last", "+0+0+0+00+", flat, trend.Verdict{Category: trend.SporadicHot}, trend.SporadicHot},
		{"hot at last, cold before", "-0+000000+", flat, trend.Verdict{Category: trend.OscillatingHot}, trend.OscillatingHot},
		{"new, or oscillating", "-00000000+", flat, trend.Verdict{Category: trend.NewHot, Ambiguous: true}, trend.NewHot},
		{"consecutive, or oscillating", "-0000000++", flat, trend.Verdict{Category: trend.ConsecutiveHot, Ambiguous: true}, trend.ConsecutiveHot},
		{"both signs, neither at last", "+-00000000", flat, trend.Verdict{Category: trend.NoPattern}, trend.NoPattern},
		{"hot before cold", "---------+", flat, trend.Verdict{Category: trend.NewHot, Ambiguous: true}, trend.NewHot},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := trend.Classify(c.flags, c.trend, trend.ClassifyOptions{}); got != c.want {
				t.Errorf("%+v, want %+v", got, c.want)
			}
			if got := trend.Classify(c.flags, c.trend, trend.ClassifyOptions{Wording: trend.LegacyWording}); got.Category != c.legacy {
				t.Errorf("in the legacy wording %s, want %s", got.Category, c.legacy)
			}
		})
	}
}

// everyFlags calls visit with every series of flags of that length.
func everyFlags(steps int, visit func(trend.Flags)) {
	flags := make([]byte, steps)
	var fill func(int)
	fill = func(k int) {
		if k == steps {
			visit(trend.Flags(flags))
			return
		}
		for _, flag := range []byte{trend.NoFlag, trend.HotFlag, trend.ColdFlag} {
			flags[k] = flag
			fill(k + 1)
		}
	}
	fill(0)
}

func TestEveryCategoryIsReachedAndHotMirrorsCold(t *testing.T) {
	for _, wording := range []trend.Wording{trend.CurrentWording, trend.LegacyWording} {
		o := trend.ClassifyOptions{Wording: wording}
		seen := map[trend.Category]int{trend.Classify("", flat, o).Category: 1}
		everyFlags(10, func(flags trend.Flags) {
			// Where both signs have a category hot comes first, and the mirror's
			// is another: often one sign, the other in the last step.
			both := strings.Count(string(flags), "+") == 9 && flags[9] == '-' || strings.Count(string(flags), "-") == 9 && flags[9] == '+'
			for _, run := range []trend.Trend{rising, flat, falling} {
				got := trend.Classify(flags, run, o)
				seen[got.Category]++
				opposite := run
				opposite.Z = -run.Z
				if mirrored := trend.Classify(swap(flags), opposite, o); !both && mirrored != mirror(got) {
					t.Errorf("%s is %v, its mirror %v", flags, got, mirrored)
				}
			}
		})
		if len(seen) != len(trend.Categories()) {
			t.Errorf("%d categories reached, want %d", len(seen), len(trend.Categories()))
		}
		for _, category := range trend.Categories() {
			if seen[category] == 0 {
				t.Errorf("%s wording: %s is never reached", wording, category)
			}
		}
	}
}

func swap(flags trend.Flags) trend.Flags {
	return trend.Flags(strings.Map(func(flag rune) rune {
		return map[rune]rune{'+': '-', '-': '+', '0': '0'}[flag]
	}, string(flags)))
}

func mirror(v trend.Verdict) trend.Verdict {
	name := string(v.Category)
	if hot, isHot := strings.CutSuffix(name, "_hot"); isHot {
		v.Category = trend.Category(hot + "_cold")
	} else if cold, isCold := strings.CutSuffix(name, "_cold"); isCold {
		v.Category = trend.Category(cold + "_hot")
	}
	return v
}

func TestEveryCellOfACubeHasOneCategory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts, neighbours := drawCube(t)
		o := trend.EmergingOptions{Unadjusted: rapid.Bool().Draw(t, "unadjusted")}
		o.Window = rapid.SampledFrom(windows).Draw(t, "window")
		got := trend.EmergingHotSpots(counts, neighbours, o)
		if (got.Caution == nil) != (len(counts) >= 10) {
			t.Fatalf("%d steps: caution %v", len(counts), got.Caution)
		}
		cells := map[trend.Category]int{}
		for i, at := range got.Locations {
			cells[at.Category]++
			flags := string(at.Flags)
			if at.Hot != strings.Count(flags, "+") || at.Cold != strings.Count(flags, "-") || len(flags) != len(counts) {
				t.Fatalf("cell %d: %d hot and %d cold of %q", i, at.Hot, at.Cold, flags)
			}
			if (at.Category == trend.Undefined) != (at.Why != nil) {
				t.Fatalf("cell %d: %s because %v", i, at.Category, at.Why)
			}
		}
		total := 0
		for _, category := range trend.Categories() {
			total += cells[category]
		}
		if total != len(neighbours) {
			t.Fatalf("%d cells have a category, want %d", total, len(neighbours))
		}
	})
}

func TestAnotherTestMayJudgeTheTrend(t *testing.T) {
	counts, neighbours := city(1000)
	hamedRao := trend.EmergingHotSpots(counts, neighbours, trend.EmergingOptions{Test: trend.HamedRao})
	plain := trend.EmergingHotSpots(counts, neighbours, trend.EmergingOptions{})
	corrected := 0
	for i, at := range hamedRao.Locations {
		near(t, "S of the scores", at.Trend.S, plain.Locations[i].Trend.S)
		near(t, "Z of the counts", at.Counts.Z, plain.Locations[i].Counts.Z)
		if at.Trend.VarS > plain.Locations[i].Trend.VarS {
			corrected++
		}
	}
	// Neighbourhoods share a step with the next, so lag 1 must show in many cells.
	if corrected < len(neighbours)/10 {
		t.Errorf("the variance rose in %d cells of %d", corrected, len(neighbours))
	}
}
