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
