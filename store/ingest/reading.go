package ingest

import (
	"errors"
	"math"
	"strings"

	"atalaya/geo/crs"
	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// reading is how the place of a record is read: from a column each of
// longitude and latitude, or of easting and northing, or from one of points.
type reading struct {
	lon, lat, point int // columns; -1 where there is none
	fields          placeFields
	groups          [2]byte // marks that part thousands in lon and in lat

	projected *crs.System    // nil: degrees of WGS 84, or what zones says
	zones     *zoneColumn    // the column of the zone of UTM that each row is in; nil where there is none
	named     []namedSystem  // that the points of the sample name themselves
	isNamed   bool           // every point of the sample names a system, and all the same
	pointX    bool           // the longitude comes first in points that do not say
	reversed  bool           // latitude and longitude stand in each other's place even where the form says otherwise
	flip      [2]bool        // the minus of longitudes, of latitudes, is lost
	shifted   *[2][2]float64 // ranges that numbers without their decimal point belong in
	nonzero   [2]bool        // a longitude, a latitude of 0 stands for "no place"
}

// namedSystem is the coordinate system of a code; degrees where it is nil.
type namedSystem struct {
	srid   int
	system *crs.System
}

// placeFields are the fields that a reading's columns have, for rejects.
type placeFields struct{ lon, lat, point Field }

// fault is why there is no place to be read; the zero fault is none.
type fault struct {
	reason string
	field  Field
	said   store.Saying
}

// raw returns the numbers of a record as they stand, x before y, and the code
// of the system that they name.
func (r *reading) raw(cells []string) (x, y float64, srid int, f fault) {
	if r.point >= 0 {
		return r.rawPoint(cellAt(cells, r.point))
	}
	lonText, latText := cellAt(cells, r.lon), cellAt(cells, r.lat)
	if isBlank(lonText) {
		return 0, 0, 0, fault{NoCoordinates, r.fields.lon, say("no longitude; %s", r.allowed())}
	}
	if isBlank(latText) {
		return 0, 0, 0, fault{NoCoordinates, r.fields.lat, say("no latitude; %s", r.allowed())}
	}
	x, xAxis, ok := r.coordinate(lonText, 0)
	if !ok {
		return 0, 0, 0, fault{BadCoordinates, r.fields.lon, say("the longitude is no number; %s", r.allowed())}
	}
	y, yAxis, ok := r.coordinate(latText, 1)
	switch {
	case !ok:
		return 0, 0, 0, fault{BadCoordinates, r.fields.lat, say("the latitude is no number; %s", r.allowed())}
	case xAxis == northward && yAxis == eastward: // the letters leave no doubt
		return y, x, 0, fault{}
	case xAxis == northward:
		return 0, 0, 0, fault{BadCoordinates, r.fields.lon, say("the longitude has the letter of a latitude; %s", r.allowed())}
	case yAxis == eastward:
		return 0, 0, 0, fault{BadCoordinates, r.fields.lat, say("the latitude has the letter of a longitude; %s", r.allowed())}
	}
	if r.zones != nil {
		if srid, ok = r.zones.codeOf(cellAt(cells, r.zones.column)); !ok {
			return 0, 0, 0, fault{BadCoordinates, UTMZone, say("the row names no zone of UTM; allowed: 1 to 60, with the letter of the band or hemisphere or without")}
		}
	}
	return x, y, srid, fault{}
}

// coordinate reads the cell of an axis: 0 for longitudes, 1 for latitudes.
func (r *reading) coordinate(cell string, of int) (float64, axis, bool) {
	v, ok := parseNumber(cell, r.groups[of])
	if !ok {
		a, ok := parseAngle(cell)
		return a.degrees, a.axis, ok
	}
	if r.shifted != nil {
		v = shift(v, r.shifted[of])
	}
	if r.flip[of] {
		v = -math.Abs(v)
	}
	return v, 0, true
}

func (r *reading) rawPoint(cell string) (x, y float64, srid int, f fault) {
	if isBlank(cell) {
		return 0, 0, 0, fault{NoCoordinates, r.fields.point, say("no point; %s", r.allowed())}
	}
	if kind, ok := strings.CutPrefix(cell, otherGeometry); ok {
		return 0, 0, 0, fault{NotAPoint, r.fields.point, say("the geometry is a %s; allowed: Point", cut(kind))}
	}
	p, ok := parsePoint(cell)
	switch {
	case !ok:
		return 0, 0, 0, fault{BadCoordinates, r.fields.point, say("the point is no pair of numbers; %s", r.allowed())}
	case p.empty:
		return 0, 0, 0, fault{NoCoordinates, r.fields.point, say("the point is empty; %s", r.allowed())}
	}
	if (p.lonFirst || r.pointX && !p.latFirst) != r.reversed {
		x, y = p.first, p.second
	} else {
		x, y = p.second, p.first
	}
	if r.flip[0] {
		x = -math.Abs(x)
	}
	if r.flip[1] {
		y = -math.Abs(y)
	}
	return x, y, p.srid, fault{}
}

// at returns the place of a record in degrees of WGS 84.
func (r *reading) at(cells []string) (orb.Point, fault) {
	x, y, srid, f := r.raw(cells)
	if f.reason != "" {
		return orb.Point{}, f
	}
	return r.convert(x, y, srid)
}

// convert takes two numbers to degrees, and refuses what is no place or stands
// for none.
func (r *reading) convert(x, y float64, srid int) (orb.Point, fault) {
	if isNowhere(x, y) {
		return orb.Point{}, r.fault(NullIsland, 0, standsForNone())
	}
	system := r.projected
	if srid != 0 {
		var ok bool
		if system, ok = r.systemOf(srid); !ok {
			return orb.Point{}, r.fault(BadCoordinates, 0, say("the point names EPSG:%d, which is not known or not in the first records", srid))
		}
	}
	if system != nil {
		if x == 0 || y == 0 {
			return orb.Point{}, r.fault(NullIsland, 0, standsForNone())
		}
		p, err := system.ToWGS84(x, y)
		if err != nil {
			return orb.Point{}, r.fault(CoordinatesOutOfRange, 0, unfit(err))
		}
		return p, fault{}
	}
	p := orb.Point{x, y}
	if err := grid.CheckPoint(p); err != nil {
		of := 0
		if x >= -180 && x <= 180 {
			of = 1
		}
		return p, r.fault(CoordinatesOutOfRange, of, also(outOfDegrees(p, of), r.allowed()))
	}
	switch {
	case x == 0 && r.nonzero[0]:
		return p, r.fault(NullIsland, 0, standsForNone())
	case y == 0 && r.nonzero[1]:
		return p, r.fault(NullIsland, 1, standsForNone())
	}
	return p, fault{}
}

func standsForNone() store.Saying {
	return say("stands for no place; allowed: the place itself, or nothing")
}

// unfit says why a system of metres or feet does not have two numbers.
func unfit(err error) store.Saying {
	outside, ok := errors.AsType[*crs.OutsideError](err)
	if !ok {
		return asItIs(err.Error())
	}
	least, most := outside.Allowed()
	return say("%s %v outside [%s, %s] %s of %s", outside.Axis, outside.Value, least, most, outside.System.Unit().Name, outside.System)
}

// outOfDegrees says that a longitude (0) or a latitude (1) is none.
func outOfDegrees(p orb.Point, of int) store.Saying {
	if of == 0 {
		return say("longitude %v outside [-180, 180]", p[0])
	}
	return say("latitude %v outside [-90, 90]", p[1])
}

// isNowhere reports whether two numbers stand for "no place" in any system:
// 0, 0 within a centimetre, or -1, -1.
func isNowhere(x, y float64) bool {
	const dust = 1e-7
	return math.Abs(x) < dust && math.Abs(y) < dust || x == -1 && y == -1
}

// fault names the field of longitude (0) or latitude (1), or of the point.
func (r *reading) fault(reason string, of int, said store.Saying) fault {
	switch {
	case r.point >= 0:
		return fault{reason, r.fields.point, said}
	case of == 0:
		return fault{reason, r.fields.lon, said}
	}
	return fault{reason, r.fields.lat, said}
}

// systemOf returns the system of a code that points name, nil for degrees.
func (r *reading) systemOf(srid int) (*crs.System, bool) {
	if srid == 4326 {
		return nil, true
	}
	if r.zones != nil {
		s := r.zones.system(srid)
		return s, s != nil
	}
	for _, n := range r.named {
		if n.srid == srid {
			return n.system, true
		}
	}
	return nil, false
}

// allowed says what the cells may hold.
func (r *reading) allowed() store.Saying {
	if r.zones != nil {
		return say("allowed: metres in the zone of UTM that the row names")
	}
	if r.projected != nil {
		return say("allowed: %s of %s", r.projected.Unit().Name, r.projected)
	}
	return say("allowed: degrees of WGS 84")
}

// describe returns the columns of a reading as an English sentence has them.
func (r *reading) describe(columns []string) string { return r.columns(columns).String() }

// columns says which columns of a file a reading is of.
func (r *reading) columns(columns []string) store.Saying {
	if r.point >= 0 {
		return say("%q", columns[r.point])
	}
	return say("%q and %q", columns[r.lon], columns[r.lat])
}

// shift divides a number that lost its decimal point by the power of ten that
// takes it into a range; it returns the number as it is where none does. A
// range must not span a factor of ten, or more than one power could.
func shift(v float64, within [2]float64) float64 {
	for scaled := v; math.Abs(scaled) >= 1e-3; scaled /= 10 {
		if scaled >= within[0] && scaled <= within[1] {
			return scaled
		}
	}
	return v
}
