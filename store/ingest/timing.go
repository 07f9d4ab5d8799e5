package ingest

import (
	"fmt"
	"math"
	"strings"
	"time"

	"atalaya/store"
)

// timing is how the columns of times are read: what only all of their values
// tell. The survey settles it.
type timing struct {
	begin, end     timeForm
	clock, clockTo clockForm
}

// timeForm is how the values of one column of times are read.
type timeForm struct {
	order    dateOrder
	pivot    int // the last year that two digits can mean
	midnight midnight
}

// midnight is what a time of day of midnight means in a column.
type midnight int

const (
	midnightIsATime   midnight = iota
	midnightIsNone             // every value is midnight as it is written: they are dates
	midnightIsNoneFar          // every value is midnight of the zone, written in another
)

// timeSetting is what the reading of times depends on beside the file.
type timeSetting struct {
	location *time.Location // of times without an offset
	now      time.Time
}

// lastYear returns the last year that two digits can mean: no more than one
// ahead.
func (s timeSetting) lastYear() int {
	if s.now.IsZero() {
		return widestYear
	}
	return s.now.Year() + 1
}

// today returns the day after which no incident is, as orderVotes counts days.
func (s timeSetting) today() int {
	if s.now.IsZero() {
		return math.MaxInt
	}
	t := s.now.UTC().AddDate(0, 0, 1)
	return dayNumber(t.Year(), int(t.Month()), t.Day())
}

// readTime reads a cell of a column that is known to hold times: what
// parseStamp reads, counts of days and seconds, and a year alone.
func readTime(text string, form timeForm) (stamp, timeFault) {
	c := scanner{rest: strings.TrimSpace(text), order: form.order, pivot: form.pivot}
	s, fault := c.stamp()
	if fault != faultForm {
		return s, fault
	}
	if s, ok := parseCount(text); ok {
		return s, ""
	}
	if n, width := wholeNumber(text); width == 4 && isYearOfFiles(n) {
		return stamp{year: n, month: 1, day: 1, precision: store.Year}, ""
	}
	return stamp{}, fault
}

// dayOf returns the day of a stamp whose time of day means nothing.
func (f timeForm) dayOf(s stamp, location *time.Location) stamp {
	if f.midnight == midnightIsNoneFar {
		s = s.in(location)
	}
	return s.dateOnly()
}

// settleTimes drops the fields of time that say nothing without others, and
// says so where somebody asked for them.
func settleTimes(m *mapping) {
	drop := func(f Field, isNeeded bool, missing string) {
		if isNeeded || !m.has(f) {
			return
		}
		if m.evidence[f].Form == namedByCaller {
			m.notes = append(m.notes, fmt.Sprintf("field %s is left out: it says nothing without %s", f, missing))
		}
		m.unset(f)
	}
	drop(Month, m.has(Year), "year")
	drop(Day, m.has(Month), "month")
	hasDay := m.has(Date) || m.has(Day)
	drop(Clock, hasDay, "date")
	drop(Hour, hasDay, "date")
	hasClock := m.has(Clock) || m.has(Hour)
	drop(Minute, hasClock, "hour")
	drop(TimeTo, m.has(Time) || m.has(Date) || m.has(Year), "time")
	drop(ClockTo, m.has(TimeTo) || hasClock, "time_to")
}
