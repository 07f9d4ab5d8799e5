package grid_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
	"github.com/uber/h3-go/v4"
	"pgregory.net/rapid"
)

func TestCellAtRefusesWhatIsNoPlace(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	cases := []struct {
		name  string
		point orb.Point
		res   int
		want  string
	}{
		{"longitude too large", orb.Point{999, 0}, 9, "longitude 999 outside [-180, 180]"},
		{"longitude too small", orb.Point{-180.0000001, 0}, 9, "outside [-180, 180]"},
		{"latitude too large", orb.Point{0, 90.5}, 9, "latitude 90.5 outside [-90, 90]"},
		{"latitude too small", orb.Point{0, -91}, 9, "latitude -91 outside [-90, 90]"},
		{"NaN longitude", orb.Point{nan, 0}, 9, "longitude NaN"},
		{"NaN latitude", orb.Point{0, nan}, 9, "latitude NaN"},
		{"infinite longitude", orb.Point{inf, 0}, 9, "longitude +Inf"},
		{"infinite latitude", orb.Point{0, -inf}, 9, "latitude -Inf"},
		{"resolution too fine", orb.Point{0, 0}, 16, "resolution 16 outside [0, 15]"},
		{"resolution negative", orb.Point{0, 0}, -1, "resolution -1 outside [0, 15]"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			cell, err := grid.CellAt(c.point, c.res)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("cell %s and error %v, want an error with %q", cell, err, c.want)
			}
			if cell != 0 {
				t.Errorf("cell %s beside an error", cell)
			}
		})
	}
}

func TestCellAtTakesTheEdgesOfTheWorld(t *testing.T) {
	for _, p := range []orb.Point{{180, 0}, {-180, 0}, {0, 90}, {0, -90}, {180, 90}, {-180, -90}} {
		for res := grid.MinRes; res <= grid.MaxRes; res++ {
			cell, err := grid.CellAt(p, res)
			if err != nil || !cell.Valid() || cell.Res() != res {
				t.Fatalf("%v at %d: cell %s, error %v", p, res, cell, err)
			}
		}
	}
}

func TestParseCellRefusesWhatIsNoCell(t *testing.T) {
	for _, s := range []string{"", "8928308280fffff0x", "zzzzzzzzzzzzzzz", "ffffffffffffffff", "000000000000000", "89283082", "8928308280ffff", "-89283082803ffff", "1928308280fffff"} {
		if cell, err := grid.ParseCell(s); err == nil {
			t.Errorf("%q became %s", s, cell)
		}
	}
	if _, err := grid.ParseCell("8928308280fffff"); err != nil {
		t.Errorf("a valid cell: %v", err)
	}
}

func TestACellIsAStringInJSON(t *testing.T) {
	cell, _ := grid.ParseCell("8928308280fffff")
	text, err := json.Marshal(map[string]grid.Cell{"cell": cell})
	if err != nil || string(text) != `{"cell":"8928308280fffff"}` {
		t.Fatalf("%s, error %v", text, err)
	}
	var back map[string]grid.Cell
	if err := json.Unmarshal(text, &back); err != nil || back["cell"] != cell {
		t.Fatalf("%v, error %v", back, err)
	}
}

// drawPoint draws a point of the sphere, uniform by area.
func drawPoint(t *rapid.T) orb.Point {
	z := rapid.Float64Range(-1, 1).Draw(t, "sine of latitude")
	return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "longitude"), math.Asin(z) * 180 / math.Pi}
}

func TestParentByBitsEqualsH3(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		res := rapid.IntRange(0, 15).Draw(t, "resolution")
		cell, err := grid.CellAt(drawPoint(t), res)
		if err != nil {
			t.Fatal(err)
		}
		for coarser := 0; coarser <= res; coarser++ {
			got, err := cell.Parent(coarser)
			if err != nil {
				t.Fatal(err)
			}
			want, err := h3.Cell(cell).Parent(coarser)
			if err != nil || got != grid.Cell(want) {
				t.Fatalf("parent of %s at %d: %s, want %s (%v)", cell, coarser, got, want, err)
			}
			first, last, err := got.Descendants(res)
			if err != nil || cell < first || cell > last {
				t.Fatalf("%s is not within the descendants %s to %s of its parent (%v)", cell, first, last, err)
			}
		}
		if _, err := cell.Parent(res + 1); err == nil {
			t.Fatal("a parent finer than the cell")
		}
	})
}

func TestDescendantsHoldTheChildrenAndNoOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		res := rapid.IntRange(0, 12).Draw(t, "resolution")
		cell, err := grid.CellAt(drawPoint(t), res)
		if err != nil {
			t.Fatal(err)
		}
		first, last, err := cell.Descendants(res + 2)
		if err != nil {
			t.Fatal(err)
		}
		children, err := h3.Cell(cell).Children(res + 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, child := range children {
			if c := grid.Cell(child); c < first || c > last {
				t.Fatalf("child %s outside %s to %s", c, first, last)
			}
		}
		for _, n := range cell.Neighbours() {
			center, err := grid.CellAt(n.Center(), res+2)
			if err != nil {
				t.Fatal(err)
			}
			if center >= first && center <= last {
				t.Fatalf("%s of the neighbour %s is among the descendants of %s", center, n, cell)
			}
		}
	})
}

func TestNeighboursAreMutualAndSixExceptAroundPentagons(t *testing.T) {
	pentagons, err := h3.Pentagons(7)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pentagons {
		if c := grid.Cell(p); len(c.Neighbours()) != 5 || c.Degree() != 5 {
			t.Errorf("pentagon %s: %d neighbours, degree %d", c, len(c.Neighbours()), c.Degree())
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		cell, err := grid.CellAt(drawPoint(t), rapid.IntRange(0, 15).Draw(t, "resolution"))
		if err != nil {
			t.Fatal(err)
		}
		neighbours := cell.Neighbours()
		if len(neighbours) != cell.Degree() {
			t.Fatalf("%d neighbours, degree %d", len(neighbours), cell.Degree())
		}
		for _, n := range neighbours {
			back := false
			for _, m := range n.Neighbours() {
				back = back || m == cell
			}
			if n == cell || !back {
				t.Fatalf("%s adjoins %s, but not the other way round", cell, n)
			}
		}
	})
}

func TestCellAreasAddUpToTheSphere(t *testing.T) {
	sphere := 4 * math.Pi * grid.EarthRadiusM * grid.EarthRadiusM / 1e6
	sum := 0.0
	for _, c := range worldCells(t, 2) {
		sum += c.AreaKM2()
	}
	if math.Abs(sum/sphere-1) > 1e-9 {
		t.Errorf("%v km², want %v", sum, sphere)
	}
	if average := grid.AvgAreaKM2(2) * float64(h3.NumCells(2)); math.Abs(average/sphere-1) > 1e-12 {
		t.Errorf("average times number: %v km², want %v", average, sphere)
	}
}

func TestDistanceEqualsADegreeOfTheSphere(t *testing.T) {
	// One degree of a great circle is R·π/180 = 111,195.052 m.
	want := grid.EarthRadiusM * math.Pi / 180
	for _, c := range [][2]orb.Point{{{0, 0}, {0, 1}}, {{0, 0}, {1, 0}}, {{179.5, 0}, {-179.5, 0}}} {
		if got := grid.DistanceM(c[0], c[1]); math.Abs(got-want) > 1e-6 {
			t.Errorf("%v: %v m, want %v", c, got, want)
		}
	}
}

// worldCells returns every cell of a resolution.
func worldCells(t testing.TB, res int) []grid.Cell {
	t.Helper()
	roots, err := h3.Res0Cells()
	if err != nil {
		t.Fatal(err)
	}
	var out []grid.Cell
	for _, root := range roots {
		children, err := root.Children(res)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range children {
			out = append(out, grid.Cell(c))
		}
	}
	return out
}

func BenchmarkCellAtRes9(b *testing.B) {
	for b.Loop() {
		if _, err := grid.CellAt(orb.Point{-90.5069, 14.6349}, 9); err != nil {
			b.Fatal(err)
		}
	}
}
