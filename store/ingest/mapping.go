package ingest

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"atalaya/store"
)

// mapping says which column is which field, why, and how its values are read.
type mapping struct {
	columns  []string // of the file, as the proposal saw them
	column   map[Field]int
	evidence map[Field]store.Saying
	notes    []string
	doubts   []store.Doubt // reasons not to take the file unseen

	isRemembered bool // it is that of the source's last file

	timeSetting timeSetting
	timing      timing
	looks       []look // of the columns, which may have grown since
	personal    []int  // columns that look like data on a person
	repeats     *repeats
	idIsFloat   bool   // ids end in .0, which is no part of them
	rows        string // OffencesPerIncident, IncidentPerRow; empty where nothing says which

	where places // how the place is read
}

func newMapping(columns []string) *mapping {
	return &mapping{columns: columns, column: map[Field]int{}, evidence: map[Field]store.Saying{}}
}

// named returns the mapping as a report shows it: field → column.
func (m *mapping) named() map[string]string {
	out := make(map[string]string, len(m.column))
	for f, i := range m.column {
		out[string(f)] = m.columns[i]
	}
	return out
}

// reasons returns the evidence as a report shows it: field → why.
func (m *mapping) reasons() map[string]string {
	out := make(map[string]string, len(m.evidence))
	for f, why := range m.evidence {
		out[string(f)] = why.String()
	}
	return out
}

func (m *mapping) has(f Field) bool {
	_, ok := m.column[f]
	return ok
}

// uses reports whether a column is a field.
func (m *mapping) uses(column int) bool {
	for _, i := range m.column {
		if i == column {
			return true
		}
	}
	return false
}

// set maps a field, and drops what that replaces: a point replaces longitude
// and latitude and the other way round, a time replaces date and clock.
func (m *mapping) set(f Field, column int, evidence store.Saying) {
	for _, other := range f.replaces() {
		m.unset(other)
	}
	m.column[f], m.evidence[f] = column, evidence
}

func (m *mapping) unset(f Field) {
	delete(m.column, f)
	delete(m.evidence, f)
}

// namedByCaller is the evidence for a choice of the caller.
const namedByCaller = "named by the caller"

// replaces lists the fields that cannot stand beside a field.
func (f Field) replaces() []Field {
	switch f {
	case Lon, Lat:
		return []Field{Point}
	case Point:
		return []Field{Lon, Lat}
	case Time:
		return []Field{Date, Clock, Hour, Minute, Year, Month, Day}
	case Date:
		return []Field{Time, Year, Month, Day}
	case Year, Month, Day:
		return []Field{Time, Date}
	case Clock:
		return []Field{Time, Hour, Minute}
	case Hour:
		return []Field{Time, Clock}
	default:
		return nil
	}
}

// mapColumns proposes a mapping for a table, from the mapping that its source
// used last where all those columns are there, and from names and content
// otherwise, and lets the caller's own choices go before it.
func mapColumns(t *table, at setting, remembered, chosen map[string]string) (*mapping, error) {
	columns := t.columns()
	p := newProposer(t, at)
	m := p.remember(remembered)
	if m == nil {
		m = p.propose()
	} else {
		p.renewPlace(m, chosen)
	}
	m.judge(p.looks)
	if err := choose(m, columns, chosen); err != nil {
		return nil, err
	}
	if m.has(Point) || m.has(Lon) && m.has(Lat) {
		settleTimes(m)
		if err := p.settlePlace(m, chosen); err != nil {
			return nil, err
		}
		return m, nil
	}
	return nil, p.refusal(m, t.doubts)
}

// choose puts the caller's choices, field → column, into the mapping. Every
// choice that cannot be is named in the error.
func choose(m *mapping, columns []string, chosen map[string]string) error {
	var problems []store.Problem
	for _, name := range slices.Sorted(maps.Keys(chosen)) {
		column, f := chosen[name], Field(name)
		if !slices.Contains(allFields(), f) {
			problems = append(problems, store.Problem{Field: "map", Value: name + "=" + column,
				Allowed: strings.Join(Fields(), ", "), Message: "names no field"})
			continue
		}
		if column == "" {
			m.unset(f)
			continue
		}
		i := indexOfColumn(columns, column)
		switch {
		case i < 0:
			problems = append(problems, store.Problem{Field: "map", Value: name + "=" + column,
				Allowed: listed(columns), Message: "names no column of the file"})
		case m.lookAt(i, columns[i]).keepsOutOf(f):
			problems = append(problems, keptOutOf(f, column))
		default:
			if (f == Clock || f == Hour) && m.has(Time) && chosen[string(Date)] == "" {
				m.set(Date, m.column[Time], m.evidence[Time])
			}
			for other, taken := range m.column {
				if taken == i && chosen[string(other)] == "" {
					m.unset(other)
				}
			}
			m.set(f, i, say(namedByCaller))
		}
	}
	if len(problems) > 0 {
		return &store.Error{Kind: store.Invalid, Message: "the mapping does not fit the file", Problems: problems}
	}
	return nil
}

// indexOfColumn finds a column by its name, else by the words of its name.
func indexOfColumn(columns []string, name string) int {
	if i := slices.Index(columns, name); i >= 0 {
		return i
	}
	words := wordsOf(name)
	return slices.IndexFunc(columns, func(column string) bool {
		return len(words) > 0 && slices.Equal(words, wordsOf(column))
	})
}

// listed joins the names of columns for a message, the first 40 of them.
func listed(columns []string) string {
	if len(columns) > 40 {
		return strings.Join(columns[:40], ", ") + fmt.Sprintf(", … (%d in all)", len(columns))
	}
	return strings.Join(columns, ", ")
}
