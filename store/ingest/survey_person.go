package ingest

import (
	"fmt"
	"strings"

	"atalaya/store"
)

// personSurvey looks at ids and categories spread over the whole file, for
// those of its first records may be of another kind.
type personSurvey struct{ ids, categories spreadTexts }

func (s *personSurvey) add(m *mapping, cells []string) {
	s.ids.add(cellAt(cells, m.index(ID)))
	s.categories.add(cellAt(cells, m.index(Category)))
}

// settle judges the two columns again, and reports whether one of them is left
// out for that. It fails where the caller named it.
func (s *personSurvey) settle(m *mapping) (left bool, err error) {
	for _, one := range []struct {
		f     Field
		texts []string
	}{{ID, s.ids.texts}, {Category, s.categories.texts}} {
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
		if kind == "" {
			continue
		}
		if m.evidence[one.f] == namedByCaller {
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

// spreadTexts keeps texts that lie evenly over a file, blank ones left out:
// every one, then every second, every fourth of them.
type spreadTexts struct {
	texts        []string
	seen, stride int
}

const mostTexts = 2048

func (s *spreadTexts) add(cell string) {
	if isBlank(cell) {
		return
	}
	s.stride = max(s.stride, 1)
	if s.seen%s.stride == 0 {
		if len(s.texts) == mostTexts {
			for i := range mostTexts / 2 {
				s.texts[i] = s.texts[2*i]
			}
			s.texts = s.texts[:mostTexts/2]
			s.stride *= 2
		}
		if s.seen%s.stride == 0 {
			s.texts = append(s.texts, strings.Clone(cut(strings.TrimSpace(cell))))
		}
	}
	s.seen++
}
