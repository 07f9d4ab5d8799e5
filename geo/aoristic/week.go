package aoristic

import "time"

// HoursInWeek is the number of hours of a week on the clock.
const HoursInWeek = 168

const (
	week = HoursInWeek * time.Hour
	// monday is how far the epoch, a Thursday, lies after a Monday 00:00.
	monday = 3 * 24 * 60 * 60
)

// Week holds one value for each hour of the week on the local clock: place 0
// is Monday 00:00 to 01:00, place 167 is Sunday 23:00 to 24:00. The zero value
// is an empty sum. Not safe for concurrent use.
type Week [HoursInWeek]float64

// HourOfWeek returns the part of [from, to) that lies in each hour of the
// week in the location, which is not nil. The parts sum to one.
func HourOfWeek(from, to time.Time, loc *time.Location) Week {
	var w Week
	w.Add(from, to, loc)
	return w
}

// Add adds the weights of one incident, which sum to one, as HourOfWeek has
// them. Cost: no allocation; about 60 ns, and 10 ns for each hour of an
// interval of less than a week.
func (w *Week) Add(from, to time.Time, loc *time.Location) {
	length := to.Sub(from)
	switch {
	case instant(from, to):
		w[HourAt(from, loc)]++
		return
	case length >= week:
		for hour := range w {
			w[hour] += 1.0 / HoursInWeek
		}
		return
	}
	total := float64(length)
	for span := range spans(from, to, loc) {
		for at := span.start; at < span.end; {
			next := min((at/int64(time.Hour)+1)*int64(time.Hour), span.end)
			w[at/int64(time.Hour)%HoursInWeek] += float64(next-at) / total
			at = next
		}
	}
}

// HourAt returns the hour of the week, 0 to 167, that the clock of the
// location shows; 0 is Monday 00:00.
func HourAt(at time.Time, loc *time.Location) int {
	return int(clock(at, loc) / int64(time.Hour))
}

// MinuteAt returns the minute of the week, 0 to 10,079, that the clock of the
// location shows; 0 is Monday 00:00.
func MinuteAt(at time.Time, loc *time.Location) int {
	return int(clock(at, loc) / int64(time.Minute))
}

// Total returns the sum of the hours: the number of incidents added.
func (w *Week) Total() float64 {
	sum := 0.0
	for _, v := range w {
		sum += v
	}
	return sum
}

// instant reports whether an interval has no length that could be spread.
func instant(from, to time.Time) bool { return to.IsZero() || !to.After(from) }

// clock returns the nanoseconds of the local clock since Monday 00:00, in
// [0, 168 h).
func clock(at time.Time, loc *time.Location) int64 {
	_, offset := at.In(loc).Zone()
	const seconds = int64(week / time.Second)
	second := (at.Unix() + int64(offset) + monday) % seconds
	if second < 0 {
		second += seconds
	}
	return second*int64(time.Second) + int64(at.Nanosecond())
}

// span is a stretch of the local clock in nanoseconds since a Monday 00:00:
// start is in [0, 168 h), end may be beyond.
type span struct{ start, end int64 }

// spans yields the stretches of [from, to), one for each time the location
// sets its clock in between.
func spans(from, to time.Time, loc *time.Location) func(yield func(span) bool) {
	return func(yield func(span) bool) {
		for at := from; at.Before(to); {
			until := to
			if _, change := at.In(loc).ZoneBounds(); !change.IsZero() && change.Before(to) {
				until = change
			}
			start := clock(at, loc)
			if !yield(span{start: start, end: start + int64(until.Sub(at))}) {
				return
			}
			at = until
		}
	}
}
