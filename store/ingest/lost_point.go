package ingest

import (
	"fmt"
	"math"

	"atalaya/store"
)

// settleLostPoints notices a file whose numbers lost their decimal points, as
// a spreadsheet in another language makes them: -90506900 for -90.5069. Every
// number must be whole, and must land in the source's area; where that is not
// known, one power of ten must take the columns that are called longitude and
// latitude to where the time zone is.
func (p *proposer) settleLostPoints(m *mapping, numbers []pairOfNumbers) bool {
	r := &m.where.chosen
	if r.point >= 0 || !namesDegrees(p.words[r.lon]) || !namesDegrees(p.words[r.lat]) {
		return false
	}
	var isLost [2]bool
	for of, most := range []float64{180, 90} {
		whole := count(numbers, func(n pairOfNumbers) bool { return n[of] == math.Trunc(n[of]) && math.Abs(n[of]) > most })
		within := count(numbers, func(n pairOfNumbers) bool { return math.Abs(n[of]) <= most })
		isLost[of] = whole == len(numbers)
		if !isLost[of] && within < len(numbers) {
			return false
		}
	}
	ranges, why := p.lostByArea(), say("in the source's area")
	if ranges == nil {
		ranges, why = p.lostByZone(numbers, isLost), say("where the time zone %s is", p.setting.zone)
	}
	if ranges == nil {
		return false
	}
	landed := count(numbers, func(n pairOfNumbers) bool {
		for of := range n {
			if v := shift(n[of], ranges[of]); isLost[of] && (v < ranges[of][0] || v > ranges[of][1]) {
				return false
			}
		}
		return true
	})
	if !isAtLeast(landed, len(numbers), 0.9) {
		return false
	}
	for of, lost := range isLost {
		if !lost { // nothing is shifted into an empty range
			ranges[of] = [2]float64{1, -1}
		}
	}
	r.shifted = ranges
	m.evidence[evidenceCRS] = say("the numbers lost their decimal points: with them, %d of %d places lie %s", landed, len(numbers), why)
	first := numbers[0]
	m.doubt(store.DoubtPlace, "%s", m.evidence[evidenceCRS])
	m.notes = append(m.notes, fmt.Sprintf("the coordinates lost their decimal points and are read with them, %.0f as %.6f and %.0f as %.6f: %s",
		first[0], shift(first[0], ranges[0]), first[1], shift(first[1], ranges[1]), m.evidence[evidenceCRS]))
	return true
}

// lostByArea returns the ranges of the source's area, nil where it is not
// known or spans so much that more than one power of ten could be meant.
func (p *proposer) lostByArea() *[2][2]float64 {
	near := p.setting.near
	if !isKnownBound(near) {
		return nil
	}
	near = near.Pad(0.5)
	ranges := [2][2]float64{{near.Min[0], near.Max[0]}, {near.Min[1], near.Max[1]}}
	for _, r := range ranges {
		if !tellsPower(r) {
			return nil
		}
	}
	return &ranges
}

// lostByZone returns the ranges that one power of ten takes the numbers to, at
// most 15 degrees of longitude off the time zone; nil where none does, or where
// the numbers could as well be metres of the Web Mercator.
func (p *proposer) lostByZone(numbers []pairOfNumbers, isLost [2]bool) *[2][2]float64 {
	const metresPerDegree, edge = 111319.49, 20037508
	middle := medianOf(numbers)
	zone := p.setting.longitude
	if !isLost[0] || math.Abs(middle[0]) <= edge && math.Abs(middle[1]) <= edge && math.Abs(middle[0]/metresPerDegree-zone) <= 15 {
		return nil
	}
	for power := 1000.0; power <= 1e15; power *= 10 {
		lon, lat := middle[0]/power, middle[1]
		if isLost[1] {
			lat /= power
		}
		if math.Abs(lon-zone) > 15 || !isInhabited(lat) || math.Abs(lat) < 1 {
			continue
		}
		ranges := [2][2]float64{{lon - 3, lon + 3}, {lat - 3, lat + 3}}
		if !tellsPower(ranges[0]) || !tellsPower(ranges[1]) {
			return nil
		}
		return &ranges
	}
	return nil
}

// tellsPower reports whether at most one power of ten takes a number into a
// range.
func tellsPower(r [2]float64) bool {
	low, high := math.Abs(r[0]), math.Abs(r[1])
	return r[0]*r[1] > 0 && max(low, high) < 10*min(low, high)
}
