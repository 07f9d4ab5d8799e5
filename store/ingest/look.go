package ingest

import (
	"slices"

	"atalaya/store"
)

// look is what a column looks like to somebody who minds persons.
type look struct {
	kind      string // of data on a person; empty where it looks like none
	by        string // what gave it away
	isAllowed bool   // somebody decided that it is harmless
	values    int    // cells that are not blank
}

// keepsOut reports whether the column may be no field.
func (l look) keepsOut() bool { return l.kind != "" && !l.isAllowed }

// looksOf looks at every column of a table: its name, where it has one of its
// own, and its values. allowed names columns that somebody let through.
func looksOf(t *table, columns []string, allowed []string) []look {
	looks := make([]look, len(columns))
	for i, name := range columns {
		words := wordsOf(name)
		if t.headed {
			looks[i] = lookOfName(words)
		}
		if looks[i].kind == "" {
			if kind := personalContent(t.sample, i, words); kind != "" {
				looks[i] = look{kind: kind, by: "content"}
			}
		}
		looks[i].isAllowed = looks[i].kind != "" && slices.Contains(allowed, name)
	}
	return looks
}

func lookOfName(words []string) look {
	if kind := personalKind(words); kind != "" {
		return look{kind: kind, by: "name"}
	}
	return look{}
}

// lookAt returns the look of a column; one that the sample did not have is
// judged by its name.
func (m *mapping) lookAt(column int, name string) look {
	if column < len(m.looks) {
		return m.looks[column]
	}
	return lookOfName(wordsOf(name))
}

// judge takes over how the columns look.
func (m *mapping) judge(looks []look) {
	m.looks = looks
	for i, l := range looks {
		if l.kind != "" {
			m.personal = append(m.personal, i)
		}
	}
}

// countPersonal counts the values of the columns that look like data on a
// person. Columns that the sample did not have join here.
func (m *mapping) countPersonal(cells, columns []string) {
	for i := len(m.looks); i < len(columns); i++ {
		m.looks = append(m.looks, lookOfName(wordsOf(columns[i])))
		if m.looks[i].kind != "" {
			m.personal = append(m.personal, i)
		}
	}
	for _, i := range m.personal {
		if !isBlank(cellAt(cells, i)) {
			m.looks[i].values++
		}
	}
}

// personalColumns lists the columns that look like data on a person, for the
// report.
func (m *mapping) personalColumns(columns []string) []store.PersonalColumn {
	out := []store.PersonalColumn{}
	for i, l := range m.looks {
		if l.kind != "" {
			out = append(out, store.PersonalColumn{Column: columns[i], LooksLike: l.kind, By: l.by, Values: l.values, Allowed: l.isAllowed})
		}
	}
	return out
}
