package nearrepeat_test

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"testing"

	"atalaya/geo/nearrepeat"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestChainsHangTogetherThroughOthersAndOnTheSameDay(t *testing.T) {
	events := []nearrepeat.Event{
		{orb.Point{1000, 0}, 9}, // with event 3, the same day and place
		{orb.Point{0, 0}, 0},    // with event 4
		{orb.Point{500, 0}, 0},  // alone
		{orb.Point{1000, 0}, 9},
		{orb.Point{90, 0}, 6},   // 90 m and 6 days from event 1
		{orb.Point{180, 0}, 12}, // from event 4 the same; 180 m from event 1
		{orb.Point{280, 0}, 12}, // exactly 100 m from event 5: not with it
		{orb.Point{180, 0}, 19}, // exactly 7 days from event 5: not with it
	}
	got, err := nearrepeat.Chains(t.Context(), events, nearrepeat.ChainOptions{Metric: nearrepeat.Euclidean, DistanceM: 100, Days: 7})
	want := [][]int{{0, 3}, {1, 4, 5}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, error %v, want %v", got, err, want)
	}
}

func TestChainsAreTheGroupsThatASearchOverAllPairsFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		metric := drawMetric(t)
		events := drawEvents(t, metric)
		opts := nearrepeat.ChainOptions{Metric: metric, DistanceM: 190, Days: rapid.IntRange(1, 20).Draw(t, "days")}
		got, err := nearrepeat.Chains(context.Background(), events, opts)
		if err != nil {
			t.Fatal(err)
		}
		// Every event takes the smallest number among those it hangs together with.
		label := make([]int, len(events))
		for i := range label {
			label[i] = i
		}
		for changed := true; changed; {
			changed = false
			for i, a := range events {
				for j, b := range events {
					if distance(metric, a.At, b.At) < opts.DistanceM && max(a.Day-b.Day, b.Day-a.Day) < opts.Days && label[j] < label[i] {
						label[i], changed = label[j], true
					}
				}
			}
		}
		chainOf := map[int][]int{}
		for i, l := range label {
			chainOf[l] = append(chainOf[l], i)
		}
		var want [][]int
		for i := range events {
			if chain := chainOf[i]; len(chain) > 1 {
				want = append(want, chain)
			}
		}
		if !slices.EqualFunc(got, want, slices.Equal[[]int]) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

func TestChainsRefuseWhatIsNone(t *testing.T) {
	_, err := nearrepeat.Chains(t.Context(), []nearrepeat.Event{{At: orb.Point{999, 0}}}, nearrepeat.ChainOptions{})
	for _, want := range []string{"distance 0 m", "0 days", "event 1: longitude 999"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q in it", err, want)
		}
	}
}
