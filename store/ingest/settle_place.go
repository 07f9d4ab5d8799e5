package ingest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"atalaya/geo/crs"
	"atalaya/store"
)

// newReading returns how the columns of some fields are read, before anything
// is known of what their numbers are.
func (p *proposer) newReading(m *mapping, fields placeFields) reading {
	r := reading{lon: -1, lat: -1, point: -1, fields: fields}
	if m.has(fields.point) {
		r.point = m.column[fields.point]
		return r
	}
	r.lon, r.lat = m.index(fields.lon), m.index(fields.lat)
	for of, column := range []int{r.lon, r.lat} {
		cells := make([]string, 0, len(p.sample))
		for _, rec := range p.sample {
			cells = append(cells, cellAt(rec.cells, column))
		}
		r.groups[of] = groupingOf(cells)
	}
	return r
}

// settlePlace decides from the sample what the numbers of the mapped columns
// are: degrees in the right order or not, or in which system they are metres
// or feet. It fails with store.Invalid where that cannot be told.
func (p *proposer) settlePlace(m *mapping, chosen map[string]string) error {
	asked := asksForPlace(chosen)
	w := &m.where
	w.near = p.setting.near
	zones, isSaid := chosen[string(UTMZone)]
	p.noZones = isSaid && zones == ""
	w.chosen = p.newReading(m, placeFields{Lon, Lat, Point})
	if m.has(Point) {
		m.unset(Lon)
		m.unset(Lat)
	}
	if err := p.nameSystems(&w.chosen); err != nil {
		return err
	}
	if err := p.settleSystem(m, asked); err != nil {
		return err
	}
	if w.chosen.zones == nil {
		m.unset(UTMZone)
		if zones != "" {
			m.notes = append(m.notes, fmt.Sprintf("column %q is not read as the zone of UTM of each row: its values, or the places with them, do not fit that, or their system is said", zones))
		}
	}
	w.crs = w.chosen.code()
	p.settleZeros(&w.chosen)
	if !asked || m.has(RivalPoint) || m.has(RivalLon) {
		p.settleRival(m)
	}
	return nil
}

// number pairs of the sample, x before y.
type pairOfNumbers = [2]float64

// numbers returns the pairs of the sample that name no system and stand for
// places.
func (p *proposer) numbers(r *reading) []pairOfNumbers {
	var out []pairOfNumbers
	for _, rec := range p.sample {
		x, y, srid, f := r.raw(rec.cells)
		if f.reason == "" && srid == 0 && x != 0 && y != 0 && !isNowhere(x, y) {
			out = append(out, pairOfNumbers{x, y})
		}
	}
	return out
}

// nameSystems finds the systems that the points of the sample name. It fails
// where all of them name one that is not known.
func (p *proposer) nameSystems(r *reading) error {
	if r.point < 0 {
		return nil
	}
	var unknown error
	known, first, isMixed := 0, -1, false
	for _, rec := range p.sample {
		_, _, srid, f := r.raw(rec.cells)
		if f.reason != "" {
			continue
		}
		if first < 0 {
			first = srid
		}
		isMixed = isMixed || srid != first
		if _, done := r.systemOf(srid); done || srid == 0 {
			known++
			continue
		}
		system, err := crs.Parse(fmt.Sprintf("EPSG:%d", srid))
		switch {
		case err != nil:
			unknown = err
		case len(r.named) < 20:
			r.named = append(r.named, namedSystem{srid, projectedOnly(system)})
			known++
		}
	}
	r.isNamed = first > 0 && !isMixed
	if unknown != nil && known == 0 {
		return refused("the points of column %q name a system that is not known: %v", p.columns[r.point], unknown)
	}
	return nil
}

// projectedOnly returns nil for a system of degrees.
func projectedOnly(s crs.System) *crs.System {
	if s.Unit().Metres == 0 {
		return nil
	}
	return &s
}

// parseSystem reads a coordinate system as a caller or a container names it.
func parseSystem(text string) (crs.System, error) {
	if strings.Contains(text, "[") {
		return crs.ParseWKT(text)
	}
	return crs.Parse(text)
}

// settleSystem decides the system of the chosen columns.
func (p *proposer) settleSystem(m *mapping, asked bool) error {
	r := &m.where.chosen
	numbers := p.numbers(r)
	system, why, err := p.declaredSystem(r)
	if err != nil {
		return err
	}
	if system != nil && (why.Form == namedByCaller || why.Form == namedByFile || !p.settleZones(m, guess{system: *system, why: why, isSaid: true})) {
		return p.declare(m, numbers, *system, why)
	}
	if r.zones != nil {
		return nil
	}
	if len(numbers) == 0 {
		return nil
	}
	if isAtLeast(count(numbers, isEitherWay), len(numbers), 0.5) {
		if !asked {
			p.settleOrientation(m, numbers)
		}
		return nil
	}
	if p.settleLostPoints(m, numbers) {
		return nil
	}
	return p.guessSystem(m, numbers)
}

// namedByFile is the evidence for a choice of the container.
const namedByFile = "named by the file"

// declaredSystem returns the system that the caller names, or the container
// for its geometry.
func (p *proposer) declaredSystem(r *reading) (*crs.System, store.Saying, error) {
	if p.setting.system != nil {
		return p.setting.system, p.setting.by, nil
	}
	if p.declared == "" || !p.geojson || r.point != 0 {
		return nil, store.Saying{}, nil
	}
	system, err := parseSystem(p.declared)
	if err != nil {
		return nil, store.Saying{}, &store.Error{Kind: store.Invalid, Message: "the file names a coordinate system that is not read; give the right one with --crs", Err: err}
	}
	return &system, say(namedByFile), nil
}

// declare takes the system that the caller or the container names, where the
// numbers of the sample can be in it.
func (p *proposer) declare(m *mapping, numbers []pairOfNumbers, system crs.System, why store.Saying) error {
	r := &m.where.chosen
	m.evidence[evidenceCRS] = withError(why, system)
	projected := projectedOnly(system)
	if projected == nil {
		if len(numbers) > 0 && !isAtLeast(count(numbers, isEitherWay), len(numbers), 0.5) {
			return refused("%s is degrees, but %s hold such numbers as %s and %s: projected coordinates; give their system with --crs",
				system, r.columns(p.columns), inFull(numbers[0][0]), inFull(numbers[0][1]))
		}
		if why.Form == namedByFile {
			p.settleOrientation(m, numbers)
		}
		return nil
	}
	fits := func(n pairOfNumbers) bool { _, err := projected.ToWGS84(n[0], n[1]); return err == nil }
	turned := func(n pairOfNumbers) bool { _, err := projected.ToWGS84(n[1], n[0]); return err == nil }
	straight, reverse := count(numbers, fits), count(numbers, turned)
	switch {
	case len(numbers) == 0, isAtLeast(straight, len(numbers), 0.5) && straight >= reverse:
	case isAtLeast(reverse, len(numbers), 0.5):
		p.turn(m, system)
	case why.Form == namedByFile && isAtLeast(count(numbers, isDegrees), len(numbers), 0.9):
		m.notes = append(m.notes, fmt.Sprintf("the file says that it is in %s, but its coordinates are degrees: they are read as WGS 84", system))
		m.evidence[evidenceCRS] = say("the numbers are degrees, whatever the file says")
		return nil
	default:
		_, err := projected.ToWGS84(numbers[0][0], numbers[0][1])
		return refused("%d of %d places in %s cannot be in %s: %s", len(numbers)-straight, len(numbers), r.columns(p.columns), system, unfit(err))
	}
	r.projected = projected
	return nil
}

// withError adds how far places of a system may be off where that is metres.
func withError(why store.Saying, system crs.System) store.Saying {
	if off := system.ErrorM(); off > 0 {
		return also(why, say("its places may be %.0f m off: the grid that defines its datum is not used", off))
	}
	return why
}

// evidenceCRS is the key of Report.Evidence that tells why the system is the
// one it is.
const evidenceCRS Field = "crs"

// code returns what the chosen columns are in, as a report says it.
func (r *reading) code() string {
	switch {
	case r.zones != nil:
		return r.zones.listed()
	case r.projected != nil && r.projected.Code() == "":
		return r.projected.Name()
	case r.projected != nil:
		return r.projected.Code()
	case r.isNamed && len(r.named) == 1:
		return fmt.Sprintf("EPSG:%d", r.named[0].srid)
	}
	return "EPSG:4326"
}

// turn reads the two numbers of a place in the other order.
func (p *proposer) turn(m *mapping, system crs.System) {
	if m.where.chosen.point >= 0 {
		p.exchange(m, "the numbers fit %s only in this order", system)
		return
	}
	p.exchange(m, "the northing comes first: the numbers fit %s only so", system)
}

// exchange makes the longitude of what was the latitude, and says why. Where the
// last file of the source had them exchanged and this one has each in the column
// that is called so, the file is sound.
func (p *proposer) exchange(m *mapping, format string, args ...any) {
	r := &m.where.chosen
	why := say(format, args...)
	if m.isRemembered && r.point < 0 && p.isCalledSo(r.lat, r.lon) {
		why = say("the columns are as they are called, unlike in the last file of this source")
		m.evidence[Lon], m.evidence[Lat] = store.Saying{}, store.Saying{}
	} else {
		m.doubt(store.DoubtPlace, "latitude and longitude, or easting and northing, are exchanged: %s", why)
	}
	if r.point >= 0 {
		r.reversed = !r.reversed
		m.evidence[Point] = also(m.evidence[Point], why)
		return
	}
	m.column[Lon], m.column[Lat] = m.column[Lat], m.column[Lon]
	m.evidence[Lon], m.evidence[Lat] = also(m.evidence[Lat], why), also(m.evidence[Lon], why)
	r.lon, r.lat = r.lat, r.lon
	r.groups[0], r.groups[1] = r.groups[1], r.groups[0]
}

// settleZeros finds out whether a 0 can be a coordinate of this file: not
// where its incidents are usually more than a degree away.
func (p *proposer) settleZeros(r *reading) {
	var axes [2][]float64
	for _, rec := range p.sample {
		if at, f := r.at(rec.cells); f.reason == "" && at[0] != 0 && at[1] != 0 {
			axes[0], axes[1] = append(axes[0], at[0]), append(axes[1], at[1])
		}
	}
	for of, values := range axes {
		if len(values) > 0 {
			slices.Sort(values)
			r.nonzero[of] = math.Abs(values[len(values)/2]) > 1
		}
	}
}

func count[T any](all []T, is func(T) bool) int {
	n := 0
	for _, one := range all {
		if is(one) {
			n++
		}
	}
	return n
}

// isDegrees reports whether a pair can be longitude and latitude.
func isDegrees(n pairOfNumbers) bool { return math.Abs(n[0]) <= 180 && math.Abs(n[1]) <= 90 }

// isEitherWay reports whether a pair can be longitude and latitude in one
// order or the other.
func isEitherWay(n pairOfNumbers) bool { return isDegrees(n) || isDegrees(pairOfNumbers{n[1], n[0]}) }
