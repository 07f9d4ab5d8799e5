package near_test

import (
	"math"
	"testing"

	"atalaya/geo/grid"
	"atalaya/geo/internal/near"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestArcEqualsTheGreatCircleDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lng"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
		b := orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lng"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
		// From the whole Earth down to metres: a step towards b.
		part := math.Pow(10, -rapid.Float64Range(0, 7).Draw(t, "size"))
		b = orb.Point{a[0] + (b[0]-a[0])*part, a[1] + (b[1]-a[1])*part}
		want := grid.DistanceM(a, b)
		got := math.Sqrt(near.Arc2(near.OnSphere(a).Chord2(near.OnSphere(b))))
		// Near the far side of the Earth the haversine itself loses digits.
		if math.Abs(got-want) > 1e-8+1e-13*want && want < 1.9e7 || math.Abs(got-want) > 1 {
			t.Fatalf("%v to %v: %v m, want %v", a, b, got, want)
		}
	})
}

func TestArcEqualsAQuarterOfTheEarth(t *testing.T) {
	// From the pole to the equator: R·π/2.
	got := math.Sqrt(near.Arc2(near.OnSphere(orb.Point{0, 90}).Chord2(near.OnSphere(orb.Point{77, 0}))))
	if want := grid.EarthRadiusM * math.Pi / 2; math.Abs(got-want) > 1e-8 {
		t.Errorf("%v m, want %v", got, want)
	}
}

func TestGroupsHoldEveryQueryOnceAndEveryPointWithinTheRadius(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) near.Position {
		// Around the crossing of the antimeridian and the equator, and the pole.
		if rapid.Bool().Draw(t, "polar") {
			return near.OnSphere(orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lng"), rapid.Float64Range(89.9, 90).Draw(t, "lat")})
		}
		lng := rapid.Float64Range(179.9, 180.1).Draw(t, "lng")
		return near.OnSphere(orb.Point{math.Remainder(lng, 360), rapid.Float64Range(-.1, .1).Draw(t, "lat")})
	})
	rapid.Check(t, func(t *rapid.T) {
		queries := rapid.SliceOf(draw).Draw(t, "queries")
		points := rapid.SliceOf(draw).Draw(t, "points")
		radius := rapid.Float64Range(1, 20_000).Draw(t, "radius")
		seen := make([]int, len(queries))
		for own, around := range near.Groups(queries, points, radius) {
			in := map[int32]int{}
			for _, j := range around {
				in[j]++
			}
			for _, i := range own {
				seen[i]++
				for j, p := range points {
					if in[int32(j)] > 1 || in[int32(j)] == 0 && queries[i].Chord2(p) < radius*radius {
						t.Fatalf("query %d: point %d is there %d times", i, j, in[int32(j)])
					}
				}
			}
		}
		for i, times := range seen {
			if times != 1 {
				t.Fatalf("query %d came %d times", i, times)
			}
		}
	})
}

func TestATinyRadiusOverAWidePlaneFindsTheSamePlace(t *testing.T) {
	far := near.OnPlane(orb.Point{1e12, -1e12})
	for own, around := range near.Groups([]near.Position{far}, []near.Position{near.OnPlane(orb.Point{0, 0}), far}, 1e-6) {
		if len(own) != 1 || len(around) != 1 || around[0] != 1 {
			t.Errorf("queries %v, points %v", own, around)
		}
	}
}
