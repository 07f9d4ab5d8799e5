package ingest

import (
	"fmt"
	"slices"
)

// proposeTime maps the time of the incident: one column that holds date and
// time of day, or a column of dates and one of clock times beside it, or dates
// alone; and the end of the interval where there is one.
func (p *proposer) proposeTime(m *mapping) {
	if !p.headed {
		p.proposeTimeByValues(m)
		return
	}
	p.pick(m, Time, timeFit)
	if i, ok := m.column[Time]; ok && p.profiles[i].timed == 0 && p.profiles[i].months == 0 {
		p.pairClock(m, Clock, i)
		if m.has(Clock) {
			m.set(Date, i, "") // drops Time; its evidence follows
			m.evidence[Date] = p.evidence(i, timeFit(p.profiles[i]), nil)
		}
	}
	if !m.has(Time) && !m.has(Date) {
		p.noteNoTime(m)
		return
	}
	p.pick(m, TimeTo, timeFit)
	if i, ok := m.column[TimeTo]; ok && p.profiles[i].timed == 0 {
		p.pairClock(m, ClockTo, i)
	}
}

// noteNoTime says which column was not taken as the time for what it holds.
func (p *proposer) noteNoTime(m *mapping) {
	for i, name := range p.columns {
		if c := p.profiles[i]; p.isFree(m, i) && nameScore(Time, p.words[i]) >= headerFloor {
			m.notes = append(m.notes, fmt.Sprintf("no column of times was found: %q has %d dates or times among %d values", name, c.stamps, c.values))
			return
		}
	}
}

func timeFit(c profile) fit {
	f := fit{good: c.stamps, of: c.values, least: 0.5, what: "are dates or times"}
	switch {
	case c.timed > 0:
		f.bonus = 4
	case c.months > 0:
		f.bonus = -4
	}
	return f
}

// pairClock maps a clock column to stand beside a column of dates: of those
// that hold clock times the one that shares most words with it.
func (p *proposer) pairClock(m *mapping, f Field, date int) {
	best, bestScore := -1, 0
	for i, c := range p.profiles {
		if !p.isFree(m, i) || i == date {
			continue
		}
		score := nameScore(f, p.words[i])
		if score < f.nameFloor() || c.clocks == 0 || !isAtLeast(c.clocks, c.values, 0.5) {
			continue
		}
		for _, word := range p.words[i] {
			if slices.Contains(p.words[date], word) {
				score += 3
			}
		}
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	if best < 0 {
		return
	}
	c := p.profiles[best]
	m.set(f, best, fmt.Sprintf("named %q beside %q; %d of %d values are times of day", p.columns[best], p.columns[date], c.clocks, c.values))
}

// proposeTimeByValues takes the first column that holds times, one with a time
// of day before one without.
func (p *proposer) proposeTimeByValues(m *mapping) {
	best := -1
	for i, c := range p.profiles {
		if !p.isFree(m, i) || c.stamps == 0 || !isAtLeast(c.stamps, c.values, 0.95) || c.numbers > 0 {
			continue
		}
		if best < 0 || p.profiles[best].timed == 0 && c.timed > 0 {
			best = i
		}
	}
	if best >= 0 {
		c := p.profiles[best]
		m.set(Time, best, fmt.Sprintf("no header; %d of %d values are dates or times", c.stamps, c.values))
	}
}
