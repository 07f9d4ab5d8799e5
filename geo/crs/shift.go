package crs

import (
	"math"

	"github.com/paulmach/orb"
)

// shift takes places of a datum to WGS 84 by seven parameters: the coordinate
// frame rotation of IOGP 373-7-2, method 1032.
type shift struct {
	ellipsoid  ellipsoid // of the datum
	target     ellipsoid // of what it is taken to; the same where it differs by less than a millimetre
	within     orb.Bound // where it holds, in longitude and latitude
	dx, dy, dz float64   // metres
	rx, ry, rz float64   // arc seconds
	ppm        float64
}

// shifts returns those of the datum. Where none holds the datum is taken for
// WGS 84 as it stands. They are what PROJ picks where it has no grids; but for
// OSGB36's none is larger than two metres.
func (d datum) shifts() []shift {
	// EPSG 1901 and 1946.
	toITRF := shift{ellipsoid: d.ellipsoid(), target: d.ellipsoid(), dx: -0.991, dy: 1.9072, dz: 0.5129,
		rx: -0.0257899075194932, ry: -0.0096500989602704, rz: -0.0116599432323421}
	switch d {
	case nad83:
		return []shift{
			// EPSG 1252, Hawaii, as far as EPSG 1188, which shifts nothing, does
			// not hold too. In the Aleutian Islands, where the two overlap
			// more, PROJ goes by the projection; here nothing is shifted.
			{ellipsoid: d.ellipsoid(), target: d.ellipsoid(), within: box(-163.74, 15.56, -151.27, 23.81), dx: 1, dy: 1, dz: -1},
		}
	case nad83HARN:
		toITRF.within = box(-124.79, 24.41, -66.91, 49.38) // the contiguous United States
		return []shift{toITRF}
	case nad83CSRS:
		toITRF.within = box(-141.01, 38.21, -40.73, 86.46) // Canada
		return []shift{toITRF}
	case costaRica2005: // EPSG 9752
		return []shift{{ellipsoid: d.ellipsoid(), target: d.ellipsoid(), within: box(-90.45, 2.15, -81.43, 11.77),
			dx: -0.16959, dy: 0.35312, dz: 0.51846, rx: -0.03385, ry: 0.16325, rz: -0.03446, ppm: 0.03693}}
	case osgb36: // EPSG 1314 with its rotations the other way round; everywhere, for without it a place is 100 m off
		return []shift{{ellipsoid: d.ellipsoid(), target: ellipsoidWGS84(), within: box(-180, -90, 180, 90),
			dx: 446.448, dy: -125.157, dz: 542.06, rx: -0.15, ry: -0.247, rz: -0.842, ppm: -20.489}}
	default:
		return nil
	}
}

// toWGS84 shifts a place at height zero; the height that it comes to is dropped.
func (h shift) toWGS84(p orb.Point) orb.Point {
	x, y, z := h.ellipsoid.geocentric(radians(p.Lon()), radians(p.Lat()))
	dx, dy, dz := h.by(x, y, z)
	lon, lat := h.target.geodetic(x+dx, y+dy, z+dz)
	return orb.Point{degrees(lon), degrees(lat)}
}

// fromWGS84 is its inverse. What is shifted is found by shifting back from
// where the last guess goes: each round makes what is left 40,000 times
// smaller. The two lie at heights that differ by metres, which leaves up to two
// millimetres of OSGB36 and nothing of the others.
func (h shift) fromWGS84(p orb.Point) orb.Point {
	x, y, z := h.target.geocentric(radians(p.Lon()), radians(p.Lat()))
	fromX, fromY, fromZ := x, y, z
	for range 3 {
		dx, dy, dz := h.by(fromX, fromY, fromZ)
		fromX, fromY, fromZ = x-dx, y-dy, z-dz
	}
	lon, lat := h.ellipsoid.geodetic(fromX, fromY, fromZ)
	return orb.Point{degrees(lon), degrees(lat)}
}

// by returns how far a point is shifted, in metres.
func (h shift) by(x, y, z float64) (dx, dy, dz float64) {
	const arcSecond = math.Pi / 180 / 3600
	rx, ry, rz := h.rx*arcSecond, h.ry*arcSecond, h.rz*arcSecond
	ppm := h.ppm * 1e-6
	return h.dx + rz*y - ry*z + ppm*x, h.dy - rz*x + rx*z + ppm*y, h.dz + ry*x - rx*y + ppm*z
}
