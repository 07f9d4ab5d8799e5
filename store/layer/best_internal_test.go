package layer

import (
	"testing"

	"atalaya/geo/aoristic"
)

// everyHour is a week of which every hour is asked for.
func everyHour() aoristic.Week {
	var w aoristic.Week
	for at := range w {
		w[at] = 1
	}
	return w
}

func TestTheBestHoursAreTheWindowWithTheGreatestShare(t *testing.T) {
	night := everyHour()
	for at := range night {
		if hour := at % 24; hour >= 2 && hour < 22 {
			night[at] = 0
		}
	}
	type hour struct {
		at int // of the week
		n  float64
	}
	for _, tt := range []struct {
		name        string
		hours       []hour
		open        aoristic.Week
		from, to    int
		share, flat float64
	}{
		{"one hour", []hour{{18, 10}}, everyHour(), 18, 19, 1, 1. / 24},
		{"of several days", []hour{{18, 5}, {24 + 20, 5}}, everyHour(), 18, 21, 1, 3. / 24},
		{"across midnight", []hour{{23, 6}, {1, 6}, {12, 8}}, everyHour(), 23, 2, 0.6, 3. / 24},
		{"up to midnight", []hour{{20, 6}, {23, 6}}, everyHour(), 20, 24, 1, 4. / 24},
		{"the earlier of equals", []hour{{3, 10}, {15, 10}}, everyHour(), 3, 4, 0.5, 1. / 24},
		{"of four asked hours", []hour{{22, 5}, {23, 5}, {1, 10}}, night, 22, 2, 1, 1},
		{"what was not asked does not count", []hour{{22, 10}, {12, 90}}, night, 22, 23, 1, 1. / 4},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := newMoments()
			m.known = fewMoments
			for _, h := range tt.hours {
				m.week[h.at] = h.n
			}
			b := bestOf(m, tt.open, true)
			if b.Why != "" || b.From != tt.from || b.To != tt.to || b.Share != tt.share || b.Flat != tt.flat {
				t.Errorf("got %+v, want %d to %d, %v, flat %v", b, tt.from, tt.to, tt.share, tt.flat)
			}
		})
	}
}

func TestFewKnownHoursMakeNoBestOnes(t *testing.T) {
	m := newMoments()
	m.known, m.week[18] = fewMoments-1, fewMoments-1
	if b := bestOf(m, everyHour(), true); b.Why != "fewer than 10 incidents are known better than the day" || b.Share == b.Share {
		t.Errorf("got %+v, want a reason and no share", b)
	}
}

// 35 incidents over seven days are 5 a day. 15 on Saturday and Sunday and one
// on each other day: χ² = 2·10²/5 + 5·4²/5 = 56 with 6 degrees, p = 3e-10. 7 and
// 4 elsewhere but for one 5: χ² = (2·2² + 4·1² + 0)/5 = 2.4, p = 0.88.
func TestBestDaysAreToldWhereDaysClearlyDiffer(t *testing.T) {
	even := [7]float64{24, 24, 24, 24, 24, 24, 24}
	weekend := [7]float64{0, 0, 0, 0, 0, 24, 24}
	for _, tt := range []struct {
		name       string
		days, open [7]float64
		want       Days
	}{
		{"Saturday and Sunday", [7]float64{1, 1, 1, 1, 1, 15, 15}, even, 1<<5 | 1<<6},
		{"no clear difference", [7]float64{4, 4, 4, 4, 5, 7, 7}, even, 0},
		{"of asked days only", [7]float64{90, 0, 0, 0, 0, 5, 25}, weekend, 1 << 6},
		{"one asked day", [7]float64{9, 0, 0, 0, 0, 0, 0}, [7]float64{24}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := bestDays(tt.days, tt.open); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
