package store_test

import (
	"encoding/json"
	"testing"

	"atalaya/store"

	"pgregory.net/rapid"
)

func TestAShiftThatEndsByItsStartCrossesMidnight(t *testing.T) {
	for _, c := range []struct{ start, end, want int }{
		{6 * 60, 14 * 60, 480},
		{22 * 60, 6 * 60, 480}, // 2 hours before midnight and 6 after
		{0, 0, 1440},
		{1439, 0, 1},
		{1, 0, 1439},
	} {
		if got := (store.Shift{Start: c.start, End: c.end}).Minutes(); got != c.want {
			t.Errorf("%d to %d: %d minutes, want %d", c.start, c.end, got, c.want)
		}
	}
}

func TestATimeOfDayIsReadAsItIsWritten(t *testing.T) {
	for text, want := range map[string]int{"00:00": 0, "6:05": 365, "06:30": 390, "23:59": 1439, "24:00": 0} {
		if got, err := store.ParseClock(text); err != nil || got != want {
			t.Errorf("%s: %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "6", ":30", "25:00", "24:01", "12:60", "12:5", "+1:30", "-1:30", "012:30", "12:30:00", "12.30"} {
		if got, err := store.ParseClock(text); err == nil {
			t.Errorf("%q was read as %d", text, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		minute := rapid.IntRange(0, 1439).Draw(t, "minute")
		if got, err := store.ParseClock(store.ClockText(minute)); err != nil || got != minute {
			t.Fatalf("%s: %d, %v", store.ClockText(minute), got, err)
		}
	})
}

func TestAShiftHasANameInEachLanguage(t *testing.T) {
	s := store.Shift{NameES: "Noche", NameEN: "Night"}
	if s.Name("es") != "Noche" || s.Name("en") != "Night" {
		t.Errorf("%q, %q", s.Name("es"), s.Name("en"))
	}
}

func TestAShiftIsWrittenWithTimesAndDays(t *testing.T) {
	got, err := json.Marshal([]store.Shift{
		{Code: "night", NameES: "Noche", NameEN: "Night", Start: 1320, End: 360, Days: 1<<4 | 1<<6}, // Friday, Sunday
		{Code: "day"},
	})
	want := `[{"code":"night","name_es":"Noche","name_en":"Night","start":"22:00","end":"06:00","days":[5,7]},` +
		`{"code":"day","name_es":"","name_en":"","start":"00:00","end":"00:00","days":[]}]`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
}
