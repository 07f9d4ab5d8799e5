package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"atalaya/geo/crs"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// guessSample is how many places a system is guessed by.
const guessSample = 200

// guessSystem proposes the system of projected numbers: that of the zone that
// each row names, or else one by the names of the columns, by the source's area,
// or by the city that the time zone is named after. It fails where none of them
// tells, with the systems that it could be.
func (p *proposer) guessSystem(m *mapping, numbers []pairOfNumbers) error {
	r := &m.where.chosen
	numbers = thinned(together(numbers), guessSample)
	one := p.guess(r, numbers)
	switch {
	case p.settleZones(m, one):
		return nil
	case one.why.IsZero():
		return p.refuseProjected(r, numbers)
	case one.isTurned:
		p.turn(m, one.system)
	}
	r.projected = &one.system
	why := withError(one.why, one.system)
	m.evidence[evidenceCRS] = why
	m.doubt(store.DoubtCRS, "the coordinates are read in %s: %s", one.system, why)
	m.notes = append(m.notes, fmt.Sprintf("the coordinates are read in %s by the evidence; say --crs where they are in another", one.system))
	return nil
}

// guess is a system that all places of a file may be in; none without a why.
type guess struct {
	system   crs.System
	why      store.Saying
	isTurned bool // the northing comes first
	isSaid   bool // it is no guess: somebody said so of the source's files
}

// toWGS84 reads a place in the system; it fails where there is none.
func (g guess) toWGS84(x, y float64) (orb.Point, error) {
	if g.isTurned {
		x, y = y, x
	}
	if g.why.IsZero() {
		return orb.Point{}, errors.New("no system")
	}
	return g.system.ToWGS84(x, y)
}

// guess finds a system for all numbers.
func (p *proposer) guess(r *reading, numbers []pairOfNumbers) guess {
	turned := make([]pairOfNumbers, len(numbers))
	for i, n := range numbers {
		turned[i] = pairOfNumbers{n[1], n[0]}
	}
	for _, find := range []func([]pairOfNumbers) (crs.System, store.Saying){
		func(n []pairOfNumbers) (crs.System, store.Saying) { return p.systemByName(r, n) },
		p.systemByArea,
		p.systemByCity,
	} {
		for i, sample := range [][]pairOfNumbers{numbers, turned} {
			system, why := find(sample)
			if !why.IsZero() {
				return guess{system: system, why: why, isTurned: i == 1}
			}
		}
	}
	return guess{}
}

// systemByName reads the system from the names of the columns: GTM, UTM with a
// zone, a code of EPSG, the Web Mercator.
func (p *proposer) systemByName(r *reading, numbers []pairOfNumbers) (crs.System, store.Saying) {
	var words []string
	for _, column := range []int{r.lon, r.lat, r.point} {
		if column >= 0 {
			words = append(words, p.words[column]...)
		}
	}
	for i, word := range words {
		var name string
		switch {
		case strings.Contains(word, "gtm"):
			name = "GTM"
		case strings.Contains(word, "webmercator"), word == "mercator":
			name = "EPSG:3857"
		case strings.HasPrefix(word, "utm"):
			name = "UTM " + p.utmZone(word[3:], words[i+1:])
		default:
			digits := strings.TrimPrefix(word, "epsg")
			if n, err := strconv.Atoi(digits); err != nil || n < 2000 {
				continue
			}
			name = "EPSG:" + digits
		}
		system, err := crs.Parse(name)
		if err != nil || system.Unit().Metres == 0 {
			continue
		}
		fits := count(numbers, func(n pairOfNumbers) bool { return isIn(system, n) })
		if isAtLeast(fits, len(numbers), 0.9) && !p.contradicts(system, numbers) {
			return system, say("the name %q says so, and %d of %d places lie where it is used", p.nameOf(r), fits, len(numbers))
		}
	}
	return crs.System{}, store.Saying{}
}

// utmZone returns the zone that stands behind the letters UTM or in the next
// words; the hemisphere is that of the time zone where the name has none.
func (p *proposer) utmZone(zone string, next []string) string {
	for _, word := range next {
		if zone != "" {
			break
		}
		if word != "zone" && word != "zona" && word != "fuso" && word != "huso" {
			zone = word
		}
	}
	if city, ok := zoneCity(p.setting.zone); ok && allDigits(zone) && zone != "" {
		if city[1] < 0 {
			return zone + "S"
		}
		return zone + "N"
	}
	return zone
}

func (p *proposer) nameOf(r *reading) string {
	if r.point >= 0 {
		return p.columns[r.point]
	}
	return p.columns[r.lon]
}

// isIn reports whether a pair lies where a system is used.
func isIn(system crs.System, n pairOfNumbers) bool {
	at, err := system.ToWGS84(n[0], n[1])
	return err == nil && system.Area().Pad(0.5).Contains(at)
}

// contradicts reports whether the numbers, read in a system, lie outside the
// source's area.
func (p *proposer) contradicts(system crs.System, numbers []pairOfNumbers) bool {
	if !isKnownBound(p.setting.near) {
		return false
	}
	near := p.setting.near.Pad(1)
	inside := count(numbers, func(n pairOfNumbers) bool {
		at, err := system.ToWGS84(n[0], n[1])
		return err == nil && near.Contains(at)
	})
	return !isAtLeast(inside, len(numbers), 0.5)
}

// systemByArea takes the system that puts the numbers in the source's area.
func (p *proposer) systemByArea(numbers []pairOfNumbers) (crs.System, store.Saying) {
	if !isKnownBound(p.setting.near) {
		return crs.System{}, store.Saying{}
	}
	candidates := crs.Guess(numbers, p.setting.near)
	if len(candidates) == 0 || candidates[0].Score < crs.Confident || candidates[0].System.Unit().Metres == 0 {
		return crs.System{}, store.Saying{}
	}
	return candidates[0].System, fitting(candidates[0])
}

// fitting says how well a system fits the source's area.
func fitting(c crs.Candidate) store.Saying {
	return say("as %s, %d of %d points lie where it is used, %d of them in the source's area", c.System, c.Fitting, c.Points, c.Near)
}

// aroundCityKM is how far from the city that a time zone is named after the
// middle of a file may lie for that to tell the system. The zones of UTM are
// 300 km wide or more where people live, so that no second one fits.
const aroundCityKM = 60

// systemByCity takes the one system that puts the middle of the file near the
// city that the time zone is named after, and every place where it is used.
func (p *proposer) systemByCity(numbers []pairOfNumbers) (crs.System, store.Saying) {
	city, isKnown := zoneCity(p.setting.zone)
	if !isKnown {
		return crs.System{}, store.Saying{}
	}
	middle := medianOf(numbers)
	around := orb.Bound{Min: city, Max: city}.Pad(2 * aroundCityKM / 111.0)
	var found []crs.System
	for _, c := range crs.Guess([]pairOfNumbers{middle}, around) {
		at, err := c.System.ToWGS84(middle[0], middle[1])
		if err != nil || c.System.Unit().Metres == 0 || distanceToKM(at, orb.Bound{Min: city, Max: city}) > aroundCityKM {
			continue
		}
		if fits := count(numbers, func(n pairOfNumbers) bool { return isIn(c.System, n) }); isAtLeast(fits, len(numbers), 0.9) {
			found = append(found, c.System)
		}
	}
	if len(found) != 1 {
		return crs.System{}, store.Saying{}
	}
	at, _ := found[0].ToWGS84(middle[0], middle[1]) // did not fail above
	return found[0], say("of the known systems only %s puts the middle of the file, %.0f and %.0f, near the city that the time zone %s is named after: %.0f km off",
		found[0], middle[0], middle[1], p.setting.zone, distanceToKM(at, orb.Bound{Min: city, Max: city}))
}

// possible is a system that the numbers of a file could be in.
type possible struct {
	system crs.System
	at     orb.Point // where it puts the middle of the file
	awayKM float64   // from where it should lie
}

// refuseProjected tells which systems the numbers could be in, and how to say
// the right one.
func (p *proposer) refuseProjected(r *reading, numbers []pairOfNumbers) error {
	const most = 5
	middle := medianOf(numbers)
	x, y := inFull(middle[0]), inFull(middle[1])
	all := p.possible(numbers, middle)
	if len(all) == 0 {
		return refused("the file has no places that are understood: %s hold such numbers as %s and %s, which are no degrees and projected coordinates of no system that is known; name the columns with --map lon=… --map lat=…, or the system with --crs (%s)",
			r.columns(p.columns), x, y, crs.Allowed)
	}
	var told []store.Saying
	for _, c := range all[:min(len(all), most)] {
		told = append(told, say("--crs %s (%s: latitude %.4f, longitude %.4f)", c.system.Code(), c.system.Name(), c.at[1], c.at[0]))
	}
	if len(all) > most {
		told = append(told, say("and %d others", len(all)-most))
	}
	return refused("%s hold projected coordinates, such as %s and %s, and nothing tells in which system; say it with --crs; it could be %s",
		r.columns(p.columns), x, y, listOf(told))
}

// possible lists the systems that all numbers could be in, the likeliest by
// the source's area or else by the time zone first.
func (p *proposer) possible(numbers []pairOfNumbers, middle pairOfNumbers) []possible {
	should := orb.Bound{Min: orb.Point{p.setting.longitude, -90}, Max: orb.Point{p.setting.longitude, 90}}
	if city, ok := zoneCity(p.setting.zone); ok {
		should = city.Bound()
	}
	if isKnownBound(p.setting.near) {
		should = p.setting.near
	}
	var all []possible
	for _, c := range crs.Guess(numbers, orb.Bound{}) {
		if at, err := c.System.ToWGS84(middle[0], middle[1]); err == nil && c.System.Unit().Metres > 0 {
			all = append(all, possible{c.System, at, distanceToKM(at, should)})
		}
	}
	slices.SortStableFunc(all, func(a, b possible) int { return cmp.Compare(a.awayKM, b.awayKM) })
	return all
}

// inFull writes a number without an exponent.
func inFull(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// together returns the pairs without those that lie far from most: a few wrong
// ones must not hide the system of the others.
func together(numbers []pairOfNumbers) []pairOfNumbers {
	const far = 30 // times the usual distance from the middle
	middle := medianOf(numbers)
	distances := make([]pairOfNumbers, len(numbers))
	for i, n := range numbers {
		distances[i] = pairOfNumbers{math.Abs(n[0] - middle[0]), math.Abs(n[1] - middle[1])}
	}
	usual := medianOf(distances)
	var out []pairOfNumbers
	for i, d := range distances {
		if d[0] <= far*max(usual[0], usual[1]) && d[1] <= far*max(usual[0], usual[1]) {
			out = append(out, numbers[i])
		}
	}
	return out
}

// thinned returns at most n of some pairs, evenly spread.
func thinned(numbers []pairOfNumbers, n int) []pairOfNumbers {
	if len(numbers) <= n {
		return numbers
	}
	out := make([]pairOfNumbers, n)
	for i := range out {
		out[i] = numbers[i*len(numbers)/n]
	}
	return out
}
