package grid_test

import (
	"math"
	"testing"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// parts returns the polygons of an outline.
func parts(g orb.Geometry) orb.MultiPolygon {
	if p, ok := g.(orb.Polygon); ok {
		return orb.MultiPolygon{p}
	}
	return g.(orb.MultiPolygon)
}

// checkOutline fails unless every part is a closed counter-clockwise ring of
// distinct positions in range, rounded to 6 decimals.
func checkOutline(t interface {
	Fatalf(format string, args ...any)
}, c grid.Cell) {
	for _, polygon := range parts(c.Outline()) {
		if len(polygon) != 1 || len(polygon[0]) < 4 {
			t.Fatalf("cell %s: part %v", c, polygon)
		}
		ring := polygon[0]
		if !ring.Closed() || ring.Orientation() != orb.CCW {
			t.Fatalf("cell %s: ring %v is open or clockwise", c, ring)
		}
		for i, p := range ring {
			if err := grid.CheckPoint(p); err != nil {
				t.Fatalf("cell %s: %v", c, err)
			}
			if c.Res() < 14 && (math.Round(p[0]*1e6)/1e6 != p[0] || math.Round(p[1]*1e6)/1e6 != p[1]) {
				t.Fatalf("cell %s: %v has more than 6 decimals", c, p)
			}
			if i > 0 && ring[i-1] == p {
				t.Fatalf("cell %s: %v twice in a row", c, p)
			}
		}
	}
}

func TestTheOutlinesOfTheWorldTileThePlane(t *testing.T) {
	// The plane of longitude and latitude is 360 × 180 = 64,800 square degrees.
	for res := range 4 {
		area, crossing := 0.0, 0
		for _, c := range worldCells(t, res) {
			checkOutline(t, c)
			outline := c.Outline()
			area += math.Abs(planar.Area(outline))
			if _, ok := outline.(orb.MultiPolygon); ok {
				crossing++
			}
		}
		if math.Abs(area-64800) > 0.01 {
			t.Errorf("resolution %d: %v square degrees, want 64800", res, area)
		}
		t.Logf("resolution %d: %d cells are cut", res, crossing)
	}
}

func TestOutlinesAreWholeAtTheAntimeridianAndThePoles(t *testing.T) {
	cases := []struct {
		name  string
		point orb.Point
	}{
		{"north pole", orb.Point{0, 90}}, {"south pole", orb.Point{0, -90}},
		{"antimeridian at the equator", orb.Point{180, 0}}, {"Fiji", orb.Point{179.9999, -16.5}}, {"Chukotka", orb.Point{-179.9999, 67}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for res := range 12 {
				cell, err := grid.CellAt(c.point, res)
				if err != nil {
					t.Fatal(err)
				}
				checkOutline(t, cell)
				for _, polygon := range parts(cell.Outline()) {
					if b := polygon.Bound(); b.Max.Lon()-b.Min.Lon() > 180 && math.Abs(c.point.Lat()) != 90 {
						t.Errorf("resolution %d: part spans %v", res, b)
					}
				}
			}
		})
	}
}

func TestAnOutlineHoldsItsCentreAndSharesCornersWithItsNeighbours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell, err := grid.CellAt(drawPoint(t), rapid.IntRange(2, 15).Draw(t, "resolution"))
		if err != nil {
			t.Fatal(err)
		}
		checkOutline(t, cell)
		outline := parts(cell.Outline())
		if len(outline) > 1 {
			return // cut: the centre may lie on the cut, corners of it are its own
		}
		if !planar.MultiPolygonContains(outline, cell.Center()) {
			t.Fatalf("cell %s does not hold its centre", cell)
		}
		own := map[orb.Point]bool{}
		for _, p := range outline[0][0] {
			own[p] = true
		}
		for _, n := range cell.Neighbours() {
			shared := 0
			for _, polygon := range parts(n.Outline()) {
				for _, p := range polygon[0][1:] {
					if own[p] {
						shared++
					}
				}
			}
			if shared < 2 {
				t.Fatalf("%s and %s share %d corners", cell, n, shared)
			}
		}
	})
}

func BenchmarkOutline(b *testing.B) {
	cell, err := grid.CellAt(orb.Point{-90.5069, 14.6349}, 9)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		cell.Outline()
	}
}
