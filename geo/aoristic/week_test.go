package aoristic_test

import (
	"math"
	"testing"
	"time"
	_ "time/tzdata" // the zones of the cases, on any machine

	"atalaya/geo/aoristic"

	"pgregory.net/rapid"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func utc(t testing.TB, text string) time.Time {
	t.Helper()
	if text == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestHourOfWeekEqualsTheWeightsWorkedByHand(t *testing.T) {
	all := map[int]float64{}
	for hour := range aoristic.HoursInWeek {
		all[hour] = 1.0 / 168
	}
	cases := []struct {
		name, zone, from, to string
		want                 map[int]float64
	}{
		// 2024-01-01 is a Monday. 06:30–07:38 is 68 min: 30/68 and 38/68.
		{"minutes", "UTC", "2024-01-01T06:30:00Z", "2024-01-01T07:38:00Z", map[int]float64{6: 30. / 68, 7: 38. / 68}},
		{"within one hour", "UTC", "2024-01-01T06:30:00Z", "2024-01-01T06:30:01Z", map[int]float64{6: 1}},
		{"a quarter of a second before the hour", "UTC", "2024-01-01T06:59:59.75Z", "2024-01-01T07:00:00.75Z", map[int]float64{6: .25, 7: .75}},
		{"to the very end of an hour", "UTC", "2024-01-01T06:00:00Z", "2024-01-01T07:00:00Z", map[int]float64{6: 1}},
		{"over the end of the week", "UTC", "2024-01-07T23:00:00Z", "2024-01-08T01:00:00Z", map[int]float64{167: .5, 0: .5}},
		{"no end", "UTC", "2024-01-03T10:10:00Z", "", map[int]float64{58: 1}},
		{"an end at the start", "UTC", "2024-01-03T10:10:00Z", "2024-01-03T10:10:00Z", map[int]float64{58: 1}},
		{"an end before the start", "UTC", "2024-01-03T10:10:00Z", "2024-01-03T09:00:00Z", map[int]float64{58: 1}},
		{"a week", "UTC", "2024-01-03T10:10:00Z", "2024-01-10T10:10:00Z", all},
		{"ten years", "UTC", "2014-01-03T10:10:00Z", "2024-01-10T10:10:00Z", all},
		// Guatemala is UTC−6 and has no daylight saving: Monday 03:00Z is Sunday 21:00.
		{"Guatemala", "America/Guatemala", "2024-01-01T03:00:00Z", "2024-01-01T04:00:00Z", map[int]float64{165: 1}},
		// Nepal is UTC+5:45: 00:00–01:00Z is 05:45–06:45.
		{"Nepal", "Asia/Kathmandu", "2024-01-01T00:00:00Z", "2024-01-01T01:00:00Z", map[int]float64{5: .25, 6: .75}},
		// New York, Sunday 2024-03-10: 02:00 EST (07:00Z) becomes 03:00 EDT.
		// 01:30 EST to 03:30 EDT is one hour: half in 01, none in 02, half in 03.
		{"the hour that never was", "America/New_York", "2024-03-10T06:30:00Z", "2024-03-10T07:30:00Z", map[int]float64{145: .5, 147: .5}},
		// New York, Sunday 2024-11-03: 02:00 EDT (06:00Z) becomes 01:00 EST.
		// 00:00 EDT (04:00Z) to 03:00 EST (08:00Z) is 4 h: 00 once, 01 twice, 02 once.
		{"the hour that was twice", "America/New_York", "2024-11-03T04:00:00Z", "2024-11-03T08:00:00Z", map[int]float64{144: .25, 145: .5, 146: .25}},
		{"the second time only", "America/New_York", "2024-11-03T06:30:00Z", "2024-11-03T06:45:00Z", map[int]float64{145: 1}},
		// Lord Howe, Sunday 2024-04-07: 02:00 +11 (2024-04-06T15:00Z) becomes 01:30 +10:30.
		// 01:00 +11 to 02:00 +10:30 is 1.5 h, all in hour 01.
		{"half an hour of daylight saving", "Australia/Lord_Howe", "2024-04-06T14:00:00Z", "2024-04-06T15:30:00Z", map[int]float64{145: 1}},
		// A second of a clock before 1970: Thursday 1969-12-25 00:00Z, hour 72.
		{"before the epoch", "UTC", "1969-12-25T00:00:00Z", "1969-12-25T00:30:00Z", map[int]float64{72: 1}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			week := aoristic.HourOfWeek(utc(t, c.from), utc(t, c.to), zone(t, c.zone))
			for hour, got := range week {
				if math.Abs(got-c.want[hour]) > 1e-12 {
					t.Errorf("hour %d: %v, want %v", hour, got, c.want[hour])
				}
			}
		})
	}
}

func drawLocation(t *rapid.T) *time.Location {
	name := rapid.SampledFrom([]string{
		"UTC", "America/Guatemala", "America/New_York", "Australia/Lord_Howe",
		"Asia/Kathmandu", "Pacific/Apia", "Europe/Dublin", "America/St_Johns", "Africa/Casablanca",
	}).Draw(t, "zone")
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// drawInterval draws a moment of 1900 to 2060 and one up to ten days later.
func drawInterval(t *rapid.T) (from, to time.Time) {
	from = time.Unix(rapid.Int64Range(-2208988800, 2840140800).Draw(t, "second"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns"))
	return from, from.Add(time.Duration(rapid.Int64Range(-int64(time.Hour), int64(240*time.Hour)).Draw(t, "length")))
}

func TestWeightsSumToOneWhateverTheIntervalAndTheZone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := drawLocation(t)
		from, to := drawInterval(t)
		week := aoristic.HourOfWeek(from, to, loc)
		if math.Abs(week.Total()-1) > 1e-12 {
			t.Fatalf("sum %v", week.Total())
		}
		for hour, v := range week {
			if v < 0 {
				t.Fatalf("hour %d: %v", hour, v)
			}
		}
	})
}

func TestHourAtEqualsTheClockOfTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := drawLocation(t)
		at, _ := drawInterval(t)
		local := at.In(loc)
		if got, want := aoristic.HourAt(at, loc), (int(local.Weekday())+6)%7*24+local.Hour(); got != want {
			t.Fatalf("%v: hour %d, want %d", local, got, want)
		}
	})
}

func TestWeightsEqualACountOfSeconds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := drawLocation(t)
		from, _ := drawInterval(t)
		from = from.Truncate(time.Second)
		seconds := rapid.IntRange(1, 6*3600).Draw(t, "seconds")
		var want aoristic.Week
		for s := range seconds {
			want[aoristic.HourAt(from.Add(time.Duration(s)*time.Second), loc)] += 1 / float64(seconds)
		}
		got := aoristic.HourOfWeek(from, from.Add(time.Duration(seconds)*time.Second), loc)
		for hour := range got {
			if math.Abs(got[hour]-want[hour]) > 1e-9 {
				t.Fatalf("hour %d: %v, want %v", hour, got[hour], want[hour])
			}
		}
	})
}

func TestAddKeepsTheNumberOfIncidentsAndTakesNoMemory(t *testing.T) {
	loc := zone(t, "America/New_York")
	from := utc(t, "2024-03-08T06:30:00Z")
	var week aoristic.Week
	allocations := testing.AllocsPerRun(100, func() {
		week.Add(from, from.Add(100*time.Hour), loc)
		week.Add(from, time.Time{}, loc)
	})
	if allocations != 0 {
		t.Errorf("%v allocations", allocations)
	}
	// AllocsPerRun runs once to warm up: 101 · 2 incidents.
	if math.Abs(week.Total()-202) > 1e-9 {
		t.Errorf("sum %v, want 202", week.Total())
	}
}

func BenchmarkAddAnInstant(b *testing.B)          { benchmarkAdd(b, 0) }
func BenchmarkAddAnIntervalOf8Hours(b *testing.B) { benchmarkAdd(b, 8*time.Hour) }

func benchmarkAdd(b *testing.B, length time.Duration) {
	b.Helper()
	loc := zone(b, "America/New_York")
	from := utc(b, "2024-05-08T06:30:00Z")
	var week aoristic.Week
	for b.Loop() {
		week.Add(from, from.Add(length), loc)
	}
}
