package sqlite

import (
	"fmt"
	"hash/fnv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// maxCode is the most bytes that a code may have.
const maxCode = 60

// slug makes the code of a category from a source's text: "Robo a Peatón" is
// robo_a_peaton. A code of more than 60 bytes is cut and ends in a digest of
// the whole, so that long texts that begin alike stay apart; a text without
// any Latin letter or digit becomes such a digest.
func slug(raw string) string {
	var b strings.Builder
	for _, r := range fold(raw) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
	}
	code := strings.TrimSuffix(b.String(), "_")
	switch {
	case code == "":
		return "text_" + digest(raw)
	case len(code) > maxCode:
		return code[:maxCode-9] + "_" + digest(code)
	}
	return code
}

// fold makes texts equal that differ in case, accents or outer blanks only.
func fold(s string) string {
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

// isCode reports whether s has 1 to 60 bytes, lower-case letters, digits and
// those of extra only.
func isCode(s, extra string) bool {
	if s == "" || len(s) > maxCode {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && strings.IndexByte(extra, c) < 0 {
			return false
		}
	}
	return true
}
