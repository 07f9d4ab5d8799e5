package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// shift takes places of a datum to WGS 84 by seven parameters: the coordinate
// frame rotation of IOGP 373-7-2, method 1032.
type shift struct {
	ellipsoid  ellipsoid // of the datum
	within     orb.Bound // where it holds, in longitude and latitude
	dx, dy, dz float64   // metres
	rx, ry, rz float64   // arc seconds
	ppm        float64
}

// shifts returns those of the datum. Where none holds the datum is taken for
// WGS 84 as it stands. They are what PROJ picks where it has no grids; none is
// larger than two metres.
func (d datum) shifts() []shift {
	// EPSG 1901 and 1946.
	toITRF := shift{ellipsoid: d.ellipsoid(), dx: -0.991, dy: 1.9072, dz: 0.5129,
		rx: -0.0257899075194932, ry: -0.0096500989602704, rz: -0.0116599432323421}
	switch d {
	case nad83:
		return []shift{
			// EPSG 1252, Hawaii, as far as EPSG 1188, which shifts nothing, does
			// not hold too. In the Aleutian Islands, where the two overlap
			// more, PROJ goes by the projection; here nothing is shifted.
			{ellipsoid: d.ellipsoid(), within: box(-163.74, 15.56, -151.27, 23.81), dx: 1, dy: 1, dz: -1},
		}
	case nad83HARN:
		toITRF.within = box(-124.79, 24.41, -66.91, 49.38) // the contiguous United States
		return []shift{toITRF}
	case nad83CSRS:
		toITRF.within = box(-141.01, 38.21, -40.73, 86.46) // Canada
		return []shift{toITRF}
	case costaRica2005: // EPSG 9752
		return []shift{{ellipsoid: d.ellipsoid(), within: box(-90.45, 2.15, -81.43, 11.77),
			dx: -0.16959, dy: 0.35312, dz: 0.51846, rx: -0.03385, ry: 0.16325, rz: -0.03446, ppm: 0.03693}}
	default:
		return nil
	}
}

// apply shifts with sign 1 to WGS 84 and with sign -1 back: the rotations are
// under 1e-6, so that the way back is exact to some micrometres.
func (h shift) apply(p orb.Point, sign float64) orb.Point {
	const arcSecond = math.Pi / 180 / 3600
	e := h.ellipsoid
	x, y, z := e.geocentric(radians(p.Lon()), radians(p.Lat()))
	rx, ry, rz := h.rx*arcSecond, h.ry*arcSecond, h.rz*arcSecond
	ppm := h.ppm * 1e-6
	lon, lat := e.geodetic(
		x+sign*(h.dx+rz*y-ry*z+ppm*x),
		y+sign*(h.dy-rz*x+rx*z+ppm*y),
		z+sign*(h.dz+ry*x-rx*y+ppm*z),
	)
	return orb.Point{degrees(lon), degrees(lat)}
}
