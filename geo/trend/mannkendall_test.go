package trend_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"atalaya/geo/trend"

	"pgregory.net/rapid"
)

// near fails when two numbers differ by more than a billionth.
func near(t interface {
	Helper()
	Errorf(format string, args ...any)
}, what string, got, want float64) {
	t.Helper()
	if math.IsNaN(want) != math.IsNaN(got) || math.Abs(got-want) > 1e-9 {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestMannKendallEqualsTheTestWorkedByHand(t *testing.T) {
	cases := []struct {
		name             string
		series           []float64
		s, varS, tau, z  float64
		slope, hamedRaoZ float64
	}{
		// Five pairs rise (1–3, 1–2, 1–4, 3–4, 2–4), one falls: S = 4.
		// Var = 4·3·13/18 = 26/3, tau = 4/6, z = 3/√(26/3).
		// Slopes 2, 1/2, 1, −1, 1/2, 2: the median is (1/2 + 1)/2.
		{"one pair falls", []float64{1, 3, 2, 4}, 4, 26. / 3, 2. / 3, 3 / math.Sqrt(26./3), 0.75, 3 / math.Sqrt(26./3)},
		// Five of six pairs rise, one is tied: Var = (156 − 2·1·9)/18 = 23/3,
		// tau = 5/√(6·5). Slopes 1, 1/2, 2/3, 0, 1/2, 1: the median is (1/2 + 2/3)/2.
		{"a tie", []float64{1, 2, 2, 3}, 5, 23. / 3, 5 / math.Sqrt(30), 4 / math.Sqrt(23./3), 7. / 12, 4 / math.Sqrt(23./3)},
		{"constant", []float64{5, 5, 5}, 0, 0, math.NaN(), 0, 0, 0},
		// A line: what is left of it has no ranks to correlate.
		{"a line", []float64{1, 2, 3}, 3, 11. / 3, 1, 2 / math.Sqrt(11./3), 1, 2 / math.Sqrt(11./3)},
		// Two steps: Var = 2·1·9/18 = 1, and the continuity correction takes S away.
		{"two steps", []float64{1, 2}, 1, 1, 1, 0, 1, 0},
		// 4+3+2+1 pairs rise, 3+2+1 fall: S = 4; two groups of four equal values:
		// Var = (8·7·21 − 2·4·3·13)/18 = 48; 16 of 28 pairs differ: tau = 4/√(28·16).
		// The Sen slope is 0, so the ranks are 2.5 and 6.5 in turn and
		// ρ_k = (−1)^k·(8−k)/8: −7/8 and 6/8 are beyond 1.96/√8 = 0.693, −5/8 is not.
		// Var* = 48·(1 + 2/336·(7·6·5·(−7/8) + 6·5·4·6/8)) = 48·(1 − 187.5/336) = 297/14.
		{"up and down in turn", []float64{1, 2, 1, 2, 1, 2, 1, 2}, 4, 48, 4 / math.Sqrt(28*16), 3 / math.Sqrt(48), 0, 3 / math.Sqrt(297./14)},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := trend.MannKendall(c.series)
			near(t, "S", got.S, c.s)
			near(t, "VarS", got.VarS, c.varS)
			near(t, "Tau", got.Tau, c.tau)
			near(t, "Z", got.Z, c.z)
			near(t, "P", got.P, math.Erfc(math.Abs(c.z)/math.Sqrt2))
			slope, err := trend.SenSlope(c.series)
			if err != nil {
				t.Error(err)
			}
			near(t, "Sen slope", slope, c.slope)
			near(t, "Z of Hamed and Rao", trend.HamedRao(c.series).Z, c.hamedRaoZ)
		})
	}
}

func TestATrendIsUndefinedWithItsReason(t *testing.T) {
	cases := []struct {
		name   string
		series []float64
		want   error
	}{
		{"no step", nil, trend.ErrShortSeries},
		{"one step", []float64{3}, trend.ErrShortSeries},
		{"not a number", []float64{1, math.NaN(), 3}, trend.ErrNotFinite},
		{"infinite", []float64{1, 2, math.Inf(-1)}, trend.ErrNotFinite},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, got := range []trend.Trend{trend.MannKendall(c.series), trend.HamedRao(c.series)} {
				if !errors.Is(got.Why, c.want) || !math.IsNaN(got.Z) || !math.IsNaN(got.P) || got.N != len(c.series) {
					t.Errorf("%+v, want NaN because %v", got, c.want)
				}
			}
			if slope, err := trend.SenSlope(c.series); !errors.Is(err, c.want) || !math.IsNaN(slope) {
				t.Errorf("slope %v because %v, want %v", slope, err, c.want)
			}
			if p, err := trend.ExactP(c.series); !errors.Is(err, c.want) || !math.IsNaN(p) {
				t.Errorf("exact p %v because %v, want %v", p, err, c.want)
			}
		})
	}
	if p, err := trend.ExactP(make([]float64, 19)); !errors.Is(err, trend.ErrLongSeries) || !math.IsNaN(p) {
		t.Errorf("exact p of 19 steps %v because %v, want %v", p, err, trend.ErrLongSeries)
	}
}

func TestHamedRaoSaysWhenNoVarianceIsLeft(t *testing.T) {
	series := []float64{3, 2, 3, 2, 2, 0, 3, 0, 1}
	got := trend.HamedRao(series)
	if !errors.Is(got.Why, trend.ErrNoEffectiveSize) || !math.IsNaN(got.Z) || !math.IsNaN(got.P) || !math.IsNaN(got.VarS) {
		t.Errorf("%+v, want NaN because %v", got, trend.ErrNoEffectiveSize)
	}
	if got.S != trend.MannKendall(series).S {
		t.Errorf("S %v changed", got.S)
	}
}

func TestHamedRaoTrustsAPersistentSeriesLess(t *testing.T) {
	// A slow wave on a rise: each step is near the one before it.
	series := make([]float64, 40)
	for i := range series {
		series[i] = 0.02*float64(i) + math.Sin(float64(i)/3)
	}
	if plain, corrected := trend.MannKendall(series), trend.HamedRao(series); corrected.P <= plain.P || corrected.VarS <= plain.VarS {
		t.Errorf("p %v and variance %v, want more than %v and %v", corrected.P, corrected.VarS, plain.P, plain.VarS)
	}
}

func TestATrendTurnsWithItsSeries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		series := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 9), func(v int) float64 { return float64(v) }), 2, 40).Draw(t, "series")
		reversed := slices.Clone(series)
		slices.Reverse(reversed)
		stretched := make([]float64, len(series)) // the order of the values stays
		for i, x := range series {
			stretched[i] = math.Exp(x)
		}
		a, b, c := trend.MannKendall(series), trend.MannKendall(reversed), trend.MannKendall(stretched)
		if a.S != -b.S || a.Z != -b.Z || a.P != b.P || a.VarS != b.VarS || a.P <= 0 || a.P > 1 {
			t.Fatalf("%+v forwards, %+v backwards", a, b)
		}
		if a.S != c.S || a.Z != c.Z {
			t.Fatalf("%+v, and %+v when stretched", a, c)
		}
		up, _ := trend.SenSlope(series)
		down, _ := trend.SenSlope(reversed)
		near(t, "Sen slope backwards", down, -up)
	})
}

func TestExactPCountsEveryOrder(t *testing.T) {
	// 1, 1, 2 has three orders: S = 2 as it is, 0 as 1 2 1, −2 as 2 1 1.
	if p, err := trend.ExactP([]float64{1, 1, 2}); err != nil || math.Abs(p-2./3) > 1e-15 {
		t.Errorf("p %v (%v), want 2/3", p, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		series := rapid.SliceOfN(rapid.Map(rapid.IntRange(0, 5), func(v int) float64 { return float64(v) }), 2, 7).Draw(t, "series")
		observed := math.Abs(trend.MannKendall(series).S)
		far, all := 0.0, 0.0
		permute(slices.Clone(series), 0, func(order []float64) {
			all++
			if math.Abs(trend.MannKendall(order).S) >= observed {
				far++
			}
		})
		got, err := trend.ExactP(series)
		if err != nil || math.Abs(got-far/all) > 1e-12 {
			t.Fatalf("p %v (%v), want %v", got, err, far/all)
		}
	})
}

// permute calls visit with every order of the values from k on.
func permute(values []float64, k int, visit func([]float64)) {
	if k == len(values) {
		visit(values)
		return
	}
	for i := k; i < len(values); i++ {
		values[k], values[i] = values[i], values[k]
		permute(values, k+1, visit)
		values[k], values[i] = values[i], values[k]
	}
}

func BenchmarkExactPOf12Steps(b *testing.B) {
	series := []float64{3, 1, 4, 12, 5, 9, 2, 6, 8, 7, 11, 10}
	for b.Loop() {
		_, _ = trend.ExactP(series)
	}
}

func BenchmarkMannKendallOf24Steps(b *testing.B) {
	series := make([]float64, 24)
	for i := range series {
		series[i] = float64(i * 7919 % 13)
	}
	for b.Loop() {
		trend.MannKendall(series)
	}
}
