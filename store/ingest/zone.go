package ingest

import (
	"math"
	"time"

	"atalaya/store"
)

// zoneReach is how far around a change of the clock wall times are looked at
// closely: the greatest offset and the greatest change together, in seconds.
const zoneReach = 40 * 3600

// zone turns wall times into instants. It keeps the stretch around the last
// one in which the offset is constant, since rows come in stretches.
type zone struct {
	location *time.Location
	from, to int64 // wall times that have the offset for sure
	offset   int64
	gaps     int // wall times read so far that the clock skips
	folds    int // wall times read so far that the clock repeats
}

// oddity is what the clock of a zone does at a wall time.
type oddity int

const (
	noOddity oddity = iota
	inGap           // the clock skips it
	inFold          // the clock shows it twice
)

func newZone(location *time.Location) *zone { return &zone{location: location} }

// interval returns the half-open UTC interval that a stamp stands for.
func (z *zone) interval(s stamp) (from, to time.Time) {
	if s.zoned {
		return utc(s.wall() - int64(s.offset)), utc(s.end() - int64(s.offset))
	}
	start, odd := z.instant(s.wall())
	switch s.precision {
	case store.Second, store.Minute, store.Hour:
		switch odd {
		case inGap:
			z.gaps++
		case inFold:
			z.folds++
		}
		return utc(start), utc(start + s.end() - s.wall())
	default: // days and months are 23 or 25 hours off where the clock changes
		end, _ := z.instant(s.end())
		return utc(start), utc(end)
	}
}

// instant returns the Unix time of a wall time. Where the clock skips it or
// repeats it, the offset from before the change holds: what lies in a gap is
// shifted by it, and of two instants the earlier is taken.
func (z *zone) instant(wall int64) (unix int64, odd oddity) {
	if wall >= z.from && wall < z.to {
		return wall - z.offset, noOddity
	}
	start, end := time.Unix(wall, 0).In(z.location).ZoneBounds()
	first, last := int64(math.MinInt64), int64(math.MaxInt64)
	if !start.IsZero() {
		first = start.Unix() + zoneReach
	}
	if !end.IsZero() {
		last = end.Unix() - zoneReach
	}
	if wall >= first && wall < last {
		z.from, z.to, z.offset = first, last, z.offsetAt(wall)
		return wall - z.offset, noOddity
	}
	before, after := z.offsetAt(wall-zoneReach), z.offsetAt(wall+zoneReach)
	early, late := wall-before, wall-after
	fitsEarly, fitsLate := z.offsetAt(early) == before, z.offsetAt(late) == after
	switch {
	case !fitsEarly && !fitsLate && before != after:
		return early, inGap
	case fitsEarly && fitsLate && before != after:
		return early, inFold
	case fitsEarly:
		return early, noOddity
	default:
		return late, noOddity
	}
}

// offsetNamed returns the offset that the zone has at a wall time under an
// abbreviation, which tells the two hours of a fold apart. Other zones may
// have the same abbreviation: that they are not meant, the source's zone says.
func (z *zone) offsetNamed(wall int64, abbreviation string) (offset int, ok bool) {
	for _, guess := range []int64{z.offsetAt(wall - zoneReach), z.offsetAt(wall + zoneReach)} {
		if name, offset := time.Unix(wall-guess, 0).In(z.location).Zone(); name == abbreviation && int64(offset) == guess {
			return offset, true
		}
	}
	return 0, false
}

func (z *zone) offsetAt(unix int64) int64 {
	_, offset := time.Unix(unix, 0).In(z.location).Zone()
	return int64(offset)
}

func utc(unix int64) time.Time { return time.Unix(unix, 0).UTC() }
