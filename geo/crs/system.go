package crs

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// System is a coordinate system whose numbers can be taken to WGS 84. Parse,
// ParseWKT, Guess and Systems make it; the zero value refuses every point. It
// is immutable and safe for concurrent use.
type System struct {
	def    definition
	proj   projection
	shifts []shift   // of its datum
	domain orb.Bound // of plausible numbers, in the system's own unit
}

// ToWGS84 returns the longitude and latitude in degrees of an easting and a
// northing in the system's unit, or of a longitude and a latitude where the
// unit is degrees. It fails on NaN, on infinities and on numbers more than
// about a degree outside the area of use. Cost: some 100 to 400 ns.
func (s System) ToWGS84(x, y float64) (orb.Point, error) {
	if s.proj == nil {
		return orb.Point{}, fmt.Errorf("x %v, y %v: no coordinate system given", x, y)
	}
	if err := s.checkAxis("x", x, s.domain.Min.X(), s.domain.Max.X()); err != nil {
		return orb.Point{}, err
	}
	if err := s.checkAxis("y", y, s.domain.Min.Y(), s.domain.Max.Y()); err != nil {
		return orb.Point{}, err
	}
	scale := s.def.unit.scale()
	lon, lat := s.proj.inverse(x*scale-s.def.falseEasting, y*scale-s.def.falseNorthing)
	p := s.shift(orb.Point{wrap(s.def.lon0 + degrees(lon)), degrees(lat)}, shift.toWGS84)
	if math.IsNaN(p.Lon()) || math.IsNaN(p.Lat()) {
		return orb.Point{}, fmt.Errorf("x %v, y %v is no place in %s", x, y, s)
	}
	return p, nil
}

// FromWGS84 is the inverse of ToWGS84. It fails on what is no longitude and
// latitude and on places outside the system's domain.
func (s System) FromWGS84(p orb.Point) (x, y float64, err error) {
	if s.proj == nil {
		return 0, 0, fmt.Errorf("point %v: no coordinate system given", p)
	}
	if !within(p.Lon(), -180, 180) || !within(p.Lat(), -90, 90) {
		return 0, 0, fmt.Errorf("point %v is not longitude and latitude (allowed: [-180, 180] and [-90, 90])", p)
	}
	local := s.shift(p, shift.fromWGS84)
	x, y = s.proj.forward(radians(wrap(local.Lon()-s.def.lon0)), radians(local.Lat()))
	scale := s.def.unit.scale()
	x, y = (x+s.def.falseEasting)/scale, (y+s.def.falseNorthing)/scale
	if !within(x, s.domain.Min.X(), s.domain.Max.X()) || !within(y, s.domain.Min.Y(), s.domain.Max.Y()) {
		a := s.def.area
		return 0, 0, fmt.Errorf("point %v outside %s (allowed: about longitude [%v, %v], latitude [%v, %v])",
			p, s, a.Left(), a.Right(), a.Bottom(), a.Top())
	}
	return x, y, nil
}

// Name returns the system's name, such as "NAD83 / Illinois East (ftUS)".
func (s System) Name() string { return s.def.name }

// Code returns authority and code, such as "EPSG:3435", and "" for a system
// read from WKT that is in no list.
func (s System) Code() string { return s.def.code }

// Unit returns the unit of x and y.
func (s System) Unit() Unit { return s.def.unit }

// Area returns the area of use in longitude and latitude: the authority's for
// listed systems, the whole zone for UTM, and a generous guess around the
// central meridian for a system in no list. Left may lie below -180 where the
// area crosses the antimeridian.
func (s System) Area() orb.Bound { return s.def.area }

// String returns code and name.
func (s System) String() string {
	if s.def.code == "" {
		return fmt.Sprintf("%q", s.def.name)
	}
	return fmt.Sprintf("%s (%s)", s.def.code, s.def.name)
}

// ErrorM returns by how many metres a place may be off for its datum, where that
// is more than the two that none is promised to be better than; 0 elsewhere.
func (s System) ErrorM() float64 {
	if s.def.datum == osgb36 {
		return 5
	}
	return 0
}

// Systems returns every listed system, the most general first. Cost: some ten
// milliseconds; keep the result.
func Systems() []System {
	definitions := catalogue()
	out := make([]System, len(definitions))
	for i, d := range definitions {
		out[i] = d.system()
	}
	return out
}

func (s System) checkAxis(axis string, v, least, most float64) error {
	if within(v, least, most) {
		return nil
	}
	return &OutsideError{Axis: axis, Value: v, Least: least, Most: most, System: s}
}

func (s System) shift(p orb.Point, apply func(shift, orb.Point) orb.Point) orb.Point {
	for _, h := range s.shifts {
		if h.within.Contains(p) {
			return apply(h, p)
		}
	}
	return p
}

// within is false for NaN.
func within(v, least, most float64) bool { return v >= least && v <= most }

func wrap(lon float64) float64 {
	if lon >= -180 && lon <= 180 {
		return lon
	}
	return math.Remainder(lon, 360)
}

func radians(deg float64) float64 { return deg * (math.Pi / 180) }

func degrees(rad float64) float64 { return rad * (180 / math.Pi) }
