package store

import (
	"fmt"
	"hash/fnv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxCode is the most bytes that the code of a category, source or shift, or
// the ID of an area, place or denominator, may have.
const MaxCode = 60

// UnknownCategory is the code of incidents whose source says no category.
const UnknownCategory = "unknown"

// IsCode reports whether s has 1 to MaxCode bytes, all of them lower-case
// letters, digits or one of the marks.
func IsCode(s, marks string) bool {
	if s == "" || len(s) > MaxCode {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && strings.IndexByte(marks, c) < 0 {
			return false
		}
	}
	return true
}

// Slug returns the Latin letters and digits of a text, lower-case and without
// accents, with one mark where others stood between them: "Robo a Peatón" is
// robo_a_peaton. It is empty where there are none, and as long as the text.
func Slug(text string, mark byte) string {
	var b strings.Builder
	gap := false
	for _, r := range Fold(text) {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(mark)
			gap = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// CategoryCode returns the code that a category gets from a source's text: its
// slug, which ends in a digest where it would be longer than MaxCode, so that
// long texts that begin alike stay apart. A text without Latin letters and
// digits becomes a digest, a blank one UnknownCategory.
func CategoryCode(raw string) string {
	code := Slug(raw, '_')
	switch {
	case strings.TrimSpace(raw) == "":
		return UnknownCategory
	case code == "":
		return "text_" + digest(raw)
	case len(code) > MaxCode:
		return code[:MaxCode-9] + "_" + digest(code)
	}
	return code
}

// Fold makes texts equal that differ in case, accents or outer blanks only.
func Fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.TrimSpace(s)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// digest returns eight hexadecimal digits.
func digest(s string) string {
	h := fnv.New32a()
	_, _ = h.Write([]byte(s)) // never fails
	return fmt.Sprintf("%08x", h.Sum32())
}
