package ingest

import (
	"fmt"
	"strings"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// maker makes incidents of records, all but their category code and their id.
type maker struct {
	*mapping
	zone     *zone
	latest   time.Time // no incident is after it
	backward int       // intervals so far whose end could not be used
}

// earliestYear is the first in which an incident may be.
const earliestYear = 1900

// incident returns the incident of a record, or why it is not taken.
func (k *maker) incident(cells []string) (store.Incident, *store.Reject) {
	at, reject := k.place(cells)
	if reject != nil {
		return store.Incident{}, reject
	}
	incident := store.Incident{Point: at, TimePrecision: store.UnknownTime}
	if reject := k.time(cells, &incident); reject != nil {
		return store.Incident{}, reject
	}
	incident.RawCategory = strings.TrimSpace(cellAt(cells, k.index(Category)))
	if k.has(Origin) {
		incident.Origin, _ = originOf(cellAt(cells, k.index(Origin)))
	}
	return incident, nil
}

// place reads where a record was.
func (m *mapping) place(cells []string) (orb.Point, *store.Reject) {
	if m.has(Point) {
		return m.placeOfPoint(cells)
	}
	lonText, latText := cellAt(cells, m.index(Lon)), cellAt(cells, m.index(Lat))
	if isBlank(lonText) {
		return orb.Point{}, m.rejected(NoCoordinates, Lon, cells, "no longitude; "+allowedDegrees)
	}
	if isBlank(latText) {
		return orb.Point{}, m.rejected(NoCoordinates, Lat, cells, "no latitude; "+allowedDegrees)
	}
	lon, ok := parseDegrees(lonText)
	if !ok {
		return orb.Point{}, m.rejected(BadCoordinates, Lon, cells, "the longitude is no decimal number; "+allowedDegrees)
	}
	lat, ok := parseDegrees(latText)
	if !ok {
		return orb.Point{}, m.rejected(BadCoordinates, Lat, cells, "the latitude is no decimal number; "+allowedDegrees)
	}
	return m.check(orb.Point{lon, lat}, cells, Lon, Lat)
}

func (m *mapping) placeOfPoint(cells []string) (orb.Point, *store.Reject) {
	cell := cellAt(cells, m.index(Point))
	if isBlank(cell) {
		return orb.Point{}, m.rejected(NoCoordinates, Point, cells, "no point; "+allowedDegrees)
	}
	if kind, ok := strings.CutPrefix(cell, otherGeometry); ok {
		reject := m.rejected(NotAPoint, Point, cells, fmt.Sprintf("the geometry is a %s; allowed: Point", cut(kind)))
		reject.Value = cut(kind)
		return orb.Point{}, reject
	}
	pair, ok := parsePoint(cell)
	if !ok {
		return orb.Point{}, m.rejected(BadCoordinates, Point, cells, "the point is no pair of numbers; "+allowedDegrees)
	}
	if pair.lonFirst || m.pointIsLonFirst {
		return m.check(orb.Point{pair.first, pair.second}, cells, Point, Point)
	}
	return m.check(orb.Point{pair.second, pair.first}, cells, Point, Point)
}

// check refuses places that are none, and those that stand for "no place".
func (m *mapping) check(at orb.Point, cells []string, lon, lat Field) (orb.Point, *store.Reject) {
	if err := grid.CheckPoint(at); err != nil {
		f := lon
		if at[0] >= -180 && at[0] <= 180 {
			f = lat
		}
		return at, m.rejected(CoordinatesOutOfRange, f, cells, err.Error()+"; "+allowedDegrees)
	}
	switch {
	case at[0] == 0 && (at[1] == 0 || m.lonFarFromZero), at == orb.Point{-1, -1}:
		return at, m.rejected(NullIsland, lon, cells, "stands for no place; allowed: the place itself, or nothing")
	case at[1] == 0 && m.latFarFromZero:
		return at, m.rejected(NullIsland, lat, cells, "stands for no place; allowed: the place itself, or nothing")
	}
	return at, nil
}

// time reads when a record was, into the incident. A blank time leaves it
// unknown.
func (k *maker) time(cells []string, incident *store.Incident) *store.Reject {
	begin, field, reject := k.begin(cells)
	if reject != nil || begin.year == 0 {
		return reject
	}
	from, to := k.zone.interval(begin)
	if from.Year() < earliestYear || from.After(k.latest) {
		return k.rejected(TimeOutOfRange, field, cells, fmt.Sprintf("is %s; allowed: %d to %s",
			from.Format(time.DateOnly), earliestYear, k.latest.Format(time.DateOnly)))
	}
	incident.From, incident.To, incident.TimePrecision = from, to, begin.precision
	end, reject := k.end(cells)
	if reject != nil || end.year == 0 {
		return reject
	}
	endFrom, endTo := k.zone.interval(end)
	if end.precision == store.Day || end.precision == store.Month {
		endFrom = endTo // until a day means until it is over
	}
	switch {
	case endFrom.Equal(to) && endTo.Equal(to): // the same day twice
	case !endFrom.After(from) || endFrom.After(k.latest.AddDate(0, 1, 0)):
		k.backward++
	default:
		incident.To, incident.TimePrecision = endFrom, store.Interval
	}
	return nil
}

// begin reads the time itself; the zero stamp where it is blank.
func (k *maker) begin(cells []string) (stamp, Field, *store.Reject) {
	f := Time
	if k.has(Date) {
		f = Date
	}
	s, reject := k.stamp(cells, f)
	if reject != nil || s.year == 0 {
		return s, f, reject
	}
	if k.isDayOnly {
		s = s.dateOnly()
	}
	s, reject = k.withClock(s, cells, Clock, k.hoursInClock)
	return s, f, reject
}

// end reads the end of the interval; the zero stamp where there is none.
func (k *maker) end(cells []string) (stamp, *store.Reject) {
	s, reject := k.stamp(cells, TimeTo)
	if reject != nil || s.year == 0 {
		return s, reject
	}
	return k.withClock(s, cells, ClockTo, k.hoursInClockTo)
}

func (k *maker) stamp(cells []string, f Field) (stamp, *store.Reject) {
	cell := cellAt(cells, k.index(f))
	if isBlank(cell) {
		return stamp{}, nil
	}
	s, fault := parseStamp(cell, k.order)
	if fault != "" {
		return stamp{}, k.rejected(BadTime, f, cells, string(fault))
	}
	return s, nil
}

func (k *maker) withClock(s stamp, cells []string, f Field, hours bool) (stamp, *store.Reject) {
	cell := cellAt(cells, k.index(f))
	if isBlank(cell) || s.precision == store.Month {
		return s, nil
	}
	clock, fault := parseClock(cell, hours)
	if fault != "" {
		return stamp{}, k.rejected(BadTime, f, cells, string(fault))
	}
	return s.at(clock), nil
}
