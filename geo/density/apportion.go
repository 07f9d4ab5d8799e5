package density

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geo"
)

// Zone is a place with a value that counts something there: the households of
// a census tract, the seats of a school.
type Zone struct {
	Geometry orb.Geometry // a Point, or what grid.Polygons takes
	Value    float64      // finite
}

// ApportionOptions limits an Apportion.
type ApportionOptions struct {
	MaxParts int // most cells that one polygon is cut into; 0 means 1,000,000
}

// Apportioned is a denominator on the cells of a study area. The sum over
// Cells is Inside, and Inside + Outside is the sum over the zones, but for
// rounding.
type Apportioned struct {
	Cells   []float64 // in the order of the cells
	Inside  float64
	Outside float64 // of zones, or parts of zones, in no cell of the study area
}

const (
	defaultMaxParts = 1_000_000
	enoughParts     = 50_000 // of a polygon: one so large is cut no finer than it must be
	fewestParts     = 200    // of a polygon, so that its edge is met within about 1/10 of its width
	finerBy         = 2      // resolutions: at least 49 parts to a cell
)

// Apportion spreads the values of zones over cells of one resolution, strictly
// ascending. A point counts in the cell that holds it. A polygon is spread
// evenly over its area: it is cut into cells two resolutions finer, finer still
// where it is small and coarser where it is larger than some 1,000 cells, and
// each takes its share of their area to the cell that holds its centre. So a
// cell on the edge of a polygon is off by up to half a part's width along that
// edge. A polygon too small to hold the centre of any part counts whole at one
// of its corners. Nothing is lost: see Apportioned.
//
// It fails on geometries that are none of these, on values that are not
// finite, and with grid.ErrTooManyCells, naming every such zone. Cost: about
// 1 µs a part, and 5 ns for each position of the polygon, as H3 holds every
// part against every edge.
func Apportion(cells []grid.Cell, zones []Zone, opts ApportionOptions) (Apportioned, error) {
	out := Apportioned{Cells: make([]float64, len(cells))}
	if len(cells) == 0 {
		return Apportioned{}, errors.New("no cells to apportion to")
	}
	if opts.MaxParts == 0 {
		opts.MaxParts = defaultMaxParts
	}
	var errs []error
	for i, zone := range zones {
		parts, err := cut(zone, cells[0].Res(), opts.MaxParts)
		if err != nil {
			errs = append(errs, fmt.Errorf("zone %d: %w", i+1, err))
			continue
		}
		out.take(cells, parts)
	}
	if len(errs) > 0 {
		return Apportioned{}, errors.Join(errs...)
	}
	return out, nil
}

// part is a share of a zone, in the cell that holds it.
type part struct {
	cell  grid.Cell
	value float64
}

func (a *Apportioned) take(cells []grid.Cell, parts []part) {
	for _, p := range parts {
		if i, found := slices.BinarySearch(cells, p.cell); found {
			a.Cells[i] += p.value
			a.Inside += p.value
		} else {
			a.Outside += p.value
		}
	}
}

// cut returns the parts of a zone for cells of a resolution.
func cut(zone Zone, res, maxParts int) ([]part, error) {
	if math.IsNaN(zone.Value) || math.IsInf(zone.Value, 0) {
		return nil, fmt.Errorf("value %v is not finite", zone.Value)
	}
	if p, ok := zone.Geometry.(orb.Point); ok {
		cell, err := grid.CellAt(p, res)
		return []part{{cell, zone.Value}}, err
	}
	fine, err := coverFinely(zone.Geometry, res, maxParts)
	if err != nil {
		return nil, err
	}
	for i, f := range fine {
		if fine[i], err = grid.CellAt(f.Center(), res); err != nil {
			return nil, err
		}
	}
	slices.Sort(fine)
	// Areas change so slowly over the Earth that cells of one size have equal
	// parts: one area for all parts in a cell.
	var parts []part
	total := 0.0
	for start := 0; start < len(fine); {
		end := start + 1
		for end < len(fine) && fine[end] == fine[start] {
			end++
		}
		area := float64(end-start) * fine[start].AreaKM2()
		parts = append(parts, part{fine[start], area})
		total += area
		start = end
	}
	for i := range parts {
		parts[i].value *= zone.Value / total
	}
	return parts, nil
}

// coverFinely covers a polygon with at most maxParts cells no coarser than res,
// with fewestParts to enoughParts where that can be, and with one at a corner
// where it holds no centre.
func coverFinely(g orb.Geometry, res, maxParts int) ([]grid.Cell, error) {
	polygons, err := grid.Polygons(g)
	if err != nil {
		return nil, err
	}
	km2 := geo.Area(polygons) / 1e6
	at := min(res+finerBy, grid.MaxRes)
	for at > res && km2/grid.AvgAreaKM2(at) > float64(min(enoughParts, maxParts)) {
		at--
	}
	fine, err := grid.Cover(polygons, at, grid.CoverOptions{MaxCells: maxParts})
	for err == nil && len(fine) < fewestParts && at < grid.MaxRes {
		at++
		fine, err = grid.Cover(polygons, at, grid.CoverOptions{})
	}
	if err == nil && len(fine) == 0 {
		corner, err := grid.CellAt(polygons[0][0][0], grid.MaxRes)
		return []grid.Cell{corner}, err
	}
	return fine, err
}
