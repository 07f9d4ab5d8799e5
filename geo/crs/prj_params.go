package crs

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/paulmach/orb"
)

// parameters are what a .prj says of its projection, by the letters of the
// name: angles in degrees, lengths in metres. Reading one removes it.
type parameters map[string]float64

func readParameters(root node, metres float64) (parameters, error) {
	p := parameters{}
	for _, c := range root.children {
		if c.keyword != "PARAMETER" {
			continue
		}
		name := letters(c.title())
		if name == "" || len(c.numbers) != 1 || !within(c.numbers[0], -1e9, 1e9) {
			return nil, fmt.Errorf("parameter %.60q %v is not a name and a number", c.title(), c.numbers)
		}
		if _, twice := p[name]; twice {
			return nil, fmt.Errorf("parameter %.60q is there twice", c.title())
		}
		p[name] = c.numbers[0]
	}
	for _, name := range []string{"falseeasting", "falsenorthing"} {
		if v, found := p[name]; found {
			p[name] = v * metres
		}
	}
	return p, nil
}

func (p parameters) transverse() (params, error) {
	out := params{method: transverseMercator, lat0: p.take(0, "latitudeoforigin")}
	return p.common(out)
}

// conic reads both kinds: two standard parallels, or one with a scale on it,
// which is the latitude of origin where none is named.
func (p parameters) conic() (params, error) {
	out := params{method: conformalConic, lat0: p.take(math.NaN(), "latitudeoforigin")}
	out.parallel1 = p.take(out.lat0, "standardparallel1")
	out.parallel2 = p.take(out.parallel1, "standardparallel2")
	if !within(out.parallel1, -85, 85) || !within(out.parallel2, -85, 85) ||
		math.Abs(out.parallel1+out.parallel2) < 1e-3 {
		return out, fmt.Errorf("standard parallels %v and %v make no cone (allowed: within 85 degrees, not symmetric about the equator)", out.parallel1, out.parallel2)
	}
	return p.common(out)
}

func (p parameters) common(out params) (params, error) {
	out.lon0 = p.take(math.NaN(), "centralmeridian", "longitudeoforigin", "longitudeofcenter")
	out.scale = p.take(1, "scalefactor")
	out.falseEasting = p.take(0, "falseeasting")
	out.falseNorthing = p.take(0, "falsenorthing")
	switch {
	case !within(out.lon0, -180, 180):
		return out, fmt.Errorf("central_meridian %v is missing or outside [-180, 180]", out.lon0)
	case !within(out.lat0, -85, 85):
		return out, fmt.Errorf("latitude_of_origin %v is missing or outside [-85, 85]", out.lat0)
	case !within(out.scale, 0.5, 2):
		return out, fmt.Errorf("scale_factor %v outside [0.5, 2]", out.scale)
	}
	return out, nil
}

// webMercator tells Web Mercator from the Mercator of the ellipsoid: by the
// projection's name, or by the sphere in GDAL's extension.
func (p parameters) webMercator(projection, extension string) (params, error) {
	isSphere := !strings.HasPrefix(letters(projection), "mercator") || letters(projection) == "mercatorauxiliarysphere" ||
		strings.Contains(extension, "+a=6378137 ") && strings.Contains(extension, "+b=6378137 ")
	if !isSphere {
		return params{}, fmt.Errorf("projection %.60q of an ellipsoid is not read (allowed: Mercator_Auxiliary_Sphere)", projection)
	}
	if s := p.take(1, "scalefactor"); s != 1 {
		return params{}, fmt.Errorf("scale_factor %v of Web Mercator is not 1", s)
	}
	for _, name := range []string{"centralmeridian", "latitudeoforigin", "standardparallel1", "falseeasting", "falsenorthing", "auxiliaryspheretype"} {
		if v := p.take(0, name); v != 0 {
			return params{}, fmt.Errorf("%s %v of Web Mercator is not 0", name, v)
		}
	}
	return params{method: webMercator}, nil
}

// take removes and returns the first of the named that is there, else returns
// the default.
func (p parameters) take(byDefault float64, names ...string) float64 {
	for _, name := range names {
		if v, found := p[name]; found {
			delete(p, name)
			return v
		}
	}
	return byDefault
}

// leftOver refuses what no projection has asked for: it might move places.
func (p parameters) leftOver() error {
	if len(p) == 0 {
		return nil
	}
	return fmt.Errorf("parameters %v are not read with this projection", slices.Sorted(maps.Keys(p)))
}

// near reports whether two projections are the same but for the rounding of
// what files write. The parallels of a cone may change places.
func (p params) near(q params) bool {
	const angle, scale, length = 1e-7, 1e-9, 5e-3
	return p.method == q.method &&
		isClose(p.lon0, q.lon0, angle) && isClose(p.lat0, q.lat0, angle) && isClose(p.scale, q.scale, scale) &&
		isClose(min(p.parallel1, p.parallel2), min(q.parallel1, q.parallel2), angle) &&
		isClose(max(p.parallel1, p.parallel2), max(q.parallel1, q.parallel2), angle) &&
		isClose(p.falseEasting, q.falseEasting, length) && isClose(p.falseNorthing, q.falseNorthing, length)
}

// isClose is false for NaN.
func isClose(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

// plausibleArea returns where a projection that says nothing of its area can
// sensibly be in use.
func (p params) plausibleArea() orb.Bound {
	switch p.method {
	case webMercator:
		return box(-180, -85.06, 180, 85.06)
	case conformalConic:
		middle := (p.parallel1 + p.parallel2) / 2
		return box(p.lon0-30, max(-80, middle-20), p.lon0+30, min(84, middle+20))
	default:
		return box(p.lon0-4, -80, p.lon0+4, 84)
	}
}
