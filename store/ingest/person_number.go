package ingest

import (
	"strconv"
	"strings"
	"unicode"
)

// The functions below recognise numbers that states and operators give to
// persons, by their form and, where they have one, by their check digit.

// isIdentityNumber reports whether a text is an identity number: Guatemala's
// CUI and NIT, Mexico's CURP, Brazil's CPF, Chile's RUT, Spain's DNI and NIE,
// El Salvador's DUI, Honduras's and the Dominican Republic's identity cards,
// the US social security number, the UK's national insurance number, France's
// NIR, and the IMEI of a telephone.
//
// Bare digits count only where a check digit bears them out. A word may stand
// before the number ("DPI: 2345 67899 0101").
func isIdentityNumber(s string) bool {
	return isNumberOfPerson(s) || isNumberOfPerson(strings.TrimLeftFunc(s, isLabel))
}

// isLabel reports whether a character can stand before a number.
func isLabel(r rune) bool { return unicode.IsLetter(r) || strings.ContainsRune(" .:#-", r) }

// isNumberOfPerson is isIdentityNumber without a word before the number.
func isNumberOfPerson(s string) bool {
	digits, shape := digitsOf(s)
	found := false
	switch len(digits) {
	case 9:
		found = shape == "3-2-4" && isSSN(digits) || shape == "8-1" && isDUI(digits)
	case 11:
		found = isCPF(digits) || shape == "3-7-1" && isLuhn(digits)
	case 13:
		found = isCUI(digits) || shape == "4-4-5"
	case 15:
		found = isNIR(digits) || isLuhn(digits)
	}
	if found || isModulo11Text(s) {
		return true
	}
	letters := strings.ToUpper(strings.Map(dropMarks, s))
	return isCURP(letters) || isDNI(letters) || isNINO(letters)
}

// dropMarks drops what stands between the parts of a number.
func dropMarks(r rune) rune {
	if strings.ContainsRune(" .-/", r) {
		return -1
	}
	return r
}

// digitsOf returns the digits of a number and the lengths of the parts that
// marks split it into ("3-2-4"); nothing where it holds anything else.
func digitsOf(s string) (digits []byte, shape string) {
	var parts []byte
	part := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			digits = append(digits, c-'0')
			part++
		case strings.IndexByte(" .-/", c) >= 0 && part > 0 && part < 10 && i < len(s)-1:
			parts = append(strconv.AppendInt(parts, int64(part), 10), '-')
			part = 0
		default:
			return nil, ""
		}
	}
	if len(parts) > 0 && part < 10 {
		shape = string(strconv.AppendInt(parts, int64(part), 10))
	}
	return digits, shape
}

// isCUI checks Guatemala's number of 8 digits, a check digit, a department
// and a municipality.
func isCUI(d []byte) bool {
	sum := 0
	for i := range 8 {
		sum += int(d[i]) * (i + 2)
	}
	department, municipality := 10*d[9]+d[10], 10*d[11]+d[12]
	return sum%11 == int(d[8]) && department >= 1 && department <= 22 && municipality >= 1 && municipality <= 40
}

// isCPF checks Brazil's number by both its check digits.
func isCPF(d []byte) bool {
	same := true
	for _, c := range d {
		same = same && c == d[0]
	}
	return !same && cpfDigit(d[:9]) == int(d[9]) && cpfDigit(d[:10]) == int(d[10])
}

func cpfDigit(d []byte) int {
	sum := 0
	for i, c := range d {
		sum += int(c) * (len(d) + 1 - i)
	}
	return sum * 10 % 11 % 10
}

// isLuhn checks a number by the last digit of ISO/IEC 7812-1.
func isLuhn(d []byte) bool {
	sum := 0
	for i, c := range d {
		n := int(c)
		if (len(d)-i)%2 == 0 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum > 0 && sum%10 == 0
}

func isSSN(d []byte) bool {
	area := 100*int(d[0]) + 10*int(d[1]) + int(d[2])
	return area != 0 && area != 666 && area < 900 && (d[3] != 0 || d[4] != 0) && (d[5]|d[6]|d[7]|d[8]) != 0
}

// isDUI checks El Salvador's number of 8 digits and a check digit.
func isDUI(d []byte) bool {
	sum := 0
	for i := range 8 {
		sum += int(d[i]) * (9 - i)
	}
	return (10-sum%10)%10 == int(d[8])
}

// isNIR checks France's number of 13 digits and two of a key.
func isNIR(d []byte) bool {
	n := 0
	for _, c := range d[:13] {
		n = 10*n + int(c)
	}
	month := 10*d[3] + d[4]
	return (d[0] == 1 || d[0] == 2) && (month >= 1 && month <= 12 || month >= 20) && 97-n%97 == 10*int(d[13])+int(d[14])
}

// isModulo11Text checks Chile's RUT and Guatemala's NIT: digits, a hyphen, and
// a check digit that may be K.
func isModulo11Text(s string) bool {
	head, check, ok := strings.Cut(s, "-")
	digits, _ := digitsOf(head)
	if !ok || len(check) != 1 || len(digits) < 5 || len(digits) > 9 {
		return false
	}
	switch c := check[0]; {
	case c == 'K' || c == 'k':
		return isModulo11(append(digits, 10))
	case c >= '0' && c <= '9':
		return isModulo11(append(digits, c-'0'))
	}
	return false
}

// isBareModulo11 reports whether a text is the digits of a RUT or a NIT without
// the hyphen, which many another number is by chance.
func isBareModulo11(s string) bool {
	return len(s) >= 6 && len(s) <= 10 && isModulo11Text(s[:len(s)-1]+"-"+s[len(s)-1:])
}

// isModulo11 checks the last digit against the others, weighed 2, 3, … from
// the right: without end as in NIT, or 2 to 7 again and again as in RUT.
func isModulo11(d []byte) bool {
	long, round, check := 0, 0, int(d[len(d)-1])
	for i := range len(d) - 1 {
		digit := int(d[len(d)-2-i])
		long += digit * (i + 2)
		round += digit * (i%6 + 2)
	}
	return long > 0 && ((11-long%11)%11 == check || (11-round%11)%11 == check)
}

// isCURP reports whether a text has the form of Mexico's CURP.
func isCURP(s string) bool {
	return hasShape(s, "AAAA999999AAAAAAX9") && (s[10] == 'H' || s[10] == 'M' || s[10] == 'X')
}

// isDNI checks the letter of Spain's DNI and NIE.
func isDNI(s string) bool {
	if hasShape(s, "A9999999A") && s[0] >= 'X' && s[0] <= 'Z' {
		s = string('0'+s[0]-'X') + s[1:]
	}
	if !hasShape(s, "99999999A") {
		return false
	}
	n := 0
	for i := range 8 {
		n = 10*n + int(s[i]-'0')
	}
	return "TRWAGMYFPDXBNJZSQVHLCKE"[n%23] == s[8]
}

// isNINO reports whether a text has the form of the UK's national insurance
// number.
func isNINO(s string) bool {
	return hasShape(s, "AA999999A") && s[8] <= 'D' && strings.IndexByte("DFIQUV", s[0]) < 0 && strings.IndexByte("DFIOQUV", s[1]) < 0
}

// hasShape reports whether a text has a capital letter where the shape has A,
// a digit where it has 9, either where it has X, and itself elsewhere.
func hasShape(s, shape string) bool {
	if len(s) != len(shape) {
		return false
	}
	for i := range len(s) {
		letter, digit := s[i] >= 'A' && s[i] <= 'Z', s[i] >= '0' && s[i] <= '9'
		switch shape[i] {
		case 'A':
			if !letter {
				return false
			}
		case '9':
			if !digit {
				return false
			}
		case 'X':
			if !letter && !digit {
				return false
			}
		default:
			if s[i] != shape[i] {
				return false
			}
		}
	}
	return true
}
