package ingest

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// position is two numbers of one cell, in their order there.
type position struct {
	first, second float64
	lonFirst      bool // the form says that the longitude comes first; else the file decides
	latFirst      bool // the form says that the latitude does
	empty         bool // the form says that there is no place
	srid          int  // EPSG code that the form names; 0 = none
}

// maxPointBytes is the longest cell that is looked at as a point.
const maxPointBytes = 400

// parsePoint reads a place in one cell: "(lat, lon)", "lat, lon", degrees with
// minutes and hemispheres, a WKT POINT, WKB in hexadecimal, a GeoJSON point or
// position "[lon, lat]", a JSON object or words with latitude and longitude. A
// bare pair needs decimals in both numbers, so that a list of two codes is no
// place.
func parsePoint(s string) (position, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 3 || len(s) > maxPointBytes {
		return position{}, false
	}
	if isHexPoint(s) {
		if p, ok := parseHexPoint(s); ok {
			return p, true
		}
	}
	switch {
	case s[0] == '[' && s[len(s)-1] == ']':
		p, ok := parsePair(s[1:len(s)-1], ",")
		p.lonFirst = true
		return p, ok
	case s[0] == '(' && s[len(s)-1] == ')':
		inner := s[1 : len(s)-1]
		if p, ok := parseLoosePair(inner); ok {
			return p, true
		}
		return parseAnglePair(inner)
	case s[0] == '{' && s[len(s)-1] == '}':
		return parseJSONPoint(s)
	case s[0] == '-' || s[0] == '+' || s[0] >= '0' && s[0] <= '9':
		if p, ok := parseLoosePair(s); ok && p.first != math.Trunc(p.first) && p.second != math.Trunc(p.second) {
			return p, true
		}
		if p, ok := parseAnglePair(s); ok || s[len(s)-1] != ')' {
			return p, ok
		}
	}
	if p, ok := parseWKT(s); ok {
		return p, true
	}
	if p, ok := parseAnglePair(s); ok {
		return p, true
	}
	if at := strings.LastIndexByte(s, '('); at > 0 && s[len(s)-1] == ')' { // behind an address, as portals write it
		p, ok := parseLoosePair(s[at+1 : len(s)-1])
		return p, ok && p.first != math.Trunc(p.first) && p.second != math.Trunc(p.second)
	}
	return parseLabelled(s)
}

// parseWKT reads a point of well-known text, with or without SRID, height and
// measure.
func parseWKT(s string) (position, bool) {
	var p position
	if len(s) > 5 && strings.EqualFold(s[:5], "SRID=") {
		code, rest, found := strings.Cut(s[5:], ";")
		srid, err := strconv.Atoi(strings.TrimSpace(code))
		if !found || err != nil || srid < 0 {
			return p, false
		}
		p.srid, s = srid, strings.TrimSpace(rest)
	}
	if len(s) < 8 || !strings.EqualFold(s[:5], "POINT") {
		return p, false
	}
	inner := strings.ToUpper(strings.TrimSpace(s[5:]))
	inner = strings.TrimSpace(strings.TrimLeft(inner, "ZM"))
	if inner == "EMPTY" {
		return position{empty: true}, true
	}
	if len(inner) < 2 || inner[0] != '(' || inner[len(inner)-1] != ')' {
		return p, false
	}
	parts := strings.Fields(inner[1 : len(inner)-1])
	if len(parts) < 2 || len(parts) > 4 {
		return p, false
	}
	var ok1, ok2 bool
	p.first, ok1 = parseDegrees(strings.TrimSuffix(parts[0], ","))
	p.second, ok2 = parseDegrees(parts[1])
	p.lonFirst = true
	return p, ok1 && ok2
}

// parseJSONPoint reads a GeoJSON point and an object with latitude and
// longitude, be they numbers or texts.
func parseJSONPoint(s string) (position, bool) {
	var object struct {
		Type                string
		Coordinates         []json.RawMessage
		Latitude, Longitude json.RawMessage
		Latitud, Longitud   json.RawMessage
		Lat, Lon, Lng       json.RawMessage
	}
	if json.Unmarshal([]byte(s), &object) != nil && json.Unmarshal([]byte(strings.ReplaceAll(s, "'", `"`)), &object) != nil {
		return position{}, false
	}
	number := func(all ...json.RawMessage) (float64, bool) {
		for _, raw := range all {
			if v, ok := parseDegrees(strings.Trim(string(raw), `"`)); ok {
				return v, true
			}
		}
		return 0, false
	}
	if len(object.Coordinates) >= 2 && (object.Type == "" || object.Type == "Point") {
		first, ok1 := number(object.Coordinates[0])
		second, ok2 := number(object.Coordinates[1])
		return position{first: first, second: second, lonFirst: true}, ok1 && ok2
	}
	lat, ok1 := number(object.Latitude, object.Latitud, object.Lat)
	lon, ok2 := number(object.Longitude, object.Longitud, object.Lon, object.Lng)
	return position{first: lon, second: lat, lonFirst: true}, ok1 && ok2
}

// parseAnglePair reads two angles of which each says by its letter what it is,
// with anything or nothing between them.
func parseAnglePair(s string) (position, bool) {
	if !strings.ContainsAny(s, "NnSs") || !strings.ContainsAny(s, "EeWwOoLl") || !strings.ContainsAny(s, "0123456789") {
		return position{}, false
	}
	for i := 2; i < len(s)-1; i++ {
		if s[i] >= 0x80 && s[i] < 0xc0 { // inside a character
			continue
		}
		first, ok := parseAngle(strings.TrimRight(s[:i], " ,;/|"))
		if !ok || first.axis == 0 {
			continue
		}
		second, ok := parseAngle(strings.TrimLeft(s[i:], " ,;/|"))
		if !ok || second.axis == 0 || second.axis == first.axis {
			continue
		}
		isLonFirst := first.axis == eastward
		return position{first: first.degrees, second: second.degrees, lonFirst: isLonFirst, latFirst: !isLonFirst}, true
	}
	return position{}, false
}

// parseLabelled reads two numbers that words say to be latitude and longitude:
// "Lat: 14.63 Lon: -90.5".
func parseLabelled(s string) (position, bool) {
	var p position
	p.lonFirst = true
	found, label := map[axis]bool{}, axis(0)
	for s != "" {
		switch c := s[0]; {
		case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
			n := 1 + numberPrefix(s[1:])
			v, ok := parseDegrees(s[:n])
			if !ok || label == 0 || found[label] {
				return p, false
			}
			if found[label] = true; label == eastward {
				p.first = v
			} else {
				p.second = v
			}
			label, s = 0, s[n:]
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			n := wordPrefix(s)
			switch strings.ToLower(s[:n]) {
			case "lat", "latitude", "latitud", "y":
				label = northward
			case "lon", "lng", "long", "longitude", "longitud", "x":
				label = eastward
			default:
				return p, false
			}
			s = s[n:]
		case strings.IndexByte(" :=,;/|()", c) >= 0:
			s = s[1:]
		default:
			return p, false
		}
	}
	return p, len(found) == 2
}

// parseLoosePair reads two numbers parted by a semicolon, a comma or a blank;
// beside a semicolon or a blank, commas are decimal.
func parseLoosePair(s string) (position, bool) {
	s = strings.Join(strings.Fields(s), " ")
	for _, separator := range []string{";", ", ", ",", " ", "|", "/"} {
		if p, ok := parsePair(s, separator); ok {
			return p, true
		}
	}
	return position{}, false
}

// parsePair reads two numbers; a third one, a height, is passed over.
func parsePair(s, separator string) (position, bool) {
	first, rest, found := strings.Cut(s, separator)
	if !found {
		return position{}, false
	}
	second, third, _ := strings.Cut(rest, separator)
	if strings.Contains(third, separator) {
		return position{}, false
	}
	a, ok1 := parseDegrees(first)
	b, ok2 := parseDegrees(second)
	return position{first: a, second: b}, ok1 && ok2
}
