package ingest

import "atalaya/store"

// renewPlace maps the place anew where the columns of the source's last file
// have none in this one and others do. The system that somebody said of the
// source was that of the former, and is forgotten with them.
func (p *proposer) renewPlace(m *mapping, chosen map[string]string) {
	if asksForPlace(chosen) || p.holdsPlaces(m) {
		return
	}
	said := p.setting.system
	if p.setting.by.Form != namedByCaller {
		p.setting.system = nil
	}
	fresh := newMapping(p.columns)
	p.proposePlace(fresh)
	if !p.holdsPlaces(fresh) {
		p.setting.system = said
		return
	}
	was := p.newReading(m, placeFields{Lon, Lat, Point})
	is := p.newReading(fresh, placeFields{Lon, Lat, Point})
	for _, f := range []Field{Lon, Lat, Point, UTMZone, RivalLon, RivalLat, RivalPoint} {
		m.unset(f)
	}
	for f, column := range fresh.column {
		m.set(f, column, fresh.evidence[f])
	}
	m.where.forgetsSystem = p.setting.system == nil
	m.doubt(store.DoubtColumns, "%s, which held the places of the source's last file, are blank in this one: they are taken from %s", was.columns(p.columns), is.columns(p.columns))
	m.notes = append(m.notes, m.doubts[len(m.doubts)-1].Message)
}

// asksForPlace reports whether the caller says which columns hold the places.
func asksForPlace(chosen map[string]string) bool {
	return chosen[string(Lon)] != "" || chosen[string(Lat)] != "" || chosen[string(Point)] != ""
}

// holdsPlaces reports whether the columns of the place hold anything in the
// sample that could be one.
func (p *proposer) holdsPlaces(m *mapping) bool {
	if !m.has(Point) && (!m.has(Lon) || !m.has(Lat)) {
		return false
	}
	r := p.newReading(m, placeFields{Lon, Lat, Point})
	for _, rec := range p.sample {
		x, y, _, f := r.raw(rec.cells)
		if f.reason != NoCoordinates && (f.reason != "" || !isNowhere(x, y)) {
			return true
		}
	}
	return false
}
