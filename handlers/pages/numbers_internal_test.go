package pages

import (
	"testing"
	"time"

	"atalaya/handlers/messages"
	"atalaya/store/layer"

	"pgregory.net/rapid"
)

func TestTheTableOfDaysAndHoursKeepsEveryIncident(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var week [7][24]int
		want := 0
		for range rapid.IntRange(0, 60).Draw(rt, "incidents") {
			week[rapid.IntRange(0, 6).Draw(rt, "day")][rapid.IntRange(0, 23).Draw(rt, "hour")]++
			want++
		}
		got := 0
		table := newDayHours(week)
		for _, row := range table.counts {
			for _, n := range row {
				got += n
			}
		}
		if got != want || table.total != want {
			rt.Errorf("%d in the table, total %d, want %d", got, table.total, want)
		}
	})
}

func TestSmallCountsAreNotTold(t *testing.T) {
	var week [7][24]int
	week[4][16], week[4][19] = 3, 4 // Friday, one bin: 7
	week[0][0] = 2                  // Monday, 00–04
	rows := newDayHours(week).rows(messages.For("es"))
	if len(rows) != 7 || rows[4].Short != "vie" {
		t.Fatalf("rows %v, want seven from Monday on", rows)
	}
	for _, tt := range []struct {
		name     string
		day, bin int
		want     shadedCount
	}{
		{"seven", 4, 4, shadedCount{"7", 2}},
		{"two", 0, 0, shadedCount{"<3", 0}},
		{"none reads like two", 6, 5, shadedCount{"<3", 0}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := rows[tt.day].Cells[tt.bin]; got != tt.want {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestTheBusiestTimeIsToldOnlyWhereItStandsOut(t *testing.T) {
	say := messages.For("en")
	var flat, peaked [7][24]int
	for day := range 7 {
		for bin := range 6 {
			flat[day][bin*4], peaked[day][bin*4] = 5, 5
		}
	}
	peaked[4][20] = 30 // of 235; the even share of 42 bins is 5.6
	if got := busiest(newDayHours(flat), say); got != "" {
		t.Errorf("even counts gave %q, want nothing", got)
	}
	want := "Most often: Friday, 20:00–24:00 (<strong>30</strong> of <strong>235</strong> incidents whose hour is known)."
	if got := busiest(newDayHours(peaked), say); string(got) != want {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func months(counts ...int) []layer.MonthCount {
	var out []layer.MonthCount
	for i, n := range counts {
		out = append(out, layer.MonthCount{Month: time.Date(2025, time.October+time.Month(i), 1, 0, 0, 0, 0, time.UTC), Count: n})
	}
	return out
}

func TestTheTrendComparesAMonthWithTheYearBefore(t *testing.T) {
	es, en := messages.For("es"), messages.For("en")
	year := months(5, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 20)
	for _, tt := range []struct{ name, got, want string }{
		{"up", trendSentence(year, en), "20 in October 2026, 5 a year ago: up."},
		{"sube", trendSentence(year, es), "20 en octubre de 2026, 5 hace un año: sube."},
		{"too small to tell", trendSentence(months(1, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 2), es), "<3 en octubre de 2026, <3 hace un año: sin cambio claro."},
		{"less than a year", trendSentence(months(4, 6), en), "6 in November 2025."},
		{"no month", trendSentence(nil, en), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.got != tt.want {
				t.Errorf("got %q, want %q", tt.got, tt.want)
			}
		})
	}
}

func TestTheSparklineHidesSmallCounts(t *testing.T) {
	s := newSparkline(months(2, 10), messages.For("en"))
	// 320 wide, margin 6: from x 6 to 314; zero lies at 66, the highest at 6.
	if s.Line != "6,66 314,6" {
		t.Errorf("line %q, want two as low as none", s.Line)
	}
	if s.Months[0].Count != "<3" {
		t.Errorf("first month reads %q, want <3", s.Months[0].Count)
	}
	if newSparkline(months(7), messages.For("en")) != nil {
		t.Error("one month has a line")
	}
}
