package ingest

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

func TestDegreesAreReadWithPointAndWithComma(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64
		ok   bool
	}{
		{"14.6349", 14.6349, true},
		{"14,6349", 14.6349, true},
		{" -90.5069 ", -90.5069, true},
		{"−90,5069", -90.5069, true}, // a typographer's minus
		{"+14", 14, true},
		{".5", 0.5, true},
		{"14.", 14, true},
		{"-87.632133927999988", -87.632133927999988, true},
		{"1.5e1", 15, true},
		{"0", 0, true},
		{"", 0, false},
		{"-", 0, false},
		{".", 0, false},
		{"1.234,5", 0, false},
		{"14.63N", 0, false},
		{"0x10", 0, false},
		{"1_000", 0, false},
		{"Inf", 0, false},
		{"NaN", 0, false},
		{"1e999", 0, false},
		{"1e", 0, false},
	} {
		if got, ok := parseDegrees(c.text); ok != c.ok || got != c.want {
			t.Errorf("%q: got %v, %v; want %v, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestDegreesEqualThoseOfTheStandardLibraryToTheLastBit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(-180, 180).Draw(t, "x")
		text := strconv.FormatFloat(x, 'f', rapid.IntRange(-1, 25).Draw(t, "decimals"), 64)
		want, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := parseDegrees(text); !ok || math.Float64bits(got) != math.Float64bits(want) {
			t.Fatalf("%s: got %v, %v", text, got, ok)
		}
	})
}

func TestPointsAreReadInOneCell(t *testing.T) {
	for _, c := range []struct {
		text string
		want position
		ok   bool
	}{
		{"(41.809125265, -87.631906508)", position{first: 41.809125265, second: -87.631906508}, true},
		{"14.63,-90.5", position{first: 14.63, second: -90.5}, true},
		{"14.63 -90.5", position{first: 14.63, second: -90.5}, true},
		{"14,63; -90,5", position{first: 14.63, second: -90.5}, true},
		{"14,63 -90,5", position{first: 14.63, second: -90.5}, true},
		{"POINT (-90.5 14.63)", position{first: -90.5, second: 14.63, lonFirst: true}, true},
		{"point(-90.5  14.63)", position{first: -90.5, second: 14.63, lonFirst: true}, true},
		{"POINT Z (-90.5 14.63 1500)", position{first: -90.5, second: 14.63, lonFirst: true}, true},
		{"SRID=4326;POINT(-90.5 14.63)", position{first: -90.5, second: 14.63, lonFirst: true, srid: 4326}, true},
		{"[-90.5,14.63]", position{first: -90.5, second: 14.63, lonFirst: true}, true},
		{"[-90.5,14.63,1500]", position{first: -90.5, second: 14.63, lonFirst: true}, true},
		{"0444 0913", position{}, false}, // two codes
		{"1, 2", position{}, false},
		{"LINESTRING(1 2, 3 4)", position{}, false},
		{"(here, there)", position{}, false},
		{"()", position{}, false},
	} {
		if got, ok := parsePoint(c.text); ok != c.ok || ok && got != c.want {
			t.Errorf("%q: got %+v, %v; want %+v, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func FuzzCoordinate(f *testing.F) {
	for _, seed := range []string{"14.6349", "−90,5", "(41.8, -87.6)", "POINT (1 2)", "[1,2]", "1e5", "(", "SRID=4326;POINT("} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if v, ok := parseDegrees(text); ok && (math.IsNaN(v) || math.IsInf(v, 0)) {
			t.Errorf("%q is %v", text, v)
		}
		if p, ok := parsePoint(text); ok && (math.IsNaN(p.first+p.second) || math.IsInf(p.first+p.second, 0)) {
			t.Errorf("%q is %v", text, p)
		}
	})
}
