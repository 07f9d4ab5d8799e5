package store

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

func TestMeasuredIncidentsAreCountedByPrecisionMonthCategoryAndPlace(t *testing.T) {
	zone := time.FixedZone("six hours behind", -6*3600)
	at := func(text string) time.Time {
		moment, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	area := Area{Geometry: orb.MultiPolygon{{{{-91, 14}, {-90, 14}, {-90, 15}, {-91, 15}, {-91, 14}}}}}
	m := MeasureAgainst([]Category{{Code: "robbery", Origin: Reported}, {Code: "new", Origin: UnknownOrigin}}, []Area{area}, zone)
	for _, i := range []Incident{
		{Category: "robbery", TimePrecision: Day, From: at("2024-01-31T06:00:00Z"), Point: orb.Point{-90.5, 14.5}},
		{Category: "new", TimePrecision: Minute, From: at("2024-02-01T05:59:00Z"), Point: orb.Point{-90.5, 14.6}, LocationPrecision: FallbackLocation}, // still 31 January there
		{Category: "newer", TimePrecision: Month, From: at("2024-04-01T06:00:00Z"), Point: orb.Point{-89.5, 14.5}},
		{Category: "newer", TimePrecision: Year, From: at("2020-01-01T06:00:00Z"), Point: orb.Point{-90.5, 14.5}},
		{Category: "robbery", TimePrecision: UnknownTime, Point: orb.Point{-90.5, 15.5}},
	} {
		m.Add(i)
		m.AddPlace(i.Point)
	}
	var got Quality
	m.Tell(&got)
	outside := 2
	want := Quality{
		Measured: 5, Precision: map[TimePrecision]int{Day: 1, Minute: 1, Month: 1, Year: 1, UnknownTime: 1}, Fallback: 1,
		FirstMonth: "2024-01", LastMonth: "2024-04", MissingMonths: []string{"2024-02", "2024-03"},
		UnmappedCategories: 2, Unmapped: 3, OutsideAreas: &outside,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWithoutAreasNothingIsOutsideThem(t *testing.T) {
	m := MeasureAgainst(nil, nil, time.UTC)
	m.AddPlace(orb.Point{1, 1})
	var q Quality
	if m.Tell(&q); q.OutsideAreas != nil {
		t.Errorf("%d outside", *q.OutsideAreas)
	}
}

func TestAPointIsOnTheGroundAsInThePolygons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		star := func(x, y, size float64, n int) orb.Ring {
			ring := make(orb.Ring, 0, n+1)
			for i := range n {
				angle, r := 2*math.Pi*float64(i)/float64(n), size*(0.5+random.Float64()/2)
				ring = append(ring, orb.Point{x + r*math.Cos(angle), y + r*math.Sin(angle)})
			}
			return append(ring, ring[0])
		}
		n := rapid.IntRange(3, 200).Draw(t, "corners")
		area := orb.MultiPolygon{{star(0, 0, 10, n), star(0, 0, 4, n)}, {star(25, 5, 3, n)}}
		g := newGround(area)
		for range 50 {
			p := orb.Point{random.Float64()*45 - 12, random.Float64()*24 - 12}
			if got, want := g.contains(p), planar.MultiPolygonContains(area, p); got != want {
				t.Fatalf("%v is inside: %t, want %t", p, got, want)
			}
		}
	})
}

func TestOfTwoAreasThatMeetOneHasThePointsBetweenThem(t *testing.T) {
	west := newGround(orb.MultiPolygon{{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}})
	east := newGround(orb.MultiPolygon{{{{1, 0}, {2, 0}, {2, 1}, {1, 1}, {1, 0}}}})
	for _, y := range []float64{0, 0.25, 0.5} {
		if p := (orb.Point{1, y}); west.contains(p) == east.contains(p) {
			t.Errorf("%v is in both or in neither", p)
		}
	}
}
