package density_test

import (
	"errors"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/geo/density"
	"atalaya/geo/grid"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// square returns a square of a width in degrees around a point.
func square(p orb.Point, width float64) orb.Polygon {
	h := width / 2
	return orb.Polygon{{{p[0] - h, p[1] - h}, {p[0] + h, p[1] - h}, {p[0] + h, p[1] + h}, {p[0] - h, p[1] + h}, {p[0] - h, p[1] - h}}}
}

func TestAPointCountsInTheCellThatHoldsIt(t *testing.T) {
	p := orb.Point{-90.5069, 14.6349}
	cells := disk(t, p, 1)
	got, err := density.Apportion(cells, []density.Zone{{p, 7}, {orb.Point{0, 0}, 5}}, density.ApportionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cells {
		want := 0.0
		if own, _ := grid.CellAt(p, 9); c == own {
			want = 7
		}
		near(t, c.String(), got.Cells[i], want, 0)
	}
	near(t, "inside", got.Inside, 7, 0)
	near(t, "outside", got.Outside, 5, 0)
}

func TestAPolygonIsSpreadByArea(t *testing.T) {
	// A square far wider than the cells has the same value on each km², so that
	// a cell within it gets value · its area / the area of the square. On the
	// sphere that is R²·Δλ·(sin φ₂ − sin φ₁).
	p := orb.Point{-90.5, 14.6}
	const rad = math.Pi / 180
	const r = grid.EarthRadiusM / 1000
	area := r * r * .1 * rad * (math.Sin(14.65*rad) - math.Sin(14.55*rad))
	cells := disk(t, p, 5)
	got, err := density.Apportion(cells, []density.Zone{{square(p, .1), 1000}}, density.ApportionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cells {
		want := 1000 * c.AreaKM2() / area
		near(t, c.String(), got.Cells[i]/want, 1, .07) // 49 parts to a cell: 1 to 3 more or fewer
	}
	sum := 0.0
	for _, v := range got.Cells {
		sum += v
	}
	near(t, "sum", sum, got.Inside, 1e-9)
	near(t, "total", got.Inside+got.Outside, 1000, 1e-9)
}

func TestTheShareOfAHalfIsAHalf(t *testing.T) {
	// Two halves of a square, west with 30 and east with 10: a cell wholly in
	// the west gets three times as much by area as one wholly in the east.
	p := orb.Point{-90.5, 14.6}
	west := orb.Bound{Min: orb.Point{-90.55, 14.55}, Max: orb.Point{-90.5, 14.65}}
	east := orb.Bound{Min: orb.Point{-90.5, 14.55}, Max: orb.Point{-90.45, 14.65}}
	cells := disk(t, p, 4)
	got, err := density.Apportion(cells, []density.Zone{{west, 30}, {east, 10}}, density.ApportionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	perKM2 := map[bool][]float64{}
	for i, c := range cells {
		if lng := c.Center()[0]; math.Abs(lng-p[0]) > .003 {
			perKM2[lng < p[0]] = append(perKM2[lng < p[0]], got.Cells[i]/c.AreaKM2())
		}
	}
	mean := func(v []float64) (m float64) {
		for _, x := range v {
			m += x / float64(len(v))
		}
		return m
	}
	near(t, "west to east", mean(perKM2[true])/mean(perKM2[false]), 3, .03)
}

func TestNothingIsLostWhateverTheZones(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom([]orb.Point{{-90.5, 14.6}, {180, -16.5}, {-179.9999, 67}, {0, 0}}).Draw(t, "place")
		cells := disk(t, p, rapid.IntRange(0, 4).Draw(t, "steps"))
		var zones []density.Zone
		want := 0.0
		for range rapid.IntRange(1, 4).Draw(t, "zones") {
			value := rapid.Float64Range(0, 1000).Draw(t, "value")
			at := orb.Point{p[0] - rapid.Float64Range(0, .02).Draw(t, "west"), p[1] - rapid.Float64Range(0, .02).Draw(t, "south")}
			if at[0] < -180 {
				at[0] += 360
			}
			zone := density.Zone{Geometry: at, Value: value}
			// From a tenth of a millimetre to a kilometre wide.
			if width := math.Pow(10, -rapid.Float64Range(2, 9).Draw(t, "size")); at[0]-width > -180 && at[0]+width < 180 && rapid.Bool().Draw(t, "polygon") {
				zone.Geometry = square(at, width)
			}
			zones = append(zones, zone)
			want += value
		}
		got, err := density.Apportion(cells, zones, density.ApportionOptions{})
		if err != nil {
			t.Fatal(err)
		}
		sum := 0.0
		for _, v := range got.Cells {
			sum += v
		}
		near(t, "inside", sum, got.Inside, 1e-9*want)
		near(t, "total", got.Inside+got.Outside, want, 1e-9*want)
	})
}

func TestALargePolygonIsCutCoarserBeforeItIsRefused(t *testing.T) {
	p := orb.Point{-90.5, 14.6}
	cells := disk(t, p, 2)
	zones := []density.Zone{{square(p, .1), 1000}} // about 1,100 cells of resolution 9
	got, err := density.Apportion(cells, zones, density.ApportionOptions{MaxParts: 2000})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "total", got.Inside+got.Outside, 1000, 1e-9)
	if _, err := density.Apportion(cells, zones, density.ApportionOptions{MaxParts: 500}); !errors.Is(err, grid.ErrTooManyCells) {
		t.Errorf("error %v, want %v", err, grid.ErrTooManyCells)
	}
}

func TestApportionNamesEveryZoneThatIsNone(t *testing.T) {
	p := orb.Point{-90.5, 14.6}
	got, err := density.Apportion(disk(t, p, 1), []density.Zone{
		{p, 1}, {orb.LineString{p, p}, 1}, {p, math.NaN()}, {nil, 1}, {orb.Point{999, 0}, 1},
	}, density.ApportionOptions{})
	if err == nil || got.Cells != nil {
		t.Fatalf("%v, error %v", got, err)
	}
	for _, want := range []string{"zone 2: geometry LineString", "zone 3: value NaN", "zone 4: no geometry", "zone 5: longitude 999"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %q", want, err)
		}
	}
	if _, err := density.Apportion(nil, nil, density.ApportionOptions{}); err == nil {
		t.Error("no cells: no error")
	}
}

func TestTheBlocksOfMemphisLoseNobody(t *testing.T) {
	want := 0.0
	var zones []density.Zone
	places := map[grid.Cell]bool{}
	for _, row := range reference.Table(t, reference.Data(t, "memphis/memphis_population_blocks.csv")) {
		p := orb.Point{row.Float(t, "lng"), row.Float(t, "lat")}
		cell, err := grid.CellAt(p, 8)
		if err != nil {
			t.Fatal(err)
		}
		places[cell] = true
		zones = append(zones, density.Zone{Geometry: p, Value: row.Float(t, "population")})
		want += row.Float(t, "population")
	}
	cells := slices.Sorted(maps.Keys(places))
	all, err := density.Apportion(cells, zones, density.ApportionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if all.Inside != want || all.Outside != 0 {
		t.Errorf("%v inside and %v outside, want all %v inside", all.Inside, all.Outside, want)
	}
	half, err := density.Apportion(cells[:len(cells)/2], zones, density.ApportionOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if half.Outside == 0 || half.Inside == 0 || half.Inside+half.Outside != want {
		t.Errorf("%v inside and %v outside, want %v in all", half.Inside, half.Outside, want)
	}
	t.Logf("%.0f inhabitants of %d blocks in %d cells", want, len(zones), len(cells))
}

func BenchmarkApportion20Tracts(b *testing.B) {
	p := orb.Point{-90.5, 14.6}
	cells := disk(b, p, 15)
	zones := slices.Repeat([]density.Zone{{square(p, .02), 1000}}, 20)
	for b.Loop() {
		if _, err := density.Apportion(cells, zones, density.ApportionOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
