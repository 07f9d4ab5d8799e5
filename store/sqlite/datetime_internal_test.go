package sqlite

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTimesReadAsTheyWereWritten(t *testing.T) {
	first := time.Date(1, 1, 1, 0, 0, 0, 1e6, time.UTC).UnixMilli()
	last := time.Date(9999, 12, 31, 23, 59, 59, 999e6, time.UTC).UnixMilli()
	moment := rapid.Int64Range(first, last)
	rapid.Check(t, func(t *rapid.T) {
		a, b := time.UnixMilli(moment.Draw(t, "a")).UTC(), time.UnixMilli(moment.Draw(t, "b")).UTC()
		if got, err := parseTime(timeText(a)); err != nil || got != a {
			t.Fatalf("%v reads as %v, %v", a, got, err)
		}
		if got, want := timeText(a.Add(999_999)), a.Format(timeLayout); got != want {
			t.Fatalf("text %s, want %s", got, want)
		}
		if (timeText(a) < timeText(b)) != a.Before(b) {
			t.Fatalf("texts %s and %s are not in the order of time", timeText(a), timeText(b))
		}
	})
}

func TestTimesOfOtherProgramsAreRead(t *testing.T) {
	want := time.Date(2024, 2, 29, 12, 30, 0, 0, time.UTC)
	for _, text := range []string{"2024-02-29T12:30:00.000Z", "2024-02-29T12:30:00Z", "2024-02-29T06:30:00-06:00", "2024-02-29T12:30:00.000000Z"} {
		if got, err := parseTime(text); err != nil || got != want {
			t.Errorf("%s reads as %v, %v", text, got, err)
		}
	}
}

func TestTextsThatAreNoTimesAreRefused(t *testing.T) {
	for _, text := range []string{
		"yesterday", "2024-02-30T12:30:00.000Z", "2024-13-01T12:30:00.000Z", "2024-00-01T12:30:00.000Z", "2024-01-00T12:30:00.000Z",
		"2024-01-01T24:00:00.000Z", "2024-01-01T00:60:00.000Z", "2024-01-01T00:00:60.000Z", "2O24-01-01T00:00:00.000Z", "2024-01-01 00:00:00.000Z",
	} {
		if got, err := parseTime(text); err == nil {
			t.Errorf("%q reads as %v", text, got)
		}
	}
}

func TestABoundIsRoundedUpToTheMillisecond(t *testing.T) {
	whole := time.Date(2024, 1, 1, 0, 0, 0, 5e6, time.UTC)
	cases := map[time.Duration]string{
		0: "2024-01-01T00:00:00.005Z", 1: "2024-01-01T00:00:00.006Z", time.Millisecond - 1: "2024-01-01T00:00:00.006Z",
	}
	for more, want := range cases {
		if got := ceilText(whole.Add(more)); got != want {
			t.Errorf("%v more: %s, want %s", more, got, want)
		}
	}
}
