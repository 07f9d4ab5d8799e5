package nearrepeat_test

import (
	"math"
	"testing"

	"atalaya/geo/grid"
	"atalaya/geo/nearrepeat"

	"github.com/paulmach/orb"
)

func distance(m nearrepeat.Metric, a, b orb.Point) float64 {
	switch m {
	case nearrepeat.Manhattan:
		return math.Abs(a[0]-b[0]) + math.Abs(a[1]-b[1])
	case nearrepeat.Euclidean:
		return math.Hypot(a[0]-b[0], a[1]-b[1])
	}
	return grid.DistanceM(a, b)
}

// allPairs counts the pairs by band, one after the other.
func allPairs(events []nearrepeat.Event, m nearrepeat.Metric, spaceM []float64, days []int) [][]int {
	counts := make([][]int, len(spaceM)+1)
	for s := range counts {
		counts[s] = make([]int, len(days)+1)
	}
	for i, a := range events {
		for _, b := range events[:i] {
			d, apart := distance(m, a.At, b.At), max(a.Day-b.Day, b.Day-a.Day)
			s, c := 0, 0
			for s < len(spaceM) && d >= spaceM[s] {
				s++
			}
			for c < len(days) && apart >= days[c] {
				c++
			}
			counts[s][c]++
		}
	}
	return counts
}

func BenchmarkKnoxOf10000EventsNoPermutation(b *testing.B)  { benchmarkKnox(b, -1) }
func BenchmarkKnoxOf10000Events99Permutations(b *testing.B) { benchmarkKnox(b, 99) }

func benchmarkKnox(b *testing.B, permutations int) {
	b.Helper()
	events := city()
	for b.Loop() {
		if _, err := nearrepeat.Knox(b.Context(), events, nearrepeat.Options{Permutations: permutations}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBaselineAllPairsOf10000Events(b *testing.B) {
	events := city()
	for b.Loop() {
		allPairs(events, nearrepeat.GreatCircle, []float64{1, 200, 400, 600, 800, 1000}, []int{7, 14, 21, 28})
	}
}

// city returns 10,000 events over about 22 × 22 km, half of them in a quarter
// of that.
func city() []nearrepeat.Event {
	events := town(10_000)
	for i := range events {
		scale := float64(2 + i%2*2)
		for axis, middle := range (orb.Point{-90.475, 14.625}) {
			events[i].At[axis] = middle + (events[i].At[axis]-middle)*scale
		}
	}
	return events
}
