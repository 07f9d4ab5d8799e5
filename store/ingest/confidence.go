package ingest

import (
	"slices"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// confidence tells how sure the column of a field is: by whether its name fits
// or somebody said so, and by how its values read.
func (f Field) confidence(isNamed bool, of tried) store.Confidence {
	good, bad := of.timed, of.mistimed
	switch f {
	case ID, Category, Origin, UTMZone, RivalLon, RivalLat, RivalPoint:
		good, bad = 1, 0 // any value will do, or the file's own places bear them out
	case Lon, Lat, Point:
		good, bad = of.placed, of.misplaced
	}
	switch {
	case !isAtLeast(good, good+bad, 0.5):
		return store.Low
	case !isAtLeast(good, good+bad, 0.95) || good == 0:
		if isNamed {
			return store.Medium
		}
		return store.Low
	case isNamed:
		return store.High
	}
	return store.Medium
}

// doubtsOf tells what of a mapping is not sure enough to go unseen. Rows without
// a place, which no other reading would give one, speak against it only where
// they are most.
func doubtsOf(p store.Proposal, of tried) []store.Doubt {
	var doubts []store.Doubt
	doubt := func(code store.DoubtCode, format string, args ...any) {
		doubts = append(doubts, newDoubt(code, say(format, args...)))
	}
	tells := map[store.DoubtCode]bool{}
	for _, f := range p.Mapping {
		code := Field(f.Field).doubt()
		tells[code] = true
		if f.Confidence != store.High && code != "" {
			doubt(code, "it is not sure that column %q is %s: %s", f.Column, f.Field, f.Said)
		}
	}
	if !tells[store.DoubtTime] {
		doubt(store.DoubtTime, "no column tells when: all incidents would be without time")
	}
	if !tells[store.DoubtCategory] {
		doubt(store.DoubtCategory, "no column tells what: all incidents would be of no category")
	}
	if !isAtLeast(p.RowsTaken, p.RowsRead-of.placeless, 0.8) || !isAtLeast(p.RowsTaken, p.RowsRead, 0.5) {
		doubt(store.DoubtRejects, "only %d of the first %d rows would be taken", p.RowsTaken, p.RowsRead)
	}
	return doubts
}

// doubtZone doubts the usual time zone where the incidents are far from it.
func doubtZone(p store.Proposal) []store.Doubt {
	const farM = 500_000 // the country is some 450 km long
	city, isKnown := zoneCity(p.TimeZone)
	timed := slices.IndexFunc(p.Incidents, func(i store.ProposedIncident) bool { return i.From != nil })
	if !isKnown || timed < 0 {
		return nil
	}
	first := p.Incidents[timed]
	far := grid.DistanceM(city, orb.Point{first.Lon, first.Lat})
	if far < farM {
		return nil
	}
	return []store.Doubt{newDoubt(store.DoubtZone, say("nobody said in which time zone the times are: %s is assumed, but the first incident is %.0f km from there",
		p.TimeZone, far/1000))}
}

// doubt returns the code of a doubt about the column of a field; empty where
// a wrong one would do no harm that nobody sees.
func (f Field) doubt() store.DoubtCode {
	switch f {
	case Lon, Lat, Point:
		return store.DoubtPlace
	case Category:
		return store.DoubtCategory
	case ID, Origin, UTMZone, RivalLon, RivalLat, RivalPoint:
		return ""
	}
	return store.DoubtTime
}

// doubt adds a reason not to take the file unseen.
func (m *mapping) doubt(code store.DoubtCode, format string, args ...any) {
	m.doubts = append(m.doubts, newDoubt(code, say(format, args...)))
}

func newDoubt(code store.DoubtCode, said store.Saying) store.Doubt {
	return store.Doubt{Code: code, Message: said.String(), Said: said}
}
