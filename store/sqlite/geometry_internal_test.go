package sqlite

import (
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func TestAPointIsWrittenByteForByteAsTheStandardSays(t *testing.T) {
	// 1.0 is 0x3FF0000000000000, -2.0 is 0xC000000000000000, low byte first;
	// 4326 is 0x10E6.
	want := "4750" + "00" + "01" + "e6100000" + // GP, version 0, little endian without envelope, 4326
		"01" + "01000000" + "000000000000f03f" + "00000000000000c0"
	if got := hex.EncodeToString(encodePoint(orb.Point{1, -2})); got != want {
		t.Errorf("point\n%s, want\n%s", got, want)
	}
}

func TestAnAreaIsWrittenWithItsEnvelope(t *testing.T) {
	got, err := encodeGeometry(orb.MultiPolygon{{{{1, -2}, {2, -2}, {2, 1}, {1, -2}}}})
	if err != nil {
		t.Fatal(err)
	}
	// Envelope min x 1, max x 2, min y -2, max y 1; then a little-endian
	// multipolygon (6) of one part.
	want := "47500003e6100000" + "000000000000f03f" + "0000000000000040" + "00000000000000c0" + "000000000000f03f" + "01" + "06000000" + "01000000"
	if !strings.HasPrefix(hex.EncodeToString(got), want) {
		t.Errorf("area\n%x begins otherwise than\n%s", got, want)
	}
}

func TestGeometriesReadAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		coordinate := rapid.Float64Range(-180, 180)
		p := orb.Point{coordinate.Draw(t, "x"), coordinate.Draw(t, "y")}
		got, err := decodePoint(encodePoint(p))
		if err != nil || got != p {
			t.Fatalf("point %v reads as %v, %v", p, got, err)
		}
		mp := orb.MultiPolygon{{{p, {1, 2}, {3, 4}, p}, {p, p, p, p}}, {{p, p, {5, 6}, p}}}
		blob, err := encodeGeometry(mp)
		if err != nil {
			t.Fatal(err)
		}
		back, err := decodeArea(blob)
		if diff := cmp.Diff(mp, back); err != nil || diff != "" {
			t.Fatalf("area reads otherwise: %v\n%s", err, diff)
		}
	})
}

func TestGeometriesOfOtherProgramsAreRead(t *testing.T) {
	cases := map[string]string{
		"big endian":       "47500000" + "000010e6" + "00" + "00000001" + "3ff0000000000000" + "c000000000000000",
		"with envelope":    "47500003e6100000" + strings.Repeat("00", 32) + "0101000000" + "000000000000f03f" + "00000000000000c0",
		"mixed byte order": "47500001e6100000" + "00" + "00000001" + "3ff0000000000000" + "c000000000000000",
	}
	for name, text := range cases {
		blob, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		if p, err := decodePoint(blob); err != nil || p != (orb.Point{1, -2}) {
			t.Errorf("%s: %v, %v, want 1 -2", name, p, err)
		}
	}
}

func TestGeometriesThatAreNoneAreRefused(t *testing.T) {
	point := "0101000000" + "000000000000f03f" + "00000000000000c0"
	cases := map[string]struct{ blob, says string }{
		"nothing":                    {"", "no GeoPackageBinary"},
		"other magic":                {"475100" + "01e6100000" + point, "no GeoPackageBinary"},
		"other version":              {"475001" + "01e6100000" + point, "no GeoPackageBinary"},
		"other reference system":     {"47500001" + "110f0000" + point, "3857"},
		"envelope that is not there": {"47500003e6100000" + "00", "no envelope"},
		"envelope of no kind":        {"4750000fe6100000" + point, "no envelope"},
		"cut short":                  {"47500001e6100000" + point[:20], "geometry:"},
		"line":                       {"47500001e6100000" + "01" + "02000000" + "01000000" + strings.Repeat("00", 16), "LineString"},
	}
	for name, c := range cases {
		blob, err := hex.DecodeString(c.blob)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decodePoint(blob); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s as a point: error %v, want one that says %q", name, err, c.says)
		}
		if _, err := decodeArea(blob); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s as an area: error %v, want one that says %q", name, err, c.says)
		}
	}
}

func FuzzDecodeGeometry(f *testing.F) {
	f.Add(encodePoint(orb.Point{1, -2}))
	area, err := encodeGeometry(orb.MultiPolygon{{{{1, -2}, {2, -2}, {2, 1}, {1, -2}}}})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(area)
	f.Fuzz(func(t *testing.T, blob []byte) {
		if p, err := decodePoint(blob); err == nil {
			if back, err := decodePoint(encodePoint(p)); err != nil || back != p && !math.IsNaN(p[0]) && !math.IsNaN(p[1]) {
				t.Errorf("point %v reads as %v, %v when written again", p, back, err)
			}
		}
		if mp, err := decodeArea(blob); err == nil {
			if _, err := encodeGeometry(mp); err != nil {
				t.Errorf("an area that was read cannot be written: %v", err)
			}
		}
	})
}
