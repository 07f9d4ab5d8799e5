package ingest

import (
	"time"

	"atalaya/store"
)

// earliestYear is the first in which an incident may be.
const earliestYear = 1900

// oddTimes counts what is taken, but not as it stands in the file.
type oddTimes struct {
	placeholders  int // dates that stand for none
	unknownClocks int // times of day that are said to be unknown
	backward      int // intervals whose end could not be used
	long          int // intervals of more than a year
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
		return k.rejected(TimeOutOfRange, field, cells, say("is %s; allowed: %d to %s",
			from.Format(time.DateOnly), earliestYear, k.latest.Format(time.DateOnly)))
	}
	incident.From, incident.To, incident.TimePrecision = from, to, begin.precision
	end, reject := k.end(cells, begin)
	if reject != nil || end.year == 0 {
		return reject
	}
	endFrom, endTo := k.zone.interval(end)
	if !end.hasClock() {
		endFrom = endTo // until a day means until it is over
	}
	switch {
	case endFrom.Equal(to) && endTo.Equal(to): // the same day twice
	case !endFrom.After(from) || endFrom.After(k.latest.AddDate(0, 1, 0)):
		k.odd.backward++
	default:
		if endFrom.After(from.AddDate(1, 0, 0)) {
			k.odd.long++
		}
		incident.To, incident.TimePrecision = endFrom, store.Interval
	}
	return nil
}

// begin reads the time itself; the zero stamp where it is not known. It tells
// the field that says the year, too.
func (k *maker) begin(cells []string) (s stamp, field Field, reject *store.Reject) {
	switch {
	case k.has(Year):
		field = Year
		s, reject = k.stampOfParts(cells)
	case k.has(Date):
		field = Date
		s, reject = k.stamp(cells, Date, k.timing.begin)
	default:
		field = Time
		s, reject = k.stamp(cells, Time, k.timing.begin)
	}
	if reject != nil || s.year == 0 {
		return s, field, reject
	}
	s, reject = k.withClock(s, cells, Clock, k.timing.clock)
	return s, field, reject
}

// end reads the end of the interval; the zero stamp where there is none. A
// time of day alone ends it on the day it began, or on the next.
func (k *maker) end(cells []string, begin stamp) (stamp, *store.Reject) {
	if !k.has(TimeTo) {
		if !k.has(ClockTo) || !begin.hasClock() {
			return stamp{}, nil
		}
		end, reject := k.withClock(begin.dateOnly(), cells, ClockTo, k.timing.clockTo)
		switch {
		case reject != nil || !end.hasClock():
			return stamp{}, reject
		case end.wall() < begin.wall():
			return stampOfWall(end.wall()+86_400, end.precision), nil
		}
		return end, nil
	}
	s, reject := k.stamp(cells, TimeTo, k.timing.end)
	if reject != nil || s.year == 0 {
		return s, reject
	}
	return k.withClock(s, cells, ClockTo, k.timing.clockTo)
}

// stamp reads the cell of a column of times; the zero stamp where it is not
// known.
func (k *maker) stamp(cells []string, f Field, form timeForm) (stamp, *store.Reject) {
	i := k.index(f)
	if i < 0 {
		return stamp{}, nil
	}
	cell := cellAt(cells, i)
	s, fault := readTime(cell, form)
	switch {
	case fault == "" && s.isPlaceholder(), fault != "" && isUnknownTime(cell):
		if !isBlank(cell) {
			k.odd.placeholders++
		}
		return stamp{}, nil
	case fault != "":
		return stamp{}, k.rejected(BadTime, f, cells, say(string(fault)))
	case form.midnight != midnightIsATime:
		return form.dayOf(s, k.zone.location), nil
	case s.abbreviation != "":
		if s.offset, s.zoned = k.zone.offsetNamed(s.wall(), s.abbreviation); !s.zoned {
			return stamp{}, k.rejected(BadTime, f, cells, say("names the zone %s, which %s has not at that time; allowed: an offset such as -06:00, or no zone",
				s.abbreviation, k.zone.location))
		}
		s.abbreviation = ""
	}
	return s, nil
}

// withClock adds the time of day that stands in columns of its own, f, or Hour
// and Minute, to a day.
func (k *maker) withClock(s stamp, cells []string, f Field, form clockForm) (stamp, *store.Reject) {
	if f == Clock && k.has(Hour) {
		f, form = Hour, clockHours
	}
	i := k.index(f)
	if i < 0 || !s.hasDay() {
		return s, nil
	}
	cell := cellAt(cells, i)
	clock, fault := parseClock(cell, form)
	switch {
	case fault != "" && isUnknownTime(cell):
		if !isBlank(cell) {
			k.odd.unknownClocks++
		}
		return s, nil
	case fault != "":
		return stamp{}, k.rejected(BadTime, f, cells, say(string(fault)))
	}
	if clock.precision == store.Hour && f != ClockTo && k.has(Minute) {
		var reject *store.Reject
		if clock, reject = k.withMinute(clock, cells); reject != nil {
			return stamp{}, reject
		}
	}
	return s.at(clock), nil
}

// noteTimes tells how many times were taken, but not as they stand in the
// file.
func (run *run) noteTimes() {
	odd, zone := run.maker.odd, run.maker.zone
	run.note(zone.gaps, "times in an hour that the clock of "+run.report.TimeZone+" skips are read with the offset from before the change")
	run.note(zone.folds, "times in an hour that the clock of "+run.report.TimeZone+" shows twice are read as the earlier one")
	run.note(odd.placeholders, "dates such as 0000-00-00, 1900-01-01 or \"unknown\" are read as unknown times")
	run.note(odd.unknownClocks, "times of day that say they are unknown are left out: the incident is of the whole day")
	run.note(odd.backward, "intervals whose end is not after their start, or lies far in the future, are taken with the start alone")
	run.note(odd.long, "intervals are longer than a year")
}
