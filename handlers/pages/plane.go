package pages

import (
	"math"
	"strconv"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

// plane turns longitude and latitude into pixels of a picture: equirectangular
// around its middle, x to the east, y down. Over a city it is true to a few
// parts in ten thousand.
type plane struct {
	middle        orb.Point
	width, height float64 // of the picture
	perDegree     float64 // pixels per degree of latitude
	narrowing     float64 // a degree of longitude in degrees of latitude
}

// metresPerDegree is the length of a degree of latitude.
const metresPerDegree = math.Pi / 180 * grid.EarthRadiusM

// fitPlane returns a plane of the width that shows the whole bound with a
// margin, all in pixels; its height follows from the bound, within limits.
func fitPlane(bound orb.Bound, width, lowest, highest, margin float64) plane {
	p := plane{middle: bound.Center(), width: width}
	p.narrowing = math.Cos(p.middle.Lat() * math.Pi / 180)
	const least = 1e-6 // degrees; a bound can be a point
	w := math.Max((bound.Max.Lon()-bound.Min.Lon())*p.narrowing, least)
	h := math.Max(bound.Max.Lat()-bound.Min.Lat(), least)
	p.height = math.Round(math.Min(math.Max((width-2*margin)*h/w+2*margin, lowest), highest))
	p.perDegree = math.Min((width-2*margin)/w, (p.height-2*margin)/h)
	return p
}

// aroundPlane returns a plane of the size in pixels whose middle is the point
// and whose height spans so many metres.
func aroundPlane(middle orb.Point, width, height, metres float64) plane {
	return plane{
		middle: middle, width: width, height: height,
		perDegree: height / metres * metresPerDegree,
		narrowing: math.Cos(middle.Lat() * math.Pi / 180),
	}
}

// at returns where a point lies in the picture. Longitudes are taken the short
// way around, so the antimeridian is no edge.
func (p plane) at(pt orb.Point) (x, y float64) {
	east := math.Remainder(pt.Lon()-p.middle.Lon(), 360)
	return p.width/2 + east*p.narrowing*p.perDegree, p.height/2 - (pt.Lat()-p.middle.Lat())*p.perDegree
}

// pixels returns how many pixels so many metres are.
func (p plane) pixels(metres float64) float64 { return metres / metresPerDegree * p.perDegree }

// shows reports whether a point lies within so many pixels of the picture.
func (p plane) shows(pt orb.Point, margin float64) bool {
	x, y := p.at(pt)
	return x > -margin && x < p.width+margin && y > -margin && y < p.height+margin
}

// path writes rings as the data of an SVG path: tenths of a pixel, relative
// steps, so that like hexagons read alike and compress well. Steps shorter
// than the least, in pixels, are left out.
func (p plane) path(g orb.Geometry, least float64) string {
	var out []byte
	for _, ring := range rings(g) {
		out = p.appendRing(out, ring, least)
	}
	return string(out)
}

func (p plane) appendRing(out []byte, ring orb.Ring, least float64) []byte {
	if len(ring) < 4 {
		return out
	}
	var lastX, lastY int
	for i, pt := range ring[:len(ring)-1] {
		fx, fy := p.at(pt)
		x, y := int(math.Round(fx*10)), int(math.Round(fy*10))
		switch {
		case i == 0:
			out = append(out, 'M')
			out = appendTenths(out, x)
			out = appendNext(out, y)
		case math.Hypot(float64(x-lastX), float64(y-lastY)) < least*10:
			continue
		default:
			out = append(out, 'l')
			out = appendTenths(out, x-lastX)
			out = appendNext(out, y-lastY)
		}
		lastX, lastY = x, y
	}
	return append(out, 'z')
}

// appendNext writes the second number of a pair; its sign parts it from the
// first.
func appendNext(out []byte, tenths int) []byte {
	if tenths >= 0 {
		out = append(out, ' ')
	}
	return appendTenths(out, tenths)
}

func appendTenths(out []byte, tenths int) []byte {
	return strconv.AppendFloat(out, float64(tenths)/10, 'f', -1, 64)
}

// rings returns the rings of a polygon or of many.
func rings(g orb.Geometry) []orb.Ring {
	switch g := g.(type) {
	case orb.Polygon:
		return g
	case orb.MultiPolygon:
		var out []orb.Ring
		for _, polygon := range g {
			out = append(out, polygon...)
		}
		return out
	}
	return nil
}
