package ingest

import (
	"fmt"
	"strings"

	"atalaya/store"

	"github.com/paulmach/orb"
)

// places is how the places of a file are read, and what they are held against.
type places struct {
	chosen reading
	rival  *reading // other columns with the same places; nil where there are none that can be trusted
	home   home
	near   orb.Bound // where the source's incidents lie; zero = unknown
	should orb.Bound // where its places lie if they are read right, which is in doubt; zero = no doubt

	forgetsSystem bool // what somebody said of the source's system is not so of these columns

	crs       string           // what the chosen columns are in, as a report says it
	fallbacks map[pointKey]int // points where too many incidents pile up → incidents taken there
	isRounded bool             // the coordinates are those of blocks, not of doors
	rescued   int              // records so far whose place the rival gave
}

// place reads where a record was and how exactly that is known. Where the
// chosen columns give no place of this file's area, the rival ones may.
func (m *mapping) place(cells []string) (orb.Point, store.LocationPrecision, *store.Reject) {
	w := &m.where
	at, f := w.chosen.at(cells)
	if f.reason == "" && !w.home.holds(at) {
		f = w.chosen.fault(FarAway, 0, say("lies %.0f km off the area where nearly all places of the file are", w.home.distanceKM(at)))
	}
	if f.reason == "" && isKnownBound(w.should) && distanceToKM(at, w.should) > aroundZonesKM {
		f = w.chosen.fault(FarAway, 0, say("lies %.0f km off where the places of the source should lie, and the row may be in another zone of UTM", distanceToKM(at, w.should)))
	}
	if f.reason != "" {
		other, ok := w.fromRival(cells)
		if !ok {
			return orb.Point{}, "", m.rejectedPlace(w.explain(f, cells), cells)
		}
		w.rescued++
		at = other
	}
	return at, w.precision(at), nil
}

// fromRival reads the place of a record from the rival columns.
func (w *places) fromRival(cells []string) (orb.Point, bool) {
	if w.rival == nil {
		return orb.Point{}, false
	}
	at, f := w.rival.at(cells)
	return at, f.reason == "" && w.home.holds(at)
}

// explain adds to a place that is out of range or far away what it was
// probably meant to be, where the numbers fit the area in another way.
func (w *places) explain(f fault, cells []string) fault {
	if !w.home.isKnown || f.reason != CoordinatesOutOfRange && f.reason != FarAway {
		return f
	}
	x, y, srid, unread := w.chosen.raw(cells)
	if unread.reason != "" {
		return f
	}
	for _, other := range []struct {
		x, y float64
		what store.Saying
	}{
		{y, x, say("its latitude and longitude are swapped")},
		{-x, y, say("the minus of its longitude is lost")},
		{x, -y, say("the minus of its latitude is lost")},
		{-y, x, say("its latitude and longitude are swapped and the minus of the longitude is lost")},
	} {
		at, g := w.chosen.convert(other.x, other.y, srid)
		if g.reason != "" || !w.home.isInside(at) {
			continue
		}
		if strings.Contains(other.what.Form, "swapped") {
			f.reason = SwappedCoordinates
		}
		f.said = also(f.said, say("it fits the area at latitude %.6f, longitude %.6f: probably %s", at[1], at[0], other.what))
		return f
	}
	return f
}

// precision tells how exactly a place of the file is known, and counts the
// incidents of its fallback points.
func (w *places) precision(at orb.Point) store.LocationPrecision {
	if len(w.fallbacks) > 0 {
		key := keyOf(at)
		if n, ok := w.fallbacks[key]; ok {
			w.fallbacks[key] = n + 1
			return store.FallbackLocation
		}
	}
	if w.isRounded {
		return store.BlockLocation
	}
	return ""
}

// rejectedPlace says that a record is not taken because of its place.
func (m *mapping) rejectedPlace(f fault, cells []string) *store.Reject {
	reject := m.rejected(f.reason, f.field, cells, f.said)
	if f.reason == NotAPoint {
		reject.Value = cut(strings.TrimPrefix(cellAt(cells, m.index(f.field)), otherGeometry))
	}
	return reject
}

// tellPlaces adds to the report what became of the places.
func (run *run) tellPlaces() {
	w := &run.mapping.where
	if w.rescued > 0 {
		run.note(w.rescued, fmt.Sprintf("rows have no usable place in %s and take it from %s",
			w.chosen.describe(run.mapping.columns), w.rival.describe(run.mapping.columns)))
	}
	run.report.FallbackPoints = w.fallbackPoints(run.report.Rows)
}
