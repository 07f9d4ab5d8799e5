package ingest

// survey looks at every record of a file before any is taken, for what a
// sample cannot decide: the order of day and month, places where too many
// incidents pile up, whether an id stands for one row or for many.
type survey struct {
	mapping *mapping
	rows    int
	times   timeSurvey
	places  placeSurvey
	ids     idSurvey
	persons personSurvey
}

// add looks at one record.
func (s *survey) add(rec record) {
	s.rows++
	s.times.add(s.mapping, rec)
	s.places.add(s.mapping, rec.cells)
	if notARecord(rec, s.mapping.columns) != nil && !s.mapping.isPlaced(rec.cells) {
		return
	}
	s.ids.add(s.mapping, rec.cells)
	s.persons.add(s.mapping, rec.cells)
}

// isPlaced reports whether the chosen columns of a record hold a place.
func (m *mapping) isPlaced(cells []string) bool {
	_, f := m.where.chosen.at(cells)
	return f.reason == ""
}

// settle writes what was found into the mapping.
func (s *survey) settle() error {
	s.times.settle(s.mapping)
	s.places.settle(s.mapping)
	return s.ids.settle(s.mapping)
}
