package ingest

import (
	"strings"

	"atalaya/store"
)

// scanner reads the parts of a time from the left.
type scanner struct{ rest string }

// date reads the date, or the month of a year.
func (c *scanner) date(order dateOrder) (stamp, timeFault) {
	if month, ok := c.monthName(); ok { // Feb 10, 2024
		c.many(" .")
		day, width := c.number(2)
		if width == 0 || !c.one(", ") {
			return stamp{}, faultForm
		}
		c.many(" ")
		year, ok := c.year()
		return dated(year, month, day, ok)
	}
	first, width := c.number(14)
	switch width {
	case 4:
		return c.yearFirst(first)
	case 8: // 20240210
		return c.compact(first)
	case 14: // 20240210130500
		s, fault := c.compact(first / 1e6)
		s.hour, s.minute, s.second = first/1e4%100, first/100%100, first%100
		s.precision = store.Second
		if fault == "" && !s.hasClock() {
			fault = faultClock
		}
		if c.rest != "" {
			fault = faultForm
		}
		return s, fault
	case 1, 2:
		return c.yearLast(first, order)
	}
	return stamp{}, faultForm
}

// compact reads a date of eight digits, within the years that files are of:
// other numbers of eight digits are not dates.
func (c *scanner) compact(n int) (stamp, timeFault) {
	year := n / 1e4
	return dated(year, n/100%100, n%100, year >= 1900 && year < 2100)
}

func (c *scanner) yearFirst(year int) (stamp, timeFault) {
	separator := c.rest
	if !c.one("-/.") {
		return stamp{}, faultForm
	}
	month, ok := c.monthName()
	if !ok {
		var width int
		if month, width = c.number(2); width == 0 {
			return stamp{}, faultForm
		}
	}
	if c.rest == "" {
		s, fault := dated(year, month, 1, true)
		s.precision = store.Month
		return s, fault
	}
	if !c.one(separator[:1]) {
		return stamp{}, faultForm
	}
	day, width := c.number(2)
	return dated(year, month, day, width > 0)
}

func (c *scanner) yearLast(first int, order dateOrder) (stamp, timeFault) {
	separator := c.rest
	if !c.one("/-. ") {
		return stamp{}, faultForm
	}
	c.word("de ")
	if month, ok := c.monthName(); ok { // 10 de febrero de 2024, 10-Feb-24
		c.many("./- ,")
		c.word("de ")
		c.word("del ")
		year, ok := c.year()
		return dated(year, month, first, ok)
	}
	second, width := c.number(4)
	if width == 4 && c.rest == "" && (separator[0] == '/' || separator[0] == '-') { // 02/2024
		s, fault := dated(second, first, 1, true)
		s.precision = store.Month
		return s, fault
	}
	if width == 0 || width > 2 || !c.one(separator[:1]) {
		return stamp{}, faultForm
	}
	year, ok := c.year()
	switch {
	case order == dayFirst && second > 12 && first <= 12:
		return stamp{}, faultDMY
	case order == monthFirst && first > 12 && second <= 12:
		return stamp{}, faultMDY
	case order == dayFirst || order == anyOrder && first > 12:
		return dated(year, second, first, ok)
	}
	return dated(year, first, second, ok)
}

func dated(year, month, day int, ok bool) (stamp, timeFault) {
	s := stamp{year: year, month: month, day: day, precision: store.Day}
	switch {
	case !ok || year == 0:
		return s, faultForm
	case month < 1 || month > 12:
		return s, faultMonth
	case day < 1 || day > 31:
		return s, faultDay
	}
	return s, ""
}

// year reads a year of four digits, or of two: 00–69 are 2000–2069.
func (c *scanner) year() (int, bool) {
	year, width := c.number(4)
	switch {
	case width == 4:
		return year, true
	case width == 2 && year < 70:
		return 2000 + year, true
	case width == 2:
		return 1900 + year, true
	}
	return 0, false
}

// gap passes what stands between date and time of day: T, blanks, a comma.
func (c *scanner) gap() bool {
	if c.one("Tt") {
		return true
	}
	before := len(c.rest)
	c.one(",")
	c.many(" ")
	c.one("-")
	c.many(" ")
	return len(c.rest) < before
}

// clock reads h:mm, h:mm:ss or h:mm:ss.fff with or without AM and PM. A
// fraction is cut: no source knows a crime to less than a second.
func (c *scanner) clock(s *stamp) timeFault {
	var width int
	if s.hour, width = c.number(2); width == 0 || !c.one(":hH") {
		return faultForm
	}
	if s.minute, width = c.number(2); width != 2 {
		return faultForm
	}
	s.precision = store.Minute
	if c.one(":") {
		if s.second, width = c.number(2); width != 2 {
			return faultForm
		}
		s.precision = store.Second
		if c.one(".,") {
			if _, width = c.number(9); width == 0 {
				return faultForm
			}
		}
	}
	if half := c.half(); half != 0 {
		if s.hour > 12 {
			return faultClock
		}
		s.hour %= 12
		if half == 'p' {
			s.hour += 12
		}
	}
	if !s.hasClock() {
		return faultClock
	}
	return ""
}

// hasClock reports whether the time of day is one.
func (s stamp) hasClock() bool {
	return s.hour < 24 && s.minute < 60 && s.second < 60 || s.hour == 24 && s.minute == 0 && s.second == 0
}

// half reads AM or PM, Spanish dots and blanks included: 'a', 'p', or 0.
func (c *scanner) half() byte {
	rest := strings.TrimLeft(c.rest, " \u00a0\u202f")
	if rest == "" || !strings.ContainsRune("aApP", rune(rest[0])) {
		return 0
	}
	half := rest[0] | 0x20
	rest = strings.TrimLeft(rest[1:], ". \u00a0\u202f")
	if rest == "" || rest[0]|0x20 != 'm' {
		return 0
	}
	c.rest = strings.TrimPrefix(rest[1:], ".")
	return half
}

// zone reads Z, UTC, GMT, +hh, +hhmm or +hh:mm, blanks before it.
func (c *scanner) zone(s *stamp) {
	rest := strings.TrimLeft(c.rest, " ")
	z := scanner{rest: rest}
	named := z.one("Zz") || z.word("UTC") || z.word("GMT")
	sign := 1
	switch {
	case z.rest == "":
		s.zoned = named
		c.rest = ""
		return
	case z.one("+"):
	case z.one("-"), z.word("−"):
		sign = -1
	default:
		return
	}
	hours, width := z.number(4)
	minutes := 0
	switch width {
	case 4:
		hours, minutes = hours/100, hours%100
	case 1, 2:
		if z.one(":") {
			if minutes, width = z.number(2); width != 2 {
				return
			}
		}
	default:
		return
	}
	if hours > 15 || minutes > 59 {
		return
	}
	s.zoned, s.offset, c.rest = true, sign*(hours*3600+minutes*60), z.rest
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

// word passes a word, whatever its case.
func (c *scanner) word(word string) bool {
	if len(c.rest) < len(word) || !strings.EqualFold(c.rest[:len(word)], word) {
		return false
	}
	c.rest = c.rest[len(word):]
	return true
}

// monthName reads the name of a month, whole or its first three letters.
func (c *scanner) monthName() (int, bool) {
	n := 0
	for n < len(c.rest) && (c.rest[n]|0x20) >= 'a' && (c.rest[n]|0x20) <= 'z' {
		n++
	}
	if n < 3 || n > 10 {
		return 0, false
	}
	month := monthOf(strings.ToLower(c.rest[:n]))
	if month == 0 {
		return 0, false
	}
	c.rest = c.rest[n:]
	return month, true
}

// monthOf returns the number of a month by its name, English or Spanish, lower
// case; 0 where it names none.
func monthOf(name string) int {
	switch name {
	case "jan", "january", "ene", "enero":
		return 1
	case "feb", "february", "febrero":
		return 2
	case "mar", "march", "marzo":
		return 3
	case "apr", "april", "abr", "abril":
		return 4
	case "may", "mayo":
		return 5
	case "jun", "june", "junio":
		return 6
	case "jul", "july", "julio":
		return 7
	case "aug", "august", "ago", "agosto":
		return 8
	case "sep", "sept", "september", "septiembre", "set", "setiembre":
		return 9
	case "oct", "october", "octubre":
		return 10
	case "nov", "november", "noviembre":
		return 11
	case "dec", "december", "dic", "diciembre":
		return 12
	}
	return 0
}
