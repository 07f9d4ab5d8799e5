package ingest

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// proposeTime maps the time of the incident: one column that holds date and
// time of day, or a column of dates and one of clock times beside it, or dates
// alone, or year, month and day in columns of their own; and the end of the
// interval where there is one.
//
// The time of the event goes before that of the report, which is taken where
// there is nothing else.
func (p *proposer) proposeTime(m *mapping) {
	if !p.headed {
		p.proposeTimeByValues(m)
		return
	}
	p.distrustCounts()
	p.pick(m, Time, timeFit)
	if i, ok := m.column[Time]; !ok || isPaperwork(p.words[i]) {
		p.proposeParts(m)
	}
	if !m.has(Time) && !m.has(Year) {
		p.proposeReportTime(m)
	}
	switch i, ok := m.column[Time]; {
	case m.has(Year):
		if m.has(Day) {
			p.pairClock(m, Clock, m.column[Day])
		}
	case !ok:
		p.noteNoTime(m)
		return
	case p.profiles[i].months == 0 && (p.profiles[i].timed == 0 || p.isMidnightFar(i)):
		p.pairClock(m, Clock, i)
		if m.has(Clock) || m.has(Hour) {
			m.set(Date, i, p.evidence(i, timeFit(p.profiles[i]), nil))
		}
	}
	p.proposeEnd(m)
	p.noteTimes(m)
}

// distrustCounts forgets the counts of columns that no word names as times:
// most numbers of five or ten digits are something else.
func (p *proposer) distrustCounts() {
	for i := range p.profiles {
		c := &p.profiles[i]
		isNamed := false
		for _, word := range splitTimeWords(p.words[i]) {
			weight, _ := timeWord(word)
			isNamed = isNamed || weight >= 8
		}
		if !isNamed && c.counts > 0 {
			if c.stamps == 0 {
				c.timed = 0
			}
			c.counts = 0
		}
	}
}

// isMidnightFar reports whether every value of a column in the sample is
// midnight of the source's zone, written in another: a date, for which there
// may be a column of hours.
func (p *proposer) isMidnightFar(column int) bool {
	location, err := time.LoadLocation(p.setting.zone)
	if err != nil {
		return false
	}
	t := timeColumn{index: column}
	for _, rec := range p.sample {
		t.add(cellAt(rec.cells, column), location)
	}
	return t.midnight() == midnightIsNoneFar
}

// mostlyHours is the share of one or two digits from which a column of times
// of day holds hours: in one of hhmm without zeros in front, only the first
// minutes after midnight have so few.
const mostlyHours = 0.9

func timeFit(c profile) fit {
	f := fit{good: c.stamps + c.counts, of: c.values - c.noTimes, least: 0.5, what: say("are dates or times")}
	switch {
	case c.timed > 0:
		f.bonus = 4
	case c.months > 0:
		f.bonus = -4
	}
	return f
}

// proposeReportTime takes a column of times whose name has no noun of time,
// but says that it is of the paperwork: created_at.
func (p *proposer) proposeReportTime(m *mapping) {
	for i, words := range p.words {
		fits := timeFit(p.profiles[i])
		if !p.isFree(m, i) || fits.good == 0 || !fits.bearsOut() {
			continue
		}
		for _, word := range words {
			if weight, _ := occasionWord(word); weight <= -6 && weight >= -9 {
				m.set(Time, i, p.evidence(i, fits, nil))
				return
			}
		}
	}
}

// addPaperwork adds to the evidence of the column of the time which other
// columns tell of the report.
func (p *proposer) addPaperwork(m *mapping, f Field) {
	for i, words := range p.words {
		if c := p.profiles[i]; p.isFree(m, i) && c.stamps > 0 && timeFit(c).bearsOut() && isPaperwork(words) {
			m.evidence[f] = also(m.evidence[f], say("%q tells of the paperwork", p.columns[i]))
		}
	}
}

// proposeEnd maps the end of the interval: a date, with a clock column beside
// it where it has no time of day, or a time of day on the day it began.
func (p *proposer) proposeEnd(m *mapping) {
	p.pick(m, TimeTo, timeFit)
	if i, ok := m.column[TimeTo]; ok {
		if p.profiles[i].timed == 0 {
			p.pairClock(m, ClockTo, i)
		}
		return
	}
	if i, ok := m.column[Clock]; ok && saysBegin(p.words[i]) {
		p.pairClock(m, ClockTo, i)
	}
}

// saysBegin reports whether the words of a column say that there is an end.
func saysBegin(words []string) bool {
	return slices.ContainsFunc(splitTimeWords(words), func(word string) bool {
		switch word {
		case "from", "fr", "start", "begin", "inicio", "inicial", "desde", "debut":
			return true
		}
		return false
	})
}

// pairClock maps a clock column to stand beside a column of dates: of those
// that hold clock times the one that shares most words with it. A column of
// hours becomes Hour, with the minutes where they stand beside it.
func (p *proposer) pairClock(m *mapping, f Field, date int) {
	best, bestScore := -1, 0
	for i, c := range p.profiles {
		if !p.isFree(m, i) || i == date {
			continue
		}
		score := nameScore(f, p.words[i])
		if score < f.nameFloor() || c.clocks == 0 || !isAtLeast(c.clocks, c.values-c.noClocks, 0.5) {
			continue
		}
		for _, word := range splitTimeWords(p.words[i]) {
			if slices.Contains(splitTimeWords(p.words[date]), word) {
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
	if f == Clock && isAtLeast(c.hours, c.values-c.noClocks, mostlyHours) && nameScore(Hour, p.words[best]) >= Hour.nameFloor() {
		m.set(Hour, best, say("named %q beside %q; %d of %d values are hours of the day", p.columns[best], p.columns[date], c.hours, c.values))
		p.pick(m, Minute, func(c profile) fit { return fit{good: c.minutes, of: c.values, least: 0.9, what: say("are minutes")} })
		return
	}
	m.set(f, best, say("named %q beside %q; %d of %d values are times of day", p.columns[best], p.columns[date], c.clocks, c.values))
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
		m.set(Time, best, say("no header; %d of %d values are dates or times", c.stamps, c.values))
	}
}

// noteTimes says what is to be known of the columns that were taken.
func (p *proposer) noteTimes(m *mapping) {
	for _, f := range []Field{Time, Date, Year} {
		switch i, ok := m.column[f]; {
		case !ok:
		case isPaperwork(p.words[i]):
			m.notes = append(m.notes, fmt.Sprintf("column %q tells when incidents were reported or recorded; the file has no column of when they happened", p.columns[i]))
		default:
			p.addPaperwork(m, f)
		}
	}
	if m.has(Year) && !m.has(Month) {
		m.notes = append(m.notes, fmt.Sprintf("the file says the year alone (column %q): each incident is of its whole year", p.columns[m.column[Year]]))
	}
	for i, words := range p.words {
		if name := strings.Join(words, ""); p.isFree(m, i) && isZoneColumn(name) && p.profiles[i].values > 0 {
			m.notes = append(m.notes, fmt.Sprintf("column %q (%q) is not read: abbreviations of time zones are not unique; times without an offset are read in the zone of the source",
				p.columns[i], cut(p.profiles[i].example)))
		}
	}
}

// isZoneColumn reports whether a column, its name's words written together,
// holds names of time zones.
func isZoneColumn(name string) bool {
	switch name {
	case "tz", "timezone", "zonahoraria", "husohorario", "fusohorario", "fuseauhoraire", "utcoffset":
		return true
	}
	return false
}

// noteNoTime says which column was not taken as the time for what it holds.
func (p *proposer) noteNoTime(m *mapping) {
	for i, name := range p.columns {
		c := p.profiles[i]
		if !p.isFree(m, i) || nameScore(Time, p.words[i]) < headerFloor {
			continue
		}
		if c.monthsAlone > 0 && c.monthsAlone == c.values {
			m.notes = append(m.notes, fmt.Sprintf("no column of times was found: %q has months, but no column has their year", name))
			return
		}
		m.notes = append(m.notes, fmt.Sprintf("no column of times was found: %q has %d dates or times among %d values", name, c.stamps, c.values))
		return
	}
}
