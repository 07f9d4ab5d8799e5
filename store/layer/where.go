package layer

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

// BoundAllowed says in a few words what ParseBound takes, for messages.
const BoundAllowed = "west,south,east,north in degrees, or six numbers with heights that are ignored; west > east crosses the antimeridian"

// ParseBound reads four numbers, west, south, east, north, or six with heights
// after south and north.
func ParseBound(s string) (*Bound, error) {
	parts := strings.Split(s, ",")
	if len(parts) != 4 && len(parts) != 6 {
		return nil, fmt.Errorf("has %d parts where 4 or 6 numbers are needed", len(parts))
	}
	numbers := make([]float64, len(parts))
	for i, part := range parts {
		n, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
			return nil, fmt.Errorf("%q is no number", part)
		}
		numbers[i] = n
	}
	if len(numbers) == 6 {
		numbers = []float64{numbers[0], numbers[1], numbers[3], numbers[4]}
	}
	b := &Bound{West: numbers[0], South: numbers[1], East: numbers[2], North: numbers[3]}
	return b, b.check()
}

func (b Bound) check() error {
	for _, corner := range []orb.Point{{b.West, b.South}, {b.East, b.North}} {
		if err := grid.CheckPoint(corner); err != nil {
			return err
		}
	}
	if b.South > b.North {
		return fmt.Errorf("south %v lies north of north %v", b.South, b.North)
	}
	return nil
}

// boxes returns the bound as one box, or two where it crosses the antimeridian.
func (b Bound) boxes() []orb.Bound {
	box := func(west, east float64) orb.Bound {
		return orb.Bound{Min: orb.Point{west, b.South}, Max: orb.Point{east, b.North}}
	}
	if b.West > b.East {
		return []orb.Bound{box(b.West, 180), box(-180, b.East)}
	}
	return []orb.Bound{box(b.West, b.East)}
}

func (b Bound) String() string {
	return fmt.Sprintf("%v,%v,%v,%v", b.West, b.South, b.East, b.North)
}

// cover returns the cells whose centres lie in the bound, ascending.
func (b Bound) cover(res int) ([]grid.Cell, error) {
	var out []grid.Cell
	for _, box := range b.boxes() {
		if box.Min.Lon() == box.Max.Lon() || box.Min.Lat() == box.Max.Lat() {
			continue // no ground, no centre
		}
		cells, err := grid.Cover(box, res, grid.CoverOptions{MaxCells: MaxCells})
		if err != nil {
			return nil, err
		}
		out = append(out, cells...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// hull returns the cells of the convex hull of the cells' centres, the cells
// themselves included, ascending. Cells on both sides of the antimeridian are
// taken around it.
func hull(cells []grid.Cell, res int) ([]grid.Cell, error) {
	centres := make([]orb.Point, len(cells))
	west, east := 180.0, -180.0
	for i, c := range cells {
		centres[i] = c.Center()
		west, east = min(west, centres[i].Lon()), max(east, centres[i].Lon())
	}
	if east-west > 180 {
		for i := range centres {
			if centres[i][0] < 0 {
				centres[i][0] += 360
			}
		}
	}
	ring := convexHull(centres)
	out := slices.Clone(cells)
	if len(ring) >= 4 {
		for i := range ring {
			if ring[i][0] > 180 {
				ring[i][0] -= 360
			}
		}
		inside, err := grid.Cover(orb.Polygon{ring}, res, grid.CoverOptions{MaxCells: MaxCells})
		if err != nil {
			return nil, err
		}
		out = append(out, inside...)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// convexHull returns the closed counter-clockwise hull of points by Andrew's
// monotone chain (1979), and fewer than four positions where they lie on a
// line.
func convexHull(points []orb.Point) orb.Ring {
	sorted := slices.Clone(points)
	slices.SortFunc(sorted, func(a, b orb.Point) int {
		if a[0] != b[0] {
			return int(math.Copysign(1, a[0]-b[0]))
		}
		if a[1] != b[1] {
			return int(math.Copysign(1, a[1]-b[1]))
		}
		return 0
	})
	sorted = slices.Compact(sorted)
	if len(sorted) < 3 {
		return nil
	}
	turnsLeft := func(a, b, c orb.Point) bool {
		return (b[0]-a[0])*(c[1]-a[1])-(b[1]-a[1])*(c[0]-a[0]) > 0
	}
	var ring orb.Ring
	for range 2 {
		start := len(ring)
		for _, p := range sorted {
			for len(ring) >= start+2 && !turnsLeft(ring[len(ring)-2], ring[len(ring)-1], p) {
				ring = ring[:len(ring)-1]
			}
			ring = append(ring, p)
		}
		ring = ring[:len(ring)-1]
		slices.Reverse(sorted)
	}
	if len(ring) < 3 {
		return nil
	}
	return append(ring, ring[0])
}
