package ingest

import (
	"strings"
	"unicode/utf8"

	"atalaya/store"
)

// The reasons for which a row is not taken, as in store.Report.Reasons.
const (
	NoCoordinates         = "no_coordinates"           // blank
	BadCoordinates        = "bad_coordinates"          // no numbers
	CoordinatesOutOfRange = "coordinates_out_of_range" // no degrees
	NullIsland            = "null_island"              // 0 or -1, which stand for "no place"
	NotAPoint             = "not_a_point"              // GeoJSON of another geometry
	SwappedCoordinates    = "swapped_coordinates"      // latitude and longitude fit only in each other's place
	FarAway               = "far_away"                 // far off where the file's incidents are
	BadTime               = "bad_time"                 // unreadable
	TimeOutOfRange        = "time_out_of_range"        // before 1900 or in the future
	SurplusCells          = "surplus_cells"            // more cells than the header has
	BadID                 = "bad_id"                   // too long
	NotARecord            = "not_a_record"             // a total, a source line, a header again
	CutShort              = "cut_short"                // the file ends within it
	BrokenRecord          = "broken_record"            // a quote that never closes, JSON that is none
	RepeatedID            = "repeated_id"              // an earlier row of the file has the id, with another place or time
)

// Reasons returns all of them.
func Reasons() []string {
	return []string{
		NoCoordinates, BadCoordinates, CoordinatesOutOfRange, NullIsland, NotAPoint, SwappedCoordinates, FarAway,
		BadTime, TimeOutOfRange, SurplusCells, BadID, NotARecord, CutShort, BrokenRecord, RepeatedID,
	}
}

const (
	maxIDBytes     = 200 // as the stores take it
	maxRejectValue = 200 // bytes
)

// rejected says that the row of cells is not taken because of one of them.
func (m *mapping) rejected(reason string, f Field, cells []string, said store.Saying) *store.Reject {
	i := m.index(f)
	return flawed(reason, m.columns[i], m.shown(i, m.columns[i], cellAt(cells, i)), said)
}

// flawed says that a record is not taken, and because of which column if it is
// one.
func flawed(reason, column, value string, said store.Saying) *store.Reject {
	return &store.Reject{Reason: reason, Field: column, Value: cut(value), Message: said.String(), Said: said}
}

// index returns the column of a field, -1 where it has none.
func (m *mapping) index(f Field) int {
	if i, ok := m.column[f]; ok {
		return i
	}
	return -1
}

// surplus rejects a record that has cells beyond the columns; nil where those
// are blank. The reject does not repeat a cell of which nobody knows what it is.
func surplus(cells []string, columns int) *store.Reject {
	for _, cell := range cells[min(columns, len(cells)):] {
		if strings.TrimSpace(cell) != "" {
			return flawed(SurplusCells, "", "", say("the row has %d cells; allowed: %d, as the header has", len(cells), columns))
		}
	}
	return nil
}

// cut shortens a value for a report, at a whole character.
func cut(s string) string {
	if len(s) <= maxRejectValue {
		return s
	}
	end := maxRejectValue - len("…")
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}
