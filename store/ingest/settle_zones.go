package ingest

import (
	"fmt"
	"slices"

	"atalaya/geo/crs"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// How far off where they should lie rows may be in the zones that they name,
// and how far in the mean where the name of the column may mean districts.
const (
	reachOfZonesKM = 1500
	aroundZonesKM  = 500
)

// zoning is how well a column of zones explains the places of the sample.
type zoning struct {
	zoneColumn
	isTurned   bool    // the northing comes first
	rows       int     // with numbers
	blank      int     // of them without a zone
	read       int     // of them with one
	near       int     // of them in reach of where they should lie
	km         float64 // how far off those are together
	ones       int     // of them that the one system of the file has too
	onesKM     float64 // how far off they are together in that
	isFarApart bool    // it has some farther off than aroundZonesKM
}

// isOfUTM reports whether the values can be zones of UTM by all that is known.
func (z *zoning) isOfUTM() bool {
	return z.read > 0 && isAtLeast(z.rows-z.blank, z.rows, 0.5) && isAtLeast(z.read, z.rows-z.blank, 0.9) && isAtLeast(z.near, z.read, 0.9)
}

// isNearer reports whether the rows are as near to where they should lie in
// their zones as in the one system of the file, or near enough where it has none.
func (z *zoning) isNearer() bool {
	km := z.km / float64(z.near)
	if z.ones == 0 {
		return km <= aroundZonesKM
	}
	return km <= z.onesKM/float64(z.ones)+1
}

// off returns how far a place is from where it should lie, in km.
func (z *zoning) off(at orb.Point) float64 {
	if !isKnownBound(z.area) {
		return 0
	}
	return distanceToKM(at, z.area)
}

// settleZones reads each row in the zone of UTM that a column names. Police
// districts and those of a city are called zones too: so the zones must put
// nearly all rows in reach of the source's area, or of the city that the time
// zone is named after, and where the name of the column leaves it open, as near
// to it as the one system does that was found for the file, or that somebody
// said the source's files are in, which goes where the rows name but one zone.
func (p *proposer) settleZones(m *mapping, one guess) bool {
	isKnown := m.has(UTMZone) // as the caller says, or as in the last file
	for _, column := range p.zoneColumns(m) {
		_, isCertain := namesZone(p.words[column])
		for _, isTurned := range []bool{false, true} {
			z := p.tryZones(m, column, isTurned, one)
			switch {
			case !z.isOfUTM() || !isKnown && (!isKnownBound(z.area) || one.isSaid && len(z.codes) == 1):
				continue
			case isKnown || isCertain || z.isNearer():
				p.readInZones(m, &z, isKnown)
				return true
			case z.isFarApart && len(z.codes) > 1:
				p.doubtZones(m, &z, one)
			}
		}
	}
	return false
}

// zoneColumns returns the columns that may be of zones: the one that is mapped,
// else those that are called so.
func (p *proposer) zoneColumns(m *mapping) []int {
	var columns []int
	switch {
	case p.noZones, m.where.chosen.point >= 0:
	case m.has(UTMZone):
		columns = append(columns, m.column[UTMZone])
	case p.headed:
		for i, words := range p.words {
			if isZone, _ := namesZone(words); isZone && p.isFree(m, i) {
				columns = append(columns, i)
			}
		}
	}
	return columns
}

// tryZones looks at the sample for how well a column of zones explains it.
func (p *proposer) tryZones(m *mapping, column int, isTurned bool, one guess) zoning {
	z := zoning{isTurned: isTurned, zoneColumn: zoneColumn{column: column, area: p.shouldLie(), systems: map[int]*crs.System{}}}
	for _, rec := range p.sample {
		x, y, _, f := m.where.chosen.raw(rec.cells)
		if f.reason != "" || x == 0 || y == 0 || isNowhere(x, y) {
			continue
		}
		z.rows++
		cell := cellAt(rec.cells, column)
		if isBlank(cell) {
			z.blank++
			continue
		}
		code, ok := z.codeOf(cell)
		if !ok {
			continue
		}
		z.read++
		n := pairOfNumbers{x, y}
		if isTurned {
			n = pairOfNumbers{y, x}
		}
		system := z.system(code)
		at, err := system.ToWGS84(n[0], n[1])
		if err != nil || !isIn(*system, n) || z.off(at) > reachOfZonesKM {
			continue
		}
		z.near++
		if !slices.Contains(z.codes, code) {
			z.codes = append(z.codes, code)
		}
		z.km += z.off(at)
		if at, err := one.toWGS84(x, y); err == nil {
			z.ones++
			z.onesKM += z.off(at)
			z.isFarApart = z.isFarApart || z.off(at) > aroundZonesKM
		}
	}
	slices.Sort(z.codes)
	return z
}

// shouldLie returns the source's area, or else the city that the time zone is
// named after; the zero box where neither is known.
func (p *proposer) shouldLie() orb.Bound {
	if isKnownBound(p.setting.near) {
		return p.setting.near
	}
	city, _ := zoneCity(p.setting.zone)
	return city.Bound()
}

// readInZones reads each row in the zone that it names. That is a doubt about the
// place, not about the system, of which a confirmation would make a choice of one.
func (p *proposer) readInZones(m *mapping, z *zoning, isKnown bool) {
	column := p.columns[z.column]
	why := say("%d of %d values are zones of UTM that put their rows where they should lie", z.near, z.rows-z.blank)
	if isKnown {
		m.evidence[UTMZone] = also(m.evidence[UTMZone], why)
	} else {
		m.set(UTMZone, z.column, also(say("named %q", column), why))
		m.doubt(store.DoubtPlace, "each row is read in the zone of UTM that column %q names: %s", column, why)
	}
	if z.isTurned {
		p.turn(m, *z.system(z.codes[0]))
	}
	m.where.chosen.zones = &z.zoneColumn
	m.evidence[evidenceCRS] = say("each row is in the zone of UTM that column %q names", column)
	m.notes = append(m.notes, fmt.Sprintf("each row is read in the zone of UTM that its column %q names, and none without one is taken; say --crs where all are in one system", column))
}

// doubtZones tells that the rows name different zones of UTM that do not
// explain their places, though the one system of the file does not either: no
// row is taken that this puts far off.
func (p *proposer) doubtZones(m *mapping, z *zoning, one guess) {
	m.where.should = z.area
	m.doubt(store.DoubtPlace, "column %q names different zones of UTM, which do not put the rows where they should lie, and neither does %s: say --crs, or which column has the zones (utm_zone)",
		p.columns[z.column], one.system)
}
