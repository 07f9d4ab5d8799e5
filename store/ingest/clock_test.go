package ingest

import "testing"

func TestClockTimesInAColumnOfTheirOwnAreRead(t *testing.T) {
	for _, c := range []struct {
		text    string
		hours   bool
		h, m, s int
		fault   timeFault
	}{
		{"2230", false, 22, 30, 0, ""},
		{"0330", false, 3, 30, 0, ""},
		{"330", false, 3, 30, 0, ""},
		{"1", false, 0, 1, 0, ""}, // 0001 without its zeros
		{"2230.0", false, 22, 30, 0, ""},
		{"130510", false, 13, 5, 10, ""},
		{"13:05", false, 13, 5, 0, ""},
		{"1:05 PM", false, 13, 5, 0, ""},
		{"13:05:10", false, 13, 5, 10, ""},
		{"2400", false, 24, 0, 0, ""},
		{"13", true, 13, 0, 0, ""},
		{"13", false, 0, 13, 0, ""},
		{"2460", false, 0, 0, 0, faultClock},
		{"25", true, 0, 0, 0, faultClock},
		{"noon", false, 0, 0, 0, faultClock},
		{"13:05x", false, 0, 0, 0, faultClock},
		{"1234567", false, 0, 0, 0, faultClock},
	} {
		got, fault := parseClock(c.text, c.hours)
		if fault != c.fault || got.hour != c.h || got.minute != c.m || got.second != c.s {
			t.Errorf("%q (hours %v): got %+v, fault %q", c.text, c.hours, got, fault)
		}
	}
}
