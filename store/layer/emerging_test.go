package layer_test

import (
	"strconv"
	"testing"
	"time"

	"atalaya/store"
	"atalaya/store/layer"
)

// evenly returns n incidents downtown at even distances between two local
// dates, the last one a step before the end.
func evenly(t *testing.T, from, to string, n int) []store.Incident {
	t.Helper()
	start, end := dayOf(t, from), dayOf(t, to)
	out := make([]store.Incident, n)
	for k := range out {
		at := start.Add(end.Sub(start) / time.Duration(n) * time.Duration(k)).Truncate(time.Minute)
		out[k] = store.Incident{Source: "s", SourceID: strconv.Itoa(k), Category: "theft", Origin: store.Reported, Point: downtown, From: at, To: at.Add(time.Minute)}
	}
	return out
}

func dayOf(t *testing.T, text string) time.Time {
	t.Helper()
	day, err := time.ParseInLocation(time.DateOnly, text, guatemala(t))
	if err != nil {
		t.Fatal(err)
	}
	return day.UTC()
}

func TestEmergingPeriodsAreThoseThatTheDataCoverWhole(t *testing.T) {
	months := func(from, to string) [2]string { return [2]string{from, to} }
	cases := []struct {
		name      string
		incidents [2]string // from, to
		n         int
		datetime  string
		lag       int
		read      string // when the data were last changed
		periods   [2]string
		leftOut   int
	}{
		{name: "two whole years of a city", incidents: months("2024-01-01", "2026-01-01"), n: 20_000, periods: months("2024-01-01", "2026-01-01")},
		{name: "half a November is dropped", incidents: months("2024-01-01", "2025-11-16"), n: 20_000, periods: months("2024-01-01", "2025-11-01"), leftOut: 1},
		{name: "half a November that was asked for is dropped", incidents: months("2024-01-01", "2025-11-16"), n: 20_000, datetime: "2025-01/2026-01", periods: months("2025-01-01", "2025-11-01"), leftOut: 2},
		{name: "the last two days are missing", incidents: months("2024-01-01", "2025-11-29"), n: 20_000, periods: months("2024-01-01", "2025-12-01")},
		// 40 a year are one in nine days: after the last, silence of up to 4.6 × 9
		// days comes once in a hundred times.
		{name: "forty incidents a year, the last on 16 December", incidents: months("2025-01-06", "2025-12-25"), n: 40, periods: months("2025-01-01", "2026-01-01")},
		{name: "forty incidents a year and a datetime", incidents: months("2025-01-06", "2025-12-25"), n: 40, datetime: "2025", periods: months("2025-01-01", "2026-01-01")},
		{name: "forty incidents a year make no year longer than the data", incidents: months("2025-01-06", "2025-12-25"), n: 40, datetime: "2024/2027", periods: months("2025-01-01", "2026-01-01"), leftOut: 24},
		{name: "forty incidents a year, read before the month was over", incidents: months("2025-01-06", "2025-12-25"), n: 40, read: "2025-12-20", periods: months("2025-01-01", "2025-12-01"), leftOut: 1},
		{name: "a datetime that cuts the first and the last month", incidents: months("2024-01-01", "2026-01-01"), n: 20_000, datetime: "2024-03-10/2024-09-20", periods: months("2024-04-01", "2024-09-01"), leftOut: 2},
		{name: "a datetime that ends with a month", incidents: months("2024-01-01", "2026-01-01"), n: 20_000, datetime: "2024-03/2024-09", periods: months("2024-03-01", "2024-09-01")},
		{name: "reports that take 40 days", incidents: months("2024-01-01", "2026-01-01"), n: 20_000, lag: 40, periods: months("2024-01-01", "2025-11-01"), leftOut: 2},
		{name: "reports that take 40 days, of a time long ago", incidents: months("2024-01-01", "2026-01-01"), n: 20_000, lag: 40, datetime: "2024", periods: months("2024-01-01", "2025-01-01")},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			q := layer.Query{Method: layer.Emerging, Res: 8, Study: disk(t, 2)}
			q.Emerging.LagDays = c.lag
			if c.datetime != "" {
				var err error
				if q.From, q.To, err = layer.ParseDatetime(c.datetime, guatemala(t)); err != nil {
					t.Fatal(err)
				}
			}
			var version store.DataVersion
			if c.read != "" {
				version.At = dayOf(t, c.read)
			}
			holdPeriods(t, q, layer.Facts{}, version, evenly(t, c.incidents[0], c.incidents[1], c.n), c.periods, c.leftOut)
		})
	}
}

func TestACategoryThatIsRareEndsWithTheDataOfAll(t *testing.T) {
	// One homicide a month up to 16 November, of data that go on to 16 November
	// with thirty incidents a day: November is not over.
	q := layer.Query{Method: layer.Emerging, Res: 8, Study: disk(t, 2), Categories: []string{"homicide"}}
	rare := evenly(t, "2024-01-10", "2025-11-16", 22)
	for i := range rare {
		rare[i].Category = "homicide"
	}
	t.Run("known from the store", func(t *testing.T) {
		facts := layer.Facts{Since: dayOf(t, "2024-01-01"), Until: dayOf(t, "2025-11-16"), Incidents: 20_000}
		q.From, q.To = dayOf(t, "2024-01-01"), dayOf(t, "2026-01-01")
		holdPeriods(t, q, facts, store.DataVersion{}, rare, [2]string{"2024-01-01", "2025-11-01"}, 2)
	})
	t.Run("seen in the files", func(t *testing.T) {
		holdPeriods(t, q, layer.Facts{}, store.DataVersion{}, append(rare, evenly(t, "2024-01-01", "2025-11-16", 20_000)...), [2]string{"2024-01-01", "2025-11-01"}, 2)
	})
}

// holdPeriods holds the periods of an emerging layer; incidents of other
// categories than the query's are only seen.
func holdPeriods(t *testing.T, q layer.Query, facts layer.Facts, version store.DataVersion, incidents []store.Incident, want [2]string, leftOut int) {
	t.Helper()
	facts.Home, facts.Zone = guatemala(t), func(string) *time.Location { return guatemala(t) }
	b, err := layer.NewBuilder(q, facts)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range incidents {
		if len(q.Categories) > 0 && i.Category != q.Categories[0] {
			b.See(i)
		} else if err := b.Add(i); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Finish(version)
	if err != nil {
		t.Fatal(err)
	}
	details := l.Details.(layer.EmergingDetails)
	if len(details.Periods) == 0 {
		t.Fatalf("no period: %+v", l.Incidents)
	}
	first, last := details.Periods[0], details.Periods[len(details.Periods)-1]
	if !first.From.Equal(dayOf(t, want[0])) || !last.To.Equal(dayOf(t, want[1])) || details.LeftOut != leftOut {
		t.Errorf("periods from %v to %v, %d left out; want %s to %s, %d", first.From, last.To, details.LeftOut, want[0], want[1], leftOut)
	}
}
