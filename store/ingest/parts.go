package ingest

import (
	"strings"

	"atalaya/store"
)

// stampOfParts reads a date whose year, month and day stand in columns of
// their own. What is missing at the end makes it less precise: a year without
// a month is a year.
func (k *maker) stampOfParts(cells []string) (stamp, *store.Reject) {
	cell := cellAt(cells, k.index(Year))
	year, ok := parseYear(cell, k.timing.begin.pivot)
	switch {
	case !ok && isUnknownTime(cell):
		if !isBlank(cell) {
			k.odd.placeholders++
		}
		return stamp{}, nil
	case !ok:
		return stamp{}, k.rejected(BadTime, Year, cells, say(string(faultYear)))
	}
	s := stamp{year: year, month: 1, day: 1, precision: store.Year}

	cell = cellAt(cells, k.index(Month))
	if isNoPart(cell) {
		return s, nil
	}
	if s.month, ok = parseMonth(cell); !ok {
		return stamp{}, k.rejected(BadTime, Month, cells, say(string(faultMonths)))
	}
	s.precision = store.Month

	cell = cellAt(cells, k.index(Day))
	if isNoPart(cell) {
		return s, nil
	}
	n, width := wholeNumber(cell)
	switch {
	case width == 0 || n > 31:
		return stamp{}, k.rejected(BadTime, Day, cells, say(string(faultDays)))
	case n > daysIn(s.year, s.month):
		return stamp{}, k.rejected(BadTime, Day, cells, say(string(faultDay)))
	}
	s.day, s.precision = n, store.Day
	return s, nil
}

// withMinute adds the minute that stands in a column of its own to an hour.
func (k *maker) withMinute(clock stamp, cells []string) (stamp, *store.Reject) {
	cell := cellAt(cells, k.index(Minute))
	n, width := wholeNumber(cell)
	switch {
	case width > 0 && n < 60 && (clock.hour < 24 || n == 0):
		clock.minute, clock.precision = n, store.Minute
	case !isUnknownTime(cell):
		return stamp{}, k.rejected(BadTime, Minute, cells, say(string(faultMinute)))
	}
	return clock, nil
}

// parseMonth reads a month in a column of its own: 2, 02, febrero, feb.,
// "02-Febrero".
func parseMonth(text string) (month int, ok bool) {
	c := scanner{rest: strings.TrimSpace(text)}
	n, width := c.number(2)
	if width > 0 && (c.rest == "" || c.rest == ".0") {
		return n, n >= 1 && n <= 12
	}
	c.many(" .-_)/")
	month, ok = c.monthName()
	c.one(".")
	return month, ok && c.rest == "" && (width == 0 || n == month)
}

// isNoPart reports whether the part of a date in a column of its own is not
// known: blank, 0 or 99.
func isNoPart(cell string) bool {
	if n, width := wholeNumber(cell); width > 0 {
		return n == 0 || n == 99
	}
	return isUnknownTime(cell)
}
