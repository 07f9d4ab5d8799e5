package crs

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"
)

// Confident is the least score at which a candidate can be taken without
// asking. Without an area no candidate reaches it.
const Confident = 0.8

// Candidate is a system that numbers could be in.
type Candidate struct {
	System   System
	Points   int     // of the sample that were looked at
	Fitting  int     // of them lie where the system is used
	Near     int     // of them lie in the source's area
	Score    float64 // in (0, 1]: how well it fits, shared with the systems that also fit
	Evidence string  // a sentence
}

// Guess proposes the systems that pairs of x and y could be in, the likeliest
// first. near is where the source's incidents are known to lie, in longitude
// and latitude; the zero or an empty bound means unknown.
//
// Magnitude alone tells few systems apart, never the zones of UTM: without an
// area the candidates are many and none is Confident. With one, points inside
// it decide, and points in its near neighbourhood count a quarter. Where
// several systems remain they share the score, so that what cannot be told
// stays below Confident.
//
// Pairs that are not finite or are 0, 0 are passed over; at least nine tenths
// of the others must fit. Systems that give the same places to two metres are
// named once, by the most general. No usable point or no fitting system give
// nil. Cost: some 10 ms, and up to 50 µs a point; a few hundred are plenty.
func Guess(sample [][2]float64, near orb.Bound) []Candidate {
	points := usable(sample)
	if len(points) == 0 {
		return nil
	}
	isKnown := !near.IsZero() && !near.IsEmpty()
	area := neighbourhood{near, near.Pad(0.05 + 0.1*max(near.Right()-near.Left(), near.Top()-near.Bottom()))}
	var all []Candidate
	closest := 0.0
	for _, d := range distinct() {
		c := area.try(d.system(), points)
		if 10*c.Fitting < 9*len(points) {
			continue
		}
		closest = max(closest, c.Score)
		all = append(all, c)
	}
	switch {
	case !isKnown:
		for i, c := range all {
			all[i].Score = 0.5 * float64(c.Fitting) / float64(c.Points)
		}
	case closest == 0:
		for i, c := range all {
			all[i].Score = 0.25 * float64(c.Fitting) / float64(c.Points)
		}
	default:
		all = slices.DeleteFunc(all, func(c Candidate) bool { return c.Score == 0 })
	}
	share(all)
	for i := range all {
		all[i].Evidence = all[i].sentence(isKnown, len(all)-1)
	}
	return all
}

// neighbourhood is the source's area and a little around it, where new
// incidents of an old source may lie.
type neighbourhood struct{ inner, outer orb.Bound }

// try counts where the points would lie. The score is the weighted share of
// points in the neighbourhood.
func (n neighbourhood) try(s System, points [][2]float64) Candidate {
	c := Candidate{System: s, Points: len(points)}
	around := 0
	for _, xy := range points {
		if !s.domain.Contains(orb.Point(xy)) { // most do not; an error for each would cost more than all else
			continue
		}
		p, err := s.ToWGS84(xy[0], xy[1])
		if err != nil {
			continue
		}
		c.Fitting++
		switch {
		case n.inner.Contains(p):
			c.Near++
		case n.outer.Contains(p):
			around++
		}
	}
	c.Score = (float64(c.Near) + 0.25*float64(around)) / float64(len(points))
	return c
}

// share multiplies each score with its part of all of them and sorts, the
// greatest first and else in the order given.
func share(all []Candidate) {
	sum := 0.0
	for _, c := range all {
		sum += c.Score
	}
	for i := range all {
		all[i].Score *= all[i].Score / sum
	}
	slices.SortStableFunc(all, func(a, b Candidate) int { return cmp.Compare(b.Score, a.Score) })
}

func (c Candidate) sentence(isKnown bool, rivals int) string {
	s := fmt.Sprintf("as %s, %d of %d points lie where it is used", c.System, c.Fitting, c.Points)
	switch {
	case !isKnown:
		s += "; the source's area is not known"
	case c.Near == 0:
		s += ", none of them in the source's area"
	default:
		s += fmt.Sprintf(", %d of them in the source's area", c.Near)
	}
	switch {
	case c.Score >= Confident:
		return s
	case rivals == 0:
		return s + "; too little to be sure"
	case rivals == 1:
		return s + "; cannot tell from 1 other system that fits"
	default:
		return s + fmt.Sprintf("; cannot tell from %d other systems that fit", rivals)
	}
}

// distinct returns the listed systems without those that repeat another on a
// datum a metre or two away.
func distinct() []definition {
	type same struct {
		params params
		unit   Unit
	}
	seen := map[same]bool{}
	return slices.DeleteFunc(catalogue(), func(d definition) bool {
		key := same{d.params, d.unit}
		if seen[key] {
			return true
		}
		seen[key] = true
		return false
	})
}

func usable(sample [][2]float64) [][2]float64 {
	var out [][2]float64
	for _, xy := range sample {
		isFinite := !math.IsNaN(xy[0]+xy[1]) && !math.IsInf(xy[0], 0) && !math.IsInf(xy[1], 0)
		if isFinite && xy != [2]float64{} {
			out = append(out, xy)
		}
	}
	return out
}
