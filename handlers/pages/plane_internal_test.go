package pages

import (
	"math"
	"testing"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestThePlanePutsNorthUpAndKeepsItsMargin(t *testing.T) {
	// At the equator a degree is as long both ways: 2° by 1° in 220 pixels
	// with a margin of 10 is 100 pixels a degree, 120 pixels high.
	p := fitPlane(orb.Bound{Min: orb.Point{-1, -0.5}, Max: orb.Point{1, 0.5}}, 220, 50, 500, 10)
	if p.height != 120 || math.Abs(p.perDegree-100) > 1e-9 {
		t.Fatalf("height %v and %v pixels a degree, want 120 and 100", p.height, p.perDegree)
	}
	if x, y := p.at(orb.Point{-1, 0.5}); math.Abs(x-10) > 1e-9 || math.Abs(y-10) > 1e-9 {
		t.Errorf("north-west corner at %v, %v, want 10, 10", x, y)
	}
	if x, y := p.at(orb.Point{1, -0.5}); math.Abs(x-210) > 1e-9 || math.Abs(y-110) > 1e-9 {
		t.Errorf("south-east corner at %v, %v, want 210, 110", x, y)
	}
}

func TestDistancesOnThePlaneAreTrue(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		middle := orb.Point{rapid.Float64Range(-180, 180).Draw(rt, "lng"), rapid.Float64Range(-60, 60).Draw(rt, "lat")}
		p := aroundPlane(middle, mapWidth, mapHeight, 5000)
		other := orb.Point{
			math.Remainder(middle.Lon()+rapid.Float64Range(-0.02, 0.02).Draw(rt, "east"), 360),
			middle.Lat() + rapid.Float64Range(-0.02, 0.02).Draw(rt, "north"),
		}
		x, y := p.at(other)
		drawn := math.Hypot(x-p.width/2, y-p.height/2)
		want := p.pixels(grid.DistanceM(middle, other))
		if math.Abs(drawn-want) > 0.003*want+1e-6 {
			rt.Errorf("%v to %v drawn as %.3f pixels, want %.3f", middle, other, drawn, want)
		}
	})
}

func TestPathsAreShortAndClosed(t *testing.T) {
	p := plane{width: 100, height: 100, perDegree: 10, narrowing: 1} // (0, 0) at 50, 50
	square := orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}}
	for _, tt := range []struct {
		name  string
		shape orb.Geometry
		least float64
		want  string
	}{
		{"a square", square, 0, "M50 50l10 0l0-10l-10 0z"},
		{"two of them", orb.MultiPolygon{square, square}, 0, "M50 50l10 0l0-10l-10 0zM50 50l10 0l0-10l-10 0z"},
		{"tenths of a pixel", orb.Polygon{{{0, 0}, {0.333, 0}, {0, 0.333}, {0, 0}}}, 0, "M50 50l3.3 0l-3.3-3.3z"},
		{"steps under a pixel", orb.Polygon{{{0, 0}, {0.05, 0}, {1, 0}, {1, 1}, {0, 0}}}, 1, "M50 50l10 0l0-10z"},
		{"no polygon", orb.Point{0, 0}, 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := p.path(tt.shape, tt.least); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// Hexagons that share an edge must share its corners on the picture, too.
func TestAdjoiningHexagonsMeetWithoutAGap(t *testing.T) {
	cell, err := grid.CellAt(orb.Point{-90.5069, 14.6349}, 9)
	if err != nil {
		t.Fatal(err)
	}
	p := aroundPlane(cell.Center(), mapWidth, mapHeight, 3000)
	corners := map[[2]int]int{}
	for _, c := range cell.Disk(1) {
		ring := c.Outline().(orb.Polygon)[0]
		for _, pt := range ring[:len(ring)-1] {
			x, y := p.at(pt)
			corners[[2]int{int(math.Round(x * 10)), int(math.Round(y * 10))}]++
		}
	}
	// Seven hexagons have 42 corners, 24 of them different: 6 shared by three,
	// 6 by two, 12 of their own: 6·3 + 6·2 + 12·1 = 42.
	if len(corners) != 24 {
		t.Errorf("%d different corners, want 24", len(corners))
	}
}
