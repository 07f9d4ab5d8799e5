package ingest

import (
	"encoding/binary"
	"math"
	"strconv"
)

// pointCell writes well-known binary as a cell: a position, nothing where it
// is empty or no geometry, or the type of what is no point.
func pointCell(wkb []byte) string {
	if len(wkb) < 5 {
		return ""
	}
	var order binary.ByteOrder = binary.LittleEndian
	if wkb[0] == 0 {
		order = binary.BigEndian
	}
	kind, rest := order.Uint32(wkb[1:]), wkb[5:]
	if kind&0x20000000 != 0 && len(rest) >= 4 { // PostGIS's own form names a system
		rest = rest[4:]
	}
	switch kind &= 0x0fffffff; kind % 1000 { // thousands say Z and M
	case 1:
		if len(rest) < 16 {
			return ""
		}
		return positionCell(math.Float64frombits(order.Uint64(rest)), math.Float64frombits(order.Uint64(rest[8:])))
	case 4:
		if len(rest) >= 4 && order.Uint32(rest) == 1 { // a multipoint of one
			return pointCell(rest[4:])
		}
	}
	names := map[uint32]string{2: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon", 7: "GeometryCollection"}
	name, ok := names[kind%1000]
	if !ok {
		return ""
	}
	return otherGeometry + name
}

// positionCell writes a position as a cell, every digit of it; NaN, which
// stands for an empty point, as a blank one.
func positionCell(x, y float64) string {
	if math.IsNaN(x) || math.IsNaN(y) || math.IsInf(x, 0) || math.IsInf(y, 0) {
		return ""
	}
	cell := make([]byte, 0, 48)
	cell = append(cell, '[')
	cell = strconv.AppendFloat(cell, x, 'f', -1, 64)
	cell = append(cell, ',')
	cell = strconv.AppendFloat(cell, y, 'f', -1, 64)
	return string(append(cell, ']'))
}
