package grid

import (
	"errors"
	"fmt"
	"slices"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/geo"
	"github.com/uber/h3-go/v4"
)

// ErrTooManyCells is what Cover fails with over CoverOptions.MaxCells.
var ErrTooManyCells = errors.New("too many cells")

// CoverOptions limits a Cover.
type CoverOptions struct {
	MaxCells int // most cells to return; 0 means no limit
}

// Cover returns, in ascending order, every cell of the resolution whose centre
// lies inside the geometry: a Polygon or MultiPolygon with holes, or a Bound.
// It fails on rings that are open, too short or out of range, on a ring around
// a pole that is not cut at the antimeridian, and with ErrTooManyCells.
//
// Cost: about 1 µs a cell.
func Cover(g orb.Geometry, res int, opts CoverOptions) ([]Cell, error) {
	if err := CheckRes(res); err != nil {
		return nil, err
	}
	polygons, err := Polygons(g)
	if err != nil {
		return nil, err
	}
	// An estimate refuses what is hopeless before memory is taken for it.
	if km2 := geo.Area(polygons) / 1e6; opts.MaxCells > 0 && km2/AvgAreaKM2(res) > 2*float64(opts.MaxCells)+100 {
		return nil, fmt.Errorf("about %.0f cells of resolution %d, at most %d: %w", km2/AvgAreaKM2(res), res, opts.MaxCells, ErrTooManyCells)
	}
	var out []Cell
	for _, polygon := range polygons {
		cells, err := coverPolygon(polygon, res)
		if err != nil {
			return nil, err
		}
		out = append(out, cells...)
	}
	slices.Sort(out)
	out = slices.Compact(out)
	if opts.MaxCells > 0 && len(out) > opts.MaxCells {
		return nil, fmt.Errorf("%d cells of resolution %d, at most %d: %w", len(out), res, opts.MaxCells, ErrTooManyCells)
	}
	return out, nil
}

// Polygons returns the polygons of a geometry that covers ground: a Polygon or
// MultiPolygon, or a Bound, whose rings are closed and in range. It fails on
// all others and tells why.
func Polygons(g orb.Geometry) (orb.MultiPolygon, error) {
	var polygons orb.MultiPolygon
	switch g := g.(type) {
	case orb.Polygon:
		polygons = orb.MultiPolygon{g}
	case orb.MultiPolygon:
		polygons = g
	case orb.Bound:
		polygons = strips(g)
	case nil:
		return nil, errors.New("no geometry where a Polygon or MultiPolygon is needed")
	default:
		return nil, fmt.Errorf("geometry %s is no Polygon or MultiPolygon", g.GeoJSONType())
	}
	if len(polygons) == 0 {
		return nil, errors.New("empty MultiPolygon")
	}
	for i, polygon := range polygons {
		if len(polygon) == 0 {
			return nil, fmt.Errorf("polygon %d is empty", i+1)
		}
		for j, ring := range polygon {
			if err := checkRing(ring); err != nil {
				return nil, fmt.Errorf("polygon %d, ring %d: %w", i+1, j+1, err)
			}
		}
	}
	return polygons, nil
}

// strips returns a box as boxes so narrow that none of their edges can be
// taken for one that crosses the antimeridian.
func strips(b orb.Bound) orb.MultiPolygon {
	var out orb.MultiPolygon
	for west := b.Min.Lon(); west < b.Max.Lon(); west += stripWidth {
		east := min(west+stripWidth, b.Max.Lon())
		out = append(out, orb.Bound{Min: orb.Point{west, b.Min.Lat()}, Max: orb.Point{east, b.Max.Lat()}}.ToPolygon())
	}
	return out
}

func checkRing(ring orb.Ring) error {
	if len(ring) < 4 {
		return fmt.Errorf("%d positions, at least 4 are needed", len(ring))
	}
	if !ring.Closed() {
		return fmt.Errorf("not closed: starts at %v, ends at %v", ring[0], ring[len(ring)-1])
	}
	for i, p := range ring {
		if err := CheckPoint(p); err != nil {
			return fmt.Errorf("position %d: %w", i+1, err)
		}
	}
	unrolled := unroll(ring)
	if len(unrolled) != len(ring) {
		return errors.New("goes around a pole: cut it at the antimeridian")
	}
	return nil
}

// stripWidth is how many degrees of longitude H3 is given at once: an edge of
// more than 180 it would take for one that crosses the antimeridian.
const stripWidth = 90.0

// stripOverlap lets neighbouring strips share a line, so that no centre on it
// is lost to both.
const stripOverlap = 1e-9

func coverPolygon(polygon orb.Polygon, res int) ([]Cell, error) {
	unrolled := make(orb.Polygon, len(polygon))
	for i, ring := range polygon {
		unrolled[i] = unroll(ring)
		if i > 0 {
			alignTo(unrolled[0], unrolled[i])
		}
	}
	bound := unrolled.Bound()
	if bound.Min.Lon() >= -180 && bound.Max.Lon() <= 180 && bound.Max.Lon()-bound.Min.Lon() <= stripWidth {
		return coverStrip(unrolled, res)
	}
	var out []Cell
	for west := -540.0; west < 540; west += stripWidth {
		strip := orb.Bound{Min: orb.Point{west - stripOverlap, -90}, Max: orb.Point{west + stripWidth + stripOverlap, 90}}
		part := clip.Polygon(strip, unrolled.Clone())
		if len(part) == 0 || len(part[0]) < 4 {
			continue
		}
		turn := 0.0
		if west < -180 {
			turn = 360
		} else if west >= 180 {
			turn = -360
		}
		for _, ring := range part {
			for i := range ring {
				ring[i][0] += turn
			}
		}
		cells, err := coverStrip(part, res)
		if err != nil {
			return nil, err
		}
		out = append(out, cells...)
	}
	return out, nil
}

// alignTo moves a hole by whole turns to where its outer ring was unrolled to.
func alignTo(outer, hole orb.Ring) {
	bound := outer.Bound()
	for _, turn := range []float64{0, -360, 360} {
		if moved := hole[0].Lon() + turn; moved >= bound.Min.Lon() && moved <= bound.Max.Lon() {
			for i := range hole {
				hole[i][0] += turn
			}
			return
		}
	}
}

func coverStrip(polygon orb.Polygon, res int) ([]Cell, error) {
	shape := h3.GeoPolygon{GeoLoop: toLoop(polygon[0])}
	for _, hole := range polygon[1:] {
		if len(hole) >= 4 {
			shape.Holes = append(shape.Holes, toLoop(hole))
		}
	}
	cells, err := h3.PolygonToCellsExperimental(shape, res, h3.ContainmentCenter)
	if err != nil {
		return nil, fmt.Errorf("cells of a polygon, resolution %d: %w", res, err)
	}
	return fromH3(cells), nil
}

// fromH3 drops the empty slots of an h3-go answer and sorts it.
func fromH3(cells []h3.Cell) []Cell {
	out := make([]Cell, 0, len(cells))
	for _, c := range cells {
		if c != 0 {
			out = append(out, Cell(c))
		}
	}
	slices.Sort(out)
	return out
}
