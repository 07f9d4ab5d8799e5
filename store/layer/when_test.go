package layer_test

import (
	"testing"
	"time"

	"atalaya/store/layer"
)

func guatemala(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("America/Guatemala")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func TestDatetimesAreReadHalfOpenAndInTheZone(t *testing.T) {
	cases := []struct{ text, from, to string }{
		{"2025", "2025-01-01T06:00:00Z", "2026-01-01T06:00:00Z"},
		{"2025-02", "2025-02-01T06:00:00Z", "2025-03-01T06:00:00Z"},
		{"2024-02-29", "2024-02-29T06:00:00Z", "2024-03-01T06:00:00Z"},
		{"2025-02-01T12:00:00Z", "2025-02-01T12:00:00Z", "2025-02-01T12:00:01Z"},
		{"2025-01/2026-01", "2025-01-01T06:00:00Z", "2026-01-01T06:00:00Z"},
		{"2025-01-15/..", "2025-01-15T06:00:00Z", ""},
		{"../2025-01-15", "", "2025-01-15T06:00:00Z"},
		{"/2025-01-15T00:00:00-06:00", "", "2025-01-15T06:00:00Z"},
		{"2025-01-15T00:00:00.5Z/2025-01-16", "2025-01-15T00:00:00.5Z", "2025-01-16T06:00:00Z"},
	}
	for _, c := range cases {
		from, to, err := layer.ParseDatetime(c.text, guatemala(t))
		if err != nil || !sameTime(from, c.from) || !sameTime(to, c.to) {
			t.Errorf("%s: %v to %v, error %v", c.text, from, to, err)
		}
	}
}

func sameTime(got time.Time, want string) bool {
	if want == "" {
		return got.IsZero()
	}
	w, err := time.Parse(time.RFC3339, want)
	return err == nil && got.Equal(w)
}

func TestDatetimesThatCannotBeAreRefused(t *testing.T) {
	for _, text := range []string{"", "/", "../..", "2025-13", "2025-02-30", "2025-02-01/2025-01-01", "2025/2025", "2025/2026/2027", "yesterday", "2025-01-01 00:00:00", "20250101", "2025-01-01T00:00:00"} {
		if from, to, err := layer.ParseDatetime(text, time.UTC); err == nil {
			t.Errorf("%q became %v to %v", text, from, to)
		}
	}
}

func TestHoursAndDaysAreReadAsSets(t *testing.T) {
	hours := []struct{ text, want string }{
		{"18-23", "18,19,20,21,22,23"}, {"22-2", "0,1,2,22,23"}, {"5", "5"}, {"0,1, 2", "0,1,2"}, {"18-20,8", "8,18,19,20"}, {"0-23", ""},
	}
	for _, c := range hours {
		got, err := layer.ParseHours(c.text)
		if err != nil || got.String() != c.want {
			t.Errorf("hours %s: %q, error %v, want %q", c.text, got, err, c.want)
		}
	}
	days := []struct{ text, want string }{{"1-5", "1,2,3,4,5"}, {"6,7", "6,7"}, {"6-1", "1,6,7"}, {"1-7", ""}}
	for _, c := range days {
		got, err := layer.ParseDays(c.text)
		if err != nil || got.String() != c.want {
			t.Errorf("days %s: %q, error %v, want %q", c.text, got, err, c.want)
		}
	}
	for _, text := range []string{"", "24", "-1", "1-", "a", "1--3", "18:00-20:00"} {
		if got, err := layer.ParseHours(text); err == nil {
			t.Errorf("hours %q became %q", text, got)
		}
	}
	for _, text := range []string{"0", "8", "mon"} {
		if got, err := layer.ParseDays(text); err == nil {
			t.Errorf("days %q became %q", text, got)
		}
	}
}

func FuzzParsersNeverPanicAndReadBackWhatTheyWrite(f *testing.F) {
	for _, seed := range []string{"18-23", "22-4", "1-5", "2025-01/..", "-90.5,14.5,-90.4,14.7", "0,1,2"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if h, err := layer.ParseHours(text); err == nil && h != 0 {
			if back, err := layer.ParseHours(h.String()); err != nil || back != h {
				t.Errorf("hours %q: %v became %v (%v)", text, h, back, err)
			}
		}
		if d, err := layer.ParseDays(text); err == nil && d != 0 {
			if back, err := layer.ParseDays(d.String()); err != nil || back != d {
				t.Errorf("days %q: %v became %v (%v)", text, d, back, err)
			}
		}
		if from, to, err := layer.ParseDatetime(text, time.UTC); err == nil && !from.IsZero() && !to.IsZero() && !from.Before(to) {
			t.Errorf("datetime %q: %v is not before %v", text, from, to)
		}
		if b, err := layer.ParseBound(text); err == nil && b.South > b.North {
			t.Errorf("bbox %q: %v", text, b)
		}
	})
}
