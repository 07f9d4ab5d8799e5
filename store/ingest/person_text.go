package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"atalaya/store"
)

// holdsContact reports whether a text has an e-mail or a telephone number in
// it. Few texts have; the cost for the others is two looks at their bytes.
func holdsContact(s string) bool { return holdsEmail(s) || holdsPhone(s) }

// holdsEmail reports whether a text or one of its words is an e-mail.
func holdsEmail(s string) bool {
	switch {
	case strings.IndexByte(s, '@') < 0:
		return false
	case isEmail(s):
		return true
	}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,;:|/<>()[]"'`, r) }) {
		if isEmail(strings.Trim(word, ".")) {
			return true
		}
	}
	return false
}

// phoneChars are what telephone numbers are written with.
const phoneChars = "0123456789 -.()/+"

// holdsPhone reports whether a text has a number in it that is written as a
// telephone number, or stands behind a word for one ("tel. 55551234").
func holdsPhone(s string) bool {
	if countDigits(s) < 7 {
		return false
	}
	for end := 0; end < len(s); {
		start := strings.IndexAny(s[end:], phoneChars)
		if start < 0 {
			return false
		}
		start += end
		end = len(s) - len(strings.TrimLeft(s[start:], phoneChars))
		run := s[start:end]
		if countDigits(run) >= 7 && (isCalledPhone(s[:start]) || isPhoneWithin(run, s[:start])) {
			return true
		}
	}
	return false
}

// isCalledPhone reports whether a text ends with a word for a telephone.
func isCalledPhone(before string) bool {
	before = before[max(0, len(before)-20):]
	words := strings.FieldsFunc(store.Fold(before), func(r rune) bool { return !unicode.IsLetter(r) })
	return len(words) > 0 && personalWord(words[len(words)-1]) == looksLikePhone
}

// isPhoneWithin reports whether neighbouring groups of digits of a run are a
// telephone number. Digits that adjoin a letter are a code.
func isPhoneWithin(run, before string) bool {
	var starts, ends []int
	for i := range len(run) {
		if !isDigit(run[i]) {
			continue
		}
		if i == 0 || !isDigit(run[i-1]) {
			starts = append(starts, i)
		}
		if i == len(run)-1 || !isDigit(run[i+1]) {
			ends = append(ends, i+1)
		}
	}
	last, _ := utf8.DecodeLastRuneInString(before)
	for i, start := range starts {
		if start == 0 && unicode.IsLetter(last) {
			continue
		}
		for _, end := range ends[i:min(len(ends), i+6)] {
			isMarked := start > 0 && (run[start-1] == '+' || run[start-1] == '(')
			if isPhone(run[start:end]) || isMarked && isPhone(run[start-1:end]) {
				return true
			}
		}
	}
	return false
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func countDigits(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

// isSentence reports whether a text says more than an id does: four words, or
// a telephone beside two.
func isSentence(s string) bool {
	words := 0
	for word := range strings.FieldsSeq(s) {
		word = strings.Trim(word, ".,;:()¡!¿?\"'")
		if len(word) > 1 && strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }) < 0 {
			words++
		}
	}
	return words >= 4 || words >= 2 && holdsPhone(s)
}
