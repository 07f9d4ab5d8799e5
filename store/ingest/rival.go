package ingest

import (
	"fmt"

	"atalaya/geo/crs"
	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// When other columns are trusted to hold the same places.
const (
	agreeM      = 50   // metres between the two places of a record
	agreeShare  = 0.98 // of the records that have both
	agreeLeast  = 3    // such records
	mostSystems = 5    // that a rival in metres or feet is tried in
)

// settleRival maps the other columns that hold the same places: where the
// chosen ones are blank or impossible, they stand in. Of several, those with
// most places are taken, points before pairs.
func (p *proposer) settleRival(m *mapping) {
	candidates := p.rivals(m)
	if m.has(RivalPoint) || m.has(RivalLon) && m.has(RivalLat) { // named by the caller, or as in the last file
		candidates = []map[Field]int{columnsOf(m, RivalPoint, RivalLon, RivalLat)}
	}
	for _, f := range []Field{RivalPoint, RivalLon, RivalLat} {
		m.unset(f)
	}
	var best map[Field]int
	most := 0
	for _, columns := range candidates {
		r, agreed := p.rivalReading(m, columns)
		switch {
		case agreed.isGood() && agreed.places > most:
			best, most, m.where.rival = columns, agreed.places, &r
		case !agreed.isGood() && agreed.both >= agreeLeast:
			m.notes = append(m.notes, fmt.Sprintf("the places in %s are left aside: %s with those in %s",
				r.describe(m.columns), agreed.String(), m.where.chosen.describe(m.columns)))
			m.doubt(store.DoubtRival, "%s and %s hold other places: say which is where it happened", r.columns(m.columns), m.where.chosen.columns(m.columns))
		}
	}
	for f, column := range best {
		m.column[f] = column
		m.evidence[f] = say("holds the same places as the chosen columns, and stands in where they hold none")
	}
}

// rivals lists the columns that are free and could hold places, points first.
func (p *proposer) rivals(m *mapping) []map[Field]int {
	var all []map[Field]int
	for i, c := range p.profiles {
		if p.isFree(m, i) && c.points > 0 && pointFit(c).bearsOut() {
			all = append(all, map[Field]int{RivalPoint: i})
		}
	}
	taken := map[int]bool{}
	for _, c := range p.pairs() {
		if p.isFree(m, c.lon) && p.isFree(m, c.lat) && !taken[c.lon] && !taken[c.lat] && p.profiles[c.lon].placed() > 0 && p.profiles[c.lat].placed() > 0 {
			taken[c.lon], taken[c.lat] = true, true
			all = append(all, map[Field]int{RivalLon: c.lon, RivalLat: c.lat})
		}
	}
	return all
}

// columnsOf returns the columns of some fields of a mapping.
func columnsOf(m *mapping, fields ...Field) map[Field]int {
	out := map[Field]int{}
	for _, f := range fields {
		if m.has(f) {
			out[f] = m.column[f]
		}
	}
	return out
}

// rivalReading returns how rival columns are read and how well they agree with
// the chosen ones over the sample. Metres and feet are read in the system that
// agrees best of those that put them where the chosen places lie.
func (p *proposer) rivalReading(m *mapping, columns map[Field]int) (reading, agreement) {
	other := newMapping(m.columns)
	other.column = columns
	r := p.newReading(other, placeFields{RivalLon, RivalLat, RivalPoint})
	if p.nameSystems(&r) != nil {
		return r, agreement{}
	}
	numbers := p.numbers(&r)
	if len(numbers) == 0 || isAtLeast(count(numbers, isEitherWay), len(numbers), 0.5) {
		agreed := p.agree(m, &r)
		if r.point >= 0 && !agreed.isGood() {
			turned := r
			turned.pointX = true
			if again := p.agree(m, &turned); again.isGood() {
				return turned, again
			}
		}
		return r, agreed
	}
	best, bestAgreed := r, agreement{}
	for i, c := range crs.Guess(thinned(together(numbers), guessSample), p.boundOf(&m.where.chosen)) {
		r.projected = projectedOnly(c.System)
		if agreed := p.agree(m, &r); agreed.same > bestAgreed.same {
			best, bestAgreed = r, agreed
		}
		if i == mostSystems || bestAgreed.isGood() {
			break
		}
	}
	return best, bestAgreed
}

// agree counts how often the rival reading gives the places of the chosen one.
func (p *proposer) agree(m *mapping, rival *reading) agreement {
	var a agreement
	for _, rec := range p.sample {
		at, f := m.where.chosen.at(rec.cells)
		a.add(at, f.reason == "", rival, rec.cells)
	}
	return a
}

// agreement counts how often two readings give the same place.
type agreement struct {
	places int // that the rival gives
	both   int // records of which both give one
	same   int // of them with the same
}

// add looks at a record, whose chosen place is at if it has one.
func (a *agreement) add(at orb.Point, isPlaced bool, rival *reading, cells []string) {
	other, f := rival.at(cells)
	if f.reason != "" {
		return
	}
	a.places++
	if !isPlaced {
		return
	}
	a.both++
	if grid.DistanceM(at, other) <= agreeM {
		a.same++
	}
}

// isGood reports whether the rival can be trusted.
func (a *agreement) isGood() bool {
	return a.both >= agreeLeast && isAtLeast(a.same, a.both, agreeShare)
}

func (a *agreement) String() string { return a.say().String() }

func (a *agreement) say() store.Saying {
	return say("%d of %d records with both agree within %d m", a.same, a.both, agreeM)
}

// boundOf returns where the places of the sample lie, nearly all of them.
func (p *proposer) boundOf(r *reading) orb.Bound {
	var places []orb.Point
	for _, rec := range p.sample {
		if at, f := r.at(rec.cells); f.reason == "" {
			places = append(places, at)
		}
	}
	if h := homeOf(places, orb.Bound{}); h.isKnown {
		return h.bound
	}
	if len(places) == 0 {
		return orb.Bound{}
	}
	return orb.MultiPoint(places).Bound()
}
