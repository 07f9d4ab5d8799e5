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
	evidence map[Field]string
	notes    []string

	order           dateOrder
	isDayOnly       bool // a time of day that is always midnight is none
	hoursInClock    bool
	hoursInClockTo  bool
	pointIsLonFirst bool
	lonFarFromZero  bool // so that a longitude of 0 stands for "no place"
	latFarFromZero  bool
}

func newMapping(columns []string) *mapping {
	return &mapping{columns: columns, column: map[Field]int{}, evidence: map[Field]string{}}
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
		out[string(f)] = why
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
func (m *mapping) set(f Field, column int, evidence string) {
	for _, other := range f.replaces() {
		m.unset(other)
	}
	m.column[f], m.evidence[f] = column, evidence
}

func (m *mapping) unset(f Field) {
	delete(m.column, f)
	delete(m.evidence, f)
}

// replaces lists the fields that cannot stand beside a field.
func (f Field) replaces() []Field {
	switch f {
	case Lon, Lat:
		return []Field{Point}
	case Point:
		return []Field{Lon, Lat}
	case Time:
		return []Field{Date, Clock}
	case Date, Clock:
		return []Field{Time}
	default:
		return nil
	}
}

// mapColumns proposes a mapping for a table, from the mapping that its source
// used last where all those columns are there, and from names and content
// otherwise, and lets the caller's own choices go before it.
func mapColumns(t *table, longitude float64, remembered, chosen map[string]string) (*mapping, error) {
	columns := t.columns()
	p := newProposer(t, longitude)
	m := p.remember(remembered)
	if m == nil {
		m = p.propose()
	}
	if err := choose(m, columns, chosen); err != nil {
		return nil, err
	}
	if m.has(Point) || m.has(Lon) && m.has(Lat) {
		p.settle(m)
		return m, nil
	}
	return nil, p.refusal(m)
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
		case isPersonal(wordsOf(columns[i])):
			problems = append(problems, store.Problem{Field: "map", Value: name + "=" + column,
				Message: "names a column that looks like data on a person, which is never stored"})
		default:
			if f == Clock && m.has(Time) && chosen[string(Date)] == "" {
				m.set(Date, m.column[Time], m.evidence[Time])
			}
			for other, taken := range m.column {
				if taken == i && chosen[string(other)] == "" {
					m.unset(other)
				}
			}
			m.set(f, i, "named by the caller")
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
