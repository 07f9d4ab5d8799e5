package trend_test

import (
	"errors"
	"testing"
	"time"
	_ "time/tzdata" // the machine may have no zones

	"atalaya/geo/trend"

	"pgregory.net/rapid"
)

func zone(t interface {
	Helper()
	Fatal(args ...any)
}, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// at reads an instant.
func at(t *testing.T, text string) time.Time {
	t.Helper()
	out, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPeriodsFollowTheWallClock(t *testing.T) {
	cases := []struct {
		name     string
		zone     string
		step     trend.Step
		from, to string
		edges    []string
	}{
		{"months of a place without summer time", "America/Guatemala", trend.Month, "2024-01-15T00:00:00Z", "2024-03-01T06:00:00Z", []string{
			"2024-01-01T06:00:00Z", "2024-02-01T06:00:00Z", "2024-03-01T06:00:00Z"}},
		{"a nanosecond more", "America/Guatemala", trend.Month, "2024-02-01T06:00:00Z", "2024-03-01T06:00:00.000000001Z", []string{
			"2024-02-01T06:00:00Z", "2024-03-01T06:00:00Z", "2024-04-01T06:00:00Z"}},
		{"a day of 23 hours", "America/Chicago", trend.Day, "2024-03-10T12:00:00Z", "2024-03-10T13:00:00Z", []string{
			"2024-03-10T06:00:00Z", "2024-03-11T05:00:00Z"}},
		{"a day of 25 hours", "Europe/Madrid", trend.Day, "2024-10-27T00:00:00Z", "2024-10-27T01:00:00Z", []string{
			"2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z"}},
		{"a midnight that was skipped", "America/Sao_Paulo", trend.Day, "2017-10-14T12:00:00Z", "2017-10-16T12:00:00Z", []string{
			"2017-10-14T03:00:00Z", "2017-10-15T03:00:00Z", "2017-10-16T02:00:00Z", "2017-10-17T02:00:00Z"}},
		{"a midnight that was put off", "America/Sao_Paulo", trend.Day, "2017-02-18T12:00:00Z", "2017-02-19T12:00:00Z", []string{
			"2017-02-18T02:00:00Z", "2017-02-19T03:00:00Z", "2017-02-20T03:00:00Z"}},
		{"a skipped midnight east of Greenwich", "Asia/Beirut", trend.Day, "2017-03-25T12:00:00Z", "2017-03-26T12:00:00Z", []string{
			"2017-03-24T22:00:00Z", "2017-03-25T22:00:00Z", "2017-03-26T21:00:00Z"}},
		{"a midnight that came twice", "America/Havana", trend.Day, "2017-11-05T12:00:00Z", "2017-11-05T13:00:00Z", []string{
			"2017-11-05T04:00:00Z", "2017-11-06T05:00:00Z"}},
		{"a week that begins at one o'clock", "America/Asuncion", trend.Week, "2017-10-04T00:00:00Z", "2017-10-05T00:00:00Z", []string{
			"2017-10-02T03:00:00Z", "2017-10-09T03:00:00Z"}},
		{"a Sunday ends its week", "Europe/London", trend.Week, "2024-12-29T23:59:59Z", "2024-12-30T00:00:01Z", []string{
			"2024-12-23T00:00:00Z", "2024-12-30T00:00:00Z", "2025-01-06T00:00:00Z"}},
		{"quarters", "Europe/London", trend.Quarter, "2024-02-29T00:00:00Z", "2024-07-01T00:00:00Z", []string{
			"2024-01-01T00:00:00Z", "2024-03-31T23:00:00Z", "2024-06-30T23:00:00Z", "2024-09-30T23:00:00Z"}},
		{"a day that never was", "Pacific/Apia", trend.Day, "2011-12-29T12:00:00Z", "2011-12-30T12:00:00Z", []string{
			"2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"}},
		{"no zone is UTC", "", trend.Day, "2024-02-28T23:00:00Z", "2024-02-29T00:00:01Z", []string{
			"2024-02-28T00:00:00Z", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"}},
		{"before 1970", "Europe/Paris", trend.Month, "1907-05-01T12:00:00Z", "1907-05-02T00:00:00Z", []string{
			"1907-04-30T23:50:39Z", "1907-05-31T23:50:39Z"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			calendar := trend.Calendar{Step: c.step}
			if c.zone != "" {
				calendar.Zone = zone(t, c.zone)
			}
			got, err := calendar.Periods(at(t, c.from), at(t, c.to))
			if err != nil || got.Len() != len(c.edges)-1 {
				t.Fatalf("%d periods (%v), want %d", got.Len(), err, len(c.edges)-1)
			}
			for i := range got.Len() {
				from, to := got.Bounds(i)
				if !from.Equal(at(t, c.edges[i])) || !to.Equal(at(t, c.edges[i+1])) || from.Location() != time.UTC {
					t.Errorf("period %d is %v to %v, want %s to %s", i, from, to, c.edges[i], c.edges[i+1])
				}
			}
		})
	}
}

func TestACalendarRefusesWhatItCannotDivide(t *testing.T) {
	now := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	if _, err := (trend.Calendar{Step: "fortnight"}).Periods(now, now.AddDate(1, 0, 0)); !errors.Is(err, trend.ErrUnknownStep) {
		t.Errorf("%v, want %v", err, trend.ErrUnknownStep)
	}
	for _, to := range []time.Time{now, now.Add(-time.Second)} {
		if got, err := (trend.Calendar{Step: trend.Day}).Periods(now, to); !errors.Is(err, trend.ErrNoSpan) || got.Len() != 0 {
			t.Errorf("%v, want %v", err, trend.ErrNoSpan)
		}
	}
}

func TestEveryInstantIsInThePeriodOfItsDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := zone(t, rapid.SampledFrom([]string{"America/Guatemala", "America/Sao_Paulo", "Asia/Beirut", "America/Havana",
			"Europe/London", "Pacific/Apia", "Australia/Lord_Howe", "Asia/Kathmandu", "America/New_York"}).Draw(t, "zone"))
		calendar := trend.Calendar{Zone: in, Step: rapid.SampledFrom([]trend.Step{trend.Day, trend.Week, trend.Month, trend.Quarter}).Draw(t, "step")}
		from := time.Unix(rapid.Int64Range(-500_000_000, 2_500_000_000).Draw(t, "from"), 1)
		to := from.Add(time.Duration(rapid.Int64Range(1, 400*24*3600).Draw(t, "seconds")) * time.Second)
		periods, err := calendar.Periods(from, to)
		if err != nil {
			t.Fatal(err)
		}
		if i, found := periods.Index(from); i != 0 || !found {
			t.Fatalf("the beginning is in period %d", i)
		}
		if i, found := periods.Index(to.Add(-1)); i != periods.Len()-1 || !found {
			t.Fatalf("the end is in period %d of %d", i, periods.Len())
		}
		moment := from.Add(time.Duration(rapid.Int64Range(0, int64(to.Sub(from))-1).Draw(t, "moment")))
		i, found := periods.Index(moment)
		if !found {
			t.Fatalf("%v is in no period", moment)
		}
		begin, end := periods.Bounds(i)
		if moment.Before(begin) || !moment.Before(end) {
			t.Fatalf("%v is not in %v to %v", moment, begin, end)
		}
		for _, other := range []time.Time{begin, end.Add(-1)} {
			if a, b := name(moment.In(in), calendar.Step), name(other.In(in), calendar.Step); a != b {
				t.Fatalf("%v is in %v, %v of the same period in %v", moment, a, other, b)
			}
		}
		if a, b := name(end.Add(-1).In(in), calendar.Step), name(end.In(in), calendar.Step); a == b {
			t.Fatalf("%v goes on after %v", a, end)
		}
	})
}

// name returns what a period is called.
func name(local time.Time, step trend.Step) [3]int {
	year, month, day := local.Date()
	switch step {
	case trend.Week:
		year, week := local.ISOWeek()
		return [3]int{year, week}
	case trend.Month:
		return [3]int{year, int(month)}
	case trend.Quarter:
		return [3]int{year, int(month-1) / 3}
	default:
		return [3]int{year, int(month), day}
	}
}

func TestAClockSetBackOverMidnightStillMakesDaysInARow(t *testing.T) {
	// In St John's on 30 October 1988 one minute past midnight became 22:01 of the
	// day before: the day begins at its second midnight.
	in := zone(t, "America/St_Johns")
	from := time.Date(1988, 10, 29, 12, 0, 0, 0, in)
	for minute := range 48 * 60 {
		moment := from.Add(time.Duration(minute) * time.Minute)
		periods, err := trend.Calendar{Step: trend.Day, Zone: in}.Periods(moment, moment.Add(time.Second))
		if err != nil || periods.Len() != 1 {
			t.Fatalf("%v: %d periods (%v)", moment, periods.Len(), err)
		}
		if begin, end := periods.Bounds(0); moment.Before(begin) || !moment.Before(end) || end.Sub(begin) > 26*time.Hour || end.Sub(begin) < 23*time.Hour {
			t.Fatalf("%v is in %v to %v", moment, begin, end)
		}
	}
}

func TestAnIntervalBelongsToAPeriodOnlyWhenWhollyInside(t *testing.T) {
	periods, err := trend.Calendar{Step: trend.Month}.Periods(at(t, "2024-01-01T00:00:00Z"), at(t, "2024-04-01T00:00:00Z"))
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name     string
		from, to string
		want     int
		found    bool
	}{
		{"a second", "2024-02-10T10:00:00Z", "2024-02-10T10:00:01Z", 1, true},
		{"an instant", "2024-02-10T10:00:00Z", "2024-02-10T10:00:00Z", 1, true},
		{"the whole month", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z", 1, true},
		{"over the end of a month", "2024-02-29T20:00:00Z", "2024-03-01T00:00:01Z", -1, false},
		{"a year", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", -1, false},
		{"from before", "2023-12-31T23:59:59Z", "2024-01-05T00:00:00Z", -1, false},
		{"after", "2024-04-01T00:00:00Z", "2024-04-01T00:00:00Z", -1, false},
		{"backwards", "2024-02-10T10:00:00Z", "2024-02-09T10:00:00Z", -1, false},
	}
	for _, c := range cases {
		i, found := periods.Within(at(t, c.from), at(t, c.to))
		if found != c.found || found && i != c.want {
			t.Errorf("%s: period %d (%v), want %d (%v)", c.name, i, found, c.want, c.found)
		}
	}
	if _, found := (trend.Periods{}).Index(time.Time{}); found {
		t.Error("no periods hold an instant")
	}
}

func TestIncompletePeriodsAreLeftOut(t *testing.T) {
	periods, err := trend.Calendar{Step: trend.Month}.Periods(at(t, "2024-01-01T00:00:00Z"), at(t, "2024-07-01T00:00:00Z"))
	if err != nil {
		t.Fatal(err)
	}
	day := 24 * time.Hour
	cases := []struct {
		name     string
		known    trend.Known
		from, to int
	}{
		{"known to the end", trend.Known{Until: at(t, "2024-07-01T00:00:00Z")}, 0, 6},
		{"a second short", trend.Known{Until: at(t, "2024-06-30T23:59:59Z")}, 0, 5},
		{"the end and a lag", trend.Known{Until: at(t, "2024-07-01T00:00:00Z"), Lag: 14 * day}, 0, 5},
		{"a lag that has passed", trend.Known{Until: at(t, "2024-07-15T00:00:00Z"), Lag: 14 * day}, 0, 6},
		{"a lag of months", trend.Known{Until: at(t, "2024-07-01T00:00:00Z"), Lag: 62 * day}, 0, 3},
		{"from the middle of a month", trend.Known{From: at(t, "2024-02-10T00:00:00Z"), Until: at(t, "2024-06-20T00:00:00Z")}, 2, 5},
		{"from the first of a month", trend.Known{From: at(t, "2024-02-01T00:00:00Z"), Until: at(t, "2024-06-20T00:00:00Z")}, 1, 5},
		{"nothing whole", trend.Known{From: at(t, "2024-02-10T00:00:00Z"), Until: at(t, "2024-03-20T00:00:00Z")}, 2, 2},
		{"nothing known", trend.Known{}, 0, 0},
	}
	for _, c := range cases {
		if from, to := periods.Complete(c.known); from != c.from || to != c.to {
			t.Errorf("%s: %d to %d, want %d to %d", c.name, from, to, c.from, c.to)
		}
	}
}

func BenchmarkPeriodsOf10YearsOfDays(b *testing.B) {
	in, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		b.Fatal(err)
	}
	from := time.Date(2010, 1, 1, 0, 0, 0, 0, in)
	for b.Loop() {
		_, _ = trend.Calendar{Step: trend.Day, Zone: in}.Periods(from, from.AddDate(10, 0, 0))
	}
}

func BenchmarkIndexIn10YearsOfDays(b *testing.B) {
	from := time.Date(2010, 1, 1, 0, 0, 0, 0, time.UTC)
	periods, err := trend.Calendar{Step: trend.Day}.Periods(from, from.AddDate(10, 0, 0))
	if err != nil {
		b.Fatal(err)
	}
	moment := from.AddDate(3, 4, 5)
	for b.Loop() {
		periods.Index(moment)
	}
}
