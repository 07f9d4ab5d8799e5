package ingest

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

func TestClockTimesInAColumnOfTheirOwnAreRead(t *testing.T) {
	for _, c := range []struct {
		text    string
		form    clockForm
		h, m, s int
		fault   timeFault
	}{
		{"2230", clockDigits, 22, 30, 0, ""},
		{"0330", clockDigits, 3, 30, 0, ""},
		{"330", clockDigits, 3, 30, 0, ""},
		{"1", clockDigits, 0, 1, 0, ""}, // 0001 without its zeros
		{"2230.0", clockDigits, 22, 30, 0, ""},
		{"130510", clockDigits, 13, 5, 10, ""},
		{"2400", clockDigits, 24, 0, 0, ""},
		{"13", clockHours, 13, 0, 0, ""},
		{"13.0", clockHours, 13, 0, 0, ""},
		{"13", clockDigits, 0, 13, 0, ""},
		{"13:05", clockDigits, 13, 5, 0, ""},
		{"13:05", clockHours, 13, 5, 0, ""},
		{"13.05", clockDigits, 13, 5, 0, ""},
		{"13:05:10", clockDigits, 13, 5, 10, ""},
		{"13.05.10", clockDigits, 13, 5, 10, ""},
		{"13:05:10.5", clockDigits, 13, 5, 10, ""},
		{"1:05 PM", clockDigits, 13, 5, 0, ""},
		{"01:05PM", clockDigits, 13, 5, 0, ""},
		{"1:05 p. m.", clockDigits, 13, 5, 0, ""},
		{"1:05 p.m", clockDigits, 13, 5, 0, ""},
		{"12:30 a.m.", clockDigits, 0, 30, 0, ""},
		{"12:00 m.", clockDigits, 12, 0, 0, ""}, // noon
		{"1 PM", clockDigits, 13, 0, 0, ""},
		{"13:05 PM", clockDigits, 13, 5, 0, ""}, // says the same twice
		{"13h05", clockDigits, 13, 5, 0, ""},
		{"13h", clockDigits, 13, 0, 0, ""},
		{"13 h", clockDigits, 13, 0, 0, ""},
		{"1305 hrs", clockDigits, 13, 5, 0, ""},
		{"13:05 hrs.", clockDigits, 13, 5, 0, ""},
		{"13:05 horas", clockDigits, 13, 5, 0, ""},
		{"1899-12-30T22:30:00", clockDigits, 22, 30, 0, ""}, // a spreadsheet's time of day
		{"01/01/1900 22:30", clockDigits, 22, 30, 0, ""},
		{"0.9375", clockFractions, 22, 30, 0, ""},           // 0.9375 · 24 h = 22.5 h
		{"0.545138888888889", clockFractions, 13, 5, 0, ""}, // 785 minutes / 1440
		{"0", clockFractions, 0, 0, 0, ""},
		{"13:05", clockFractions, 13, 5, 0, ""},
		{"2460", clockDigits, 0, 0, 0, faultClock},
		{"25", clockHours, 0, 0, 0, faultClock},
		{"noon", clockDigits, 0, 0, 0, faultClock},
		{"13:05x", clockDigits, 0, 0, 0, faultClock},
		{"13:05 AM", clockDigits, 0, 0, 0, faultClock},
		{"11:00 m", clockDigits, 0, 0, 0, faultClock},
		{"13.5", clockDigits, 0, 0, 0, faultClock}, // 13:50 or 13:30
		{"1234567", clockDigits, 0, 0, 0, faultClock},
		{"2024-02-10 22:30", clockDigits, 0, 0, 0, faultClock}, // a date of its own
		{"1.5", clockFractions, 0, 0, 0, faultClock},
	} {
		got, fault := parseClock(c.text, c.form)
		if fault != c.fault || got.hour != c.h || got.minute != c.m || got.second != c.s {
			t.Errorf("%q (form %d): got %+v, fault %q", c.text, c.form, got, fault)
		}
	}
}

// Every minute of the day is read back from every way to write it.
func TestWrittenClockTimesAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.IntRange(0, 1439).Draw(t, "minutes")
		h, m := minutes/60, minutes%60
		twelve, half := (h+11)%12+1, "a. m."
		if h >= 12 {
			half = "p. m."
		}
		for _, text := range []string{
			fmt.Sprintf("%d:%02d", h, m), fmt.Sprintf("%02d%02d", h, m), fmt.Sprintf("%d.%02d", h, m), fmt.Sprintf("%dh%02d", h, m),
			fmt.Sprintf("%d:%02d:00 %s", twelve, m, half), fmt.Sprint(100*h + m), fmt.Sprintf("%02d:%02d hrs", h, m),
		} {
			got, fault := parseClock(text, clockDigits)
			if fault != "" || got.hour != h || got.minute != m || got.second != 0 {
				t.Fatalf("%q read as %+v, fault %q", text, got, fault)
			}
		}
		share := fmt.Sprint(float64(minutes) / 1440)
		if got, fault := parseClock(share, clockFractions); fault != "" || got.hour != h || got.minute != m {
			t.Fatalf("%q read as %+v, fault %q", share, got, fault)
		}
	})
}

func FuzzClock(f *testing.F) {
	for _, seed := range []string{"2230", "13:05", "1:05 p. m.", "13h05", "1305 hrs", "0.545", "12 m", "1899-12-30T22:30:00", "24:00", "\xff", "a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, form := range []clockForm{clockDigits, clockHours, clockFractions} {
			s, fault := parseClock(text, form)
			if fault == "" && (!s.isTimeOfDay() || !s.hasClock()) {
				t.Errorf("%q read as %+v", text, s)
			}
		}
	})
}
