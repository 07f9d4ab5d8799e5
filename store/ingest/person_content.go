package ingest

import (
	"slices"
	"strings"

	"atalaya/store"
)

// personalSample is how many values of a column are looked at for data on a
// person, and personalLeast how many make a judgement; an e-mail gives itself
// away alone.
const (
	personalSample = 500
	personalLeast  = 3
)

// personalContent tells what data on a person the values of a column look
// like; empty where they look like none. Where the name of the column speaks
// for a field of an incident, only what cannot be anything else counts: a case
// number may look like a plate.
func personalContent(sample []record, column int, words []string) string {
	if isCalledPlace(words) { // eastings and northings have as many digits as telephones
		return ""
	}
	var t personalTally
	for _, rec := range sample {
		if cell := strings.TrimSpace(cellAt(rec.cells, column)); !isBlank(cell) {
			t.add(cell)
			if t.values == personalSample {
				break
			}
		}
	}
	return t.kind(slices.ContainsFunc(allFields(), func(f Field) bool { return nameScore(f, words) >= max(f.nameFloor(), headerFloor) }))
}

// personalTally counts the values of a column that look like something.
type personalTally struct {
	values, emails, phones, numbers, plates, names, doors, sexes, descents int

	marks, folded map[string]bool // letters of plates; short texts
	years         []int           // of dates without a time of day
}

func (t *personalTally) add(cell string) {
	t.values++
	if len(cell) > maxNameBytes {
		return
	}
	switch {
	case isEmail(cell):
		t.emails++
	case isPhone(cell):
		t.phones++
	case isIdentityNumber(cell):
		t.numbers++
	case isFullName(cell):
		t.names++
	case isDoor(cell):
		t.doors++
	}
	if mark, ok := plateMark(cell); ok {
		t.plates++
		t.marks = joined(t.marks, mark)
	}
	if len(cell) <= len("asian or pacific islander") {
		folded := store.Fold(cell)
		switch {
		case isSexWord(folded):
			t.sexes++
			t.folded = joined(t.folded, folded)
		case isDescentWord(folded):
			t.descents++
			t.folded = joined(t.folded, folded)
		}
	}
	if s, fault := parseStamp(cell, anyOrder); fault == "" && s.precision == store.Day {
		t.years = append(t.years, s.year)
	}
}

// kind judges by the share of the values. Names are 3 in 5, for no list of
// them is complete, and doors half.
func (t *personalTally) kind(isField bool) string {
	most := func(n int, share float64) bool {
		return n > 0 && (t.values >= personalLeast || n == t.emails) && isAtLeast(n, t.values, share)
	}
	switch {
	case most(t.emails, 0.5):
		return looksLikeEmail
	case most(t.phones, 0.8):
		return looksLikePhone
	case most(t.numbers, 0.8):
		return looksLikeIdentity
	case isField:
		return ""
	case most(t.plates, 0.8) && 2*len(t.marks) > t.plates:
		return looksLikePlate
	case most(t.names, 0.6):
		return looksLikeName
	case most(t.doors, 0.5):
		return looksLikeAddress
	case most(t.sexes, 0.95) && len(t.folded) >= 2:
		return looksLikeSex
	case most(t.descents, 0.8) && len(t.folded) >= 2:
		return looksLikeDescent
	case most(len(t.years), 0.8) && spansLives(t.years):
		return looksLikeBirth
	}
	return ""
}

// spansLives reports whether years are spread as those of births are: the
// middle four fifths over a quarter of a century.
func spansLives(years []int) bool {
	slices.Sort(years)
	return years[len(years)*9/10]-years[len(years)/10] >= 25
}

// joined adds a text to a set.
func joined(set map[string]bool, text string) map[string]bool {
	if set == nil {
		set = map[string]bool{}
	}
	set[text] = true
	return set
}
