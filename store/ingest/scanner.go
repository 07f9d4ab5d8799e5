package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scanner reads the parts of a time from the left.
type scanner struct {
	rest  string
	order dateOrder
	pivot int // the last year that two digits can mean

	// What the text tells beside the time itself.
	first, second int  // the numbers of day and month in their order there; 0 where the order is no question
	isForeign     bool // the month is named in another language than English
}

// number reads up to most digits and returns their value and how many they
// are; a number with more digits than that has none.
func (c *scanner) number(most int) (value, width int) {
	for width < len(c.rest) && c.rest[width] >= '0' && c.rest[width] <= '9' {
		if width == most {
			return 0, 0
		}
		value = value*10 + int(c.rest[width]-'0')
		width++
	}
	c.rest = c.rest[width:]
	return value, width
}

// one passes one character of the set.
func (c *scanner) one(set string) bool {
	if c.rest == "" || strings.IndexByte(set, c.rest[0]) < 0 {
		return false
	}
	c.rest = c.rest[1:]
	return true
}

// many passes all characters of the set that come.
func (c *scanner) many(set string) {
	for c.one(set) {
	}
}

// blanks passes blanks, those that do not break a line included.
func (c *scanner) blanks() {
	for c.one(" \t") || c.rest != "" && c.rest[0] >= utf8.RuneSelf && c.anyWord("\u00a0", "\u202f") {
	}
}

// word passes a word, whatever its case.
func (c *scanner) word(word string) bool {
	if len(c.rest) < len(word) || !strings.EqualFold(c.rest[:len(word)], word) {
		return false
	}
	c.rest = c.rest[len(word):]
	return true
}

// startsWith reports whether an ASCII letter, given in lower case, comes next.
func (c *scanner) startsWith(letter byte) bool {
	return c.rest != "" && c.rest[0]|0x20 == letter
}

// anyWord passes the first of the words that comes.
func (c *scanner) anyWord(words ...string) bool {
	return slices.ContainsFunc(words, c.word)
}

// startsWithLetter reports whether a letter comes next.
func (c *scanner) startsWithLetter() bool {
	if c.rest == "" {
		return false
	}
	b := c.rest[0]
	return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= utf8.RuneSelf
}

// letters returns the letters that come next, without passing them.
func (c *scanner) letters() string {
	for i, r := range c.rest {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			return c.rest[:i]
		}
	}
	return c.rest
}
