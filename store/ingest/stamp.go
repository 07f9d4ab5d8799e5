package ingest

import (
	"strings"
	"time"

	"atalaya/store"
)

// dateOrder is how 02/10/2024 is read.
type dateOrder int

const (
	anyOrder   dateOrder = iota // whichever is possible; month first where both are
	dayFirst                    // 2 October
	monthFirst                  // 10 February
)

// stamp is a time as a file writes it, before a zone makes it an instant.
type stamp struct {
	year, month, day     int
	hour, minute, second int // hour 24 only as 24:00:00, the end of the day
	precision            store.TimePrecision
	zoned                bool // the file says the offset
	offset               int  // seconds east of UTC
}

// timeFault says why a text is no time; empty where it is one.
type timeFault string

const (
	faultForm  timeFault = "is no date and time; allowed: 2024-02-10 13:05:00, 2024-02-10T13:05:00-06:00, 10/02/2024 13:05, 02/10/2024 01:05 PM, 2024-02-10, 2024-02 and the like"
	faultDay   timeFault = "names a day that its month does not have"
	faultMonth timeFault = "names a month outside [1, 12]"
	faultDMY   timeFault = "names a month outside [1, 12] when read day first, as the file's other dates are"
	faultMDY   timeFault = "names a month outside [1, 12] when read month first, as the file's other dates are"
	faultClock timeFault = "names a time of day outside [00:00:00, 24:00:00]"
)

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
	default:
		return time.Date(s.year, time.Month(s.month), s.day+1, 0, 0, 0, 0, time.UTC).Unix()
	}
}

func (s stamp) isMidnight() bool { return s.hour == 0 && s.minute == 0 && s.second == 0 }

// dateOnly returns the stamp's day without its time of day and offset.
func (s stamp) dateOnly() stamp {
	if s.precision == store.Month {
		return s
	}
	return stamp{year: s.year, month: s.month, day: s.day, precision: store.Day}
}

// parseStamp reads a time in any of the forms that exports use: year first, or
// day and month in the given order; numbers or month names in English and
// Spanish; with or without time of day, seconds, fraction, AM/PM and offset.
func parseStamp(text string, order dateOrder) (stamp, timeFault) {
	c := scanner{rest: strings.TrimSpace(text)}
	if len(c.rest) < 6 || len(c.rest) > 60 {
		return stamp{}, faultForm
	}
	s, fault := c.date(order)
	if fault != "" {
		return stamp{}, fault
	}
	if s.precision == store.Month {
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

// orderEvidence tells what a date says about the order of day and month: the
// one that it rules in, or that it leaves the question open. A date that does
// not end in its year says neither.
func orderEvidence(text string) (rulesIn dateOrder, isOpen bool) {
	c := scanner{rest: strings.TrimSpace(text)}
	first, firstWidth := c.number(2)
	if firstWidth == 0 || !c.one("/-. ") {
		return anyOrder, false
	}
	second, secondWidth := c.number(2)
	if secondWidth == 0 || !c.one("/-. ") {
		return anyOrder, false
	}
	if _, ok := c.year(); !ok || first < 1 || second < 1 {
		return anyOrder, false
	}
	switch {
	case first > 12 && first <= 31 && second <= 12:
		return dayFirst, false
	case second > 12 && second <= 31 && first <= 12:
		return monthFirst, false
	}
	return anyOrder, first <= 12 && second <= 12 && first != second
}

func daysIn(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}
