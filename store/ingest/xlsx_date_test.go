package ingest

import (
	"testing"

	"pgregory.net/rapid"
)

func TestNumberFormatsShowDatesByTheirLetters(t *testing.T) {
	for code, want := range map[string]dateStyle{
		"General":                   0,
		"0.00E+00":                  0,
		`#,##0 "days"`:              0,
		"[Red]-0.0":                 0,
		"[$-es-GT]0":                0,
		"@":                         0,
		`0\d`:                       0,
		"dd/mm/yyyy":                showsDay,
		"mmm-yy":                    showsDay,
		`[$-40A]d "de" mmmm;@`:      showsDay,
		"h:mm AM/PM":                showsClock,
		"[h]:mm:ss":                 showsClock | showsSeconds,
		"mm:ss.0":                   showsClock | showsSeconds,
		"yyyy-mm-dd hh:mm":          showsDay | showsClock,
		"dd/mm/yyyy hh:mm:ss;[Red]": showsDay | showsClock | showsSeconds,
	} {
		if got := styleOf(code); got != want {
			t.Errorf("%q: got %b, want %b", code, got, want)
		}
	}
}

// Day 45296 of the 1900 system is 5 January 2024, as is day 45296 - 1462 of
// the other. 0.5729166… of a day is 13:45.
func TestSerialDatesAreWrittenAsTheirStyleShowsThem(t *testing.T) {
	for _, c := range []struct {
		name   string
		serial float64
		style  dateStyle
		is1904 bool
		want   string
	}{
		{"a day", 45296, showsDay, false, "2024-01-05"},
		{"a day of the other system", 43834, showsDay, true, "2024-01-05"},
		{"a day with a clock that is not shown", 45296.5, showsDay, false, "2024-01-05 12:00"},
		{"midnight that is shown", 45296, showsDay | showsClock, false, "2024-01-05 00:00"},
		{"a moment", 45296.57291666667, showsDay | showsClock, false, "2024-01-05 13:45"},
		{"a moment short of a minute by a rounding error", 45296.572916666664, showsDay | showsClock, false, "2024-01-05 13:45"},
		{"seconds that are shown", 45296.57291666667, showsDay | showsClock | showsSeconds, false, "2024-01-05 13:45:00"},
		{"seconds that are not shown", 45296.572926, showsDay | showsClock, false, "2024-01-05 13:45:00.806"},
		{"a clock", 0.57291666666666663, showsClock, false, "13:45"},
		{"a clock of the other system", 0.57291666666666663, showsClock, true, "13:45"},
		{"a clock after midnight", 1.25, showsClock, true, "06:00"},
		{"a clock with a day of the other system", 43834.5, showsClock, true, "2024-01-05 12:00"},
		{"a clock with a day", 45296.5, showsClock, false, "2024-01-05 12:00"},
		{"the day before the one that 1900 had not", 59, showsDay, false, "1900-02-28"},
		{"the day after it", 61, showsDay, false, "1900-03-01"},
	} {
		if got, ok := serialDate(c.serial, c.style, c.is1904); !ok || got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	for _, serial := range []float64{-1, 2958467, 1e300} {
		if got, ok := serialDate(serial, showsDay, false); ok {
			t.Errorf("%v became %q", serial, got)
		}
	}
}

func TestColumnsAreCountedAsSpreadsheetsNameThem(t *testing.T) {
	for reference, want := range map[string]int{"A1": 1, "Z9": 26, "AA10": 27, "XFD1": 16384, "": 0, "7": 0} {
		if got := columnOf(reference); got != want {
			t.Errorf("%q: got %d, want %d", reference, got, want)
		}
	}
}

func FuzzStyleOf(f *testing.F) {
	f.Add(`[$-40A]d "de" mmmm;@`)
	f.Fuzz(func(_ *testing.T, code string) { styleOf(code) })
}

func TestLaterSerialsAreLaterTimes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := rapid.Float64Range(61, 100000).Draw(t, "a")
		b := rapid.Float64Range(a, 100001).Draw(t, "b")
		first, _ := serialDate(a, showsDay|showsClock|showsSeconds, false)
		second, _ := serialDate(b, showsDay|showsClock|showsSeconds, false)
		if first > second {
			t.Fatalf("%v is %s, %v is %s", a, first, b, second)
		}
	})
}
