package ingest

import (
	"math"
	"strconv"
	"strings"
)

// parseNumber reads a number as people and spreadsheets write it: what
// parseDegrees reads, and thousands parted by points, commas, blanks or
// apostrophes (1.234.567,89), exponents with a decimal comma or a blank
// (1,46E 01), a minus behind, a unit of length. Where one mark alone could be
// either, it is the decimal one, unless the column groups by it.
func parseNumber(s string, groups byte) (float64, bool) {
	if groups == 0 {
		if v, ok := parseDegrees(s); ok {
			return v, true
		}
	}
	return parseGrouped(s, groups)
}

// maxNumberBytes is the longest cell that is looked at as a number.
const maxNumberBytes = 60

func parseGrouped(s string, groups byte) (float64, bool) {
	s = strings.TrimSpace(s)
	if len(s) > maxNumberBytes {
		return 0, false
	}
	s = withoutUnit(s)
	negative := false
	for _, minus := range []string{"-", "−", "–"} {
		if rest, ok := strings.CutPrefix(s, minus); ok {
			s, negative = strings.TrimSpace(rest), true
			break
		}
		if rest, ok := strings.CutSuffix(s, minus); ok {
			s, negative = strings.TrimSpace(rest), true
			break
		}
	}
	s = strings.TrimPrefix(s, "+")
	exponent := 0
	if at := strings.IndexAny(s, "eE"); at > 0 {
		n, err := strconv.Atoi(strings.TrimPrefix(strings.ReplaceAll(s[at+1:], " ", ""), "+"))
		if err != nil || n < -30 || n > 30 {
			return 0, false
		}
		s, exponent = strings.TrimSpace(s[:at]), n
	}
	digits, ok := ungroup(s, groups)
	if !ok {
		return 0, false
	}
	v, err := strconv.ParseFloat(digits+"e"+strconv.Itoa(exponent), 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, false
	}
	if negative {
		v = -v
	}
	return v, true
}

// withoutUnit cuts a unit of length or of angle behind a number off.
func withoutUnit(s string) string {
	for _, unit := range []string{"metros", "mts", "mt", "m.", "m", "pies", "ft", "°", "º"} {
		if rest, ok := strings.CutSuffix(s, unit); ok && rest != "" {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// ungroup returns the digits of a number with a decimal point or none, and
// without the marks between its thousands.
func ungroup(s string, groups byte) (string, bool) {
	decimal := decimalMark(s, groups)
	whole, fraction := s, ""
	if decimal >= 0 {
		whole, fraction = s[:decimal], s[decimal+1:]
	}
	if !allDigits(fraction) || whole+fraction == "" {
		return "", false
	}
	parts, mark := []string{whole}, ""
	for _, m := range []string{".", ",", "'", "’", " ", "\u00a0", "\u202f", "\u2009"} {
		if strings.Contains(whole, m) {
			parts, mark = strings.Split(whole, m), m
			break
		}
	}
	for i, part := range parts {
		isGroup := len(part) == 3 || i == 0 && len(part) > 0 && len(part) < 3
		if !allDigits(part) || mark != "" && !isGroup {
			return "", false
		}
	}
	return strings.Join(parts, "") + "." + fraction, true
}

// decimalMark returns where the decimal mark of a number stands, -1 where it
// has none: the last of two different marks, or one that comes once.
func decimalMark(s string, groups byte) int {
	point, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	last := max(point, comma)
	switch {
	case last < 0:
		return -1
	case point >= 0 && comma >= 0:
		return last
	case strings.Count(s, s[last:last+1]) > 1 || s[last] == groups:
		return -1
	}
	return last
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// groupingOf returns the mark by which a column parts thousands although it
// comes once in a number: 490,249 in a column that has 5,458,166 or
// 490,249.23 too, or in which every number has just three digits behind it and
// would be no degrees; 0 where there is none.
func groupingOf(cells []string) byte {
	shown, three, total := map[byte]int{}, map[byte]int{}, 0
	beyond := 0
	for _, cell := range cells {
		cell = strings.TrimSpace(cell)
		if isBlank(cell) || len(cell) > maxNumberBytes {
			continue
		}
		v, ok := parseGrouped(cell, 0)
		if !ok || v == 0 || v == -1 {
			continue
		}
		total++
		point, comma := strings.LastIndexByte(cell, '.'), strings.LastIndexByte(cell, ',')
		switch {
		case point >= 0 && comma > point, point >= 0 && strings.Count(cell, ".") > 1:
			shown['.']++
		case comma >= 0 && point > comma, comma >= 0 && strings.Count(cell, ",") > 1:
			shown[',']++
		case max(point, comma) > 0 && len(cell)-max(point, comma) == 4 && len(strings.TrimLeft(cell[:max(point, comma)], "+-")) <= 3:
			three[cell[max(point, comma)]]++
			if math.Abs(v) > 180 {
				beyond++
			}
		}
	}
	for _, mark := range []byte{'.', ','} {
		other := '.' + ',' - mark
		switch {
		case shown[mark] > 0 && shown[other] == 0:
			return mark
		case three[mark] >= 3 && three[mark] == total && 2*beyond > total:
			return mark
		}
	}
	return 0
}
