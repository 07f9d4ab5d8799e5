package nearrepeat_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"atalaya/geo/nearrepeat"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func near(t interface {
	Helper()
	Errorf(format string, args ...any)
}, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > tolerance {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestKnoxEqualsTheTableWorkedByHand(t *testing.T) {
	// Four events on a line: x 0, 10, 100, 1000 m; days 0, 3, 7, 30. Six pairs:
	//	0–1: 10 m, 3 d    0–2: 100 m, 7 d    0–3: 1000 m, 30 d
	//	1–2: 90 m, 4 d    1–3: 990 m, 27 d   2–3: 900 m, 23 d
	// Bands [0,100), [100,1000), [1000,∞) m and [0,7), [7,∞) days.
	events := []nearrepeat.Event{{orb.Point{0, 0}, 0}, {orb.Point{10, 0}, 3}, {orb.Point{100, 0}, 7}, {orb.Point{1000, 0}, 30}}
	// A permutation of four days has the pairs of days 3, 4 (near) and 7, 23, 27,
	// 30 (far). Both near pairs, {0,3} and {3,7}, share day 3.
	// Band [0,100) has the pairs 0–1 and 1–2, both near: the deal must put day 3
	// on event 1, and 0 and 7 on 0 and 2: 2 of the 24 deals.
	want := [][]nearrepeat.Band{
		{{Observed: 2, Expected: 2 * 2 / 6., Ratio: 3}, {Observed: 0, Expected: 2 * 4 / 6., Ratio: 0}},
		{{Observed: 0, Expected: 3 * 2 / 6., Ratio: 0}, {Observed: 3, Expected: 3 * 4 / 6., Ratio: 1.5}},
		{{Observed: 0, Expected: 1 * 2 / 6., Ratio: 0}, {Observed: 1, Expected: 1 * 4 / 6., Ratio: 1.5}},
	}
	got, err := nearrepeat.Knox(t.Context(), events, nearrepeat.Options{
		Metric: nearrepeat.Euclidean, SpaceM: []float64{100, 1000}, Days: []int{7}, Permutations: 99_999, Seed: 7,
	})
	if err != nil {
		t.Fatal(err)
	}
	for s := range want {
		for c, w := range want[s] {
			b := got.Bands[s][c]
			if b.Observed != w.Observed {
				t.Errorf("band %d, %d: %d pairs, want %d", s, c, b.Observed, w.Observed)
			}
			near(t, "expected", b.Expected, w.Expected, 1e-12)
			near(t, "ratio", b.Ratio, w.Ratio, 1e-12)
		}
	}
	// 2/24 within four standard errors, 4·√(0.083·0.917/99,999) = 0.0035.
	near(t, "p of the nearest", got.Bands[0][0].P, 2./24, .0035)
	near(t, "p of none", got.Bands[0][1].P, 1, 0)
	near(t, "floor", got.Floor, 1e-5, 1e-18)
	if got.Pairs != 6 || got.Events != 4 || got.Permutations != 99_999 {
		t.Errorf("%d pairs of %d events, %d permutations", got.Pairs, got.Events, got.Permutations)
	}
}

func TestABandHoldsItsLowerEdgeOnly(t *testing.T) {
	// 3-4-5: exactly 5 m by air, 7 m by street; exactly 7 days.
	events := []nearrepeat.Event{{orb.Point{0, 0}, 0}, {orb.Point{3, 4}, 7}}
	for metric, edges := range map[nearrepeat.Metric][]float64{nearrepeat.Euclidean: {5, 6}, nearrepeat.Manhattan: {7, 8}} {
		got, err := nearrepeat.Knox(t.Context(), events, nearrepeat.Options{Metric: metric, SpaceM: edges, Days: []int{7, 8}})
		if err != nil {
			t.Fatal(err)
		}
		if got.Bands[1][1].Observed != 1 {
			t.Errorf("metric %v: %+v", metric, got.Bands)
		}
	}
}

func TestKnoxIsUndefinedWithItsReason(t *testing.T) {
	one := []nearrepeat.Event{{orb.Point{0, 0}, 5}}
	for _, events := range [][]nearrepeat.Event{nil, one} {
		got, err := nearrepeat.Knox(t.Context(), events, nearrepeat.Options{})
		if err != nil {
			t.Fatal(err)
		}
		b := got.Bands[0][0]
		if !math.IsNaN(b.Expected) || !math.IsNaN(b.Ratio) || !math.IsNaN(b.P) || !errors.Is(got.WhyUndefined(0, 0), nearrepeat.ErrFewEvents) {
			t.Errorf("%+v because %v", b, got.WhyUndefined(0, 0))
		}
	}
	two := []nearrepeat.Event{one[0], {orb.Point{0, 0}, 6}}
	got, err := nearrepeat.Knox(t.Context(), two, nearrepeat.Options{Permutations: -1})
	if err != nil {
		t.Fatal(err)
	}
	// The one pair is at the same place a day apart: nothing can be 1 to 200 m apart.
	if b := got.Bands[1][0]; !math.IsNaN(b.Ratio) || !errors.Is(got.WhyUndefined(1, 0), nearrepeat.ErrNoPairs) {
		t.Errorf("%+v because %v", b, got.WhyUndefined(1, 0))
	}
	if b := got.Bands[0][0]; b.Ratio != 1 || !math.IsNaN(b.P) || got.WhyUndefined(0, 0) != nil || !math.IsNaN(got.Floor) {
		t.Errorf("without permutations: %+v", b)
	}
}

func TestKnoxRefusesWhatIsNone(t *testing.T) {
	events := []nearrepeat.Event{{orb.Point{0, 99}, 0}, {orb.Point{0, 0}, math.MaxInt}}
	_, err := nearrepeat.Knox(t.Context(), events, nearrepeat.Options{SpaceM: []float64{5, 5}, Days: []int{0}})
	for _, want := range []string{"event 1: latitude 99", "event 2: day", "edges [5 5] m", "edges [0] days"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q in it", err, want)
		}
	}
	_, err = nearrepeat.Knox(t.Context(), []nearrepeat.Event{{At: orb.Point{math.Inf(1), 0}}}, nearrepeat.Options{Metric: nearrepeat.Manhattan})
	if err == nil || !strings.Contains(err.Error(), "not finite") {
		t.Errorf("an infinite place: error %v", err)
	}
	same := make([]nearrepeat.Event, 10) // 45 pairs
	if _, err := nearrepeat.Knox(t.Context(), same, nearrepeat.Options{MaxPairs: 44}); !errors.Is(err, nearrepeat.ErrTooManyPairs) {
		t.Errorf("44 of 45 pairs: error %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := nearrepeat.Knox(ended, same, nearrepeat.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that ended: error %v", err)
	}
}

// drawEvents draws events in a few square kilometres, some at one place.
func drawEvents(t *rapid.T, metric nearrepeat.Metric) []nearrepeat.Event {
	events := make([]nearrepeat.Event, rapid.IntRange(2, 60).Draw(t, "events"))
	for i := range events {
		p := orb.Point{float64(rapid.IntRange(0, 30).Draw(t, "x")) * 60, float64(rapid.IntRange(0, 30).Draw(t, "y")) * 60}
		if metric == nearrepeat.GreatCircle { // west of the antimeridian and over it
			p = orb.Point{math.Remainder(179.99+p[0]/1e5, 360), p[1] / 1e5}
		}
		events[i] = nearrepeat.Event{At: p, Day: rapid.IntRange(-40, 40).Draw(t, "day")}
	}
	return events
}

func drawMetric(t *rapid.T) nearrepeat.Metric {
	return rapid.SampledFrom([]nearrepeat.Metric{nearrepeat.GreatCircle, nearrepeat.Manhattan, nearrepeat.Euclidean}).Draw(t, "metric")
}

func TestKnoxEqualsACountOfAllPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		metric := drawMetric(t)
		events := drawEvents(t, metric)
		got, err := nearrepeat.Knox(context.Background(), events, nearrepeat.Options{Metric: metric, Permutations: -1})
		if err != nil {
			t.Fatal(err)
		}
		want := allPairs(events, metric, got.SpaceM, got.Days)
		sum, expected := 0, 0.0
		for s, row := range got.Bands {
			for c, b := range row {
				if b.Observed != want[s][c] {
					t.Fatalf("band %d, %d: %d pairs, want %d", s, c, b.Observed, want[s][c])
				}
				sum += b.Observed
				expected += b.Expected
			}
		}
		if sum != got.Pairs {
			t.Fatalf("%d pairs in all bands, want %d", sum, got.Pairs)
		}
		near(t, "sum of the expected", expected, float64(got.Pairs), 1e-9*float64(got.Pairs))
	})
}

func TestKnoxRepeatsByItsSeedOnAnyNumberOfProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	events := town(300)
	opts := nearrepeat.Options{Permutations: 99, Seed: 42}
	first := "" // as text: NaN equals NaN
	for _, processors := range []int{1, 2, 7, 1} {
		runtime.GOMAXPROCS(processors)
		got, err := nearrepeat.Knox(t.Context(), events, opts)
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = fmt.Sprint(got)
		}
		if fmt.Sprint(got) != first {
			t.Errorf("%d processors: %v, want %s", processors, got, first)
		}
	}
	opts.Seed++
	if other, err := nearrepeat.Knox(t.Context(), events, opts); err != nil || fmt.Sprint(other) == first {
		t.Errorf("another seed gave the same p values (error %v)", err)
	}
}

func TestAPlantedNearRepeatIsFoundAndChanceIsNot(t *testing.T) {
	events := town(400)
	chance, err := nearrepeat.Knox(t.Context(), events, nearrepeat.Options{Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 { // 40 events a second time, the next day and 11 m north
		events = append(events, nearrepeat.Event{At: orb.Point{events[i].At[0], events[i].At[1] + 1e-4}, Day: events[i].Day + 1})
	}
	planted, err := nearrepeat.Knox(t.Context(), events, nearrepeat.Options{Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	if b := planted.Bands[1][0]; b.P != planted.Floor || b.Ratio < 1.5 {
		t.Errorf("planted: %+v", b)
	}
	if b := chance.Bands[1][0]; b.P < .01 {
		t.Errorf("chance: %+v", b)
	}
}

// town returns events at random over about 5 × 5 km and a year.
func town(n int) []nearrepeat.Event {
	random := rand.New(rand.NewPCG(1, 2))
	events := make([]nearrepeat.Event, n)
	for i := range events {
		events[i] = nearrepeat.Event{At: orb.Point{-90.5 + random.Float64()*.05, 14.6 + random.Float64()*.05}, Day: random.IntN(365)}
	}
	return events
}

func TestDayOfIsTheDayOnTheCalendar(t *testing.T) {
	guatemala := time.FixedZone("UTC-6", -6*60*60)
	cases := []struct {
		at   time.Time
		want int
	}{
		{time.Date(1970, 1, 1, 0, 0, 0, 0, guatemala), 0},
		{time.Date(1970, 1, 1, 23, 59, 59, 999, guatemala), 0},
		{time.Date(1969, 12, 31, 23, 59, 59, 0, guatemala), -1},
		{time.Date(1970, 1, 2, 5, 59, 59, 0, time.UTC), 0}, // 23:59:59 the day before
		{time.Date(1971, 1, 1, 12, 0, 0, 0, guatemala), 365},
	}
	for _, c := range cases {
		if got := nearrepeat.DayOf(c.at, guatemala); got != c.want {
			t.Errorf("%v: day %d, want %d", c.at, got, c.want)
		}
	}
}
