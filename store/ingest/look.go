package ingest

import (
	"slices"
	"strings"

	"atalaya/store"
)

// look is what a column looks like to somebody who minds persons.
type look struct {
	kind      string // of data on a person; empty where it looks like none
	by        string // what gave it away
	asText    string // the kind where the values are stored as they stand, as ids and categories are
	hasNames  bool   // some of the values are names of persons
	isProse   bool   // the values are sentences, which no id is
	isAllowed bool   // somebody decided that it is harmless
	values    int    // cells that are not blank
}

// keepsOut reports whether the column may be no field.
func (l look) keepsOut() bool { return l.kind != "" && !l.isAllowed }

// keepsOutOf reports whether the column may not be a field. Its name alone may
// let it be a time, whose text is not stored, but not an id. Sentences may be
// categories, but no ids.
func (l look) keepsOutOf(f Field) bool {
	return l.keepsOut() || !l.isAllowed && (f.isStoredAsText() && l.asText != "" || f == ID && l.isProse)
}

// hides reports whether a value is neither stored nor shown though its column
// is.
func (l look) hides(value string) bool {
	return !l.isAllowed && (holdsContact(value) || l.hasNames && isFullName(value))
}

// looksOf looks at every column of a table: its name, where it has one of its
// own, and its values. allowed names columns that somebody let through.
func looksOf(t *table, columns []string, allowed []string) []look {
	looks := make([]look, len(columns))
	sample := slices.DeleteFunc(slices.Clone(t.sample), func(rec record) bool { return notARecord(rec, columns) != nil })
	for i, name := range columns {
		words := wordsOf(name)
		if t.headed {
			looks[i] = lookOfName(words)
		}
		if t.headed && looks[i].kind == "" && isDoorBeside(sample, columns, i) {
			looks[i] = look{kind: looksLikeAddress, by: "name"}
		}
		if looks[i].kind == "" {
			looks[i] = lookOfContent(sample, i, words)
		}
		looks[i].isAllowed = slices.Contains(allowed, name)
	}
	return looks
}

func lookOfName(words []string) look {
	if kind := personalKind(words); kind != "" {
		return look{kind: kind, by: "name"}
	}
	return look{}
}

// lookOfContent looks at the values of a column.
func lookOfContent(sample []record, column int, words []string) look {
	t := tallyOf(sample, column)
	l := look{kind: t.kind(contentOf(words)), by: "content", asText: t.kind(storedText), hasNames: t.hasNames(), isProse: t.isProse()}
	if l.kind == "" {
		l.by = ""
	}
	return l
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

// hidesCategory reports whether a category is not stored: it is somebody's name
// or number, or has an e-mail or a telephone in it.
func (m *mapping) hidesCategory(raw string) bool {
	l := m.lookAtField(Category)
	return l.hides(raw) || !l.isAllowed && isNumberOfPerson(raw)
}

// ownID returns the id that a record has of its own; empty where it has none.
// An e-mail is none, and no sentence.
func (m *mapping) ownID(cells []string) string {
	id := strings.TrimSpace(cellAt(cells, m.index(ID)))
	if isBlank(id) || m.hidesID(id) {
		return ""
	}
	return id
}

// hidesID reports whether an id is not stored: it is an e-mail or a sentence.
// What else is somebody's number no id tells alone, but all of them together.
func (m *mapping) hidesID(id string) bool {
	return (holdsEmail(id) || isSentence(id)) && !m.lookAtField(ID).isAllowed
}

// shown returns a cell as a reject keeps it: cut, and blank where it is
// not to be kept. An id may look like a telephone.
func (m *mapping) shown(column int, name, cell string) string {
	isID := column == m.index(ID)
	if l := m.lookAt(column, name); l.keepsOut() || isID && m.hidesID(cell) || !isID && l.hides(cell) {
		return ""
	}
	return cut(cell)
}

// notARecord is the function of that name, with a value that may be kept.
func (m *mapping) notARecord(rec record, columns []string) *store.Reject {
	reject := notARecord(rec, columns)
	if reject != nil {
		if l := m.lookAt(firstFull(rec.cells), reject.Field); l.keepsOut() || l.hides(reject.Value) {
			reject.Value = ""
		}
	}
	return reject
}

func (m *mapping) lookAtField(f Field) look {
	i := m.index(f)
	if i < 0 {
		return look{}
	}
	return m.lookAt(i, m.columns[i])
}
