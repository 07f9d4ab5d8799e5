package ingest

import (
	"fmt"
	"math"
	"slices"

	"atalaya/store"

	"github.com/paulmach/orb"
)

// twist is a way in which the coordinates of a whole file can be wrong.
type twist struct {
	swapped bool
	flip    [2]bool // the minus of the longitude, of the latitude, is lost
}

func (t twist) of(n pairOfNumbers) pairOfNumbers {
	if t.swapped {
		n[0], n[1] = n[1], n[0]
	}
	for i, lost := range t.flip {
		if lost {
			n[i] = -math.Abs(n[i])
		}
	}
	return n
}

func (t twist) String() string {
	switch {
	case t == twist{swapped: true}:
		return "latitude and longitude are swapped"
	case t.swapped:
		return "latitude and longitude are swapped, and " + t.lost().String()
	}
	return t.lost().String()
}

// lost says which minus is lost, where one is.
func (t twist) lost() store.Saying {
	switch t.flip {
	case [2]bool{true, true}:
		return say("the minus of longitude and latitude is lost")
	case [2]bool{true, false}:
		return say("the minus of the longitude is lost")
	}
	return say("the minus of the latitude is lost")
}

// settleOrientation notices that a whole file has latitude and longitude in
// each other's place or has lost a minus, and reads it right.
func (p *proposer) settleOrientation(m *mapping, numbers []pairOfNumbers) {
	r := &m.where.chosen
	if p.settlePointOrder(m) {
		numbers = p.numbers(r)
	}
	t, why := p.twistByArea(numbers)
	if why.IsZero() && r.point < 0 && namesWest(p.words[r.lon]) && count(numbers, func(n pairOfNumbers) bool { return n[0] < 0 }) == 0 {
		t, why = twist{flip: [2]bool{true, false}}, say("the name of the column says that they count westward")
	}
	if why.IsZero() {
		t, why = p.twistByZone(numbers)
	}
	if why.IsZero() || t == (twist{}) {
		return
	}
	if t.swapped {
		doubts := len(m.doubts)
		p.exchange(m, "swapped: %s", why)
		t.swapped = len(m.doubts) > doubts // else the file is sound, and the last one was swapped
	}
	r.flip = t.flip
	for i, f := range []Field{Lon, Lat} {
		if !t.flip[i] {
			continue
		}
		if r.point >= 0 {
			f = Point
		}
		m.evidence[f] = also(m.evidence[f], say("the minus is lost: %s", why))
	}
	if t.flip != [2]bool{} {
		m.doubt(store.DoubtPlace, "%s: %s", t.lost(), why)
	}
	if t == (twist{}) {
		return
	}
	m.notes = append(m.notes, fmt.Sprintf("%s in the whole file, and it is read so: %s; name the columns to have them read as they stand", t, why))
}

// isCalledSo reports whether the columns of longitude and latitude, or of
// easting and northing, are called like these and not like each other.
func (p *proposer) isCalledSo(lon, lat int) bool {
	return nameScore(Lon, p.words[lon]) >= Lon.nameFloor() && nameScore(Lat, p.words[lat]) >= Lat.nameFloor() &&
		nameScore(Lon, p.words[lon]) > nameScore(Lon, p.words[lat]) && nameScore(Lat, p.words[lat]) > nameScore(Lat, p.words[lon])
}

// settlePointOrder decides whether the bare pairs of a column of points are
// longitude, latitude: where the first numbers are no latitudes.
func (p *proposer) settlePointOrder(m *mapping) bool {
	r := &m.where.chosen
	if r.point < 0 {
		return false
	}
	for _, rec := range p.sample {
		at, ok := parsePoint(cellAt(rec.cells, r.point))
		if ok && !at.lonFirst && !at.latFirst && !at.empty && math.Abs(at.first) > 90 && math.Abs(at.second) <= 90 {
			r.pointX = true
			return true
		}
	}
	return false
}

// twistByArea finds how the numbers have to be read to lie in the source's
// area. The empty reason means that the area does not tell.
func (p *proposer) twistByArea(numbers []pairOfNumbers) (twist, store.Saying) {
	near := p.setting.near
	if !isKnownBound(near) || len(numbers) == 0 {
		return twist{}, store.Saying{}
	}
	near = near.Pad(1)
	share := func(t twist) int {
		return count(numbers, func(n pairOfNumbers) bool { return near.Contains(orb.Point(t.of(n))) })
	}
	if isAtLeast(share(twist{}), len(numbers), 0.5) {
		return twist{}, say("they lie in the source's area")
	}
	for _, t := range []twist{
		{swapped: true}, {flip: [2]bool{true, false}}, {flip: [2]bool{false, true}}, {flip: [2]bool{true, true}},
		{swapped: true, flip: [2]bool{true, false}},
	} {
		if n := share(t); isAtLeast(n, len(numbers), 0.8) {
			return t, say("%d of %d places lie in the source's area only so", n, len(numbers))
		}
	}
	return twist{}, store.Saying{}
}

// The latitudes between which nearly all people live: Puerto Williams and
// Hammerfest lie inside.
const southernmost, northernmost = -56, 72

func isInhabited(lat float64) bool { return lat >= southernmost && lat <= northernmost }

// twistByZone finds it by what a latitude can be and, weaker, by the time
// zone, an hour of which is 15 degrees wide. It tells nothing where the zone
// lies at the meridian of Greenwich, which many files name that lie elsewhere.
func (p *proposer) twistByZone(numbers []pairOfNumbers) (twist, store.Saying) {
	if len(numbers) == 0 {
		return twist{}, store.Saying{}
	}
	var t twist
	var why store.Saying
	zone := p.setting.longitude
	middle := medianOf(numbers)
	away := func(lon float64) float64 { return math.Abs(math.Remainder(lon-zone, 360)) }
	swapped := count(numbers, func(n pairOfNumbers) bool { return isDegrees(pairOfNumbers{n[1], n[0]}) })
	straight := count(numbers, isDegrees)
	tellsZone := math.Abs(zone) >= 30
	switch {
	case !isAtLeast(straight, len(numbers), 0.5) && isAtLeast(swapped, len(numbers), 0.8):
		t.swapped, why = true, say("%d of %d values would be no latitudes", len(numbers)-straight, len(numbers))
	case !isInhabited(middle[1]) && isInhabited(middle[0]) && away(middle[1]) <= 40:
		t.swapped, why = true, say("nobody lives at latitude %.2f, and the time zone %s is at such longitudes", middle[1], p.setting.zone)
	case tellsZone && isInhabited(middle[0]) && away(middle[0]) > 20 && away(middle[1]) < 10:
		t.swapped, why = true, say("the time zone %s is at longitudes such as %.2f, not %.2f", p.setting.zone, middle[1], middle[0])
	}
	lon := t.of(middle)[0]
	isOneSided := count(numbers, func(n pairOfNumbers) bool { return t.of(n)[0] > 0 }) == len(numbers)
	if tellsZone && lon > 0 && isOneSided && away(lon) > 90 && away(-lon) <= 15 {
		t.flip[0] = true
		why = also(why, say("the time zone %s is at longitudes such as %.2f, not %.2f", p.setting.zone, -lon, lon))
	}
	return t, why
}

// medianOf returns the median of each axis.
func medianOf(numbers []pairOfNumbers) pairOfNumbers {
	var middle pairOfNumbers
	for of := range middle {
		values := make([]float64, 0, len(numbers))
		for _, n := range numbers {
			values = append(values, n[of])
		}
		slices.Sort(values)
		middle[of] = values[len(values)/2]
	}
	return middle
}
