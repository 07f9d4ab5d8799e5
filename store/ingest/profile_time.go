package ingest

import "atalaya/store"

// timeProfile is what the sample of one column holds of times.
type timeProfile struct {
	stamps  int // dates, times and months
	counts  int // serial numbers and Unix times
	months  int // of stamps, without a day
	timed   int // of stamps and counts, with a time of day that is not midnight
	noTimes int // placeholders and words for a time that is not known

	clocks   int // times of day alone
	hours    int // of them, one or two digits up to 24
	noClocks int // words for a time of day that is not known

	years, monthsAlone, days, minutes int // parts of a time in columns of their own
}

// addTime looks at a cell that is not blank.
func (p *timeProfile) addTime(cell string) {
	s, fault := parseStamp(cell, anyOrder)
	isStamp, isCount := fault == "", false
	if !isStamp {
		s, isCount = parseCount(cell)
	}
	switch {
	case isStamp && s.isPlaceholder(), !isStamp && isUnknownTime(cell):
		p.noTimes++
	case isStamp && s.hasClock() && isDatelessDate(s): // a time of day that a system wrote as a date
	case isStamp || isCount:
		if isStamp {
			p.stamps++
		} else {
			p.counts++
		}
		if s.precision == store.Month {
			p.months++
		}
		if s.hasClock() && !s.isMidnight() {
			p.timed++
		}
	}
	_, isFraction := dayFraction(cell)
	if _, fault := parseClock(cell, clockDigits); fault == "" || isFraction {
		p.clocks++
	} else if isUnknownTime(cell) {
		p.noClocks++
	}
	if s, fault := parseClock(cell, clockHours); fault == "" && s.precision == store.Hour {
		p.hours++
	}
	p.addPart(cell)
}

func (p *timeProfile) addPart(cell string) {
	if _, ok := parseMonth(cell); ok || isNoPart(cell) {
		p.monthsAlone++
	}
	n, width := wholeNumber(cell)
	if width == 0 {
		return
	}
	if width == 2 || width == 4 && isYearOfFiles(n) {
		p.years++
	}
	if n <= 31 || n == 99 {
		p.days++
	}
	if n < 60 {
		p.minutes++
	}
}
