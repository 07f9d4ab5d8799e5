package ingest

import "atalaya/store"

// gap passes what stands between date and time of day: T, blanks, a comma, a
// hyphen, a colon.
func (c *scanner) gap() bool {
	if c.one("Tt") {
		return true
	}
	before := len(c.rest)
	c.one(",:")
	c.blanks()
	c.one("-")
	c.blanks()
	if c.startsWithLetter() {
		c.anyWord("a las ", "às ", "à ", "at ")
	}
	return len(c.rest) < before
}

// clock reads a time of day: 13:05, 13:05:09, 13:05:09.123, 13.05, 13h05, 13h,
// 1305, 130509, each with or without AM, PM and "hrs". A fraction is cut: no
// source knows a crime to less than a second.
func (c *scanner) clock(s *stamp) timeFault {
	n, width := c.number(6)
	switch width {
	case 6:
		s.hour, s.minute, s.second, s.precision = n/1e4, n/100%100, n%100, store.Second
		if !c.fraction() {
			return faultForm
		}
	case 4:
		s.hour, s.minute, s.precision = n/100, n%100, store.Minute
	case 1, 2:
		s.hour = n
		if fault := c.minutes(s, width); fault != "" {
			return fault
		}
	default:
		return faultForm
	}
	if fault := c.half(s); fault != "" {
		return fault
	}
	if !s.isTimeOfDay() {
		return faultClock
	}
	c.hoursWord()
	return ""
}

// minutes reads what follows the hour: :05, :05:09, .05.09, h05, or nothing
// where two digits, an "h" or AM and PM make it an hour.
func (c *scanner) minutes(s *stamp, width int) timeFault {
	s.precision = store.Hour
	separator := ":"
	switch {
	case c.hourMark(), c.one(":"):
	case c.one("."):
		separator = "."
	case width == 2 && c.rest == "" || c.hasHalf() || c.hasHoursWord():
		return ""
	default:
		return faultForm
	}
	if s.minute, width = c.number(2); width != 2 {
		return faultForm
	}
	s.precision = store.Minute
	if !c.one(separator) {
		return ""
	}
	if s.second, width = c.number(2); width != 2 {
		return faultForm
	}
	s.precision = store.Second
	if !c.fraction() {
		return faultForm
	}
	return ""
}

// hourMark passes the "h" of 13h05 and 13 h 05, but not that of 13 hrs.
func (c *scanner) hourMark() bool {
	next := *c
	next.blanks()
	if !next.one("hH") {
		return false
	}
	next.blanks()
	if next.rest == "" || next.rest[0] < '0' || next.rest[0] > '9' {
		return false
	}
	*c = next
	return true
}

// fraction passes the fraction of a second, if there is one.
func (c *scanner) fraction() bool {
	if !c.one(".,:") {
		return true
	}
	_, width := c.number(9)
	return width > 0
}

// isTimeOfDay reports whether hour, minute and second are one.
func (s stamp) isTimeOfDay() bool {
	return s.hour < 24 && s.minute < 60 && s.second < 60 || s.hour == 24 && s.minute == 0 && s.second == 0
}

func (c *scanner) hasHalf() bool {
	next := *c
	return next.half(&stamp{hour: 12}) == "" && next.rest != c.rest
}

// half reads AM and PM, Spanish dots and blanks included, and the "m." of
// noon. 13:05 PM says the same twice; 13:05 AM contradicts itself.
func (c *scanner) half(s *stamp) timeFault {
	next := *c
	next.blanks()
	var half byte
	switch {
	case next.startsWith('a'), next.startsWith('p'):
		half = next.rest[0] | 0x20
		next.rest = next.rest[1:]
		next.one(".")
		next.blanks()
		if !next.startsWith('m') {
			return ""
		}
	case s.hour == 12 && next.startsWith('m'):
	default:
		return ""
	}
	next.rest = next.rest[1:]
	next.one(".")
	switch {
	case half == 0 && next.rest != "":
		return "" // whatever it is, it is not noon
	case half == 'a' && s.hour > 12 || s.hour > 23:
		return faultClock
	case half == 'a' && s.hour == 12:
		s.hour = 0
	case half == 'p' && s.hour < 12:
		s.hour += 12
	}
	c.rest = next.rest
	return ""
}

func (c *scanner) hasHoursWord() bool {
	next := *c
	next.hoursWord()
	return next.rest != c.rest
}

// hoursWord passes the "hrs" of "1305 hrs", and its kin.
func (c *scanner) hoursWord() {
	next := *c
	next.blanks()
	if next.startsWith('h') && next.anyWord("horas", "hours", "heures", "hora", "hrs", "hs", "hr", "h") {
		next.one(".")
		if !next.startsWithLetter() {
			*c = next
		}
	}
}

// zone reads Z, UTC, GMT, +hh, +hhmm or +hh:mm, blanks before it, and passes
// the name that may follow in brackets. An abbreviation such as CST is kept.
func (c *scanner) zone(s *stamp) {
	z := scanner{rest: c.rest}
	z.blanks()
	isNamed := z.one("Zz") || z.startsWithLetter() && z.anyWord("UTC", "GMT")
	if z.rest == "" {
		s.zoned, c.rest = isNamed, ""
		return
	}
	if !isNamed && z.isAbbreviation() {
		s.abbreviation, c.rest = z.rest, ""
		return
	}
	sign := 1
	switch {
	case z.one("+"):
	case z.one("-"), z.word("−"):
		sign = -1
	case isNamed && z.isBracketed():
		s.zoned, c.rest = true, ""
		return
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
	if z.isBracketed() {
		z.rest = ""
	}
	s.zoned, s.offset, c.rest = true, sign*(hours*3600+minutes*60), z.rest
}

// isAbbreviation reports whether the rest can be one of a time zone: CST, EDT.
func (c *scanner) isAbbreviation() bool {
	for i := range len(c.rest) {
		if c.rest[i] < 'A' || c.rest[i] > 'Z' {
			return false
		}
	}
	return len(c.rest) >= 3 && len(c.rest) <= 5
}

// isBracketed reports whether the rest is a name in brackets.
func (c *scanner) isBracketed() bool {
	return len(c.rest) > 2 && c.rest[0] == '[' && c.rest[len(c.rest)-1] == ']'
}
