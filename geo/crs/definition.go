package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// definition is what makes a system: everything that a .prj file says.
type definition struct {
	name   string
	code   string // authority:code, or ""
	datum  datum
	unit   Unit
	area   orb.Bound // longitude and latitude
	params           // as the method needs them
}

// params are comparable: two systems with the same ones differ at most in
// their datum.
type params struct {
	method                      method
	lon0, lat0                  float64 // degrees
	scale                       float64 // at the central meridian or on the parallel
	parallel1, parallel2        float64 // degrees
	falseEasting, falseNorthing float64 // metres
}

type method int

const (
	geographic method = iota
	webMercator
	transverseMercator
	conformalConic
)

// projection goes between radians, the longitude counted from the central
// meridian, and metres before the false origin. Far from the area of use the
// result may be NaN or infinite.
type projection interface {
	forward(lon, lat float64) (x, y float64)
	inverse(x, y float64) (lon, lat float64)
}

func (d definition) system() System {
	s := System{def: d, proj: d.projection(), shifts: d.datum.shifts()}
	s.domain = d.domain(s.proj)
	return s
}

func (d definition) projection() projection {
	switch d.method {
	case geographic:
		return plateCarree{}
	case webMercator:
		return sphereMercator{}
	case transverseMercator:
		return newTransverse(d.datum.ellipsoid(), radians(d.lat0), d.scale)
	default:
		return newConic(d.datum.ellipsoid(), radians(d.lat0), radians(d.parallel1), radians(d.parallel2), d.scale)
	}
}

// marginDeg is how far beyond its area of use a system is still believed:
// agencies keep their zone across a border.
const marginDeg = 1

// domain returns the numbers that belong to the area of use and its margin.
func (d definition) domain(proj projection) orb.Bound {
	switch d.method {
	case geographic:
		return d.area
	case webMercator: // the margin of a metre forgives rounded numbers on the edge
		x, y := proj.forward(math.Pi, radians(d.area.Top()))
		return box(-x-1, -y-1, x+1, y+1)
	}
	const steps = 16 // an edge; what bulges between two of them is far below the margin
	area := d.area.Pad(marginDeg)
	out := orb.Bound{Min: orb.Point{math.Inf(1), math.Inf(1)}, Max: orb.Point{math.Inf(-1), math.Inf(-1)}}
	extend := func(lon, lat float64) {
		x, y := proj.forward(radians(math.Remainder(lon-d.lon0, 360)), radians(lat))
		scale := d.unit.scale()
		out = out.Extend(orb.Point{(x + d.falseEasting) / scale, (y + d.falseNorthing) / scale})
	}
	for i := range steps + 1 {
		part := float64(i) / steps
		lon := area.Left() + part*(area.Right()-area.Left())
		lat := area.Bottom() + part*(area.Top()-area.Bottom())
		extend(lon, area.Bottom())
		extend(lon, area.Top())
		extend(area.Left(), lat)
		extend(area.Right(), lat)
	}
	return out
}

func box(west, south, east, north float64) orb.Bound {
	return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}
}
