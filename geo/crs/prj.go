package crs

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// ParseWKT returns the system that a .prj file or a GeoPackage describes in
// OGC or ESRI well-known text of the first generation. Its parameters decide,
// not its title or code: where a listed system has the same ones it lends name,
// code and area, else the system has the title and no code. Projections other
// than transverse Mercator, Lambert conformal conic and Web Mercator, datums
// that need a grid, and well-known text 2 are refused with what was found and
// what is allowed.
func ParseWKT(prj string) (System, error) {
	root, err := parseNodes(prj)
	if err != nil {
		return System{}, fmt.Errorf("well-known text: %w", err)
	}
	d, err := readSystem(root)
	if err != nil {
		return System{}, fmt.Errorf("well-known text %.100q: %w", root.title(), err)
	}
	for _, listed := range catalogue() {
		if listed.datum == d.datum && listed.unit == d.unit && listed.near(d.params) {
			d.name, d.code, d.area = listed.name, listed.code, listed.area
			break
		}
	}
	return d.system(), nil
}

func readSystem(root node) (definition, error) {
	switch root.keyword {
	case "GEOGCS":
		dat, err := readDatum(root)
		if err == nil && dat == osgb36 {
			err = errors.New("degrees of OSGB36 are not read: they lie 100 m off those of WGS 84 (allowed: the British National Grid)")
		}
		return definition{name: root.title(), datum: dat, unit: degree(), area: box(-180, -90, 180, 90)}, err
	case "PROJCS":
		return readProjected(root)
	case "COMPD_CS": // a horizontal system and heights
		if inner, found := root.child("PROJCS", "GEOGCS"); found {
			return readSystem(inner)
		}
	}
	return definition{}, fmt.Errorf("%.40s is not read (allowed: PROJCS, GEOGCS or COMPD_CS, of well-known text 1)", root.keyword)
}

func readProjected(root node) (definition, error) {
	base, found := root.child("GEOGCS")
	if !found {
		return definition{}, errors.New("GEOGCS is missing")
	}
	dat, err := readDatum(base)
	if err != nil {
		return definition{}, err
	}
	d := definition{name: root.title(), datum: dat}
	if d.unit, err = readLength(root); err != nil {
		return d, err
	}
	p, err := readParameters(root, d.unit.Metres)
	if err != nil {
		return d, err
	}
	projection, _ := root.child("PROJECTION")
	switch letters(projection.title()) {
	case "transversemercator", "gausskruger":
		d.params, err = p.transverse()
	case "lambertconformalconic2sp", "lambertconformalconic", "lambertconformalconic1sp":
		d.params, err = p.conic()
	case "mercatorauxiliarysphere", "popularvisualisationpseudomercator", "mercator1sp", "mercator":
		extension, _ := root.child("EXTENSION")
		d.params, err = p.webMercator(projection.title(), strings.Join(extension.texts, " "))
	default:
		return d, fmt.Errorf("projection %.60q is not read (allowed: Transverse_Mercator, Lambert_Conformal_Conic, Mercator_Auxiliary_Sphere)", projection.title())
	}
	if err != nil {
		return d, err
	}
	d.area = d.plausibleArea()
	return d, p.leftOver()
}

// readDatum returns the datum of a GEOGCS and sees to it that nothing else in
// there moves a place.
func readDatum(n node) (datum, error) {
	named, _ := n.child("DATUM")
	spheroid, _ := named.child("SPHEROID", "ELLIPSOID")
	dat, found := datumCalled(named.title())
	if !found {
		return 0, fmt.Errorf("datum %.60q is not read (allowed: %s)", named.title(), allowedDatums())
	}
	if f := spheroid.numbers; len(f) < 2 || !dat.hasSpheroid(f[0], f[1]) {
		return 0, fmt.Errorf("spheroid %.60q %v is not read (allowed: GRS 1980 or WGS 84; Airy 1830 with OSGB36)", spheroid.title(), f)
	}
	if to, found := named.child("TOWGS84"); found && !dat.hasShift(to.numbers) {
		return 0, fmt.Errorf("TOWGS84 %v is not read (allowed: zeros; EPSG 1314 with OSGB36)", to.numbers)
	}
	if prime, found := n.child("PRIMEM"); found && (len(prime.numbers) == 0 || prime.numbers[0] != 0) {
		return 0, fmt.Errorf("prime meridian %.60q %v is not read (allowed: Greenwich, 0)", prime.title(), prime.numbers)
	}
	unit, _ := n.child("UNIT")
	if len(unit.numbers) == 0 || !isClose(degrees(unit.numbers[0]), 1, 1e-9) {
		return 0, fmt.Errorf("unit of angles %.60q %v is not read (allowed: degree, 0.0174532925199433)", unit.title(), unit.numbers)
	}
	return dat, nil
}

// hasSpheroid reports whether an axis and an inverse flattening are those of the
// datum. GRS 1980 and WGS 84, a tenth of a millimetre apart, pass for each
// other.
func (d datum) hasSpheroid(a, inverse float64) bool {
	if d == osgb36 {
		return isClose(a, ellipsoidAiry().a, 1e-6) && isClose(inverse, 1/ellipsoidAiry().f, 1e-4)
	}
	return a == 6378137 && (isClose(inverse, 298.257222101, 1e-4) || isClose(inverse, 298.257223563, 1e-4))
}

// hasShift reports whether the seven parameters of TOWGS84, whose rotations are
// those of position vectors, shift nothing or as the datum is shifted.
func (d datum) hasShift(to []float64) bool {
	if d == osgb36 && len(to) == 7 {
		h := d.shifts()[0]
		return slices.Equal(to, []float64{h.dx, h.dy, h.dz, -h.rx, -h.ry, -h.rz, h.ppm})
	}
	return d != osgb36 && !slices.ContainsFunc(to, func(v float64) bool { return v != 0 })
}

func readLength(n node) (Unit, error) {
	unit, _ := n.child("UNIT")
	if len(unit.numbers) == 0 || !within(unit.numbers[0], 1e-3, 1e4) {
		return Unit{}, fmt.Errorf("unit of length %.60q %v is not read (allowed: how many metres it has, 0.001 to 10000)", unit.title(), unit.numbers)
	}
	return unitOf(unit.title(), unit.numbers[0]), nil
}

func datumCalled(title string) (datum, bool) {
	plain := letters(title)
	for i, known := range datumsOfWKT() {
		if slices.Contains(known, plain) || slices.Contains(known, strings.TrimPrefix(plain, "d")) {
			return datum(i), true
		}
	}
	return 0, false
}

func allowedDatums() string {
	var names []string
	for i := range datumsOfWKT() {
		names = append(names, datum(i).String())
	}
	return strings.Join(names, ", ")
}
