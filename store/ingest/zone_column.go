package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"atalaya/geo/crs"

	"github.com/paulmach/orb"
)

// zoneColumn is how the zone of UTM (WGS 84) is read that each row names. A row
// that names none is rejected: that of its neighbours is a guess by 600 km.
type zoneColumn struct {
	column  int
	area    orb.Bound           // where the rows should lie: tells the hemisphere of zones without one; zero = unknown
	codes   []int               // EPSG codes of the zones that the sample is in, ascending
	systems map[int]*crs.System // by EPSG code, of the zones met so far
}

// codeOf returns the EPSG code of the zone that a cell names.
func (z *zoneColumn) codeOf(cell string) (int, bool) {
	zone, letter, ok := parseZone(cell)
	if !ok {
		return 0, false
	}
	isKnown, lat := isKnownBound(z.area), z.area.Center()[1]
	var isSouth bool
	switch {
	case letter == "" && !isKnown:
		return 0, false
	case letter == "":
		isSouth = lat < 0
	case letter == "s": // the hemisphere, or the band from 32° to 40° north
		isSouth = !isKnown || lat < 30
	default:
		isSouth = letter < "n"
	}
	if isSouth {
		return 32700 + zone, true
	}
	return 32600 + zone, true
}

// system returns the system of a code of codeOf, which all are known.
func (z *zoneColumn) system(code int) *crs.System {
	if s := z.systems[code]; s != nil {
		return s
	}
	s, err := crs.Parse(fmt.Sprintf("EPSG:%d", code))
	if err != nil {
		return nil
	}
	z.systems[code] = &s
	return &s
}

// listed names the systems that the sample is in.
func (z *zoneColumn) listed() string {
	var names []string
	for _, code := range z.codes {
		names = append(names, fmt.Sprintf("EPSG:%d", code))
	}
	return strings.Join(names, ", ")
}

// parseZone reads a zone of UTM, 1 to 60, with the letter of its band or of its
// hemisphere or without, in lower case: "15", "15N", "16P", "UTM 16", "huso 30 S".
func parseZone(cell string) (zone int, letter string, ok bool) {
	const longest = 20 // bytes
	cell = strings.TrimSuffix(strings.TrimSpace(cell), ".0")
	if len(cell) > longest {
		return 0, "", false
	}
	text := strings.Join(wordsOf(cell), " ")
	without := func(word string) { text = strings.TrimSpace(strings.TrimPrefix(text, word)) }
	for _, word := range []string{"huso", "fuso", "fuseau"} {
		without(word)
	}
	if strings.HasPrefix(text, "utm") {
		for _, word := range []string{"utm", "zone", "zona"} {
			without(word)
		}
	}
	digits := text[:numberPrefix(text)]
	zone, err := strconv.Atoi(digits)
	if err != nil || !allDigits(digits) || len(digits) > 2 || zone < 1 || zone > 60 {
		return 0, "", false
	}
	switch letter = strings.TrimSpace(text[len(digits):]); {
	case letter == "norte" || letter == "nord" || letter == "north":
		letter = "n"
	case letter == "sur" || letter == "sul" || letter == "sud" || letter == "south":
		letter = "s"
	case letter != "" && (len(letter) > 1 || letter < "c" || letter > "x" || letter == "i" || letter == "o"):
		return 0, "", false
	}
	return zone, letter, true
}

// namesZone reports whether a column is called like one of zones, and whether
// its name can only mean zones of a projection: a zona may be a district.
func namesZone(words []string) (isZone, isCertain bool) {
	for _, word := range words {
		switch word {
		case "huso", "fuso", "fuseau":
			isZone, isCertain = true, true
		case "utm", "utmzone", "zoneutm", "zonautm", "utmzona":
			isCertain = true
			isZone = isZone || len(word) > len("utm")
		case "zona", "zone":
			isZone = true
		case "coord", "coordenada", "coordenadas", "proj", "grid", "wgs", "84", "wgs84", "num", "numero", "number", "no", "de", "la", "of", "the":
		default:
			return false, false
		}
	}
	return isZone, isCertain
}
