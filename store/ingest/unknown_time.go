package ingest

import (
	"strings"

	"atalaya/store"
)

// isPlaceholder reports whether the stamp is what systems write for a date
// that nobody entered: 1 January 1900 or of the year 1, or the day 0 of OLE
// dates, without a time of day.
func (s stamp) isPlaceholder() bool {
	return s.isMidnight() && (s.year == 1900 && s.month == 1 && s.day == 1 && s.hasDay() ||
		s.year == 1 && s.month == 1 && s.day == 1 && s.hasDay() ||
		s.year == 1899 && s.month == 12 && s.day == 30)
}

// isUnknownTime reports whether a text that is no time says that the time is
// not known: blank, all zeros, all nines, or words to that effect.
func isUnknownTime(text string) bool {
	if isBlank(text) {
		return true
	}
	text = strings.TrimSpace(text)
	if len(text) > 40 {
		return false
	}
	if isAllOf(text, '0') || isAllOf(text, '9') {
		return true
	}
	folded := store.Fold(text)
	for _, words := range []string{"desconoc", "ignora", "sin fecha", "sin hora", "no consta", "no inform", "no registr",
		"no indic", "no especific", "no aplica", "sem data", "sem hora", "nao inform", "unknown", "not known", "inconnu", "sin inform"} {
		if strings.Contains(folded, words) {
			return true
		}
	}
	switch folded {
	case "unk", "s/f", "s/h", "s/i", "?", "??", "n.d.", "s.d.", "n/e", "x", "xx", "no":
		return true
	}
	return false
}

// isAllOf reports whether all digits of a text are one digit, with nothing but
// separators beside them.
func isAllOf(text string, digit byte) bool {
	digits := 0
	for i := range len(text) {
		switch {
		case text[i] == digit:
			digits++
		case strings.IndexByte("-/.: T", text[i]) < 0:
			return false
		}
	}
	return digits > 0
}
