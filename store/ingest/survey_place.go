package ingest

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

// placeSurvey decides what only all places of the file can: where its area is,
// whether its rival columns can be trusted, how fine its coordinates are, and
// at which points incidents pile up. It holds some ten thousand places,
// whatever the size of the file.
type placeSurvey struct {
	sample    spread[orb.Point]
	piles     *piles
	places    int
	rounded   int // places whose coordinates have three decimals of a degree at most
	agreement agreement
}

func (s *placeSurvey) add(m *mapping, cells []string) {
	w := &m.where
	at, f := w.chosen.at(cells)
	if f.reason != "" {
		return
	}
	if s.piles == nil {
		s.piles = newPiles()
	}
	s.places++
	if s.sample.takes(mostPlaces) {
		s.sample.kept = append(s.sample.kept, at)
	}
	s.piles.add(at)
	if isRounded(at[0]) && isRounded(at[1]) {
		s.rounded++
	}
	if w.rival != nil {
		s.agreement.add(at, true, w.rival, cells)
	}
}

// mostPlaces is how many places tell where the area of a file is.
const mostPlaces = 1 << 14

// roundedLeast is how many different places it takes to say that a file rounds
// them.
const roundedLeast = 20

func (s *placeSurvey) settle(m *mapping) {
	w := &m.where
	if s.piles == nil {
		return
	}
	near := w.near
	w.home = homeOf(s.sample.kept, near)
	w.fallbacks = s.piles.fallbacks()
	if len(s.piles.sampled) >= roundedLeast && isAtLeast(s.rounded, s.places, 0.98) {
		w.isRounded = true
		m.notes = append(m.notes, "the coordinates have three decimals at most, about 100 m: they are kept as places of a block")
	}
	if w.home.isKnown && isKnownBound(near) && !near.Pad(1).Intersects(w.home.bound) {
		c := w.home.bound.Center()
		m.notes = append(m.notes, fmt.Sprintf("the places of the file, around latitude %.2f, longitude %.2f, are not in the source's area: where its earlier incidents or the stored areas are", c[1], c[0]))
	}
	s.settleRival(m)
}

// settleRival keeps the rival columns where they agree over the whole file.
func (s *placeSurvey) settleRival(m *mapping) {
	w := &m.where
	if w.rival == nil {
		return
	}
	fields := []Field{RivalPoint, RivalLon, RivalLat}
	if s.agreement.isGood() {
		for _, f := range fields {
			if m.has(f) {
				m.evidence[f] = also(m.evidence[f], s.agreement.say())
			}
		}
		return
	}
	m.notes = append(m.notes, fmt.Sprintf("the places in %s are not used: only %s with those in %s", w.rival.describe(m.columns), s.agreement.String(), w.chosen.describe(m.columns)))
	for _, f := range fields {
		m.unset(f)
	}
	w.rival = nil
}

// isRounded reports whether a coordinate has three decimals at most.
func isRounded(degrees float64) bool {
	thousandths := degrees * 1000
	return math.Abs(thousandths-math.Round(thousandths)) < 1e-6
}
