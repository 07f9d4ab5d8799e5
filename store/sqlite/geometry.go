package sqlite

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkb"
)

// A GeoPackageBinary is "GP", the version 0, flags, the reference system as
// an int32, an envelope if the flags say so, and WKB (OGC 12-128r17, 2.1.3).
const (
	headerSize   = 8
	littleEndian = 1 << 0 // flag: of the header
	envelopeXY   = 1 << 1 // flag: min x, max x, min y, max y follow
	wgs84        = 4326
	pointSize    = headerSize + 1 + 4 + 2*8
)

// encodePoint writes a point, without an envelope, which a point needs not.
func encodePoint(p orb.Point) []byte {
	b := make([]byte, 0, pointSize)
	b = append(b, 'G', 'P', 0, littleEndian)
	b = binary.LittleEndian.AppendUint32(b, wgs84)
	b = append(b, 1) // little endian
	b = binary.LittleEndian.AppendUint32(b, 1)
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(p[0]))
	return binary.LittleEndian.AppendUint64(b, math.Float64bits(p[1]))
}

// decodePoint reads a point, also one that another program wrote.
func decodePoint(blob []byte) (orb.Point, error) {
	if len(blob) == pointSize && string(blob[:headerSize]) == "GP\x00\x01\xe6\x10\x00\x00" && string(blob[8:13]) == "\x01\x01\x00\x00\x00" {
		return orb.Point{
			math.Float64frombits(binary.LittleEndian.Uint64(blob[13:])),
			math.Float64frombits(binary.LittleEndian.Uint64(blob[21:])),
		}, nil
	}
	g, err := decodeGeometry(blob)
	if err != nil {
		return orb.Point{}, err
	}
	p, ok := g.(orb.Point)
	if !ok {
		return orb.Point{}, fmt.Errorf("geometry is a %s, not a Point", g.GeoJSONType())
	}
	return p, nil
}

// encodeGeometry writes any geometry, with its envelope unless it is a point.
func encodeGeometry(g orb.Geometry) ([]byte, error) {
	if p, ok := g.(orb.Point); ok {
		return encodePoint(p), nil
	}
	bound := g.Bound()
	b := []byte{'G', 'P', 0, littleEndian | envelopeXY}
	b = binary.LittleEndian.AppendUint32(b, wgs84)
	for _, x := range []float64{bound.Min[0], bound.Max[0], bound.Min[1], bound.Max[1]} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(x))
	}
	body, err := wkb.Marshal(g, binary.LittleEndian)
	if err != nil {
		return nil, err
	}
	return append(b, body...), nil
}

// decodeArea reads a multipolygon, or a polygon as one of a single part.
func decodeArea(blob []byte) (orb.MultiPolygon, error) {
	g, err := decodeGeometry(blob)
	if err != nil {
		return nil, err
	}
	switch g := g.(type) {
	case orb.MultiPolygon:
		return g, nil
	case orb.Polygon:
		return orb.MultiPolygon{g}, nil
	}
	return nil, fmt.Errorf("geometry is a %s, not a MultiPolygon", g.GeoJSONType())
}

// decodeGeometry reads any GeoPackageBinary in WGS 84.
func decodeGeometry(blob []byte) (orb.Geometry, error) {
	if len(blob) < headerSize || blob[0] != 'G' || blob[1] != 'P' || blob[2] != 0 {
		return nil, errors.New("geometry is no GeoPackageBinary of version 0")
	}
	flags := blob[3]
	srs := binary.BigEndian.Uint32(blob[4:])
	if flags&littleEndian != 0 {
		srs = binary.LittleEndian.Uint32(blob[4:])
	}
	if srs != wgs84 {
		return nil, fmt.Errorf("geometry is in the reference system %d, not %d", int32(srs), wgs84)
	}
	envelopes := [8]int{0, 32, 48, 48, 64, -1, -1, -1} // bytes, by the flags
	size := envelopes[flags>>1&7]
	if size < 0 || len(blob) < headerSize+size {
		return nil, fmt.Errorf("geometry of %d bytes has no envelope as its flags %#x say", len(blob), flags)
	}
	g, err := wkb.Unmarshal(blob[headerSize+size:])
	if err != nil {
		return nil, fmt.Errorf("geometry: %w", err)
	}
	return g, nil
}
