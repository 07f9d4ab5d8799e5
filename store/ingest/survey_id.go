package ingest

import (
	"fmt"
	"strings"
)

// idSurvey decides what only all ids of the file can: which of them stand in
// several rows, and whether ".0" is part of them.
type idSurvey struct {
	repeats *repeats
	ids     int // rows with an id of their own
	floats  int // of them, whole numbers that end in .0
	hidden  int // rows whose id is not stored
}

// add looks at the id of one record, or at all of it where it has none.
func (s *idSurvey) add(m *mapping, cells []string) {
	own := m.ownID(cells)
	if own == "" {
		if m.hidesID(cellAt(cells, m.index(ID))) {
			s.hidden++
		}
		s.repeats.surveyContent(s.repeats.content.of(cells, m.columns))
		return
	}
	s.ids++
	if hasFloatTail(own) {
		s.floats++
	}
	s.repeats.surveyID(own, cells)
}

// settle writes what was found into the mapping.
func (s *idSurvey) settle(m *mapping) error {
	m.repeats = s.repeats
	if s.hidden > 0 {
		m.notes = append(m.notes, fmt.Sprintf("ids in column %q that are somebody's e-mail or a sentence are not stored: their rows have a key of their content (%d)", m.columns[m.index(ID)], s.hidden))
	}
	if m.idIsFloat = s.ids > 0 && s.floats == s.ids; m.idIsFloat {
		m.notes = append(m.notes, fmt.Sprintf("every id in column %q ends in .0, as spreadsheets write whole numbers: it is left off", m.columns[m.index(ID)]))
	}
	return s.repeats.settle()
}

// hasFloatTail reports whether an id is digits and ".0".
func hasFloatTail(id string) bool {
	digits, ok := strings.CutSuffix(id, ".0")
	return ok && digits != "" && strings.Trim(digits, "0123456789") == ""
}
