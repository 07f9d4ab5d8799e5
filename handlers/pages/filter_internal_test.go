package pages

import (
	"net/url"
	"testing"
	"time"

	"atalaya/handlers/messages"
	"atalaya/store"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func guatemala() *time.Location { return time.FixedZone("America/Guatemala", -6*60*60) }

func localDay(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, guatemala())
}

// someHoldings has data from 3 March 2024 to the end of 20 November 2026.
func someHoldings() *holdings {
	return &holdings{
		summary:    store.Summary{Incidents: 1000, From: localDay(2024, 3, 3).UTC(), To: localDay(2026, 11, 21).UTC()},
		categories: []store.Category{{Code: "burglary"}, {Code: "robbery"}, {Code: "theft"}},
		grounds:    []store.Area{{ID: "city", Kind: store.StudyArea}, {ID: "north", Kind: store.Jurisdiction}},
		sectors:    []store.Area{{ID: "s-01", Kind: store.Sector}},
	}
}

func read(t *testing.T, query string) (filter, []note) {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return readFilter(values, someHoldings(), guatemala(), localDay(2026, 11, 23))
}

func TestWhatAnAddressAsksForIsReadAndWrittenInOneOrder(t *testing.T) {
	for _, tt := range []struct{ name, query, want string }{
		{"nothing", "", ""},
		{"empty values of a form", "cat=&from=&to=&hours=", ""},
		{"all of it in another order", "page=2&dow=5,6&res=8&hours=22-4&area=s-01&to=2026-10-31&from=2025-11-01&cat=robbery",
			"?cat=robbery&from=2025-11-01&to=2026-10-31&area=s-01&res=8&hours=22-4&dow=5,6"},
		{"repeated categories", "cat=theft&cat=robbery&cat=theft", "?cat=robbery,theft"},
		{"categories in one value", "cat=theft,robbery", "?cat=robbery,theft"},
		{"repeated days", "dow=6&dow=7", "?dow=6,7"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, notes := read(t, tt.query)
			if got := f.query(); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if len(notes) > 0 {
				t.Errorf("notes %v, want none", notes)
			}
		})
	}
}

func TestWhatCannotBeReadIsLeftAsideWithANote(t *testing.T) {
	for _, tt := range []struct {
		name, query string
		want        note
	}{
		{"unknown category", "cat=arson", note{"cat", "arson", "ignored.cat"}},
		{"unknown area", "area=mars", note{"area", "mars", "ignored.area"}},
		{"resolution out of range", "res=12", note{"res", "12", "ignored.res"}},
		{"resolution that is no number", "res=fine", note{"res", "fine", "ignored.res"}},
		{"day that is not in the calendar", "from=2026-02-30", note{"from", "2026-02-30", "ignored.date"}},
		{"reversed period", "from=2026-05-02&to=2026-05-01", note{"to", "2026-05-01", "ignored.order"}},
		{"hour out of range", "hours=20-25", note{"hours", "20-25", "ignored.hours"}},
		{"day of the week out of range", "dow=0", note{"dow", "0", "ignored.dow"}},
		{"page zero", "page=0", note{"page", "0", "ignored.page"}},
		{"second value", "res=8&res=9", note{"res", "9", "ignored.repeated"}},
		{"unknown parameter", "colour=red", note{"colour", "red", "ignored.unknown"}},
		{"long value", "cat=aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeee", note{"cat", "aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd…", "ignored.cat"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, notes := read(t, tt.query)
			if diff := cmp.Diff([]note{tt.want}, notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestDaysAreLocalAndBothIncluded(t *testing.T) {
	f, _ := read(t, "from=2026-01-01&to=2026-01-31")
	q := f.layerQuery()
	// Midnight in Guatemala is 06:00 UTC; the last day ends with the next one.
	if want := time.Date(2026, 1, 1, 6, 0, 0, 0, time.UTC); !q.From.Equal(want) {
		t.Errorf("from %v, want %v", q.From, want)
	}
	if want := time.Date(2026, 2, 1, 6, 0, 0, 0, time.UTC); !q.To.Equal(want) {
		t.Errorf("to %v, want %v", q.To, want)
	}
	if got := duration(f, messages.For("en")); got != "1 month" {
		t.Errorf("the period is %s long, want 1 month", got)
	}
}

func TestTheUsualPeriodIsTheLastTwelveWholeMonths(t *testing.T) {
	for _, tt := range []struct {
		name                string
		from, to, now       time.Time // of the data, end excluded
		wantFirst, wantLast time.Time
		wantLength          string
	}{
		{"data that end within a month", localDay(2024, 3, 3), localDay(2026, 11, 21), localDay(2026, 11, 23),
			localDay(2025, 11, 1), localDay(2026, 10, 31), "12 months"},
		{"data that end with a month", localDay(2024, 3, 3), localDay(2026, 11, 1), localDay(2026, 11, 23),
			localDay(2025, 11, 1), localDay(2026, 10, 31), "12 months"},
		{"data that end late on the last day of a month", localDay(2024, 3, 3), localDay(2026, 11, 1).Add(-13 * time.Minute), localDay(2026, 11, 23),
			localDay(2025, 11, 1), localDay(2026, 10, 31), "12 months"},
		{"data of four months", localDay(2026, 7, 5), localDay(2026, 11, 1), localDay(2026, 11, 23),
			localDay(2026, 7, 1), localDay(2026, 10, 31), "4 months"},
		{"data within one month", localDay(2026, 11, 5), localDay(2026, 11, 21), localDay(2026, 11, 23),
			localDay(2026, 11, 5), localDay(2026, 11, 20), "16 days"},
		{"a slip that lies in the future", localDay(2024, 3, 3), localDay(2099, 1, 1), localDay(2026, 11, 23),
			localDay(2025, 11, 1), localDay(2026, 10, 31), "12 months"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := &holdings{summary: store.Summary{From: tt.from.UTC(), To: tt.to.UTC()}}
			first, last := defaultPeriod(h, guatemala(), tt.now)
			if !first.Equal(tt.wantFirst) || !last.Equal(tt.wantLast) {
				t.Errorf("got %v to %v, want %v to %v", first, last, tt.wantFirst, tt.wantLast)
			}
			f := filter{first: first, last: last}
			if got := duration(f, messages.For("en")); got != tt.wantLength {
				t.Errorf("the period is %s long, want %s", got, tt.wantLength)
			}
		})
	}
}

func TestTheFirstStudyAreaIsTheUsualOne(t *testing.T) {
	if f, _ := read(t, ""); f.area != "city" {
		t.Errorf("area %q, want city", f.area)
	}
	without := &holdings{grounds: []store.Area{{ID: "north", Kind: store.Jurisdiction}}}
	f, _ := readFilter(nil, without, guatemala(), localDay(2026, 11, 23))
	if f.area != "" || f.layerQuery().Areas != nil {
		t.Errorf("area %q, want it inferred where there is no study area", f.area)
	}
}

func TestTheAPIGetsTheSameFilter(t *testing.T) {
	f, _ := read(t, "cat=theft,robbery&from=2026-01-01&to=2026-01-31&hours=22-4&dow=5,6")
	got, err := url.ParseQuery(f.apiQuery())
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{
		"area": {"city"}, "res": {"9"}, "category": {"robbery,theft"}, "hours": {"22-4"}, "dow": {"5,6"},
		"datetime": {"2026-01-01T06:00:00Z/2026-02-01T06:00:00Z"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnyAddressIsReadAndWhatIsKeptReadsTheSameAgain(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		values := url.Values{}
		for range rapid.IntRange(0, 6).Draw(rt, "parameters") {
			name := rapid.SampledFrom(append(parameters(), "x")).Draw(rt, "name")
			values.Add(name, rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
				"robbery", "theft,burglary", "2026-01-01", "2025-06-30", "8", "22-4", "1-5", "city", "",
			})).Draw(rt, "value"))
		}
		f, _ := readFilter(values, someHoldings(), guatemala(), localDay(2026, 11, 23))
		again, err := url.ParseQuery(f.query()[min(1, len(f.query())):])
		if err != nil {
			rt.Fatal(err)
		}
		g, notes := readFilter(again, someHoldings(), guatemala(), localDay(2026, 11, 23))
		if len(notes) > 0 {
			rt.Errorf("notes %v on %q, which was written", notes, f.query())
		}
		g.page = f.page // kept by links that say so only
		if diff := cmp.Diff(f, g, cmp.AllowUnexported(filter{})); diff != "" {
			rt.Errorf("%q reads otherwise (-first +again):\n%s", f.query(), diff)
		}
		if f.last.Before(f.first) {
			rt.Errorf("period from %v to %v is reversed", f.first, f.last)
		}
	})
}
