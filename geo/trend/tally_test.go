package trend_test

import (
	"errors"
	"math"
	"testing"

	"atalaya/geo/hotspot"
	"atalaya/geo/trend"

	"pgregory.net/rapid"
)

// month returns a tally of one unit of length.
func month(count int) trend.Tally { return trend.Tally{Count: count, Length: 1} }

// tests are the tests of two tallies; empty is what they say of two zeros.
var tests = []struct {
	name  string
	of    func(current, past trend.Tally) (float64, error)
	empty float64
}{
	{"PoissonZ", trend.PoissonZ, 0},
	{"TwoSampleZ", trend.TwoSampleZ, 0},
	{"AnscombeZ", trend.AnscombeZ, 0},
	{"WaldZ", trend.WaldZ, 0},
	{"unpooled ETest", func(a, b trend.Tally) (float64, error) { return trend.ETest(a, b, trend.Unpooled) }, 1},
	{"pooled ETest", func(a, b trend.Tally) (float64, error) { return trend.ETest(a, b, trend.Pooled) }, 1},
	{"CTest", trend.CTest, 1},
}

func TestTwoEmptyPeriodsDoNotDiffer(t *testing.T) {
	for _, test := range tests {
		if got, err := test.of(month(0), month(0)); got != test.empty || err != nil {
			t.Errorf("%s: %v (%v), want %v", test.name, got, err, test.empty)
		}
	}
}

func TestAnInvalidTallyIsRefusedWithItsReason(t *testing.T) {
	cases := []struct {
		name string
		bad  trend.Tally
		want error
	}{
		{"negative count", month(-1), trend.ErrCount},
		{"count beyond a billion", month(1_000_000_001), trend.ErrCount},
		{"no length", trend.Tally{Count: 3}, trend.ErrLength},
		{"negative length", trend.Tally{Count: 3, Length: -1}, trend.ErrLength},
		{"length not a number", trend.Tally{Count: 3, Length: math.NaN()}, trend.ErrLength},
		{"infinite length", trend.Tally{Count: 3, Length: math.Inf(1)}, trend.ErrLength},
	}
	good := month(4)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, test := range tests {
				for _, pair := range [][2]trend.Tally{{c.bad, good}, {good, c.bad}} {
					if got, err := test.of(pair[0], pair[1]); !math.IsNaN(got) || !errors.Is(err, c.want) {
						t.Errorf("%s: %v because %v, want %v", test.name, got, err, c.want)
					}
				}
			}
			if got, err := trend.RateRatio(c.bad, good, 0.95); !math.IsNaN(got.Low) || !errors.Is(err, c.want) {
				t.Errorf("ratio %+v because %v, want %v", got, err, c.want)
			}
			past := []trend.Tally{good, good, good, good, good}
			if got, err := trend.DispersedZ(c.bad, past); !math.IsNaN(got.Z) || !math.IsNaN(got.P) || !errors.Is(err, c.want) {
				t.Errorf("alarm %+v because %v, want %v", got, err, c.want)
			}
			past[3] = c.bad
			if got, err := trend.DispersedZ(good, past); !math.IsNaN(got.Z) || !errors.Is(err, c.want) {
				t.Errorf("alarm %+v because %v, want %v", got, err, c.want)
			}
		})
	}
}

func TestScoresOfTwoPeriodsEqualThoseWorkedByHand(t *testing.T) {
	quarter := trend.Tally{Count: 48, Length: 3}
	cases := []struct {
		name          string
		of            func(current, past trend.Tally) (float64, error)
		current, past trend.Tally
		want          float64
	}{
		{"Wheeler's 25 after 16: 2·(5 − 4)", trend.PoissonZ, month(25), month(16), 2},
		{"two samples: 2·(5 − 4)/√2", trend.TwoSampleZ, month(25), month(16), math.Sqrt2},
		// 48 in 3 months are 16 a month: 2·(√25 − √16)/√(1 + 1/3) = 2/√(4/3) = √3.
		{"a month after a quarter", trend.TwoSampleZ, month(25), quarter, math.Sqrt(3)},
		{"Wheeler's, for different lengths", trend.PoissonZ, month(25), quarter, math.Sqrt(3)},
		{"Wald's: (25 − 16)/√41", trend.WaldZ, month(25), month(16), 9 / math.Sqrt(41)},
		// (25 − 16)/√(25 + 48/9) = 9/√(91/3).
		{"Wald's after a quarter", trend.WaldZ, month(25), quarter, 9 / math.Sqrt(91./3)},
		{"Anscombe's: 2·(√3.375 − √0.375)/√2", trend.AnscombeZ, month(3), month(0), math.Sqrt2 * (math.Sqrt(3.375) - math.Sqrt(0.375))},
	}
	for _, c := range cases {
		got, err := c.of(c.current, c.past)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		near(t, c.name, got, c.want)
	}
}

func drawTally(t *rapid.T, label string) trend.Tally {
	length := rapid.OneOf(rapid.SampledFrom([]float64{1, 2, 3, 12, 28, 30.4, 31}), rapid.Float64Range(0.05, 400)).Draw(t, label+" length")
	return trend.Tally{Count: rapid.IntRange(0, 40).Draw(t, label), Length: length}
}

func TestSwappingThePeriodsTurnsTheScoreAndKeepsTheP(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		current, past := drawTally(t, "current"), drawTally(t, "past")
		for _, test := range tests {
			there, err := test.of(current, past)
			back, err2 := test.of(past, current)
			if err != nil || err2 != nil {
				t.Fatalf("%s: %v, %v", test.name, err, err2)
			}
			if test.empty == 0 {
				back = -back
			} else if there <= 0 || there > 1 {
				t.Fatalf("%s: p %v", test.name, there)
			}
			near(t, test.name, there, back)
		}
	})
}

func TestTheUnitOfLengthDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		current, past := drawTally(t, "current"), drawTally(t, "past")
		scale := rapid.SampledFrom([]float64{1e-6, 0.3, 24, 86_400, 1e9}).Draw(t, "scale")
		for _, test := range tests {
			a, _ := test.of(current, past)
			b, err := test.of(trend.Tally{Count: current.Count, Length: current.Length * scale}, trend.Tally{Count: past.Count, Length: past.Length * scale})
			if err != nil {
				t.Fatal(err)
			}
			near(t, test.name, a, b)
		}
	})
}

func TestDispersedZEqualsTheScoreWorkedByHand(t *testing.T) {
	months := func(counts ...int) (past []trend.Tally) {
		for _, count := range counts {
			past = append(past, month(count))
		}
		return past
	}
	cases := []struct {
		name    string
		current trend.Tally
		past    []trend.Tally
		want    trend.Alarm
	}{
		// Mean 6, Σ(x − 6)² = 16+4+0+4+16 = 40, D = 40/6 on 4 degrees of freedom:
		// index 40/24, p = e^(−10/3)·(1 + 10/3) = 0.155. Poisson: z = 6/√6.
		{"Poisson", month(12), months(2, 4, 6, 8, 10), trend.Alarm{Mean: 6, Dispersion: 40. / 24, DispersionP: math.Exp(-10./3) * (13. / 3), Z: math.Sqrt(6)}},
		// Mean 6, Σ(x − 6)² = 4·36 + 576 = 720, D = 120: p = e^(−60)·61.
		// s² = 180, α = (180 − 6)/36, z = 6/√(6 + α·36) = 6/√180.
		{"overdispersed", month(12), months(0, 0, 0, 0, 30), trend.Alarm{Mean: 6, Dispersion: 30, DispersionP: 61 * math.Exp(-60), Overdispersed: true, Alpha: 174. / 36, Z: 6 / math.Sqrt(180)}},
		// The rate is 30/6, half a month expects 2.5, the double month 10:
		// D = (5−5)²/5 twice, (10−10)²/10, then (4−5)²/5 + (6−5)²/5 = 0.4 on 4: p = e^(−0.2)·1.2.
		{"different lengths", trend.Tally{Count: 5, Length: 0.5}, append(months(5, 5, 4, 6), trend.Tally{Count: 10, Length: 2}), trend.Alarm{Mean: 2.5, Dispersion: 0.1, DispersionP: 1.2 * math.Exp(-0.2), Z: 2.5 / math.Sqrt(2.5)}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := trend.DispersedZ(c.current, c.past)
			if err != nil || got.Overdispersed != c.want.Overdispersed {
				t.Fatalf("%+v (%v), want %+v", got, err, c.want)
			}
			near(t, "mean", got.Mean, c.want.Mean)
			near(t, "dispersion", got.Dispersion, c.want.Dispersion)
			near(t, "p of the dispersion, of what it should be", got.DispersionP/c.want.DispersionP, 1)
			near(t, "alpha", got.Alpha, c.want.Alpha)
			near(t, "z", got.Z, c.want.Z)
			near(t, "p", got.P, hotspot.TwoSided(c.want.Z))
		})
	}
	if got, err := trend.DispersedZ(month(3), months(1, 2, 3, 4)); !errors.Is(err, trend.ErrFewPeriods) || !math.IsNaN(got.Z) {
		t.Errorf("four periods: %+v (%v)", got, err)
	}
	if got, err := trend.DispersedZ(month(3), months(0, 0, 0, 0, 0)); !errors.Is(err, trend.ErrEmptyPast) || !math.IsNaN(got.Z) {
		t.Errorf("empty past: %+v (%v)", got, err)
	}
}
