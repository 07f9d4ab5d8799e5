package ingest

import (
	"strings"

	"atalaya/store"
)

// parseClock reads a time of day that stands in a column of its own: 13:05,
// 13:05:10, 1:05 PM, 13h05, and in digits alone 1305, 330 (03:30), 5 (00:05)
// or 130510. Where hours is set, one or two digits are the hour.
func parseClock(text string, hours bool) (stamp, timeFault) {
	c := scanner{rest: strings.TrimSpace(text)}
	digits := c
	n, width := digits.number(6)
	if tail := digits.rest; width > 0 && (tail == "" || tail == ".0") {
		s := stamp{hour: n / 100, minute: n % 100, precision: store.Minute}
		switch {
		case width <= 2 && hours:
			s = stamp{hour: n, precision: store.Hour}
		case width == 5 || width == 6:
			s = stamp{hour: n / 1e4, minute: n / 100 % 100, second: n % 100, precision: store.Second}
		}
		if !s.hasClock() {
			return stamp{}, faultClock
		}
		return s, ""
	}
	var s stamp
	if fault := c.clock(&s); fault != "" {
		return stamp{}, faultClock
	}
	if c.rest != "" {
		return stamp{}, faultClock
	}
	return s, ""
}

// at returns the day of s at the time of day of clock.
func (s stamp) at(clock stamp) stamp {
	s.hour, s.minute, s.second, s.precision = clock.hour, clock.minute, clock.second, clock.precision
	s.zoned, s.offset = false, 0
	return s
}
