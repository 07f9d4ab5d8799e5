package ingest

import (
	"slices"
	"strings"

	"atalaya/store"
)

// personalSample is how many values of a column are looked at for data on a
// person, and personalLeast how many make a judgement; two names or long
// numbers do where there are no others, and an e-mail gives itself away alone.
const (
	personalSample = 500
	personalLeast  = 3
	strongLeast    = 10 // long numbers among others: one in ten at most is one by chance
	checkedLeast   = 20 // bare digits: two in eleven bear a check digit out by chance
)

// content is what a column may hold, by its name.
type content int

const (
	anything    content = iota
	areas               // towns and quarters, which are named for persons
	storedText          // an id or a category, of which the text is stored
	timeOrPlace         // read as numbers: what cannot be anything else counts
	eastings            // or another coordinate, which has as many digits as a telephone
)

// contentOf returns what a column of this name may hold. Dates spread over
// decades are no births in a column that is called a time.
func contentOf(words []string) content {
	if isCalledPlace(words) {
		return eastings
	}
	of := anything
	if slices.ContainsFunc(words, isAreaWord) {
		of = areas
	}
	for _, f := range allFields() {
		switch {
		case nameScore(f, words) < max(f.nameFloor(), headerFloor):
		case !f.isStoredAsText() && f != Origin:
			return timeOrPlace
		default:
			of = storedText
		}
	}
	return of
}

// isAreaWord reports whether a word is one for an area, of which people know
// the name.
func isAreaWord(word string) bool {
	switch word {
	case "city", "town", "neighborhood", "neighbourhood", "county", "borough", "province", "state",
		"ciudad", "municipio", "barrio", "colonia", "localidad", "departamento", "provincia", "comuna", "parroquia", "canton",
		"cidade", "bairro", "estado", "municipality",
		"ville", "commune", "quartier", "departement", "arrondissement":
		return true
	}
	return false
}

// tallyOf looks at the first values of a column.
func tallyOf(sample []record, column int) *personalTally {
	var t personalTally
	for _, rec := range sample {
		if cell := strings.TrimSpace(cellAt(rec.cells, column)); !isBlank(cell) {
			t.add(cell)
			if t.values == personalSample {
				break
			}
		}
	}
	return &t
}

// personalTally counts the values of a column that look like something.
type personalTally struct {
	values, emails, phones, numbers, plates, names, doors, sexes, descents, sentences int

	strong int // of numbers, those long enough that hardly another one passes for them

	marks, folded map[string]bool // letters of plates; short texts
	years         []int           // of dates without a time of day

	texts, fullNames map[string]bool // all that differ, and those of them that are names
	checked          map[string]bool // bare digits that a check digit bears out
}

func (t *personalTally) add(cell string) {
	t.values++
	t.texts = joined(t.texts, cell)
	if isSentence(cell) {
		t.sentences++
	}
	if len(cell) > maxNameBytes {
		return
	}
	if hasFloatTail(cell) { // as spreadsheets write whole numbers
		cell = strings.TrimSuffix(cell, ".0")
	}
	if isBareModulo11(cell) {
		t.checked = joined(t.checked, cell)
	}
	switch {
	case isEmail(cell):
		t.emails++
	case isPhone(cell):
		t.phones++
	case isIdentityNumber(cell):
		t.numbers++
		if countDigits(cell) >= 11 {
			t.strong++
		}
	case isFullName(cell):
		t.names++
		t.fullNames = joined(t.fullNames, cell)
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
// them is complete, or 2 in 5 of the different texts of a category, in which
// an offence comes again and again and a person does not; doors are half.
func (t *personalTally) kind(of content) string {
	most := func(n int, share float64) bool {
		isEnough := t.values >= personalLeast || n == t.emails || t.values == 2 && (n == t.names || n == t.strong)
		return n > 0 && isEnough && isAtLeast(n, t.values, share)
	}
	switch {
	case of == eastings:
		return ""
	case most(t.emails, 0.5):
		return looksLikeEmail
	case most(t.phones, 0.8):
		return looksLikePhone
	case most(t.numbers, 0.8), of == storedText && t.strong >= strongLeast && isAtLeast(t.strong, t.values, 0.3), len(t.checked) >= checkedLeast && isAtLeast(len(t.checked), t.values, 0.8):
		return looksLikeIdentity
	case of == timeOrPlace:
		return ""
	case most(t.plates, 0.8) && 2*len(t.marks) > t.plates:
		return looksLikePlate
	case of != areas && most(t.names, 0.6), of == storedText && t.hasNames() && isAtLeast(len(t.fullNames), len(t.texts), 0.4):
		return looksLikeName
	case most(t.doors, 0.5):
		return looksLikeAddress
	case most(t.sexes, 0.95) && len(t.folded) >= 2:
		return looksLikeSex
	case of != areas && most(t.descents, 0.8) && len(t.folded) >= 2:
		return looksLikeDescent
	case most(len(t.years), 0.8) && spansLives(t.years):
		return looksLikeBirth
	}
	return ""
}

// isProse reports whether one value in five is a sentence.
func (t *personalTally) isProse() bool {
	return t.sentences > 0 && isAtLeast(t.sentences, t.values, 0.2)
}

// hasNames reports whether some of the values are names of persons: three, and
// one in ten of the different texts.
func (t *personalTally) hasNames() bool {
	return len(t.fullNames) >= personalLeast && isAtLeast(len(t.fullNames), len(t.texts), 0.1)
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
