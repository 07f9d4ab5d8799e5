package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// axis is which coordinate an angle says to be by its letter.
type axis byte

// The axes; 0 says nothing.
const (
	eastward  axis = 'x'
	northward axis = 'y'
)

// angle is a coordinate in degrees as its cell gave it.
type angle struct {
	degrees float64
	axis    axis
	marked  bool // it has a letter or a degree sign, so that it is no other thing
}

// maxAngleBytes is the longest cell that is looked at as an angle.
const maxAngleBytes = 80

// parseAngle reads degrees, minutes and seconds in the spellings of English,
// Spanish, Portuguese and French: 14°38'05.3"N, 14 38 5,3 N, N14.6349,
// 90º30'24” Oeste, 14d38m05s. West (W, O) and south (S) are negative, E and L
// are east. A lone number needs a letter or a degree sign.
func parseAngle(s string) (angle, bool) {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > maxAngleBytes {
		return angle{}, false
	}
	var a angle
	var numbers [3]float64
	var whole [3]bool
	count, negative, west, lettered := 0, false, false, false
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r >= '0' && r <= '9':
			n := numberPrefix(s)
			v, ok := parseDegrees(s[:n])
			if !ok || count == 3 {
				return angle{}, false
			}
			numbers[count], whole[count] = v, allDigits(s[:n])
			count++
			s = s[n:]
			continue
		case (r == '-' || r == '−') && count == 0 && !negative:
			negative = true
		case r == '+' && count == 0:
		case r == '°' || r == 'º' || r == '˚' || r == '\ufffd':
			if count != 1 {
				return angle{}, false
			}
			a.marked = true
		case unicode.IsLetter(r):
			n := wordPrefix(s)
			if lettered && count == 3 && n == 2 && s[0]|0x20 == 's' { // 14d38m05sN
				n = 1
			}
			word := strings.ToLower(s[:n])
			s = s[n:]
			switch {
			case isAngleUnit(word, count, lettered || a.axis != 0):
				lettered = lettered || word[0] == 'd' || word[0] == 'g'
				a.marked = a.marked || lettered
			case a.axis == 0:
				if a.axis, west = hemisphere(word); a.axis == 0 {
					return angle{}, false
				}
			default:
				return angle{}, false
			}
			continue
		case strings.ContainsRune(" \t\u00a0\u202f\u2009.", r):
		case strings.ContainsRune("'’′`´\"”“″:;,-_*", r):
			if count == 0 {
				return angle{}, false
			}
		default:
			return angle{}, false
		}
		s = s[size:]
	}
	a.marked = a.marked || a.axis != 0
	isWhole := (count < 2 || whole[0]) && (count < 3 || whole[1])
	if count == 0 || count == 1 && !a.marked || !isWhole || numbers[1] >= 60 || numbers[2] > 60 {
		return angle{}, false
	}
	a.degrees = numbers[0] + numbers[1]/60 + numbers[2]/3600
	if negative || west {
		a.degrees = -a.degrees
	}
	return a, true
}

// numberPrefix returns how many bytes of s are digits and one decimal mark
// between them.
func numberPrefix(s string) int {
	n, marked := 0, false
	for n < len(s) {
		c := s[n]
		isMark := (c == '.' || c == ',') && !marked && n+1 < len(s) && s[n+1] >= '0' && s[n+1] <= '9'
		if (c < '0' || c > '9') && !isMark {
			break
		}
		marked = marked || isMark
		n++
	}
	return n
}

func wordPrefix(s string) int {
	for i, r := range s {
		if !unicode.IsLetter(r) {
			return i
		}
	}
	return len(s)
}

// isAngleUnit reports whether a word behind the number of that count is the
// unit of it. A lone s is one only where letters stand for the units: else it
// is south.
func isAngleUnit(word string, count int, lettered bool) bool {
	switch word {
	case "d", "deg", "degs", "degrees", "g", "gr", "grados", "graus", "degres", "degrés":
		return count == 1
	case "m", "min", "minutos", "minutes":
		return count == 2
	case "s":
		return count == 3 && lettered
	case "seg", "sec", "segundos", "seconds", "secondes":
		return count == 3
	case "â": // a degree sign that was read in the wrong encoding
		return count == 1
	}
	return false
}

// hemisphere returns the axis that a letter or a word names, and whether it
// points west or south.
func hemisphere(word string) (a axis, isNegative bool) {
	switch word {
	case "n", "norte", "north", "nord":
		return northward, false
	case "s", "sur", "sul", "south", "sud":
		return northward, true
	case "e", "l", "este", "leste", "east", "est":
		return eastward, false
	case "w", "o", "oeste", "west", "ouest":
		return eastward, true
	}
	return 0, false
}
