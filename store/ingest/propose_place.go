package ingest

import (
	"fmt"
	"math"
)

// proposePlace maps longitude and latitude, or else a point.
func (p *proposer) proposePlace(m *mapping) {
	if p.geojson {
		p.pick(m, Point, pointFit)
		return
	}
	p.pick(m, Lon, func(c profile) fit { return degreesFit(c, c.lons, "are in [-180, 180]") })
	p.pick(m, Lat, func(c profile) fit { return degreesFit(c, c.lats, "are in [-90, 90]") })
	if m.has(Lon) && m.has(Lat) {
		return
	}
	lon, hasLon := m.column[Lon]
	lat, hasLat := m.column[Lat]
	m.unset(Lon)
	m.unset(Lat)
	p.pick(m, Point, pointFit)
	if !m.has(Point) {
		p.proposePointByValues(m)
	}
	if !m.has(Point) && !p.headed {
		p.proposePairByValues(m)
	}
	if m.has(Point) || m.has(Lon) {
		return
	}
	if hasLon { // one of them alone is no place, but the refusal names it
		m.column[Lon] = lon
	}
	if hasLat {
		m.column[Lat] = lat
	}
}

func degreesFit(c profile, good int, what string) fit {
	f := fit{good: good, of: c.placed(), least: 0.5, what: what}
	if isAtLeast(c.fine, c.placed(), 0.5) {
		f.bonus = 6
	}
	return f
}

func pointFit(c profile) fit {
	return fit{good: c.points, of: c.values, least: 0.5, what: "are points"}
}

// proposePointByValues takes a column that holds points, whatever its name.
func (p *proposer) proposePointByValues(m *mapping) {
	for i, c := range p.profiles {
		if p.isFree(m, i) && c.points > 0 && isAtLeast(c.points, c.values, 0.9) {
			m.set(Point, i, fmt.Sprintf("%d of %d values are points, whatever its name", c.points, c.values))
			return
		}
	}
}

// proposePairByValues takes two columns of degrees without names. Which of
// them is the longitude is told by the time zone, an hour of which is 15
// degrees wide, or by values that are no latitudes.
func (p *proposer) proposePairByValues(m *mapping) {
	lon, lat, best := -1, -1, math.Inf(1)
	for a, x := range p.profiles {
		for b, y := range p.profiles {
			if a == b || !holdsDegrees(x, x.lons) || !holdsDegrees(y, y.lats) {
				continue
			}
			away := math.Abs(x.median - p.longitude)
			if !holdsDegrees(x, x.lats) {
				away = 0
			}
			if away < best {
				lon, lat, best = a, b, away
			}
		}
	}
	if best > 40 {
		return
	}
	x, y := p.profiles[lon], p.profiles[lat]
	m.set(Lon, lon, fmt.Sprintf("no header; %d of %d values are in [-180, 180], about %.0f as the time zone is", x.lons, x.placed(), x.median))
	m.set(Lat, lat, fmt.Sprintf("no header; %d of %d values are in [-90, 90]", y.lats, y.placed()))
}

func holdsDegrees(c profile, inRange int) bool {
	return inRange > 0 && isAtLeast(inRange, c.placed(), 0.9) && isAtLeast(c.fine, c.placed(), 0.8)
}
