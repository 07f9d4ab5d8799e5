package ingest

import (
	"math"
	"strconv"
	"strings"
)

// isBlank reports whether a cell says that nothing is known.
func isBlank(s string) bool {
	s = strings.TrimSpace(s)
	if len(s) > 10 {
		return false
	}
	switch strings.ToLower(s) {
	case "", "na", "n/a", "#n/a", "nan", "null", "(null)", "none", "nil", "nd", "n/d", "s/d", "sin dato", "-", "--", ".":
		return true
	}
	return false
}

// exactPower is the greatest power of ten that a float64 holds exactly
// (5^22 < 2^53).
const exactPower = 22

// parseDegrees reads a decimal number with point or comma. It takes no
// hexadecimal, no infinity and no thousands separators: "1.234,5" is none.
//
// Up to 15 digits are put together by one exact division, as strconv would;
// longer ones go there.
func parseDegrees(s string) (float64, bool) {
	s = strings.TrimSpace(s)
	rest, negative := s, false
	switch {
	case strings.HasPrefix(s, "-"):
		rest, negative = s[1:], true
	case strings.HasPrefix(s, "+"):
		rest = s[1:]
	case strings.HasPrefix(s, "−"):
		rest, negative = s[len("−"):], true
	}
	mantissa, digits, decimals, separator := uint64(0), 0, 0, -1
	for i := range len(rest) {
		switch c := rest[i]; {
		case c >= '0' && c <= '9':
			digits++
			if digits <= 18 {
				mantissa = mantissa*10 + uint64(c-'0')
			}
			if separator >= 0 {
				decimals++
			}
		case (c == '.' || c == ',') && separator < 0:
			separator = i
		case (c == 'e' || c == 'E') && digits > 0:
			return parseLong(rest, negative)
		default:
			return 0, false
		}
	}
	if digits == 0 {
		return 0, false
	}
	if digits > 18 || mantissa >= 1<<53 || decimals > exactPower {
		return parseLong(rest, negative)
	}
	value := float64(mantissa) / math.Pow10(decimals)
	if negative {
		value = -value
	}
	return value, true
}

// parseLong reads what parseDegrees has checked the characters of, but for an
// exponent.
func parseLong(s string, negative bool) (float64, bool) {
	if strings.ContainsAny(s, "xX_pPiInN") {
		return 0, false
	}
	value, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil || math.IsInf(value, 0) {
		return 0, false
	}
	if negative {
		value = -value
	}
	return value, true
}

// position is two numbers of one cell, in their order there.
type position struct {
	first, second float64
	lonFirst      bool // the form says that the longitude comes first; else the file decides
}

// parsePoint reads a place in one cell: "(lat, lon)", "lat, lon", a WKT POINT
// or a GeoJSON position "[lon, lat]". A bare pair needs decimals in both
// numbers, so that a list of two codes is no place.
func parsePoint(s string) (position, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 3 || len(s) > 200 {
		return position{}, false
	}
	switch {
	case s[0] == '[' && s[len(s)-1] == ']':
		p, ok := parsePair(s[1:len(s)-1], ",")
		p.lonFirst = true
		return p, ok
	case s[0] == '(' && s[len(s)-1] == ')':
		return parseLoosePair(s[1 : len(s)-1])
	case s[0] == '-' || s[0] == '+' || s[0] >= '0' && s[0] <= '9':
		if p, ok := parseLoosePair(s); ok && p.first != math.Trunc(p.first) && p.second != math.Trunc(p.second) {
			return p, true
		}
		return position{}, false
	}
	upper := strings.TrimPrefix(strings.ToUpper(s), "SRID=4326;")
	inner, isPoint := strings.CutPrefix(upper, "POINT")
	inner = strings.TrimSpace(inner)
	inner = strings.TrimSpace(strings.TrimPrefix(inner, "Z"))
	if !isPoint || len(inner) < 2 || inner[0] != '(' || inner[len(inner)-1] != ')' {
		return position{}, false
	}
	p, ok := parsePair(strings.Join(strings.Fields(inner[1:len(inner)-1]), " "), " ")
	p.lonFirst = true
	return p, ok
}

// parseLoosePair reads two numbers parted by a semicolon, a comma or a blank;
// beside a semicolon or a blank, commas are decimal.
func parseLoosePair(s string) (position, bool) {
	for _, separator := range []string{";", ", ", ",", " "} {
		if p, ok := parsePair(s, separator); ok {
			return p, true
		}
	}
	return position{}, false
}

// parsePair reads two numbers; a third one, a height, is passed over.
func parsePair(s, separator string) (position, bool) {
	parts := strings.Split(s, separator)
	if len(parts) < 2 || len(parts) > 3 {
		return position{}, false
	}
	first, ok1 := parseDegrees(parts[0])
	second, ok2 := parseDegrees(parts[1])
	return position{first: first, second: second}, ok1 && ok2
}
