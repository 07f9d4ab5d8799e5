package ingest

import "atalaya/store"

// dateOrder is how 02/10/2024 is read.
type dateOrder int

const (
	anyOrder   dateOrder = iota // whichever is possible; month first where both are
	dayFirst                    // 2 October
	monthFirst                  // 10 February
)

// date reads the date, or the month of a year.
func (c *scanner) date() (stamp, timeFault) {
	if month, ok := c.monthName(); ok {
		return c.afterMonthName(month)
	}
	first, width := c.number(14)
	switch width {
	case 1, 2:
		return c.yearLast(first)
	case 4:
		return c.yearFirst(first)
	case 6: // 202402
		if c.rest != "" || !isYearOfFiles(first/100) {
			return stamp{}, faultForm
		}
		return ofMonth(first/100, first%100)
	case 8: // 20240210, 10022024
		return c.compact(first)
	case 12: // 202402101305
		return c.compactWithClock(first/1e4, first/100%100, first%100, 0, store.Minute)
	case 14: // 20240210130500
		return c.compactWithClock(first/1e6, first/1e4%100, first/100%100, first%100, store.Second)
	}
	return stamp{}, faultForm
}

// afterMonthName reads "Feb 10, 2024", "ene-24" or "enero de 2024".
func (c *scanner) afterMonthName(month int) (stamp, timeFault) {
	c.one(".")
	isTight := c.one("-/'")
	c.blanks()
	if c.word("de ") || c.word("del ") {
		c.blanks()
	}
	n, width := c.number(4)
	switch {
	case width == 4 && c.rest == "":
		return ofMonth(n, month)
	case width == 2 && c.rest == "" && isTight:
		return ofMonth(c.century(n), month)
	case width != 1 && width != 2:
		return stamp{}, faultForm
	}
	c.ordinal()
	if !c.one(", -/") {
		return stamp{}, faultForm
	}
	c.blanks()
	year, ok := c.year()
	return dated(year, month, n, ok)
}

// yearFirst reads what follows the year in 2024-02-10, 2024-Feb-10 and 2024-02.
func (c *scanner) yearFirst(year int) (stamp, timeFault) {
	separator := c.rest
	if !c.one("-/. ") {
		return stamp{}, faultForm
	}
	month, isNamed := c.monthName()
	if !isNamed {
		if c.one("Ww") {
			return stamp{}, faultWeek
		}
		var width int
		if month, width = c.number(2); width == 0 {
			return stamp{}, faultForm
		}
	}
	if c.rest == "" {
		if !isNamed && separator[0] != '-' && separator[0] != '/' { // 1175.10 is a number
			return stamp{}, faultForm
		}
		return ofMonth(year, month)
	}
	if !c.one(separator[:1]) {
		return stamp{}, faultForm
	}
	day, width := c.number(2)
	return dated(year, month, day, width > 0)
}

// yearLast reads what follows the first number in 10/02/2024, 02/10/24,
// 10-feb-24, 10 de febrero de 2024, 10FEB2024 and 02/2024.
func (c *scanner) yearLast(first int) (stamp, timeFault) {
	c.ordinal()
	separator := c.rest
	if !c.one("/-. ") && !c.startsWithLetter() {
		return stamp{}, faultForm
	}
	if c.startsWithLetter() {
		c.word("de ")
		month, ok := c.monthName()
		if !ok {
			return stamp{}, faultForm
		}
		c.many("./- ,")
		if !c.word("de ") {
			c.word("del ")
		}
		year, ok := c.year()
		return dated(year, month, first, ok)
	}
	second, width := c.number(4)
	if width == 4 && c.rest == "" && (separator[0] == '/' || separator[0] == '-') { // 02/2024
		return ofMonth(second, first)
	}
	if width == 0 || width > 2 || !c.one(separator[:1]) {
		return stamp{}, faultForm
	}
	year, ok := c.year()
	return c.ordered(first, second, year, ok)
}

// ordered reads day and month as the order has it, and keeps what they say
// about the order.
func (c *scanner) ordered(first, second, year int, ok bool) (stamp, timeFault) {
	c.first, c.second = first, second
	switch {
	case c.order == dayFirst && second > 12 && first <= 12:
		return stamp{}, faultDMY
	case c.order == monthFirst && first > 12 && second <= 12:
		return stamp{}, faultMDY
	case c.order == dayFirst || c.order == anyOrder && first > 12:
		return dated(year, second, first, ok)
	}
	return dated(year, first, second, ok)
}

// compact reads a date of eight digits, year first or year last, within the
// years that files are of: other numbers of eight digits are not dates. The
// two do not meet: 20 and 19 are no months.
func (c *scanner) compact(n int) (stamp, timeFault) {
	if isYearOfFiles(n % 1e4) {
		if s, fault := dated(n/1e4, n/100%100, n%100, isYearOfFiles(n/1e4)); fault == "" {
			return s, ""
		}
		return c.ordered(n/1e6, n/1e4%100, n%1e4, true)
	}
	return dated(n/1e4, n/100%100, n%100, isYearOfFiles(n/1e4))
}

func (c *scanner) compactWithClock(date, hour, minute, second int, precision store.TimePrecision) (stamp, timeFault) {
	s, fault := dated(date/1e4, date/100%100, date%100, isYearOfFiles(date/1e4))
	s.hour, s.minute, s.second, s.precision = hour, minute, second, precision
	switch {
	case fault != "":
		return s, fault
	case c.rest != "":
		return s, faultForm
	case !s.isTimeOfDay():
		return s, faultClock
	}
	return s, ""
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

func ofMonth(year, month int) (stamp, timeFault) {
	s, fault := dated(year, month, 1, true)
	s.precision = store.Month
	return s, fault
}

// year reads a year of four digits, or of two.
func (c *scanner) year() (int, bool) {
	c.one("'")
	year, width := c.number(4)
	switch width {
	case 4:
		return year, true
	case 2:
		return c.century(year), true
	}
	return 0, false
}

// century returns the last year up to the pivot that ends in two digits.
func (c *scanner) century(year int) int {
	return c.pivot - ((c.pivot-year)%100+100)%100
}

// ordinal passes the ending of 1st, 2nd, 3rd, 10th, 1er and 1º.
func (c *scanner) ordinal() {
	if c.rest != "" && c.rest[0] != '/' && c.rest[0] != '-' && c.rest[0] != ' ' {
		c.anyWord("st", "nd", "rd", "th", "er", "º", "°", "ª")
	}
}

// isYearOfFiles reports whether a number that could be anything is a year.
func isYearOfFiles(year int) bool { return year >= 1900 && year < 2100 }
