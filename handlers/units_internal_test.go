package handlers

import (
	"net/http"
	"testing"
	"time"

	"atalaya/store"

	"pgregory.net/rapid"
)

func TestEveryKindOfErrorHasAStatusOfItsOwn(t *testing.T) {
	kinds := []store.Kind{
		store.Invalid, store.NotFound, store.Conflict, store.TooLarge, store.Unavailable, store.Internal,
		crossOrigin, methodNotAllowed, notAcceptable, timedOut, wrongHost, wrongType,
	}
	seen := map[int]store.Kind{}
	for _, kind := range kinds {
		status := statusOf(kind)
		if other, twice := seen[status]; twice {
			t.Errorf("%s and %s are both %d", kind, other, status)
		}
		seen[status] = kind
		if http.StatusText(status) == "" || status < 400 {
			t.Errorf("%s is %d", kind, status)
		}
	}
	if got := statusOf("something new"); got != http.StatusInternalServerError {
		t.Errorf("an unknown kind is %d", got)
	}
}

func TestASpanHoldsItsTimeAndStartsOnItsOwnClock(t *testing.T) {
	precisions := []store.TimePrecision{store.Second, store.Minute, store.Hour, store.Day, store.Month, store.Year}
	zones := []string{"America/Guatemala", "America/Chicago", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC"}
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "second"), 0).In(zone)
		previous := time.Duration(0)
		for _, p := range precisions {
			from, to := span(at, p)
			if from.After(at) || !to.After(at) {
				t.Fatalf("%s: %s is not in [%s, %s)", p, at, from, to)
			}
			if length := to.Sub(from); length <= previous {
				t.Fatalf("%s: %s is no longer than the finer one", p, length)
			} else {
				previous = length
			}
		}
	})
}

func TestTheMostExactMediaRangeDecides(t *testing.T) {
	for _, c := range []struct {
		header string
		want   float64
	}{
		{"text/csv", 1},
		{"text/*;q=0.3", 0.3},
		{"*/*;q=0.1", 0.1},
		{"*/*, text/csv;q=0.2", 0.2},
		{"text/csv;q=0", 0},
		{"text/csv;q=much, */*;q=0.4", 0.4},
		{"image/png", 0},
		{";;,", 0},
	} {
		if got := quality(c.header, []string{"text/csv", "text/*", "*/*"}); got != c.want {
			t.Errorf("%q: %v, want %v", c.header, got, c.want)
		}
	}
}

func TestACSVNameStaysAFileName(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := fileName(rapid.String().Draw(t, "name"))
		if len([]rune(name)) > 200 {
			t.Errorf("%d characters", len([]rune(name)))
		}
		for _, r := range name {
			if r == '\\' || r < ' ' {
				t.Errorf("%q holds %q", name, r)
			}
		}
	})
}
