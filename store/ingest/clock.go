package ingest

import (
	"strings"

	"atalaya/store"
)

// clockForm is how the bare numbers of a column of times of day are read.
type clockForm int

const (
	clockDigits    clockForm = iota // 1305, 330 (03:30), 5 (00:05), 130510; 13.05
	clockHours                      // one or two digits are the hour
	clockFractions                  // 0.545138 is the share of the day that has passed
)

// parseClock reads a time of day that stands in a column of its own: 13:05,
// 13:05:10, 1:05 PM, 13h05, 1305 hrs, bare numbers as the form says, and a
// whole date and time whose date is the one that systems write where they have
// none.
func parseClock(text string, form clockForm) (stamp, timeFault) {
	text = strings.TrimSpace(text)
	c := scanner{rest: text}
	n, width := c.number(6)
	if tail := c.rest; width > 0 && (tail == "" || tail == ".0") && form != clockFractions {
		s := stamp{hour: n / 100, minute: n % 100, precision: store.Minute}
		switch {
		case width <= 2 && form == clockHours:
			s = stamp{hour: n, precision: store.Hour}
		case width == 5 || width == 6:
			s = stamp{hour: n / 1e4, minute: n / 100 % 100, second: n % 100, precision: store.Second}
		}
		if !s.isTimeOfDay() {
			return stamp{}, faultClock
		}
		return s, ""
	}
	if form == clockFractions {
		if s, ok := dayFraction(text); ok {
			return s, ""
		}
	}
	c = scanner{rest: text}
	var s stamp
	if fault := c.clock(&s); fault == "" && c.rest == "" {
		return s, ""
	}
	if s, fault := parseStamp(text, anyOrder); fault == "" && s.hasClock() && isDatelessDate(s) {
		return stamp{hour: s.hour, minute: s.minute, second: s.second, precision: s.precision}, ""
	}
	return stamp{}, faultClock
}

// dayFraction reads a time of day as spreadsheets keep it, from 0 to 1, to the
// second.
func dayFraction(text string) (stamp, bool) {
	part, ok := parseDegrees(text)
	if !ok || part < 0 || part >= 1 {
		return stamp{}, false
	}
	seconds := min(int(part*86_400+0.5), 86_399)
	s := stamp{hour: seconds / 3600, minute: seconds / 60 % 60, second: seconds % 60, precision: store.Second}
	if s.second == 0 {
		s.precision = store.Minute
	}
	return s, true
}

// isDatelessDate reports whether the date is one that systems write beside a
// time of day that has none.
func isDatelessDate(s stamp) bool {
	switch (stamp{year: s.year, month: s.month, day: s.day}) {
	case stamp{year: 1899, month: 12, day: 30}, stamp{year: 1899, month: 12, day: 31}, stamp{year: 1900, month: 1, day: 1},
		stamp{year: 1970, month: 1, day: 1}, stamp{year: 1, month: 1, day: 1}:
		return true
	}
	return false
}
