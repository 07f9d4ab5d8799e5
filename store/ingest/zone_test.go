package ingest

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func mustZone(t *testing.T, name string) *zone {
	t.Helper()
	location, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return newZone(location)
}

func TestStampsBecomeHalfOpenIntervalsOfTheirPrecision(t *testing.T) {
	for _, c := range []struct{ name, zone, text, from, to string }{
		// 13:05:09 at UTC-6 is 19:05:09 UTC.
		{"a second", "America/Guatemala", "2024-02-10 13:05:09", "2024-02-10T19:05:09Z", "2024-02-10T19:05:10Z"},
		{"a minute", "America/Guatemala", "2024-02-10 13:05", "2024-02-10T19:05:00Z", "2024-02-10T19:06:00Z"},
		{"a local day", "America/Guatemala", "2024-02-10", "2024-02-10T06:00:00Z", "2024-02-11T06:00:00Z"},
		{"a local year", "America/Guatemala", "2024", "2024-01-01T06:00:00Z", "2025-01-01T06:00:00Z"},
		{"an hour", "America/Guatemala", "2024-02-10T13", "2024-02-10T19:00:00Z", "2024-02-10T20:00:00Z"},
		// Midnight of 7 September 2025 is skipped in Santiago: the day begins at 01:00, UTC-3.
		{"a day whose midnight is skipped", "America/Santiago", "2025-09-07", "2025-09-07T04:00:00Z", "2025-09-08T03:00:00Z"},
		{"a local month", "America/Guatemala", "2024-02", "2024-02-01T06:00:00Z", "2024-03-01T06:00:00Z"},
		{"an offset of its own", "America/Guatemala", "2024-02-10T13:05:09+01:00", "2024-02-10T12:05:09Z", "2024-02-10T12:05:10Z"},
		{"the end of the day", "America/Guatemala", "2024-02-10 24:00", "2024-02-11T06:00:00Z", "2024-02-11T06:01:00Z"},
		// The clock goes from 02:00 CST to 03:00 CDT on 10 March 2024: 23 hours.
		{"a day of 23 hours", "America/Chicago", "2024-03-10", "2024-03-10T06:00:00Z", "2024-03-11T05:00:00Z"},
		{"a day of 25 hours", "America/Chicago", "2024-11-03", "2024-11-03T05:00:00Z", "2024-11-04T06:00:00Z"},
		// 02:30 does not exist; at UTC-6, the offset before, it is 08:30 UTC.
		{"a time that the clock skips", "America/Chicago", "2024-03-10 02:30", "2024-03-10T08:30:00Z", "2024-03-10T08:31:00Z"},
		// 01:30 happens at UTC-5 and again at UTC-6; the first one is taken.
		{"a time that the clock repeats", "America/Chicago", "2024-11-03 01:30", "2024-11-03T06:30:00Z", "2024-11-03T06:31:00Z"},
		{"the minute after the gap", "America/Chicago", "2024-03-10 03:00", "2024-03-10T08:00:00Z", "2024-03-10T08:01:00Z"},
		{"the minute after the fold", "America/Chicago", "2024-11-03 02:00", "2024-11-03T08:00:00Z", "2024-11-03T08:01:00Z"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, fault := readTime(c.text, timeForm{order: monthFirst, pivot: widestYear})
			if fault != "" {
				t.Fatal(fault)
			}
			from, to := mustZone(t, c.zone).interval(s)
			if got := from.Format(time.RFC3339); got != c.from {
				t.Errorf("from %s, want %s", got, c.from)
			}
			if got := to.Format(time.RFC3339); got != c.to {
				t.Errorf("to %s, want %s", got, c.to)
			}
		})
	}
}

func TestOnlyTimesThatTheClockSkipsOrRepeatsAreCounted(t *testing.T) {
	z := mustZone(t, "America/Chicago")
	for _, text := range []string{
		"2024-03-10 02:00", "2024-03-10 02:59:59", "2024-11-03 01:00", "2024-11-03 01:59", // odd
		"2024-03-10 01:59", "2024-03-10 03:00", "2024-11-03 00:59", "2024-11-03 02:00", "2024-03-10", "2024-07-01 12:00",
	} {
		s, fault := parseStamp(text, monthFirst)
		if fault != "" {
			t.Fatal(fault)
		}
		z.interval(s)
	}
	if z.gaps != 2 || z.folds != 2 {
		t.Errorf("counted %d in gaps and %d in folds, want the first 2 and the next 2", z.gaps, z.folds)
	}
}

// 01:30 on 3 November 2024 is 06:30 UTC as CDT and 07:30 UTC as CST.
func TestAnAbbreviationTellsTheTwoHoursOfAFoldApart(t *testing.T) {
	z := mustZone(t, "America/Chicago")
	for _, c := range []struct {
		text   string
		offset int
		ok     bool
	}{
		{"2024-11-03 01:30:00 CDT", -5 * 3600, true},
		{"2024-11-03 01:30:00 CST", -6 * 3600, true},
		{"2024-07-01 01:30 CDT", -5 * 3600, true},
		{"2024-07-01 01:30 CST", 0, false}, // summer
		{"2024-07-01 01:30 EDT", 0, false},
	} {
		s, fault := parseStamp(c.text, anyOrder)
		if fault != "" {
			t.Fatal(fault)
		}
		if offset, ok := z.offsetNamed(s.wall(), s.abbreviation); offset != c.offset || ok != c.ok {
			t.Errorf("%s: offset %d, %v; want %d, %v", c.text, offset, ok, c.offset, c.ok)
		}
	}
}

// A wall time that exists once reads back as itself, in any zone, also far in
// the past and the future.
func TestInstantsHaveTheWallTimeTheyCameFrom(t *testing.T) {
	zones := []string{"America/Guatemala", "America/Chicago", "Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kathmandu", "UTC"}
	rapid.Check(t, func(t *rapid.T) {
		location, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		z := newZone(location)
		for range 5 {
			at := time.Unix(rapid.Int64Range(-2_200_000_000, 4_000_000_000).Draw(t, "unix"), 0).In(location)
			_, offset := at.Zone()
			wall := at.Unix() + int64(offset)
			unix, odd := z.instant(wall)
			if unix != at.Unix() && odd == noOddity {
				t.Fatalf("%v read as %v", at, time.Unix(unix, 0).In(location))
			}
		}
	})
}
