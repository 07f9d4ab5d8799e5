package ingest

import (
	"fmt"
	"strings"
	"time"

	"atalaya/store"
)

// timeSurvey decides what only all values of the time columns can: the order
// of day and month, whether a midnight is a time, what bare numbers in clock
// columns are.
type timeSurvey struct {
	isReady        bool
	isPaired       bool // the times of day stand in columns of their own
	begin, end     timeColumn
	clock, clockTo clockColumn
	hour           hours // of the times of day that the incidents begin at
	witnesses      []witness
	location       *time.Location
	commas         int // longitudes with a decimal comma
	rowName        func(row int) string
}

// timeColumn is what the values of one column of times say.
type timeColumn struct {
	index int // -1 where there is none
	votes orderVotes

	stamps, timed, months int
	texts                 int  // of stamps, those longer than a date
	farMidnights          int  // of stamps, those that are midnight in the zone by their offset
	isVaried              bool // two dates or more
	last                  stamp
	foreign               int // names of months in another language than English
}

// clockColumn is what the values of one column of times of day say.
type clockColumn struct {
	index                    int // -1 where there is none
	values, hours, fractions int
	fine                     int // fractions with three decimals or more
}

func (s *timeSurvey) prepare(m *mapping) {
	date := m.index(Time)
	if m.has(Date) {
		date = m.index(Date)
	}
	s.isReady, s.isPaired = true, m.has(Clock) || m.has(Hour)
	s.begin.index, s.end.index = date, m.index(TimeTo)
	s.clock.index, s.clockTo.index = m.index(Clock), m.index(ClockTo)
	s.location = m.timeSetting.location
	s.begin.votes.today, s.end.votes.today = m.timeSetting.today(), m.timeSetting.today()
	s.witnesses = witnesses(m)
}

func (s *timeSurvey) add(m *mapping, rec record) {
	cells := rec.cells
	if !s.isReady {
		s.prepare(m)
	}
	if s.begin.index >= 0 {
		at, c, ok := s.begin.add(cellAt(cells, s.begin.index), s.location)
		if ok && c.first > 0 {
			s.begin.votes.note(c, cellAt(cells, s.begin.index), rec.row, s.rowName)
			for _, w := range s.witnesses {
				s.begin.votes.hear(w, cellAt(cells, w.column), c, at.year)
			}
		}
		if ok && at.hasClock() && !s.isPaired {
			s.hour.add(at.in(s.location))
		}
	}
	if s.end.index >= 0 {
		if _, c, ok := s.end.add(cellAt(cells, s.end.index), s.location); ok {
			s.end.votes.note(c, cellAt(cells, s.end.index), rec.row, s.rowName)
		}
	}
	if s.clock.index >= 0 {
		s.clock.add(cellAt(cells, s.clock.index), &s.hour)
	} else if i := m.index(Hour); i >= 0 {
		s.addHour(cellAt(cells, i), cellAt(cells, m.index(Minute)))
	}
	if s.clockTo.index >= 0 {
		s.clockTo.add(cellAt(cells, s.clockTo.index), nil)
	}
	if i := m.index(Lon); i >= 0 && strings.IndexByte(cellAt(cells, i), ',') >= 0 {
		s.commas++
	}
}

// add looks at one value, and returns it with what its text tells.
func (t *timeColumn) add(cell string, location *time.Location) (stamp, scanner, bool) {
	c := scanner{rest: strings.TrimSpace(cell), pivot: widestYear}
	width := len(c.rest)
	at, fault := c.stamp()
	if fault != "" {
		var ok bool
		if at, ok = parseCount(cell); !ok {
			return stamp{}, c, false
		}
	}
	if at.isPlaceholder() {
		return stamp{}, c, false
	}
	t.stamps++
	t.votes.add(c.first, c.second, at.year)
	if c.isForeign {
		t.foreign++
	}
	if width > len("10/02/2024") {
		t.texts++
	}
	if at.precision == store.Month {
		t.months++
	}
	if at.hasClock() && !at.isMidnight() {
		t.timed++
	}
	if at.zoned && t.farMidnights == t.stamps-1 && at.in(location).isMidnight() {
		t.farMidnights++
	}
	if t.stamps > 1 && at.dateOnly() != t.last {
		t.isVaried = true
	}
	t.last = at.dateOnly()
	return at, c, true
}

func (t *clockColumn) add(cell string, begins *hours) {
	s, fault := parseClock(cell, clockHours)
	isHour := fault == "" && s.precision == store.Hour
	if !isHour {
		s, fault = parseClock(cell, clockDigits)
	}
	_, isFraction := dayFraction(cell)
	if fault != "" && !isFraction && isUnknownTime(cell) {
		return
	}
	t.values++
	if isHour {
		t.hours++
	}
	if isFraction {
		t.fractions++
		if at := strings.LastIndexAny(cell, ".,"); at >= 0 && len(cell)-at > 3 {
			t.fine++
		}
	}
	if fault == "" && begins != nil {
		begins.add(s)
	}
}

func (t *clockColumn) form() clockForm {
	switch {
	case t.fine > 0 && t.fractions == t.values:
		return clockFractions
	case t.values > 0 && isAtLeast(t.hours, t.values, mostlyHours):
		return clockHours
	}
	return clockDigits
}

// addHour looks at an hour in a column of its own.
func (s *timeSurvey) addHour(hour, minute string) {
	at, fault := parseClock(hour, clockHours)
	if fault != "" {
		return
	}
	if n, width := wholeNumber(minute); width > 0 {
		at.minute = n
	}
	s.hour.add(at)
}

// midnight decides what midnight means in the column. One time, or the same
// again and again, shows no habit.
func (t *timeColumn) midnight() midnight {
	switch {
	case t.stamps < 3 || t.months > 0 || !t.isVaried:
		return midnightIsATime
	case t.timed == 0:
		return midnightIsNone
	case t.farMidnights == t.stamps:
		return midnightIsNoneFar
	}
	return midnightIsATime
}

func (s *timeSurvey) settle(m *mapping) {
	if !s.isReady {
		s.prepare(m)
	}
	pivot := m.timeSetting.lastYear()
	habit := s.habit(m)
	begin, end := s.begin.votes.decide(), s.end.votes.decide()
	m.timing = timing{
		begin:   timeForm{order: begin.or(end).or(habit).order, pivot: pivot, midnight: s.begin.midnight()},
		end:     timeForm{order: end.or(begin).or(habit).order, pivot: pivot, midnight: s.end.midnight()},
		clock:   s.clock.form(),
		clockTo: s.clockTo.form(),
	}
	if m.has(Date) && s.isPaired && m.timing.begin.midnight == midnightIsATime {
		m.timing.begin.midnight = midnightIsNone
	}
	f := Time
	if m.has(Date) {
		f = Date
	}
	s.begin.tell(m, f, m.timing.begin, begin.or(end).or(habit))
	s.begin.doubt(m, begin.or(end).or(habit), habit)
	s.end.tell(m, TimeTo, m.timing.end, end.or(begin).or(habit))
	s.end.doubt(m, end.or(begin).or(habit), habit)
	s.hour.tell(m)
}

// tell writes into the mapping how the column is read and why.
func (t *timeColumn) tell(m *mapping, f Field, form timeForm, by decision) {
	if t.index < 0 {
		return
	}
	name, v := m.columns[t.index], t.votes
	switch {
	case v.days > 0 && v.months > 0:
		m.notes = append(m.notes, fmt.Sprintf("dates of column %q are read %s: %d of them can only be day first, %d only month first; those that contradict are rejected",
			name, form.order, v.days, v.months))
	case v.days+v.months > 0:
		m.evidence[f] = also(m.evidence[f], say("read %s by the dates with a number over 12 (%d)", form.order.say(), v.days+v.months))
	case v.open > 0:
		m.notes = append(m.notes, fmt.Sprintf("no date of column %q has a number over 12 that would show whether day or month comes first: they are read %s, %s",
			name, form.order, by.why))
	}
	switch {
	case form.midnight == midnightIsNoneFar:
		m.notes = append(m.notes, fmt.Sprintf("every time in column %q is midnight in %s: it is read as a date", name, m.timeSetting.location))
	case form.midnight == midnightIsNone && t.texts > 0 && t.timed == 0 && !m.has(Clock) && !m.has(Hour):
		m.notes = append(m.notes, fmt.Sprintf("every time in column %q is midnight: it is read as a date", name))
	}
}

// doubt doubts the order of day and month where the dates leave it open or
// contest it.
func (t *timeColumn) doubt(m *mapping, by, habit decision) {
	if t.index < 0 {
		return
	}
	name, v := m.columns[t.index], t.votes
	if v.days+v.months == 0 && v.open > 0 {
		m.doubt(store.DoubtOrder, "no date of column %q shows whether day or month comes first: they are read %s, %s", name, by.order.say(), by.why)
	}
	if code, why := v.contest(by, habit); code != "" {
		m.doubt(code, "it is not sure whether day or month comes first in column %q: %s", name, why)
	}
}

// hours counts the times of day that stand exactly on the hour.
type hours struct {
	all   int
	exact [24]int
}

func (h *hours) add(at stamp) {
	h.all++
	if at.minute == 0 && at.second == 0 {
		h.exact[at.hour%24]++
	}
}

// tell notes a midnight that comes far more often than the other full hours:
// it may stand for a time of day that nobody knew.
func (h *hours) tell(m *mapping) {
	others := 0
	for _, n := range h.exact[1:] {
		others += n
	}
	midnights := h.exact[0]
	if midnights < 3 || midnights == h.all || midnights*23 <= 3*others {
		return
	}
	m.notes = append(m.notes, fmt.Sprintf("%d of %d times of day are exactly midnight, more than three times as many as of another full hour: some may stand for an unknown time of day; they are kept as they are",
		midnights, h.all))
}
