package ingest

import "atalaya/store"

// proposeParts maps a date whose year, month and day stand in columns of their
// own. The year comes first: without it the others are nothing. What has no
// day does not go before the day of a report.
func (p *proposer) proposeParts(m *mapping) {
	reported, hasReported := m.column[Time]
	why := m.evidence[Time]
	p.pick(m, Year, func(c profile) fit { return partFit(c, c.years, say("are years")) })
	if m.has(Year) {
		p.pick(m, Month, func(c profile) fit { return partFit(c, c.monthsAlone, say("are months")) })
	}
	if m.has(Month) {
		p.pick(m, Day, func(c profile) fit { return partFit(c, c.days, say("are days of a month")) })
	}
	if hasReported && !m.has(Day) {
		m.set(Time, reported, why)
	}
}

func partFit(c profile, good int, what store.Saying) fit {
	return fit{good: good, of: c.values, least: 0.5, what: what}
}
