package ingest

import (
	"strings"
	"time"

	"atalaya/store"
)

// stamp is a time as a file writes it, before a zone makes it an instant. The
// zero stamp is a time that is not known.
type stamp struct {
	year, month, day     int
	hour, minute, second int // hour 24 only as 24:00:00, the end of the day
	precision            store.TimePrecision
	zoned                bool   // the file says the offset
	offset               int    // seconds east of UTC
	abbreviation         string // of a zone, which only the source's own zone can tell the offset of
}

// timeFault says why a text is no time; empty where it is one.
type timeFault string

const (
	faultForm   timeFault = "is no date and time; allowed: 2024-02-10 13:05:00, 2024-02-10T13:05:00-06:00, 10/02/2024 13:05, 02/10/2024 01:05 PM, 2024-02-10, 2024-02 and the like"
	faultWeek   timeFault = "is a week; allowed: a date, a month or a year"
	faultDay    timeFault = "names a day that its month does not have"
	faultMonth  timeFault = "names a month outside [1, 12]"
	faultDMY    timeFault = "names a month outside [1, 12] when read day first, as the file's other dates are"
	faultMDY    timeFault = "names a month outside [1, 12] when read month first, as the file's other dates are"
	faultClock  timeFault = "names a time of day outside [00:00:00, 24:00:00]"
	faultYear   timeFault = "is no year; allowed: 2024, or 24"
	faultMonths timeFault = "is no month; allowed: 1 to 12, or a name as February, febrero, fevereiro, février"
	faultDays   timeFault = "is no day of a month; allowed: 1 to 31"
	faultMinute timeFault = "is no minute of an hour; allowed: 0 to 59"
)

// widestYear is what two digits mean where no clock says it: 1970 to 2069.
const widestYear = 2069

// wall returns the seconds from 1970 to the stamp's reading, as if it were UTC.
func (s stamp) wall() int64 {
	return time.Date(s.year, time.Month(s.month), s.day, s.hour, s.minute, s.second, 0, time.UTC).Unix()
}

// end returns the wall time at which what the stamp says is over.
func (s stamp) end() int64 {
	switch s.precision {
	case store.Second:
		return s.wall() + 1
	case store.Minute:
		return s.wall() + 60
	case store.Hour:
		return s.wall() + 3600
	case store.Month:
		return time.Date(s.year, time.Month(s.month)+1, 1, 0, 0, 0, 0, time.UTC).Unix()
	case store.Year:
		return time.Date(s.year+1, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	default:
		return time.Date(s.year, time.Month(s.month), s.day+1, 0, 0, 0, 0, time.UTC).Unix()
	}
}

func (s stamp) isMidnight() bool { return s.hour == 0 && s.minute == 0 && s.second == 0 }

// hasClock reports whether the stamp says a time of day.
func (s stamp) hasClock() bool {
	return s.precision == store.Second || s.precision == store.Minute || s.precision == store.Hour
}

// hasDay reports whether the stamp says the day.
func (s stamp) hasDay() bool { return s.precision == store.Day || s.hasClock() }

// dateOnly returns the stamp's day without its time of day and offset.
func (s stamp) dateOnly() stamp {
	if !s.hasDay() {
		return s
	}
	return stamp{year: s.year, month: s.month, day: s.day, precision: store.Day}
}

// at returns the day of s at the time of day of clock.
func (s stamp) at(clock stamp) stamp {
	s.hour, s.minute, s.second, s.precision = clock.hour, clock.minute, clock.second, clock.precision
	s.zoned, s.offset = false, 0
	return s
}

// stampOfWall is the inverse of stamp.wall.
func stampOfWall(wall int64, precision store.TimePrecision) stamp {
	t := time.Unix(wall, 0).UTC()
	return stamp{year: t.Year(), month: int(t.Month()), day: t.Day(),
		hour: t.Hour(), minute: t.Minute(), second: t.Second(), precision: precision}
}

// in returns a stamp that says its offset as the wall of a location shows it;
// others, and all where there is no location, stay as they are.
func (s stamp) in(location *time.Location) stamp {
	if !s.zoned || location == nil {
		return s
	}
	at := time.Unix(s.wall()-int64(s.offset), 0)
	_, offset := at.In(location).Zone()
	return stampOfWall(at.Unix()+int64(offset), s.precision)
}

// parseStamp reads a time in any of the forms that exports use: year first, or
// day and month in the given order; numbers or names of months; with or
// without a day of the week, a time of day, seconds, fraction, AM/PM and
// offset. It reads no bare counts and no bare years: readTime does.
func parseStamp(text string, order dateOrder) (stamp, timeFault) {
	c := scanner{rest: strings.TrimSpace(text), order: order, pivot: widestYear}
	return c.stamp()
}

func (c *scanner) stamp() (stamp, timeFault) {
	if len(c.rest) < 6 || len(c.rest) > 60 {
		return stamp{}, faultForm
	}
	c.weekday()
	s, fault := c.date()
	if fault != "" {
		return stamp{}, fault
	}
	if !s.hasDay() {
		if c.rest != "" {
			return stamp{}, faultForm
		}
		return s, ""
	}
	if s.day > daysIn(s.year, s.month) {
		return stamp{}, faultDay
	}
	if c.rest == "" {
		return s, ""
	}
	if !c.gap() {
		return stamp{}, faultForm
	}
	if fault := c.clock(&s); fault != "" {
		return stamp{}, fault
	}
	c.zone(&s)
	if c.rest != "" {
		return stamp{}, faultForm
	}
	return s, ""
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
