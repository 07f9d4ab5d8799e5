package layer

import (
	"testing"

	"atalaya/geo/nearrepeat"

	"github.com/paulmach/orb"
)

func TestAsManyPermutationsAreDealtAsTakeAFewSeconds(t *testing.T) {
	for _, c := range []struct{ events, want int }{
		{2, DefaultDeals},
		{2100, 453}, // 2,100 · 2,099 / 2 = 2,203,950 pairs, and 10⁹ of these
		{6500, -1},  // 21,121,750 pairs are more than are kept
	} {
		events := make([]nearrepeat.Event, c.events)
		for i := range events {
			events[i].At = orb.Point{-90.5, 14.6}
		}
		got, err := dealsInTime(t.Context(), events, nearrepeat.Options{SpaceM: []float64{100}, Days: []int{1}, MaxPairs: maxPairsOfDeal})
		if err != nil || got != c.want {
			t.Errorf("%d permutations of %d events, want %d (%v)", got, c.events, c.want, err)
		}
	}
}
