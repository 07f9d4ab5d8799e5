package aoristic_test

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"atalaya/geo/aoristic"

	"pgregory.net/rapid"
)

func shift(t interface{ Fatal(args ...any) }, windows ...aoristic.Window) aoristic.Shift {
	s, err := aoristic.NewShift(windows...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestShareEqualsTheShareWorkedByHand(t *testing.T) {
	night := aoristic.Window{Start: 22 * 60, End: 6 * 60}
	fridayNight := aoristic.Window{Start: 22 * 60, End: 6 * 60, Days: aoristic.DaysOf(time.Friday)}
	sundayNight := aoristic.Window{Start: 22 * 60, End: 6 * 60, Days: aoristic.DaysOf(time.Sunday)}
	cases := []struct {
		name, zone, from, to string
		windows              []aoristic.Window
		want                 float64
	}{
		// 2024-05-17 is a Friday.
		{"four hours of eight", "UTC", "2024-05-17T18:00:00Z", "2024-05-18T02:00:00Z", []aoristic.Window{night}, .5},
		{"the day on which it starts", "UTC", "2024-05-18T05:59:00Z", "", []aoristic.Window{fridayNight}, 1},
		{"the end is not in it", "UTC", "2024-05-18T06:00:00Z", "", []aoristic.Window{fridayNight}, 0},
		{"the start is in it", "UTC", "2024-05-17T22:00:00Z", "", []aoristic.Window{fridayNight}, 1},
		{"the morning of the day itself", "UTC", "2024-05-17T05:00:00Z", "", []aoristic.Window{fridayNight}, 0},
		{"over the end of the week", "UTC", "2024-05-20T05:00:00Z", "", []aoristic.Window{sundayNight}, 1},
		// Sunday 20:00 to Monday 08:00 is 12 h, 8 of them in the shift.
		{"an interval over the end of the week", "UTC", "2024-05-19T20:00:00Z", "2024-05-20T08:00:00Z", []aoristic.Window{sundayNight}, 8. / 12},
		{"an end before the start", "UTC", "2024-05-17T23:00:00Z", "2024-05-17T01:00:00Z", []aoristic.Window{night}, 1},
		// 31 days: 8 of 24 hours; Friday night alone: 8 of 168.
		{"a month", "UTC", "2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z", []aoristic.Window{night}, 8. / 24},
		{"a month of Friday nights", "UTC", "2024-05-01T00:00:00Z", "2024-06-01T00:00:00Z", []aoristic.Window{fridayNight}, 8. / 168},
		{"windows that overlap count once", "UTC", "2024-05-17T18:00:00Z", "2024-05-18T02:00:00Z", []aoristic.Window{night, {Start: 23 * 60, End: 60}}, .5},
		{"two windows", "UTC", "2024-05-17T08:00:00Z", "2024-05-17T18:00:00Z", []aoristic.Window{{Start: 540, End: 600}, {Start: 720, End: 780}}, .2},
		{"24 hours from seven", "UTC", "2024-05-17T00:00:00Z", "2024-05-18T00:00:00Z", []aoristic.Window{{Start: 420, End: 420, Days: aoristic.DaysOf(time.Friday)}}, 17. / 24},
		{"always", "UTC", "2024-05-17T00:00:00Z", "2024-05-18T00:00:00Z", []aoristic.Window{{}}, 1},
		{"never", "UTC", "2024-05-17T00:00:00Z", "2024-05-18T00:00:00Z", nil, 0},
		// New York, Sunday 2024-03-10: 02:00 EST (07:00Z) becomes 03:00 EDT.
		// 01:00 EST to 04:00 EDT is 2 h: 01–02 and 03–04. Of the shift 01:30–03:30 there are 30 + 30 min.
		{"the hour that never was", "America/New_York", "2024-03-10T06:00:00Z", "2024-03-10T08:00:00Z", []aoristic.Window{{Start: 90, End: 210}}, .5},
		{"a shift that never was", "America/New_York", "2024-03-10T06:00:00Z", "2024-03-10T08:00:00Z", []aoristic.Window{{Start: 120, End: 180}}, 0},
		// New York, Sunday 2024-11-03: 00:00 EDT (04:00Z) to 03:00 EST (08:00Z) is 4 h,
		// 2 of them read 01 on the clock.
		{"the hour that was twice", "America/New_York", "2024-11-03T04:00:00Z", "2024-11-03T08:00:00Z", []aoristic.Window{{Start: 60, End: 120}}, .5},
		// Samoa left out Friday 2011-12-30: Thursday 23:00 −10 (2011-12-30T09:00Z) to
		// Saturday 01:00 +14 (2011-12-30T11:00Z) is 2 h, none of them on a Friday.
		{"the day that never was", "Pacific/Apia", "2011-12-30T09:00:00Z", "2011-12-30T11:00:00Z", []aoristic.Window{{Days: aoristic.DaysOf(time.Friday)}}, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := shift(t, c.windows...).Share(utc(t, c.from), utc(t, c.to), zone(t, c.zone))
			if math.Abs(got-c.want) > 1e-12 {
				t.Errorf("share %v, want %v", got, c.want)
			}
		})
	}
}

func TestNewShiftNamesEveryWindowThatIsNone(t *testing.T) {
	_, err := aoristic.NewShift(aoristic.Window{Start: -1}, aoristic.Window{Start: 5, End: 10}, aoristic.Window{Start: 1440},
		aoristic.Window{End: 1441}, aoristic.Window{Days: 128})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"window 1: start -1", "window 3: start 1440", "window 4: end 1441", "window 5: a week has 7 days"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %q", want, err)
		}
	}
	if strings.Contains(err.Error(), "window 2") {
		t.Errorf("window 2 is a window: %v", err)
	}
}

func TestDaysOfNoneAreEveryDay(t *testing.T) {
	weekend := aoristic.DaysOf(time.Saturday, time.Sunday)
	if weekend.Len() != 2 || weekend.Has(time.Monday) || !weekend.Has(time.Sunday) {
		t.Errorf("weekend %b", weekend)
	}
	if every := aoristic.DaysOf(); every.Len() != 7 || !every.Has(time.Wednesday) {
		t.Errorf("every day %b", every)
	}
}

func TestSharesOfShiftsThatPartitionTheWeekSumToOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := drawLocation(t)
		from, to := drawInterval(t)
		// Cuts of the day, ascending; the last window crosses midnight. Two
		// windows of the same hours on other days share each stretch.
		cuts := rapid.SliceOfNDistinct(rapid.IntRange(0, 1439), 2, 6, rapid.ID).Draw(t, "cuts")
		days := aoristic.Days(rapid.IntRange(1, 126).Draw(t, "days"))
		slices.Sort(cuts)
		sum := 0.0
		for i, start := range cuts {
			end := cuts[(i+1)%len(cuts)]
			for _, on := range []aoristic.Days{days, 127 &^ days} {
				share := shift(t, aoristic.Window{Start: start, End: end, Days: on}).Share(from, to, loc)
				if share < 0 || share > 1 {
					t.Fatalf("share %v", share)
				}
				sum += share
			}
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Fatalf("sum %v", sum)
		}
	})
}

func TestTheShareOfWholeHoursIsTheSumOfTheirWeights(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := drawLocation(t)
		from, to := drawInterval(t)
		start, end := rapid.IntRange(0, 23).Draw(t, "start"), rapid.IntRange(0, 24).Draw(t, "end")
		on := time.Weekday(rapid.IntRange(0, 6).Draw(t, "day"))
		hours := end - start
		if hours <= 0 {
			hours += 24
		}
		week := aoristic.HourOfWeek(from, to, loc)
		want := 0.0
		for h := range hours {
			want += week[((int(on)+6)%7*24+start+h)%168]
		}
		got := shift(t, aoristic.Window{Start: start * 60, End: end * 60, Days: aoristic.DaysOf(on)}).Share(from, to, loc)
		if math.Abs(got-want) > 1e-12 {
			t.Fatalf("share %v, want %v", got, want)
		}
	})
}

func TestTheMinuteOfTheWeekDecidesAboutAnInstant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		loc := drawLocation(t)
		at, _ := drawInterval(t)
		s := shift(t, aoristic.Window{
			Start: rapid.IntRange(0, 1439).Draw(t, "start"), End: rapid.IntRange(0, 1440).Draw(t, "end"),
			Days: aoristic.Days(rapid.IntRange(0, 127).Draw(t, "days")),
		})
		minute := aoristic.MinuteAt(at, loc)
		if local := at.In(loc); minute != (int(local.Weekday())+6)%7*1440+local.Hour()*60+local.Minute() {
			t.Fatalf("%v: minute %d", local, minute)
		}
		held := s.Share(at, time.Time{}, loc) == 1
		if s.HoldsMinute(minute) != held || s.Holds(at, loc) != held {
			t.Fatalf("minute %d: held by the minute %v, by the moment %v, by the share %v", minute, s.HoldsMinute(minute), s.Holds(at, loc), held)
		}
	})
}

func TestAShiftHoldsAsManyMinutesAsItsShareOfTheWeek(t *testing.T) {
	// Friday and Saturday nights of 8 h, and Saturday 05:00 to 07:00, of which one hour is new: 17 h.
	s := shift(t, aoristic.Window{Start: 22 * 60, End: 6 * 60, Days: aoristic.DaysOf(time.Friday, time.Saturday)},
		aoristic.Window{Start: 5 * 60, End: 7 * 60, Days: aoristic.DaysOf(time.Saturday)})
	minutes := 0
	for m := range 7 * 24 * 60 {
		if s.HoldsMinute(m) {
			minutes++
		}
	}
	if minutes != 17*60 || math.Abs(s.WeekShare()-17./168) > 1e-12 {
		t.Errorf("%d minutes and %v of the week, want 1020 and 17/168", minutes, s.WeekShare())
	}
}

func BenchmarkShareOfAnInstant(b *testing.B)         { benchmarkShare(b, 0) }
func BenchmarkShareOfAnIntervalOf6Days(b *testing.B) { benchmarkShare(b, 144*time.Hour) }

func benchmarkShare(b *testing.B, length time.Duration) {
	b.Helper()
	loc := zone(b, "America/New_York")
	from := utc(b, "2024-05-08T06:30:00Z")
	night := shift(b, aoristic.Window{Start: 22 * 60, End: 6 * 60})
	for b.Loop() {
		night.Share(from, from.Add(length), loc)
	}
}
