package ingest

import (
	"math"
	"slices"

	"atalaya/geo/crs"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// setting is what is known of the places of a file before it is read.
type setting struct {
	longitude float64      // roughly of the time zone
	zone      string       // its name
	near      orb.Bound    // where the source's incidents lie; zero = unknown
	system    *crs.System  // that the caller names, or that the source's files are in
	by        store.Saying // which of the two
}

// proposePlace maps longitude and latitude, or easting and northing, or else a
// point: what is called so and bears it out goes before what only looks so, and
// that before columns without a value.
func (p *proposer) proposePlace(m *mapping) {
	if p.geojson {
		p.pick(m, Point, pointFit)
		if m.has(Point) && p.profiles[m.column[Point]].points > 0 {
			return
		}
		m.unset(Point)
	}
	if p.wantsProjected() && p.proposeProjected(m) {
		return
	}
	p.pick(m, Lon, func(c profile) fit { return degreesFit(c, c.lons, say("are in [-180, 180]")) })
	p.pick(m, Lat, func(c profile) fit { return degreesFit(c, c.lats, say("are in [-90, 90]")) })
	p.pairUp(m)
	lon, hasLon := m.column[Lon]
	lat, hasLat := m.column[Lat]
	if hasLon && hasLat && p.profiles[lon].placed() > 0 && p.profiles[lat].placed() > 0 {
		return
	}
	lonWhy, latWhy := m.evidence[Lon], m.evidence[Lat]
	m.unset(Lon)
	m.unset(Lat)
	p.pick(m, Point, pointFit)
	if m.has(Point) && p.profiles[m.column[Point]].points == 0 {
		m.unset(Point)
	}
	if !m.has(Point) {
		p.proposePointByValues(m)
	}
	switch {
	case m.has(Point), p.proposeSwapped(m), p.proposeProjected(m):
	case hasLon && hasLat:
		m.set(Lon, lon, lonWhy)
		m.set(Lat, lat, latWhy)
	case !p.headed && p.proposePairByValues(m):
	default:
		p.pick(m, Point, pointFit)
		if hasLon && !m.has(Point) { // one of them alone is no place, but the refusal names it
			m.column[Lon] = lon
		}
		if hasLat && !m.has(Point) {
			m.column[Lat] = lat
		}
	}
}

func degreesFit(c profile, good int, what store.Saying) fit {
	f := fit{good: good, of: c.placed(), least: 0.5, what: what}
	if isAtLeast(c.fine, c.placed(), 0.5) {
		f.bonus = 6
	}
	return f
}

func pointFit(c profile) fit {
	return fit{good: c.points, of: c.values, least: 0.5, what: say("are points")}
}

// pair is two columns that are called like the coordinates of one place.
type pair struct{ lon, lat, score int }

// pairs returns the columns that are called like coordinates, each longitude
// with each latitude of the same name but for the axis, or beside it, the best
// first.
func (p *proposer) pairs() []pair {
	var all []pair
	for i, lonWords := range p.words {
		lonScore := nameScore(Lon, lonWords)
		if lonScore < Lon.nameFloor() || p.personal[i] {
			continue
		}
		for j, latWords := range p.words {
			latScore := nameScore(Lat, latWords)
			if i == j || latScore < Lat.nameFloor() || p.personal[j] {
				continue
			}
			isSame := withoutAxis(lonWords) == withoutAxis(latWords)
			if !isSame && i-j != 1 && j-i != 1 {
				continue
			}
			score := lonScore + latScore
			if isSame {
				score += 10
			}
			all = append(all, pair{i, j, score})
		}
	}
	slices.SortStableFunc(all, func(a, b pair) int { return b.score - a.score })
	return all
}

// pairUp sets the latitude that belongs to the longitude where the best of
// each are of two places.
func (p *proposer) pairUp(m *mapping) {
	lon, hasLon := m.column[Lon]
	lat, hasLat := m.column[Lat]
	if !hasLon || !hasLat || withoutAxis(p.words[lon]) == withoutAxis(p.words[lat]) {
		return
	}
	for _, c := range p.pairs() {
		lonFit := degreesFit(p.profiles[c.lon], p.profiles[c.lon].lons, say("are in [-180, 180]"))
		latFit := degreesFit(p.profiles[c.lat], p.profiles[c.lat].lats, say("are in [-90, 90]"))
		if lonFit.bearsOut() && latFit.bearsOut() && withoutAxis(p.words[c.lon]) == withoutAxis(p.words[c.lat]) {
			m.set(Lon, c.lon, p.evidence(c.lon, lonFit, nil))
			m.set(Lat, c.lat, p.evidence(c.lat, latFit, nil))
			return
		}
	}
}

// proposeSwapped maps columns of which the one that is called the latitude
// holds longitudes; settlePlace exchanges them.
func (p *proposer) proposeSwapped(m *mapping) bool {
	for _, c := range p.pairs() {
		lon, lat := p.profiles[c.lon], p.profiles[c.lat]
		if lat.lons > 0 && isAtLeast(lat.lons, lat.placed(), 0.5) && isAtLeast(lon.lats, lon.placed(), 0.5) && namesDegrees(p.words[c.lat]) {
			m.set(Lon, c.lon, p.evidence(c.lon, fit{good: lon.lats, of: lon.placed(), what: say("are in [-90, 90]")}, nil))
			m.set(Lat, c.lat, p.evidence(c.lat, fit{good: lat.lons, of: lat.placed(), what: say("are in [-180, 180]")}, nil))
			return true
		}
	}
	return false
}

// proposeProjected maps columns that are called like coordinates and hold
// numbers beyond degrees.
func (p *proposer) proposeProjected(m *mapping) bool {
	for _, c := range p.pairs() {
		lon, lat := p.profiles[c.lon], p.profiles[c.lat]
		if lon.placed() == 0 || lat.placed() == 0 || !lon.isBeyond() && !lat.isBeyond() || !isAtLeast(lon.numbers, lon.values, 0.5) || !isAtLeast(lat.numbers, lat.values, 0.5) {
			continue
		}
		m.set(Lon, c.lon, p.evidence(c.lon, fit{good: lon.beyond, of: lon.placed(), what: say("are numbers beyond degrees")}, nil))
		m.set(Lat, c.lat, p.evidence(c.lat, fit{good: lat.beyond, of: lat.placed(), what: say("are numbers beyond degrees")}, nil))
		return true
	}
	return !p.headed && p.wantsProjected() && p.proposeProjectedByValues(m)
}

// proposeProjectedByValues maps two neighbouring columns without names that
// hold numbers of the system that the caller names.
func (p *proposer) proposeProjectedByValues(m *mapping) bool {
	system := p.setting.system
	for i := range p.profiles {
		for _, c := range []pair{{lon: i, lat: i + 1}, {lon: i + 1, lat: i}} {
			if i+1 == len(p.profiles) {
				return false
			}
			x, y := p.profiles[c.lon], p.profiles[c.lat]
			if _, err := system.ToWGS84(x.median, y.median); err == nil && x.isBeyond() && y.isBeyond() {
				m.set(Lon, c.lon, say("no header; the values, about %.0f, are eastings of %s", x.median, system))
				m.set(Lat, c.lat, say("no header; the values, about %.0f, are northings of %s", y.median, system))
				return true
			}
		}
	}
	return false
}

// wantsProjected reports whether the caller named a system of metres or feet.
func (p *proposer) wantsProjected() bool {
	return p.setting.system != nil && p.setting.system.Unit().Metres > 0
}

// proposePointByValues takes a column that holds points, whatever its name.
func (p *proposer) proposePointByValues(m *mapping) {
	for i, c := range p.profiles {
		if p.isFree(m, i) && c.points > 0 && isAtLeast(c.points, c.values, 0.9) {
			m.set(Point, i, say("%d of %d values are points, whatever its name", c.points, c.values))
			return
		}
	}
}

// proposePairByValues takes two columns of degrees without names. Which of
// them is the longitude is told by the time zone, an hour of which is 15
// degrees wide, or by values that are no latitudes.
func (p *proposer) proposePairByValues(m *mapping) bool {
	lon, lat, best := -1, -1, math.Inf(1)
	for a, x := range p.profiles {
		for b, y := range p.profiles {
			if a == b || !holdsDegrees(x, x.lons) || !holdsDegrees(y, y.lats) {
				continue
			}
			away := math.Abs(x.median - p.setting.longitude)
			if !holdsDegrees(x, x.lats) {
				away = 0
			}
			if away < best {
				lon, lat, best = a, b, away
			}
		}
	}
	if best > 40 {
		return false
	}
	x, y := p.profiles[lon], p.profiles[lat]
	m.set(Lon, lon, say("no header; %d of %d values are in [-180, 180], about %.0f as the time zone is", x.lons, x.placed(), x.median))
	m.set(Lat, lat, say("no header; %d of %d values are in [-90, 90]", y.lats, y.placed()))
	return true
}

func holdsDegrees(c profile, inRange int) bool {
	return inRange > 0 && isAtLeast(inRange, c.placed(), 0.9) && isAtLeast(c.fine, c.placed(), 0.8)
}
