package ingest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// table writes a file of one column of times, each at a place of its own.
func table(column string, values ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "id;%s;lat;lon\n", column)
	for i, value := range values {
		fmt.Fprintf(&b, "%d;%s;%.4f;%.4f\n", i+1, value, 14.6+float64(i%500)*0.0011, -90.5-float64(i/500)*0.0013)
	}
	return b.String()
}

// The first 5,000 rows, beyond any sample, can be read either way; the last
// one cannot.
func TestTheOrderOfDayAndMonthIsDecidedByTheLastRowToo(t *testing.T) {
	for _, c := range []struct{ last, first string }{
		{"25/12/2023", "2023-03-01"}, // 01/03 is 1 March
		{"12/25/2023", "2023-01-03"},
	} {
		t.Run(c.last, func(t *testing.T) {
			var dates []string
			for i := range 5000 {
				dates = append(dates, fmt.Sprintf("%02d/%02d/2023", 1+i%11, 3+i%7))
			}
			all, report, err := readText(t, table("date", append(dates, c.last)...), ingest.Options{TimeZone: "UTC"})
			if err != nil {
				t.Fatal(err)
			}
			if report.Rejected != 0 || all[0].From.Format(time.DateOnly) != c.first {
				t.Errorf("rejected %d, the first is %v; want %s", report.Rejected, all[0].From, c.first)
			}
		})
	}
}

// Where no number is over 12, the country of the source decides, and the
// report says so.
func TestTheCountryDecidesWhereTheDatesDoNot(t *testing.T) {
	for _, c := range []struct{ zone, column, want, why string }{
		{"America/Guatemala", "date", "2023-02-01", "as is usual in America/Guatemala"},
		{"Europe/London", "date", "2023-02-01", "as is usual in Europe/London"},
		{"America/New_York", "date", "2023-01-02", "as is usual in America/New_York"},
		{"America/New_York", "fecha", "2023-02-01", "by the language of the header"},
		{"America/Sao_Paulo", "data do fato", "2023-02-01", "by the language of the header"},
		{"UTC", "date", "2023-01-02", "by the language of the header"},
	} {
		t.Run(c.zone+" "+c.column, func(t *testing.T) {
			all, report, err := readText(t, table(c.column, "01/02/2023", "03/02/2023"), ingest.Options{TimeZone: c.zone})
			if err != nil {
				t.Fatal(err)
			}
			zone, _ := time.LoadLocation(c.zone)
			if got := all[0].From.In(zone).Format(time.DateOnly); got != c.want {
				t.Errorf("read as %s, want %s", got, c.want)
			}
			if len(report.Notes) != 1 || !strings.HasSuffix(report.Notes[0], c.why) {
				t.Errorf("notes %q", report.Notes)
			}
		})
	}
}

// The clock says 1 June 2024: 25 is next year, 26 is a century ago.
func TestTwoDigitsAreAYearNoMoreThanOneAhead(t *testing.T) {
	all, report, err := readText(t, table("date", "31/12/23", "31/12/26", "15-ene-24", "31/12/25"), ingest.Options{TimeZone: "UTC"})
	if err != nil {
		t.Fatal(err)
	}
	var years []int
	for _, i := range all {
		years = append(years, i.From.Year())
	}
	if diff := cmp.Diff([]int{2023, 1926, 2024}, years); diff != "" || report.Reasons[ingest.TimeOutOfRange] != 1 {
		t.Errorf("%s reasons %v", diff, report.Reasons)
	}
}

// Bare numbers of a clock column that are all up to 24 are hours, whatever
// the first rows are; hhmm has longer ones among them.
func TestHoursAreToldFromHoursAndMinutesByTheWholeColumn(t *testing.T) {
	for _, c := range []struct {
		clocks []string
		want   time.Duration
		kind   store.TimePrecision
	}{
		{[]string{"13", "0", "23", "7"}, 13 * time.Hour, store.Hour},
		{[]string{"13", "2130", "845", "1200"}, 13 * time.Minute, store.Minute},
		{[]string{"0.5", "0.545138888888889", "0.25", "0"}, 12 * time.Hour, store.Minute},
	} {
		var b strings.Builder
		b.WriteString("id,date,TIME OCC,lat,lon\n")
		for i, clock := range c.clocks {
			fmt.Fprintf(&b, "%d,2024-01-05,%s,14.6%d,-90.5%d\n", i, clock, i, i)
		}
		all, _, err := readText(t, b.String(), ingest.Options{TimeZone: "UTC"})
		if err != nil {
			t.Fatal(err)
		}
		day := time.Date(2024, 1, 5, 0, 0, 0, 0, time.UTC)
		if all[0].From.Sub(day) != c.want || all[0].TimePrecision != c.kind {
			t.Errorf("%v: the first is %v, of precision %s", c.clocks, all[0].From, all[0].TimePrecision)
		}
	}
}

// Named by the caller, parts of a date go before a column of dates.
func TestTheCallerCanNameThePartsOfATime(t *testing.T) {
	all, report, err := readText(t, "id,date,A,B,C,H,lat,lon\n1,2023-01-01,2024,2,10,13,14.61,-90.51\n2,2023-01-01,2024,2,11,5,14.62,-90.52\n",
		ingest.Options{TimeZone: "UTC", Map: map[string]string{"year": "A", "month": "B", "day": "C", "hour": "H"}})
	if err != nil {
		t.Fatal(err)
	}
	if got := all[0].From.Format(time.RFC3339); got != "2024-02-10T13:00:00Z" || all[0].TimePrecision != store.Hour {
		t.Errorf("%s, %s; mapping %v", got, all[0].TimePrecision, report.Mapping)
	}
	if _, ok := report.Mapping["time"]; ok {
		t.Errorf("mapping %v", report.Mapping)
	}
}

// A time without its year says nothing; that it was left out is told.
func TestAFieldThatCannotStandAloneIsLeftOutWithANote(t *testing.T) {
	_, report, err := readText(t, "id,A,lat,lon\n1,2,14.61,-90.51\n2,3,14.62,-90.52\n", ingest.Options{Map: map[string]string{"month": "A"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := report.Mapping["month"]; ok || len(report.Notes) == 0 || !strings.Contains(report.Notes[0], "field month is left out") {
		t.Errorf("mapping %v, notes %q", report.Mapping, report.Notes)
	}
}

// However the dates of a column are written, all are read as they were meant
// where one of them shows the order.
func TestAColumnOfDatesIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		layout := rapid.SampledFrom([]string{"02/01/2006", "01/02/2006", "2-1-2006 15:04", "1/2/06", "02.01.06", "01/02/2006 03:04 PM", "02012006", "2006-01-02"}).Draw(rt, "layout")
		days := rapid.SliceOfN(rapid.IntRange(0, 8000), 1, 30).Draw(rt, "days") // from 2002 to 2023
		days = append(days, 30)                                                 // 31 January 2002
		var dates, want []string
		for _, day := range days {
			at := time.Date(2002, 1, 1+day, 10, 30, 0, 0, time.UTC)
			dates, want = append(dates, at.Format(layout)), append(want, at.Format(time.DateOnly))
		}
		all, report, err := readText(t, table("date", dates...), ingest.Options{TimeZone: "UTC"})
		if err != nil {
			rt.Fatal(err)
		}
		var got []string
		for _, i := range all {
			got = append(got, i.From.Format(time.DateOnly))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			rt.Fatal(diff, report.FirstRejects)
		}
	})
}
