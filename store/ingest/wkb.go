package ingest

import (
	"encoding/binary"
	"math"
	"strings"
)

// The flags of PostGIS's extended well-known binary, and the type of a point.
const (
	ewkbZ     = 0x80000000
	ewkbM     = 0x40000000
	ewkbSRID  = 0x20000000
	wkbPoint  = 1
	wkbHeader = 5 // byte order and type
)

// parseHexPoint reads a point of well-known binary in hexadecimal: WKB, ISO
// WKB and PostGIS's EWKB, which names its coordinate system. It takes no other
// geometry.
func parseHexPoint(s string) (position, bool) {
	if len(s) > 2 && (s[0] == '\\' || s[0] == '0') && (s[1] == 'x' || s[1] == 'X') {
		s = s[2:]
	}
	var raw [wkbHeader + 4 + 4*8]byte
	if len(s)%2 != 0 || len(s) < 2*(wkbHeader+2*8) || len(s) > 2*len(raw) || s[0] != '0' || s[1] > '1' {
		return position{}, false
	}
	for i := range len(s) / 2 {
		high, low := nibble(s[2*i]), nibble(s[2*i+1])
		if high > 15 || low > 15 {
			return position{}, false
		}
		raw[i] = high<<4 | low
	}
	var order binary.ByteOrder = binary.BigEndian
	if raw[0] == 1 {
		order = binary.LittleEndian
	}
	kind := order.Uint32(raw[1:])
	at, dimensions := wkbHeader, 2
	p := position{lonFirst: true}
	if kind&ewkbSRID != 0 {
		p.srid = int(order.Uint32(raw[at:]) & 0xffffff)
		at += 4
	}
	for _, flag := range []uint32{ewkbZ, ewkbM} {
		if kind&flag != 0 {
			dimensions++
		}
	}
	switch kind &^ (ewkbZ | ewkbM | ewkbSRID) {
	case wkbPoint:
	case wkbPoint + 1000, wkbPoint + 2000:
		dimensions = 3
	case wkbPoint + 3000:
		dimensions = 4
	default:
		return position{}, false
	}
	if len(s)/2 != at+8*dimensions {
		return position{}, false
	}
	p.first = math.Float64frombits(order.Uint64(raw[at:]))
	p.second = math.Float64frombits(order.Uint64(raw[at+8:]))
	if math.IsNaN(p.first) && math.IsNaN(p.second) {
		return position{empty: true}, true
	}
	if math.IsNaN(p.first+p.second) || math.IsInf(p.first+p.second, 0) {
		return position{}, false
	}
	return p, true
}

// nibble returns the value of a hexadecimal digit, more than 15 for others.
func nibble(c byte) byte {
	switch {
	case c >= '0' && c <= '9':
		return c - '0'
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10
	}
	return 0xff
}

// isHexPoint tells from the first characters whether a cell could be one.
func isHexPoint(s string) bool {
	return len(s) >= 42 && (strings.HasPrefix(s, "01") || strings.HasPrefix(s, "00") || s[1] == 'x' || s[1] == 'X')
}
