package ingest

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// settle decides from the sample how the mapped columns are read.
func (p *proposer) settle(m *mapping) {
	if !m.has(Time) && !m.has(Date) {
		m.unset(TimeTo)
	}
	if !m.has(Date) {
		m.unset(Clock)
	}
	if !m.has(TimeTo) {
		m.unset(ClockTo)
	}
	p.settleOrder(m)
	for _, f := range []Field{Time, Date} {
		if i, ok := m.column[f]; ok {
			c := p.profiles[i]
			m.isDayOnly = f == Date || c.stamps >= 3 && c.timed == 0 && c.months == 0 && c.distinct > 1
			if f == Time && m.isDayOnly && len(strings.TrimSpace(c.example)) > len("10/02/2024") {
				m.notes = append(m.notes, fmt.Sprintf("every time in column %q is midnight: it is read as a date", p.columns[i]))
			}
		}
	}
	m.hoursInClock = p.holdsHours(m, Clock)
	m.hoursInClockTo = p.holdsHours(m, ClockTo)
	if i, ok := m.column[Point]; ok {
		m.pointIsLonFirst = p.isLonFirst(i)
	}
	p.settlePlaceholders(m)
}

// holdsHours reports whether all clock times of a field are hours alone.
func (p *proposer) holdsHours(m *mapping, f Field) bool {
	i, ok := m.column[f]
	return ok && p.profiles[i].hours > 0 && p.profiles[i].hours == p.profiles[i].values
}

// settlePlaceholders finds out whether a 0 can be a coordinate of this file:
// not where its incidents are usually more than a degree away.
func (p *proposer) settlePlaceholders(m *mapping) {
	var lons, lats []float64
	for _, rec := range p.sample {
		if at, reject := m.place(rec.cells); reject == nil && at[0] != 0 && at[1] != 0 {
			lons, lats = append(lons, at[0]), append(lats, at[1])
		}
	}
	if len(lons) == 0 {
		return
	}
	slices.Sort(lons)
	slices.Sort(lats)
	m.lonFarFromZero = math.Abs(lons[len(lons)/2]) > 1
	m.latFarFromZero = math.Abs(lats[len(lats)/2]) > 1
}

// settleOrder decides whether 02/10/2024 is in February or in October: by
// what the dates of the sample rule out, else by the language of the header.
func (p *proposer) settleOrder(m *mapping) {
	days, months, open, spanish := 0, 0, 0, false
	for _, f := range []Field{Time, Date, TimeTo} {
		i, ok := m.column[f]
		if !ok {
			continue
		}
		for _, word := range wordsOf(p.columns[i]) {
			spanish = spanish || isSpanishWord(word)
		}
		for _, rec := range p.sample {
			rulesIn, isOpen := orderEvidence(cellAt(rec.cells, i))
			switch {
			case rulesIn == dayFirst:
				days++
			case rulesIn == monthFirst:
				months++
			case isOpen:
				open++
			}
		}
	}
	switch {
	case days > months:
		m.order = dayFirst
	case months > days:
		m.order = monthFirst
	case spanish:
		m.order = dayFirst
	default:
		m.order = monthFirst
	}
	read := map[dateOrder]string{dayFirst: "day first", monthFirst: "month first"}[m.order]
	switch {
	case days > 0 && months > 0:
		m.notes = append(m.notes, fmt.Sprintf("dates are read %s; of the first %d records %d speak for day first, %d for month first",
			read, len(p.sample), days, months))
	case days+months == 0 && open > 0:
		m.notes = append(m.notes, fmt.Sprintf("the first %d records do not show whether dates are day first or month first: they are read %s, by the language of the header",
			len(p.sample), read))
	}
}

// isLonFirst reports whether the bare pairs of a column are longitude,
// latitude: where their first numbers are no latitudes.
func (p *proposer) isLonFirst(column int) bool {
	for _, rec := range p.sample {
		if at, ok := parsePoint(cellAt(rec.cells, column)); ok && !at.lonFirst && math.Abs(at.first) > 90 {
			return true
		}
	}
	return false
}
