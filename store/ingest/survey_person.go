package ingest

import (
	"fmt"
	"strings"

	"atalaya/store"
)

// personSurvey looks at ids and categories spread over the whole file, for
// those of its first records may be of another kind.
type personSurvey struct{ ids, categories spread[string] }

// mostTexts is how many values of a column tell what it is.
const mostTexts = 2048

func (s *personSurvey) add(m *mapping, cells []string) {
	addText(&s.ids, cellAt(cells, m.index(ID)))
	addText(&s.categories, cellAt(cells, m.index(Category)))
}

func addText(to *spread[string], cell string) {
	if !isBlank(cell) && to.takes(mostTexts) {
		to.kept = append(to.kept, strings.Clone(cut(strings.TrimSpace(cell)))) // lets the rest of the record go
	}
}

// settle judges the two columns again, and reports whether one of them is left
// out for that. It fails where the caller named it.
func (s *personSurvey) settle(m *mapping) (left bool, err error) {
	for _, one := range []struct {
		f     Field
		texts []string
	}{{ID, s.ids.kept}, {Category, s.categories.kept}} {
		i := m.index(one.f)
		if i < 0 || i >= len(m.looks) || m.looks[i].isAllowed {
			continue
		}
		var t personalTally
		for _, text := range one.texts {
			t.add(text)
		}
		l := &m.looks[i]
		l.hasNames = l.hasNames || t.hasNames()
		kind := t.kind(storedText)
		if one.f == ID && t.isProse() {
			kind = firstOf(kind, looksLikePerson)
		}
		if kind == "" {
			continue
		}
		if m.evidence[one.f].Form == namedByCaller {
			return false, &store.Error{Kind: store.Invalid, Message: "the mapping does not fit the file", Problems: []store.Problem{keptOutOf(one.f, m.columns[i])}}
		}
		l.kind, l.by = kind, "content"
		m.personal = append(m.personal, i)
		m.notes = append(m.notes, fmt.Sprintf("column %q is not the %s: over the whole file it looks like data on persons", m.columns[i], one.f))
		m.unset(one.f)
		left = true
	}
	return left, nil
}

// keptOutOf is the problem of a column that may not be a field.
func keptOutOf(f Field, column string) store.Problem {
	return store.Problem{Field: "map", Value: string(f) + "=" + column,
		Message: "names a column that looks like data on a person, which is never stored",
		Allowed: "another column, or this one where somebody allows it as harmless"}
}
