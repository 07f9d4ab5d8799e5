package grid_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
	"pgregory.net/rapid"
)

// box returns a closed ring around a box.
func box(west, south, east, north float64) orb.Ring {
	return orb.Ring{{west, south}, {east, south}, {east, north}, {west, north}, {west, south}}
}

// within returns the cells of the world whose centres a test holds.
func within(t testing.TB, res int, holds func(orb.Point) bool) []grid.Cell {
	var out []grid.Cell
	for _, c := range worldCells(t, res) {
		if holds(c.Center()) {
			out = append(out, c)
		}
	}
	slices.Sort(out)
	return out
}

func TestCoverReturnsTheCellsWhoseCentresLieInside(t *testing.T) {
	const res = 3
	cases := []struct {
		name  string
		g     orb.Geometry
		holds func(orb.Point) bool
	}{
		{"a polygon", orb.Polygon{box(-92, 13, -88, 18)}, inBox(-92, 13, -88, 18)},
		{"a clockwise polygon", orb.Polygon{{{-92, 13}, {-92, 18}, {-88, 18}, {-88, 13}, {-92, 13}}}, inBox(-92, 13, -88, 18)},
		{"a hole", orb.Polygon{box(-20, -20, 20, 20), box(-8, -8, 9, 9)},
			func(p orb.Point) bool { return inBox(-20, -20, 20, 20)(p) && !inBox(-8, -8, 9, 9)(p) }},
		{"two polygons that overlap", orb.MultiPolygon{{box(0, 0, 20, 20)}, {box(10, 10, 30, 30)}},
			func(p orb.Point) bool { return inBox(0, 0, 20, 20)(p) || inBox(10, 10, 30, 30)(p) }},
		{"across the antimeridian", orb.Polygon{{{170, -20}, {-170, -20}, {-170, 10}, {170, 10}, {170, -20}}},
			func(p orb.Point) bool { return inBox(170, -20, 180, 10)(p) || inBox(-180, -20, -170, 10)(p) }},
		{"across the antimeridian with a hole beyond it", orb.Polygon{
			{{160, -30}, {-150, -30}, {-150, 30}, {160, 30}, {160, -30}}, {{-175, -10}, {-160, -10}, {-160, 10}, {-175, 10}, {-175, -10}}},
			func(p orb.Point) bool {
				return (inBox(160, -30, 180, 30)(p) || inBox(-180, -30, -150, 30)(p)) && !inBox(-175, -10, -160, 10)(p)
			}},
		{"a wide bound", orb.Bound{Min: orb.Point{-170, -10}, Max: orb.Point{170, 10}}, inBox(-170, -10, 170, 10)},
		{"the whole world", orb.Bound{Min: orb.Point{-180, -90}, Max: orb.Point{180, 90}}, inBox(-180, -90, 180, 90)},
		{"a polar cap", orb.Bound{Min: orb.Point{-180, 80}, Max: orb.Point{180, 90}}, inBox(-180, 80, 180, 90)},
		{"a wide polygon", orb.Polygon{{{-170, 0}, {-60, -5}, {60, -5}, {170, 0}, {60, 30}, {-60, 30}, {-170, 0}}},
			func(p orb.Point) bool {
				return planar.RingContains(orb.Ring{{-170, 0}, {-60, -5}, {60, -5}, {170, 0}, {60, 30}, {-60, 30}, {-170, 0}}, p)
			}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, err := grid.Cover(c.g, res, grid.CoverOptions{})
			if err != nil {
				t.Fatal(err)
			}
			want := within(t, res, c.holds)
			if len(want) == 0 || !slices.Equal(got, want) {
				t.Errorf("%d cells, want %d", len(got), len(want))
			}
		})
	}
}

func inBox(west, south, east, north float64) func(orb.Point) bool {
	return func(p orb.Point) bool { return p[0] >= west && p[0] <= east && p[1] >= south && p[1] <= north }
}

func TestCoverEqualsTheCentreRuleOnRandomStars(t *testing.T) {
	cells := worldCells(t, 3)
	rapid.Check(t, func(t *rapid.T) {
		lon, lat := rapid.Float64Range(-130, 130).Draw(t, "longitude"), rapid.Float64Range(-60, 60).Draw(t, "latitude")
		var ring orb.Ring
		corners := rapid.IntRange(3, 12).Draw(t, "corners")
		for i := range corners {
			angle := 2 * math.Pi * float64(i) / float64(corners)
			reach := rapid.Float64Range(2, 25).Draw(t, "reach")
			ring = append(ring, orb.Point{lon + reach*math.Cos(angle), lat + reach*math.Sin(angle)})
		}
		ring = append(ring, ring[0])
		got, err := grid.Cover(orb.Polygon{ring}, 3, grid.CoverOptions{})
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for _, c := range cells {
			if !planar.RingContains(ring, c.Center()) {
				continue
			}
			count++
			if _, found := slices.BinarySearch(got, c); !found {
				t.Fatalf("cell %s is missing", c)
			}
		}
		if count != len(got) {
			t.Fatalf("%d cells, want %d", len(got), count)
		}
	})
}

func TestCoverRefusesWhatCoversNoGround(t *testing.T) {
	nan := math.NaN()
	cases := []struct {
		name string
		g    orb.Geometry
		res  int
		want string
	}{
		{"nothing", nil, 5, "no geometry"},
		{"a point", orb.Point{1, 2}, 5, "Point is no Polygon"},
		{"an empty multipolygon", orb.MultiPolygon{}, 5, "empty MultiPolygon"},
		{"a polygon without rings", orb.Polygon{}, 5, "polygon 1 is empty"},
		{"a ring of three positions", orb.Polygon{{{0, 0}, {1, 1}, {0, 0}}}, 5, "3 positions, at least 4"},
		{"an open ring", orb.Polygon{{{0, 0}, {1, 0}, {1, 1}, {0, 1}}}, 5, "not closed"},
		{"a latitude out of range", orb.Polygon{box(0, 0, 1, 91)}, 5, "latitude 91 outside"},
		{"NaN", orb.Polygon{{{0, 0}, {nan, 0}, {1, 1}, {0, 0}}}, 5, "longitude NaN"},
		{"a ring around the pole", orb.Polygon{{{0, 80}, {120, 80}, {-120, 80}, {0, 80}}}, 5, "around a pole"},
		{"a bad hole", orb.Polygon{box(0, 0, 1, 1), {{0, 0}, {1, 1}}}, 5, "polygon 1, ring 2"},
		{"a bad resolution", orb.Polygon{box(0, 0, 1, 1)}, 16, "resolution 16"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := grid.Cover(c.g, c.res, grid.CoverOptions{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestCoverStopsAtTheMostCells(t *testing.T) {
	country := orb.Polygon{box(-92, 13, -88, 18)}
	if _, err := grid.Cover(country, 11, grid.CoverOptions{MaxCells: 200_000}); !errors.Is(err, grid.ErrTooManyCells) {
		t.Errorf("error %v, want ErrTooManyCells", err)
	}
	all, err := grid.Cover(country, 5, grid.CoverOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := grid.Cover(country, 5, grid.CoverOptions{MaxCells: len(all)}); err != nil {
		t.Errorf("exactly the most cells: %v", err)
	}
	if _, err := grid.Cover(country, 5, grid.CoverOptions{MaxCells: len(all) - 1}); !errors.Is(err, grid.ErrTooManyCells) {
		t.Errorf("one over the most cells: error %v", err)
	}
}

func TestCoverLeavesTheGeometryAsItWas(t *testing.T) {
	polygon := orb.Polygon{{{170, -20}, {-170, -20}, {-170, 10}, {170, 10}, {170, -20}}}
	before := polygon.Clone()
	if _, err := grid.Cover(polygon, 3, grid.CoverOptions{}); err != nil {
		t.Fatal(err)
	}
	if !polygon.Equal(before) {
		t.Errorf("became %v", polygon)
	}
}
