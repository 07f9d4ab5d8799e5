package ingest

import (
	"strings"

	"atalaya/store"
)

// The counts that bare numbers in columns of times are taken for, told apart
// by their size.
const (
	firstSerial, lastSerial = 20_000, 80_000                    // days since 30 December 1899: 1954 to 2119
	firstUnix, lastUnix     = 100_000_000, int64(4_200_000_000) // seconds since 1970: 1973 to 2103
)

// serialEpoch is 30 December 1899 in seconds from 1970: spreadsheets count
// days from there, which undoes their 29 February 1900.
const serialEpoch = -25_569 * 86_400

// parseCount reads a time that is counted: the serial number of a spreadsheet
// (44927.75), seconds or milliseconds since 1970, milliseconds before it from
// 1966 back, and /Date(1704463200000)/.
// Unix times say their offset; serial numbers are times of the wall.
func parseCount(text string) (stamp, bool) {
	text = strings.TrimSpace(text)
	if inner, ok := strings.CutPrefix(text, "/Date("); ok {
		text, ok = strings.CutSuffix(inner, ")/")
		if !ok {
			return stamp{}, false
		}
	}
	c := scanner{rest: text}
	isBefore := c.one("-")
	n, width := c.number(16)
	count := int64(n)
	switch {
	case isBefore && width >= 12 && width <= 14 && c.isFraction(): // milliseconds alone are long enough to be nothing else
		s := stampOfWall(-count/1e3, store.Second)
		s.zoned = true
		return s, true
	case isBefore:
		return stamp{}, false
	case width == 5 && count >= firstSerial && count < lastSerial:
		return c.serial(count)
	case width == 16:
		count /= 1e6
	case width == 12, width == 13:
		count /= 1e3
	case width != 9 && width != 10:
		return stamp{}, false
	}
	if count < firstUnix || count >= lastUnix || !c.isFraction() {
		return stamp{}, false
	}
	s := stampOfWall(count, store.Second)
	s.zoned = true
	return s, true
}

// serial reads what follows the days of a serial number. Its fraction is good
// to the second, and a whole minute is a minute.
func (c *scanner) serial(days int64) (stamp, bool) {
	fraction := c.rest
	if !c.isFraction() {
		return stamp{}, false
	}
	wall := serialEpoch + days*86_400
	if strings.Trim(fraction, ".,0") == "" {
		return stampOfWall(wall, store.Day), true
	}
	part, ok := parseDegrees("0" + fraction)
	if !ok {
		return stamp{}, false
	}
	seconds := int64(part*86_400 + 0.5)
	precision := store.Second
	if seconds%60 == 0 {
		precision = store.Minute
	}
	return stampOfWall(wall+seconds, precision), true
}

// isFraction reports whether the rest is a decimal fraction, or nothing.
func (c *scanner) isFraction() bool {
	next := *c
	if next.one(".,") {
		_, width := next.number(20)
		return width > 0 && next.rest == ""
	}
	return next.rest == ""
}

// parseYear reads a year in digits alone, ".0" behind them included; two
// digits mean the last such year up to the pivot.
func parseYear(text string, pivot int) (int, bool) {
	n, width := wholeNumber(text)
	switch width {
	case 4:
		return n, n > 0
	case 2:
		c := scanner{pivot: pivot}
		return c.century(n), true
	}
	return 0, false
}

// wholeNumber reads up to four digits, ".0" behind them included; a width of 0
// says that there are none.
func wholeNumber(text string) (n, width int) {
	c := scanner{rest: strings.TrimSpace(text)}
	n, width = c.number(4)
	if c.rest != "" && c.rest != ".0" {
		return 0, 0
	}
	return n, width
}
