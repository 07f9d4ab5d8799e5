package trend_test

import (
	"errors"
	"math"
	"testing"

	"atalaya/geo/trend"

	"pgregory.net/rapid"
)

func TestETestEqualsTheSumWorkedByHand(t *testing.T) {
	// 1 and 1: T is 0, so every pair but (0, 0) counts: p = 1 − e^(−2).
	for _, v := range []trend.Variance{trend.Unpooled, trend.Pooled, ""} {
		if p, err := trend.ETest(month(1), month(1), v); err != nil || math.Abs(p-(1-math.Exp(-2))) > 1e-15 {
			t.Errorf("%q: p %v (%v), want 1 − e⁻²", v, p, err)
		}
	}
}

// doubleSum is the E-test as its equation reads.
func doubleSum(current, past trend.Tally, pooled bool) float64 {
	n1, n2 := current.Length, past.Length
	rate := float64(current.Count+past.Count) / (n1 + n2)
	statistic := func(x1, x2 float64) float64 {
		variance := x1/n1/n1 + x2/n2/n2
		if pooled {
			variance = (x1 + x2) / (n1 + n2) * (1/n1 + 1/n2)
		}
		return math.Abs(x1/n1-x2/n2) / math.Sqrt(variance)
	}
	chance := func(x, mean float64) float64 {
		logarithm, _ := math.Lgamma(x + 1)
		return math.Exp(x*math.Log(mean) - mean - logarithm)
	}
	observed := statistic(float64(current.Count), float64(past.Count))
	p := 0.0
	for x1 := range 300 {
		for x2 := range 300 {
			if x1+x2 > 0 && statistic(float64(x1), float64(x2)) >= observed-1e-9 {
				p += chance(float64(x1), rate*n1) * chance(float64(x2), rate*n2)
			}
		}
	}
	return p
}

func TestETestEqualsItsDoubleSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		current := trend.Tally{Count: rapid.IntRange(0, 30).Draw(t, "current"), Length: rapid.SampledFrom([]float64{0.5, 1, 3, 30.4}).Draw(t, "length")}
		past := trend.Tally{Count: rapid.IntRange(0, 30).Draw(t, "past"), Length: rapid.SampledFrom([]float64{1, 2, 12.2}).Draw(t, "past length")}
		if current.Count+past.Count == 0 {
			return
		}
		for v, pooled := range map[trend.Variance]bool{trend.Unpooled: false, trend.Pooled: true} {
			got, err := trend.ETest(current, past, v)
			want := doubleSum(current, past, pooled)
			if err != nil || math.Abs(got-want) > 1e-10*want+1e-15 {
				t.Fatalf("%s: p %v (%v), want %v", v, got, err, want)
			}
		}
	})
}

func TestETestKeepsItsDigitsFarOut(t *testing.T) {
	// The double sum with 40 decimal digits.
	for _, c := range []struct {
		current, past trend.Tally
		v             trend.Variance
		want          float64
	}{
		{month(600), month(20), trend.Unpooled, 3.6804750476113937e-146},
		{month(300), month(5), trend.Pooled, 3.3093921284294104e-79},
		{month(700), trend.Tally{Count: 40, Length: 3}, trend.Unpooled, 1.7035557068574618e-84},
		{trend.Tally{Count: 20, Length: 2}, month(400), trend.Unpooled, 2.4092617302623480e-65},
		{trend.Tally{Count: 20, Length: 2}, month(400), trend.Pooled, 9.7300447136963710e-159},
		{month(900), month(1), trend.Unpooled, 1.5118191126157503e-249},
	} {
		if got, err := trend.ETest(c.current, c.past, c.v); err != nil || math.Abs(got/c.want-1) > 1e-13 {
			t.Errorf("%v after %v, %s: p %v (%v), want %v", c.current, c.past, c.v, got, err, c.want)
		}
	}
	// Large counts: p nears that of the normal score.
	for _, counts := range [][2]int{{10_200, 10_000}, {1_002_000, 1_000_000}} {
		p, err := trend.ETest(month(counts[0]), month(counts[1]), trend.Unpooled)
		z, _ := trend.WaldZ(month(counts[0]), month(counts[1]))
		if normal := math.Erfc(z / math.Sqrt2); err != nil || math.Abs(p-normal) > 0.002 {
			t.Errorf("%v: p %v (%v), want about %v", counts, p, err, normal)
		}
	}
}

func BenchmarkETestOf10000Incidents(b *testing.B) {
	for b.Loop() {
		_, _ = trend.ETest(month(10_100), month(10_000), trend.Unpooled)
	}
}

func BenchmarkETestOf10Incidents(b *testing.B) {
	for b.Loop() {
		_, _ = trend.ETest(month(10), month(4), trend.Unpooled)
	}
}

// binomial returns P(X ≥ k) of n trials, summed.
func binomial(n, k int, share float64) float64 {
	sum := 0.0
	for x := n; x >= k; x-- {
		all, _ := math.Lgamma(float64(n + 1))
		in, _ := math.Lgamma(float64(x + 1))
		out, _ := math.Lgamma(float64(n - x + 1))
		sum += math.Exp(all - in - out + float64(x)*math.Log(share) + float64(n-x)*math.Log1p(-share))
	}
	return sum
}

func TestCTestEqualsTheTailsWorkedByHand(t *testing.T) {
	// 3 after 0: P(X ≥ 3 of 3) = 1/8, doubled. 6 after 2: P(X ≥ 6 of 8) = (28+8+1)/256.
	for _, c := range []struct {
		current, past int
		want          float64
	}{{3, 0, 0.25}, {0, 3, 0.25}, {6, 2, 2 * 37. / 256}, {1, 1, 1}, {5, 5, 1}} {
		if p, err := trend.CTest(month(c.current), month(c.past)); err != nil || math.Abs(p-c.want) > 1e-14 {
			t.Errorf("%d after %d: p %v (%v), want %v", c.current, c.past, p, err, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		current, past := drawTally(t, "current"), drawTally(t, "past")
		n, share := current.Count+past.Count, current.Length/(current.Length+past.Length)
		want := min(1, 2*min(binomial(n, current.Count, share), binomial(n, past.Count, 1-share)))
		if got, err := trend.CTest(current, past); err != nil || math.Abs(got-want) > 1e-10*want {
			t.Fatalf("p %v (%v), want %v", got, err, want)
		}
	})
}

func TestTheIntervalOfARatioEqualsTheOneWorkedByHand(t *testing.T) {
	nan := math.NaN()
	cases := []struct {
		name          string
		current, past trend.Tally
		want          trend.Ratio
		why           error
	}{
		// The share of the past is 1 of 1: at least 0.025, so the ratio at most 0.975/0.025.
		{"nothing after one", month(0), month(1), trend.Ratio{Value: 0, Low: 0, High: 39}, nil},
		{"one after nothing", month(1), month(0), trend.Ratio{Value: nan, Low: 1. / 39, High: nan}, trend.ErrNoPast},
		{"nothing at all", month(0), month(0), trend.Ratio{Value: nan, Low: nan, High: nan}, trend.ErrNoCount},
		// P(X ≥ 1 of 2) = 1 − (1−q)² = 0.025 gives q = 1 − √0.975, the ratio q/(1−q).
		{"one after one", month(1), month(1), trend.Ratio{Value: 1, Low: (1 - math.Sqrt(0.975)) / math.Sqrt(0.975), High: math.Sqrt(0.975) / (1 - math.Sqrt(0.975))}, nil},
		{"one after one in twice the time", month(1), trend.Tally{Count: 1, Length: 2}, trend.Ratio{Value: 2, Low: 2 * (1 - math.Sqrt(0.975)) / math.Sqrt(0.975), High: 2 * math.Sqrt(0.975) / (1 - math.Sqrt(0.975))}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := trend.RateRatio(c.current, c.past, 0.95)
			if !errors.Is(err, c.why) {
				t.Errorf("because %v, want %v", err, c.why)
			}
			near(t, "ratio", got.Value, c.want.Value)
			near(t, "low", got.Low, c.want.Low)
			near(t, "high", got.High, c.want.High)
		})
	}
	for _, level := range []float64{0, 1, -1, 95, nan} {
		if got, err := trend.RateRatio(month(3), month(2), level); !errors.Is(err, trend.ErrLevel) || !math.IsNaN(got.Value) {
			t.Errorf("level %v: %+v (%v)", level, got, err)
		}
	}
}

func TestTheIntervalOfARatioLeavesHalfTheRestOnEitherSide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		current, past := drawTally(t, "current"), drawTally(t, "past")
		current.Count++
		past.Count++
		level := rapid.SampledFrom([]float64{0.8, 0.95, 0.99}).Draw(t, "level")
		r, err := trend.RateRatio(current, past, level)
		if err != nil || !(r.Low < r.Value && r.Value < r.High) {
			t.Fatalf("%+v (%v)", r, err)
		}
		n := current.Count + past.Count
		share := func(ratio float64) float64 { return ratio * current.Length / (ratio*current.Length + past.Length) }
		near(t, "as many or more at the low end", binomial(n, current.Count, share(r.Low)), (1-level)/2)
		near(t, "as few or fewer at the high end", binomial(n, past.Count, 1-share(r.High)), (1-level)/2)
		back, err := trend.RateRatio(past, current, level)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "ratio and its inverse", r.Value*back.Value, 1)
		near(t, "low and the inverse's high", r.Low*back.High, 1)
	})
}
