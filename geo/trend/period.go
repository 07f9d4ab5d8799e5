package trend

import (
	"errors"
	"sort"
	"time"
)

// Step is how long the periods of a calendar are.
type Step string

// The steps.
const (
	Day     Step = "day"
	Week    Step = "week" // ISO 8601: from Monday
	Month   Step = "month"
	Quarter Step = "quarter" // from January, April, July and October
)

// Why a calendar makes no periods.
var (
	ErrUnknownStep = errors.New("the step is none of day, week, month and quarter")
	ErrNoSpan      = errors.New("the span does not end after it begins")
)

// Calendar divides time into the periods of a place. Day, week and month are
// those of its wall clock, so a day can have 23 or 25 hours and begin at 01:00
// where the clock skips midnight.
type Calendar struct {
	Step Step
	Zone *time.Location // nil means UTC
}

// Periods are periods in a row: each begins where the one before it ends.
type Periods struct {
	edges []int64 // seconds since 1970 UTC, one more than there are periods
}

// Periods returns the periods that hold any of the time from `from`, included,
// to `to`, excluded. The first and the last are whole, so they can begin
// earlier and end later than what was asked for. A period that the place never
// had (30 December 2011 in Samoa) is left out. Cost: 100 ns a period.
func (c Calendar) Periods(from, to time.Time) (Periods, error) {
	switch c.Step {
	case Day, Week, Month, Quarter:
	default:
		return Periods{}, ErrUnknownStep
	}
	if !to.After(from) {
		return Periods{}, ErrNoSpan
	}
	year, month, day := from.In(c.zone()).Date()
	date := c.first(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
	for c.start(date) > from.Unix() { // a clock set back over midnight
		date = c.next(date, -1)
	}
	edges := []int64{c.start(date)}
	for last := edges[0]; last < to.Unix() || last == to.Unix() && to.Nanosecond() > 0; {
		date = c.next(date, 1)
		if edge := c.start(date); edge > last {
			last = edge
			edges = append(edges, edge)
		}
	}
	return Periods{edges: edges}, nil
}

func (c Calendar) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// first returns the first date of the period that holds a date. Dates are
// midnights in UTC, whatever the zone.
func (c Calendar) first(date time.Time) time.Time {
	year, month, _ := date.Date()
	switch c.Step {
	case Week:
		return date.AddDate(0, 0, -((int(date.Weekday()) + 6) % 7))
	case Month:
		return time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	case Quarter:
		return time.Date(year, month-(month-1)%3, 1, 0, 0, 0, 0, time.UTC)
	}
	return date
}

// next returns the first date of the period n periods later.
func (c Calendar) next(date time.Time, n int) time.Time {
	switch c.Step {
	case Week:
		return date.AddDate(0, 0, 7*n)
	case Month:
		return date.AddDate(0, n, 0)
	case Quarter:
		return date.AddDate(0, 3*n, 0)
	}
	return date.AddDate(0, 0, n)
}

// start returns the second from which on the local date is never again before
// date: midnight, or the end of the gap that midnight lies in, or the later of
// two midnights when the clock was set back over the first. It looks at spans
// of one offset from UTC, latest first, for the last second before date.
func (c Calendar) start(date time.Time) int64 {
	at := date.Add(26 * time.Hour).In(c.zone()) // past midnight at every offset
	for {
		_, offset := at.Zone()
		begin, end := at.ZoneBounds()
		midnight := date.Add(-time.Duration(offset) * time.Second)
		if begin.IsZero() || midnight.After(begin) {
			if !end.IsZero() && end.Before(midnight) {
				return end.Unix()
			}
			return midnight.Unix()
		}
		at = begin.Add(-time.Nanosecond)
	}
}

// Len returns how many periods there are.
func (p Periods) Len() int { return max(0, len(p.edges)-1) }

// Bounds returns the first instant of a period and the first after it, in UTC.
// It panics when i is not in [0, Len).
func (p Periods) Bounds(i int) (from, to time.Time) {
	return time.Unix(p.edges[i], 0).UTC(), time.Unix(p.edges[i+1], 0).UTC()
}

// Index returns the period that holds an instant, and whether any does. Cost:
// a binary search.
func (p Periods) Index(at time.Time) (i int, found bool) {
	second := at.Unix()
	i = sort.Search(len(p.edges), func(k int) bool { return p.edges[k] > second }) - 1
	return i, i >= 0 && i < p.Len()
}

// Within returns the period that holds all the time from `from`, included, to
// `to`, excluded, and whether any does: a theft known to the month belongs to no
// day. Without duration it is Index(from), and none when `to` is before `from`.
func (p Periods) Within(from, to time.Time) (i int, found bool) {
	i, found = p.Index(from)
	if !found || to.Before(from) {
		return -1, false
	}
	if _, end := p.Bounds(i); to.After(end) {
		return -1, false
	}
	return i, true
}

// Known is the time that data cover.
type Known struct {
	From  time.Time     // since when; zero means always
	Until time.Time     // up to when, excluded
	Lag   time.Duration // how long reports take to come in; 0 means none
}

// Complete returns the periods that the data know whole, as a half-open range
// of indices: those that begin at or after From and end at least Lag before
// Until. Len less to is how many of the last periods must not be compared with
// earlier ones. from equals to when none is complete.
func (p Periods) Complete(k Known) (from, to int) {
	until := k.Until.Add(-k.Lag)
	for to = p.Len(); to > 0; to-- {
		if _, end := p.Bounds(to - 1); !end.After(until) {
			break
		}
	}
	for ; from < to; from++ {
		if start, _ := p.Bounds(from); k.From.IsZero() || !start.Before(k.From) {
			break
		}
	}
	return from, to
}
