package grid_test

import (
	"math"
	"slices"
	"testing"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// Seven hexagons in a flower have 7·6 = 42 edges, of which 6 spokes and 6 edges
// of the ring are shared: 42 − 2·12 = 18 are left, all of one ring.
func TestAFlowerOfSevenCellsHasOneOutlineOfEighteenEdges(t *testing.T) {
	centre := cellAt(t, orb.Point{-90.5069, 14.6349}, 9)
	union := grid.Union(centre.Disk(1))
	if len(union) != 1 || len(union[0]) != 1 || len(union[0][0]) != 19 {
		t.Fatalf("union %v, want one ring of 18 corners, closed", union)
	}
	if union[0][0].Orientation() != orb.CCW {
		t.Error("the outer ring is not counter-clockwise")
	}
}

func TestARingOfSixCellsHasAHole(t *testing.T) {
	centre := cellAt(t, orb.Point{-90.5069, 14.6349}, 9)
	union := grid.Union(centre.Neighbours())
	if len(union) != 1 || len(union[0]) != 2 || len(union[0][0]) != 19 || len(union[0][1]) != 7 {
		t.Fatalf("union %v, want a ring of 18 corners and a hole of 6", union)
	}
	if union[0][1].Orientation() != orb.CW {
		t.Error("the hole is not clockwise")
	}
	if planar.MultiPolygonContains(union, centre.Center()) {
		t.Error("the hole is covered")
	}
}

func TestCellsApartAreApart(t *testing.T) {
	a := cellAt(t, orb.Point{-90.5069, 14.6349}, 9)
	disk := a.Disk(3)
	if union := grid.Union([]grid.Cell{disk[0], disk[len(disk)-1]}); len(union) != 2 {
		t.Errorf("%d polygons, want 2", len(union))
	}
	if got := grid.Union(nil); got != nil {
		t.Errorf("the union of nothing is %v", got)
	}
}

// 180° of longitude at the equator and at a pole: the parts lie within
// [-180, 180] and keep the ground.
func TestAUnionOverTheAntimeridianIsCutThere(t *testing.T) {
	for _, tt := range []struct {
		name  string
		cells []grid.Cell
	}{
		{"a disk", cellAt(t, orb.Point{180, -17}, 5).Disk(2)},
		{"a ring with a hole", cellAt(t, orb.Point{179.99, -17}, 5).Neighbours()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			union := grid.Union(tt.cells)
			if got, want := flat(union), flat(grid.Outlines(tt.cells)); math.Abs(got-want) > 1e-6*want {
				t.Errorf("area %v, the cells have %v", got, want)
			}
			if b := union.Bound(); b.Min.Lon() < -180 || b.Max.Lon() > 180 {
				t.Errorf("bound %v", b)
			}
		})
	}
}

func TestAUnionCoversWhatItsCellsCover(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := orb.Point{rapid.Float64Range(-170, 170).Draw(rt, "lon"), rapid.Float64Range(-70, 70).Draw(rt, "lat")}
		centre, err := grid.CellAt(p, rapid.IntRange(6, 10).Draw(rt, "res"))
		if err != nil {
			rt.Fatal(err)
		}
		disk := centre.Disk(3)
		cells := slices.DeleteFunc(slices.Clone(disk), func(grid.Cell) bool { return !rapid.Bool().Draw(rt, "taken") })
		union := grid.Union(cells)
		if got, want := flat(union), flat(grid.Outlines(cells)); math.Abs(got-want) > 1e-4*want {
			rt.Errorf("area %v, the cells have %v", got, want)
		}
		for _, c := range disk {
			if got, want := planar.MultiPolygonContains(union, c.Center()), slices.Contains(cells, c); got != want {
				rt.Errorf("cell %s covered: %t, want %t", c, got, want)
			}
		}
	})
}

// flat is the area in square degrees.
func flat(polygons orb.MultiPolygon) float64 {
	area := 0.0
	for _, p := range polygons {
		area += planar.Area(p)
	}
	return area
}

func cellAt(t *testing.T, p orb.Point, res int) grid.Cell {
	t.Helper()
	c, err := grid.CellAt(p, res)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
