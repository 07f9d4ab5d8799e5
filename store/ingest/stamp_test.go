package ingest

import (
	"testing"
	"time"

	"atalaya/store"

	"pgregory.net/rapid"
)

func TestTimesAreReadInEveryFormThatExportsUse(t *testing.T) {
	day := stamp{year: 2024, month: 2, day: 10, precision: store.Day}
	minute := stamp{year: 2024, month: 2, day: 10, hour: 13, minute: 5, precision: store.Minute}
	second := stamp{year: 2024, month: 2, day: 10, hour: 13, minute: 5, second: 9, precision: store.Second}
	at := func(s stamp, offset int) stamp { s.zoned, s.offset = true, offset; return s }
	month := stamp{year: 2024, month: 2, day: 1, precision: store.Month}
	for _, c := range []struct {
		text  string
		order dateOrder
		want  stamp
	}{
		{"2024-02-10", anyOrder, day},
		{"2024/02/10", anyOrder, day},
		{"2024.2.10", anyOrder, day},
		{"20240210", anyOrder, day},
		{"2024-Feb-10", anyOrder, day},
		{"10/02/2024", dayFirst, day},
		{"02/10/2024", monthFirst, day},
		{"2/10/24", monthFirst, day},
		{"10.02.2024", dayFirst, day},
		{"10-feb-2024", monthFirst, day},
		{"10-Feb-24", anyOrder, day},
		{"10 de febrero de 2024", anyOrder, day},
		{"10 Febrero del 2024", anyOrder, day},
		{"Feb 10, 2024", anyOrder, day},
		{"February 10 2024", anyOrder, day},
		{"2024-02", anyOrder, month},
		{"02/2024", dayFirst, month},
		{"2024-02-10 13:05", anyOrder, minute},
		{"2024-02-10T13:05", anyOrder, minute},
		{"10/02/2024 13:05", dayFirst, minute},
		{"02/10/2024 01:05 PM", monthFirst, minute},
		{"10/02/2024, 1:05 p. m.", dayFirst, minute},
		{"10/02/2024 1:05\u00a0p.\u00a0m.", dayFirst, minute},
		{"10/02/2024 - 13h05", dayFirst, minute},
		{"2024-02-10T13:05:09", anyOrder, second},
		{"2024-02-10 13:05:09.123456", anyOrder, second},
		{"2024-02-10 13:05:09,5", anyOrder, second},
		{"20240210130509", anyOrder, second},
		{"02/10/2024 01:05:09 PM", monthFirst, second},
		{"2024-02-10T13:05:09Z", anyOrder, at(second, 0)},
		{"2024-02-10 13:05:09+00", anyOrder, at(second, 0)},
		{"2024-02-10 13:05:09 UTC", anyOrder, at(second, 0)},
		{"2024-02-10T13:05:09.000-06:00", anyOrder, at(second, -6*3600)},
		{"2024-02-10 13:05:09 +0530", anyOrder, at(second, 5*3600+1800)},
		{"2024-02-10 13:05 GMT-6", anyOrder, at(minute, -6*3600)},
		{"12/31/2024 12:44:00 AM", monthFirst, stamp{year: 2024, month: 12, day: 31, minute: 44, precision: store.Second}},
		{"12/31/2024 12:44:00 PM", monthFirst, stamp{year: 2024, month: 12, day: 31, hour: 12, minute: 44, precision: store.Second}},
		{"2024-02-29 24:00:00", anyOrder, stamp{year: 2024, month: 2, day: 29, hour: 24, precision: store.Second}},
	} {
		t.Run(c.text, func(t *testing.T) {
			got, fault := parseStamp(c.text, c.order)
			if fault != "" || got != c.want {
				t.Errorf("got %+v, fault %q; want %+v", got, fault, c.want)
			}
		})
	}
}

func TestWhatIsNoTimeIsRefusedWithTheReason(t *testing.T) {
	for _, c := range []struct {
		text  string
		order dateOrder
		want  timeFault
	}{
		{"yesterday", anyOrder, faultForm},
		{"2024", anyOrder, faultForm},
		{"15213800", anyOrder, faultForm}, // eight digits, but the year 1521
		{"12.1999", anyOrder, faultForm},  // a coordinate
		{"41.809125265", anyOrder, faultForm},
		{"2024-02-10 13", anyOrder, faultForm},
		{"2024-02-10 13:5", anyOrder, faultForm},
		{"2024-02-10 13:05:09 CST", anyOrder, faultForm}, // several zones have that name
		{"2024-02-10x", anyOrder, faultForm},
		{"30/02/2024", dayFirst, faultDay},
		{"2023-02-29", anyOrder, faultDay},
		{"2024-13-01", anyOrder, faultMonth},
		{"13/25/2024", anyOrder, faultMonth},
		{"02/13/2024", dayFirst, faultDMY},
		{"13/02/2024", monthFirst, faultMDY},
		{"2024-02-10 25:00", anyOrder, faultClock},
		{"2024-02-10 24:00:01", anyOrder, faultClock},
		{"2024-02-10 13:60", anyOrder, faultClock},
		{"2024-02-10 13:05 PM", anyOrder, faultClock},
	} {
		t.Run(c.text, func(t *testing.T) {
			if got, fault := parseStamp(c.text, c.order); fault != c.want {
				t.Errorf("got %+v, fault %q; want %q", got, fault, c.want)
			}
		})
	}
}

func TestADateRulesOutAnOrderOnlyWhereItCannotBeReadSo(t *testing.T) {
	for _, c := range []struct {
		text   string
		want   dateOrder
		isOpen bool
	}{
		{"13/02/2024", dayFirst, false},
		{"02/13/2024 10:00", monthFirst, false},
		{"02/10/2024", anyOrder, true},
		{"05/05/2024", anyOrder, false}, // the same day either way
		{"2024-02-13", anyOrder, false},
		{"13/25/2024", anyOrder, false},
		{"", anyOrder, false},
	} {
		if got, isOpen := orderEvidence(c.text); got != c.want || isOpen != c.isOpen {
			t.Errorf("%q: got %v, open %v; want %v, %v", c.text, got, isOpen, c.want, c.isOpen)
		}
	}
}

// Whatever time.Format writes in a layout of the list is read back as it was.
func TestWrittenTimesAreReadBack(t *testing.T) {
	layouts := []struct {
		layout string
		order  dateOrder
	}{
		{time.RFC3339, anyOrder},
		{"2006-01-02 15:04:05-07", anyOrder},
		{"2006/01/02 15:04:05", anyOrder},
		{"01/02/2006 03:04:05 PM", monthFirst},
		{"2/1/2006 15:04:05", dayFirst},
		{"2 January 2006 15:04:05", anyOrder},
		{"Jan 2, 2006 3:04:05 PM", anyOrder},
		{"20060102150405", anyOrder},
	}
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(layouts).Draw(t, "layout")
		at := time.Unix(rapid.Int64Range(-2_000_000_000, 4_000_000_000).Draw(t, "unix"), 0).UTC() // 1906 to 2096
		got, fault := parseStamp(at.Format(c.layout), c.order)
		if fault != "" || got.wall() != at.Unix() {
			t.Fatalf("%s read as %+v, fault %q", at.Format(c.layout), got, fault)
		}
	})
}

func FuzzTime(f *testing.F) {
	for _, seed := range []string{"2024-02-10T13:05:09Z", "02/10/2024 01:05 PM", "10 de febrero de 2024", "2024-02", "20240210", "", "\x00", "−"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, order := range []dateOrder{anyOrder, dayFirst, monthFirst} {
			s, fault := parseStamp(text, order)
			if fault != "" {
				continue
			}
			if s.month < 1 || s.month > 12 || s.day < 1 || s.day > 31 || !s.hasClock() {
				t.Errorf("%q read as %+v", text, s)
			}
			if s.end() <= s.wall() {
				t.Errorf("%q ends at %d, before it starts at %d", text, s.end(), s.wall())
			}
		}
		_, _ = parseClock(text, true)
		_, _ = parseClock(text, false)
	})
}
