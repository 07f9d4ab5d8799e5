package aoristic

import (
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"time"
)

const minutesInDay = 24 * 60

// Days is a set of days of the week. The zero value is every day.
type Days uint8

// DaysOf returns the set of the days named; of none, every day.
func DaysOf(days ...time.Weekday) Days {
	var set Days
	for _, day := range days {
		set |= 1 << day
	}
	return set
}

// Has reports whether the day is in the set.
func (d Days) Has(day time.Weekday) bool { return d == 0 || d&(1<<day) != 0 }

// Len returns how many days are in the set, 1 to 7.
func (d Days) Len() int {
	if d == 0 {
		return 7
	}
	return bits.OnesCount8(uint8(d))
}

// Window is a stretch of the local clock, [Start, End), that begins on each
// of its days. It crosses midnight where End is not after Start, and lasts 24
// hours where they are equal: the zero value is always.
type Window struct {
	Start int  // minutes since midnight, 0 to 1439
	End   int  // minutes since midnight, 0 to 1440
	Days  Days // the days on which it starts; 0 means every day
}

// Shift is a set of windows of the local week. Windows that overlap count
// once. The zero value holds no moment. Safe for concurrent use.
type Shift struct {
	parts []part // ascending and apart
	whole int64  // ns of the week that the parts hold
}

// part is [start, end) in ns since Monday 00:00, and what earlier parts hold.
type part struct{ start, end, before int64 }

// NewShift returns the union of the windows. It fails on minutes out of range
// and on days that are none, naming every such window.
func NewShift(windows ...Window) (Shift, error) {
	var errs []error
	var parts []part
	for i, w := range windows {
		switch {
		case w.Start < 0 || w.Start >= minutesInDay:
			errs = append(errs, fmt.Errorf("window %d: start %d outside [0, 1439] minutes", i+1, w.Start))
		case w.End < 0 || w.End > minutesInDay:
			errs = append(errs, fmt.Errorf("window %d: end %d outside [0, 1440] minutes", i+1, w.End))
		case w.Days >= 1<<7:
			errs = append(errs, fmt.Errorf("window %d: a week has 7 days", i+1))
		default:
			parts = append(parts, w.parts()...)
		}
	}
	if len(errs) > 0 {
		return Shift{}, errors.Join(errs...)
	}
	return union(parts), nil
}

// parts returns the window in the week, cut where the week ends.
func (w Window) parts() []part {
	var out []part
	length := w.End - w.Start
	if length <= 0 {
		length += minutesInDay
	}
	for day := range 7 {
		if !w.Days.Has(time.Weekday((day + 1) % 7)) { // day 0 is a Monday
			continue
		}
		start := int64(day*minutesInDay+w.Start) * int64(time.Minute)
		end := start + int64(length)*int64(time.Minute)
		out = append(out, part{start: start, end: min(end, int64(week))})
		if end > int64(week) {
			out = append(out, part{start: 0, end: end - int64(week)})
		}
	}
	return out
}

func union(parts []part) Shift {
	slices.SortFunc(parts, func(a, b part) int {
		if a.start < b.start {
			return -1
		}
		return 1
	})
	var s Shift
	for _, p := range parts {
		if n := len(s.parts); n > 0 && p.start <= s.parts[n-1].end {
			s.parts[n-1].end = max(s.parts[n-1].end, p.end)
			continue
		}
		s.parts = append(s.parts, p)
	}
	for i := range s.parts {
		s.parts[i].before = s.whole
		s.whole += s.parts[i].end - s.parts[i].start
	}
	return s
}

// Share returns the part of an incident's interval [from, to) that lies in
// the shift by the clock of the location, in [0, 1]: 0 or 1 for an instant,
// WeekShare for 168 hours or more. Shares of shifts that together are the
// week and do not overlap sum to one. Cost: about 0.1 µs however long the
// interval, and the same again for each change of the clock within it.
func (s Shift) Share(from, to time.Time, loc *time.Location) float64 {
	switch {
	case instant(from, to):
		if s.Holds(from, loc) {
			return 1
		}
		return 0
	case to.Sub(from) >= week:
		return s.WeekShare()
	}
	held := int64(0)
	for span := range spans(from, to, loc) {
		held += s.until(span.end) - s.until(span.start)
	}
	return float64(held) / float64(to.Sub(from))
}

// Holds reports whether the moment lies in the shift.
func (s Shift) Holds(at time.Time, loc *time.Location) bool {
	return s.holds(clock(at, loc))
}

// HoldsMinute reports whether a minute of the week, as MinuteAt has it, lies in
// the shift: a shift begins and ends with whole minutes, so a table of all
// 10,080 decides about any number of instants.
func (s Shift) HoldsMinute(minute int) bool { return s.holds(int64(minute) * int64(time.Minute)) }

func (s Shift) holds(now int64) bool {
	for _, p := range s.parts {
		if now < p.end {
			return now >= p.start
		}
	}
	return false
}

// WeekShare returns the part of the week that the shift holds, in [0, 1].
func (s Shift) WeekShare() float64 { return float64(s.whole) / float64(week) }

// until returns the nanoseconds that the shift holds of [0, at), a time of
// the local clock since a Monday 00:00, over the end of the week and on.
func (s Shift) until(at int64) int64 {
	weeks := at / int64(week)
	at %= int64(week)
	for _, p := range s.parts {
		if at < p.end {
			return weeks*s.whole + p.before + max(0, at-p.start)
		}
	}
	return (weeks + 1) * s.whole
}
