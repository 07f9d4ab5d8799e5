package ingest

import (
	"fmt"
	"testing"
	"time"

	"atalaya/store"

	"pgregory.net/rapid"
)

// Serial number 45321 is 30 January 2024: 45292 is 1 January of that year, as
// any spreadsheet shows. 0.75 of a day is 18:00.
func TestCountsOfDaysAndSecondsAreRead(t *testing.T) {
	evening := stamp{year: 2024, month: 1, day: 30, hour: 18, precision: store.Minute}
	for _, c := range []struct {
		text string
		want stamp
	}{
		{"45292", stamp{year: 2024, month: 1, day: 1, precision: store.Day}},
		{"45321", stamp{year: 2024, month: 1, day: 30, precision: store.Day}},
		{"45321.0", stamp{year: 2024, month: 1, day: 30, precision: store.Day}},
		{"45321.75", evening},
		{"45321,75", evening},
		{" 45321.7500000000 ", evening},
		{"44927.5451388889", stamp{year: 2023, month: 1, day: 1, hour: 13, minute: 5, precision: store.Minute}},
		{"44927.9999999", stamp{year: 2023, month: 1, day: 2, precision: store.Minute}}, // rounds to midnight
		{"1704463200", stamp{year: 2024, month: 1, day: 5, hour: 14, precision: store.Second, zoned: true}},
		{"1704463200.25", stamp{year: 2024, month: 1, day: 5, hour: 14, precision: store.Second, zoned: true}},
		{"1704463200999", stamp{year: 2024, month: 1, day: 5, hour: 14, precision: store.Second, zoned: true}},
		{"1704463200000000", stamp{year: 2024, month: 1, day: 5, hour: 14, precision: store.Second, zoned: true}},
		{"-2208988800000", stamp{year: 1900, month: 1, day: 1, precision: store.Second, zoned: true}}, // 25,567 days before 1970
		{"-62135596800000", stamp{year: 1, month: 1, day: 1, precision: store.Second, zoned: true}},
		{"-126230400000.0", stamp{year: 1966, month: 1, day: 1, precision: store.Second, zoned: true}},
		{"/Date(1704463200000)/", stamp{year: 2024, month: 1, day: 5, hour: 14, precision: store.Second, zoned: true}},
	} {
		if got, ok := parseCount(c.text); !ok || got != c.want {
			t.Errorf("%q read as %+v, %v; want %+v", c.text, got, ok, c.want)
		}
	}
	for _, text := range []string{"", "19999", "80000", "99999999", "4200000000", "45321.", "45321.7.5", "1.70446E+12", "-45321", "45321x", "/Date(1704463200000", "12345678901", "17044632000000"} {
		if got, ok := parseCount(text); ok {
			t.Errorf("%q read as %+v", text, got)
		}
	}
}

func TestWrittenCountsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		unix := rapid.Int64Range(firstUnix, lastUnix-1).Draw(t, "unix")
		for _, text := range []string{fmt.Sprint(unix), fmt.Sprint(unix * 1000), fmt.Sprintf("/Date(%d)/", unix*1000+999)} {
			if s, ok := parseCount(text); !ok || s.wall() != unix {
				t.Fatalf("%s read as %+v", text, s)
			}
		}
		// A spreadsheet keeps ten digits behind the point of such a number.
		at := time.Date(1960, 1, 1, 0, 0, rapid.IntRange(0, 4_000_000_000).Draw(t, "seconds"), 0, time.UTC)
		serial := fmt.Sprintf("%.10f", float64(at.Unix()-serialEpoch)/86_400)
		if s, ok := parseCount(serial); !ok || s.wall() != at.Unix() {
			t.Fatalf("%s read as %+v, want %v", serial, s, at)
		}
	})
}

func TestYearsAndMonthsInColumnsOfTheirOwnAreRead(t *testing.T) {
	for text, want := range map[string]int{"2024": 2024, "2024.0": 2024, " 24 ": 2024, //nolint:gocritic // the blanks are meant
		"25": 2025, "26": 1926, "0204": 204} {
		if got, ok := parseYear(text, 2025); !ok || got != want {
			t.Errorf("year %q: %d, %v; want %d", text, got, ok, want)
		}
	}
	for text, want := range map[string]int{"2": 2, "02": 2, "2.0": 2, "Febrero": 2, "feb.": 2, "02-Febrero": 2, "2. fevereiro": 2, "MARÇO": 3, "août": 8} {
		if got, ok := parseMonth(text); !ok || got != want {
			t.Errorf("month %q: %d, %v; want %d", text, got, ok, want)
		}
	}
	for _, text := range []string{"", "0", "13", "03-Febrero", "Treceavo", "2024", "mar 5"} {
		if got, ok := parseMonth(text); ok {
			t.Errorf("month %q read as %d", text, got)
		}
	}
	for _, text := range []string{"", "204", "20245", "x", "-1", "0000"} {
		if got, ok := parseYear(text, 2025); ok {
			t.Errorf("year %q read as %d", text, got)
		}
	}
}

func TestTextsThatSayNothingIsKnownAreRecognised(t *testing.T) {
	for _, text := range []string{"", "NULL", "-", "0", "0000-00-00", "0000-00-00 00:00:00", "99:99", "9999", "99/99/9999", "Desconocido", "SE IGNORA", "no consta", "não informado", "Unknown", "inconnue", "s/f"} {
		if !isUnknownTime(text) {
			t.Errorf("%q taken for a time", text)
		}
	}
	for _, text := range []string{"some day", "2024-02-30", "25:00", "noon", "1900-01-01", "10/02"} {
		if isUnknownTime(text) {
			t.Errorf("%q taken for nothing", text)
		}
	}
}

func FuzzCount(f *testing.F) {
	for _, seed := range []string{"45321.75", "1704463200", "1704463200000", "/Date(1)/", "2024", "24", "02-Febrero", "0000-00-00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if s, ok := parseCount(text); ok && (s.year < 1954 || s.year > 2119 || !s.isTimeOfDay()) {
			t.Errorf("%q read as %+v", text, s)
		}
		if month, ok := parseMonth(text); ok && (month < 1 || month > 12) {
			t.Errorf("%q read as month %d", text, month)
		}
		if year, ok := parseYear(text, 2025); ok && (year < 1 || year > 9999) {
			t.Errorf("%q read as year %d", text, year)
		}
		_ = isUnknownTime(text)
	})
}
