package ingest

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestNumbersAreReadWithTheirThousandsAndBrokenExponents(t *testing.T) {
	for _, c := range []struct {
		text   string
		groups byte
		want   float64
		ok     bool
	}{
		{"490249.2307", 0, 490249.2307, true},
		{"490,249.23", 0, 490249.23, true},
		{"490.249,23", 0, 490249.23, true},
		{"5.458.166,8328", 0, 5458166.8328, true},
		{"5,458,166.8328", 0, 5458166.8328, true},
		{"5.458.166", 0, 5458166, true},
		{"5 458 166,83", 0, 5458166.83, true},
		{"5\u00a0458\u00a0166,83", 0, 5458166.83, true},
		{"5'458'166.83", 0, 5458166.83, true},
		{"5’458’166.83", 0, 5458166.83, true},
		{"490,249", 0, 490.249, true},
		{"490,249", ',', 490249, true},
		{"490.249", '.', 490249, true},
		{"14,634", 0, 14.634, true},
		{"1,4634900E+01", 0, 14.6349, true},
		{"1.46E1", 0, 14.6, true},
		{"-9,05069E 01", 0, -90.5069, true},
		{"90.5069-", 0, -90.5069, true},
		{"–90.5069", 0, -90.5069, true},
		{"490249.23 m", 0, 490249.23, true},
		{"1608458,2 pies", 0, 1608458.2, true},
		{"90.5°", 0, 90.5, true},
		{"1.23.456", 0, 0, false},
		{"12,34,56", 0, 0, false},
		{"1,234.567,8", 0, 0, false},
		{"14 38 05", 0, 0, false},
		{"1e99", 0, 1e99, true}, // refused later: it is out of range
		{"1e9999", 0, 0, false},
		{"", 0, 0, false},
		{"m", 0, 0, false},
		{"-", 0, 0, false},
		{"1.2.3.4", 0, 0, false},
		{"Zona 12", 0, 0, false},
		{"2024-01-05", 0, 0, false},
	} {
		got, ok := parseNumber(c.text, c.groups)
		if ok != c.ok || math.Abs(got-c.want) > 1e-9*math.Abs(c.want) {
			t.Errorf("%q: got %v, %v; want %v, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestTheMarkOfThousandsIsToldByTheColumn(t *testing.T) {
	for _, c := range []struct {
		name  string
		cells []string
		want  byte
	}{
		{"degrees with three decimals", []string{"14,634", "14,635", "14,636"}, 0},
		{"metres, a decimal beside", []string{"490,249", "490,250.5"}, ','},
		{"metres, millions beside", []string{"490.249", "5.458.166"}, '.'},
		{"metres alone", []string{"490,249", "490,250", "490,251"}, ','},
		{"metres with three decimals", []string{"490249,123", "490250,5", "490251,7"}, 0},
		{"metres with three decimals and a point", []string{"494613.686", "494614.687", "494615.688"}, 0},
		{"both ways", []string{"1.234,5", "1,234.5"}, 0},
		{"nothing", nil, 0},
	} {
		if got := groupingOf(c.cells); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func TestDegreesMinutesAndSecondsAreReadInFourLanguages(t *testing.T) {
	// 14 + 38/60 + 5.3/3600 = 14.634805…; 90 + 30/60 + 24/3600 = 90.506666…
	const lat, lon = 14 + 38.0/60 + 5.3/3600, 90 + 30.0/60 + 24.0/3600
	for _, c := range []struct {
		text string
		want angle
		ok   bool
	}{
		{`14°38'05.3"N`, angle{lat, northward, true}, true},
		{"14 38 5.3 N", angle{lat, northward, true}, true},
		{"14 38 5,3 N", angle{lat, northward, true}, true},
		{"N14.6349", angle{14.6349, northward, true}, true},
		{"14.6349 N", angle{14.6349, northward, true}, true},
		{"14º38'05.3''", angle{lat, 0, true}, true},
		{"14˚ 38′ 5.3″ Norte", angle{lat, northward, true}, true},
		{"14Â°38'5.3\"N", angle{lat, northward, true}, true},
		{"14\ufffd38'5.3\"N", angle{lat, northward, true}, true},
		{`90°30'24"W`, angle{-lon, eastward, true}, true},
		{`90°30'24"O`, angle{-lon, eastward, true}, true},
		{`90° 30' 24" Oeste`, angle{-lon, eastward, true}, true},
		{"W 90 30 24", angle{-lon, eastward, true}, true},
		{"90°30'24\"Ouest", angle{-lon, eastward, true}, true},
		{"90°30'24\"Leste", angle{lon, eastward, true}, true},
		{"90°30'24\"L", angle{lon, eastward, true}, true},
		{`-90°30'24"`, angle{-lon, 0, true}, true},
		{`-90°30'24"W`, angle{-lon, eastward, true}, true},
		{"90 30.4 W", angle{-lon, eastward, true}, true},
		{"14d38m5.3s", angle{lat, 0, true}, true},
		{"14d38m5.3sN", angle{lat, northward, true}, true},
		{"14 grados 38 minutos 5.3 segundos norte", angle{lat, northward, true}, true},
		{"14-38-5.3N", angle{lat, northward, true}, true},
		{"14:38:5.3", angle{lat, 0, false}, true},
		{"23°32'51\" S", angle{-(23 + 32.0/60 + 51.0/3600), northward, true}, true},
		{"23 32 51 s", angle{-(23 + 32.0/60 + 51.0/3600), northward, true}, true},
		{"14.6349", angle{}, false},
		{"14.5 38 N", angle{}, false},
		{"14 60 00 N", angle{}, false},
		{"14 38 N 5 E", angle{}, false},
		{"1 2 3 4 N", angle{}, false},
		{"Norte", angle{}, false},
		{"Zona 12", angle{}, false},
		{"°N", angle{}, false},
		{"", angle{}, false},
	} {
		got, ok := parseAngle(c.text)
		if ok != c.ok || ok && (math.Abs(got.degrees-c.want.degrees) > 1e-12 || got.axis != c.want.axis || got.marked != c.want.marked) {
			t.Errorf("%q: got %+v, %v; want %+v, %v", c.text, got, ok, c.want, c.ok)
		}
	}
}

func TestPointsAreReadAsWKBWordsAndJSON(t *testing.T) {
	want := position{first: -90.5, second: 14.625, lonFirst: true}
	with := func(srid int) position { p := want; p.srid = srid; return p }
	for _, c := range []struct {
		name, text string
		want       position
		ok         bool
	}{
		// -90.5 is 0xC056A00000000000 and 14.625 is 0x402D400000000000.
		{"WKB, little end first", "01" + "01000000" + "0000000000A056C0" + "0000000000402D40", want, true},
		{"WKB, big end first", "00" + "00000001" + "C056A00000000000" + "402D400000000000", want, true},
		{"EWKB", "01" + "01000020" + "E6100000" + "0000000000A056C0" + "0000000000402D40", with(4326), true},
		{"EWKB, lower case", "0101000020e61000000000000000a056c00000000000402d40", with(4326), true},
		{"EWKB of the Web Mercator", "01" + "01000020" + "110F0000" + "0000000000A056C0" + "0000000000402D40", with(3857), true},
		{"EWKB with a height", "01" + "010000A0" + "E6100000" + "0000000000A056C0" + "0000000000402D40" + "0000000000000000", with(4326), true},
		{"ISO WKB with a height", "01" + "E9030000" + "0000000000A056C0" + "0000000000402D40" + "0000000000000000", want, true},
		{"bytea", `\x01010000000000000000A056C00000000000402D40`, want, true},
		{"an empty point", "01" + "01000000" + "000000000000F87F" + "000000000000F87F", position{empty: true}, true},
		{"a line", "01" + "02000000" + "0000000000A056C0" + "0000000000402D40", position{}, false},
		{"cut off", "01" + "01000000" + "0000000000A056C0" + "0000000000402D", position{}, false},
		{"no hexadecimal", "0101000000000000000000A056C0ZZ00000000402D40", position{}, false},
		{"GeoJSON", `{"type":"Point","coordinates":[-90.5,14.625]}`, want, true},
		{"a portal's object", `{"latitude": "14.625", "longitude": "-90.5", "human_address": "{\"address\": \"\"}"}`, want, true},
		{"a portal's object in single quotes", `{'longitude': '-90.5', 'latitude': '14.625'}`, want, true},
		{"another GeoJSON", `{"type":"LineString","coordinates":[[1,2],[3,4]]}`, position{}, false},
		{"other JSON", `{"a":1}`, position{}, false},
		{"WKT with height and measure", "POINT ZM (-90.5 14.625 1500 7)", want, true},
		{"WKT with a measure", "POINTM(-90.5 14.625 7)", want, true},
		{"EWKT", "SRID=32615;POINT(-90.5 14.625)", with(32615), true},
		{"an empty WKT", "POINT EMPTY", position{empty: true}, true},
		{"words", "Latitud: 14.625, Longitud: -90.5", want, true},
		{"words, one missing", "Latitud: 14.625", position{}, false},
		{"words of something else", "Zona: 14.625, Lote: 90.5", position{}, false},
		{"angles", `14°37'30"N 90°30'00"W`, position{first: 14.625, second: -90.5, latFirst: true}, true},
		{"angles, letters first", `N14.625 W90.5`, position{first: 14.625, second: -90.5, latFirst: true}, true},
		{"angles, longitude first", `90°30'00"O, 14°37'30"N`, position{first: -90.5, second: 14.625, lonFirst: true}, true},
		{"angles in brackets", `(14°37'30"N, 90°30'00"W)`, position{first: 14.625, second: -90.5, latFirst: true}, true},
		{"behind an address", "100 MAIN ST\nBALTIMORE, MD\n(14.625, -90.5)", position{first: 14.625, second: -90.5}, true},
		{"two whole numbers in brackets", "Zona 1 (2, 3)", position{}, false},
		{"two angles of one axis", `14°37'30"N 15°30'00"N`, position{}, false},
	} {
		got, ok := parsePoint(c.text)
		if ok != c.ok || ok && got != c.want {
			t.Errorf("%s: got %+v, %v; want %+v, %v", c.name, got, ok, c.want, c.ok)
		}
	}
}

func TestAnglesComeBackFromTheirDegreesMinutesAndSeconds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, m, s := rapid.IntRange(0, 179).Draw(t, "d"), rapid.IntRange(0, 59).Draw(t, "m"), rapid.IntRange(0, 59999).Draw(t, "ms")
		text := fmt.Sprintf("%d°%02d'%06.3f\"W", d, m, float64(s)/1000)
		want := -(float64(d) + float64(m)/60 + float64(s)/3.6e6)
		if got, ok := parseAngle(text); !ok || math.Abs(got.degrees-want) > 1e-12*180 {
			t.Fatalf("%s: got %v, %v; want %v", text, got.degrees, ok, want)
		}
	})
}

func FuzzNumber(f *testing.F) {
	for _, seed := range []string{"490,249.23", "1.234.567,89", "5'458'166.83", "1,46E 01", "-9", "1e-5", "90.5-", "3 m"} {
		f.Add(seed, byte(0))
		f.Add(seed, byte(','))
	}
	f.Fuzz(func(t *testing.T, text string, groups byte) {
		if v, ok := parseNumber(text, groups); ok && (math.IsNaN(v) || math.IsInf(v, 0)) {
			t.Errorf("%q is %v", text, v)
		}
		groupingOf([]string{text, text, text})
	})
}

func FuzzAngle(f *testing.F) {
	for _, seed := range []string{`14°38'05.3"N`, "90 30 24 O", "W90.5", "14d38m5s", "N", "14Â°", "-1°", "59 59 59.9 E"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if a, ok := parseAngle(text); ok && (math.IsNaN(a.degrees) || math.IsInf(a.degrees, 0)) {
			t.Errorf("%q is %v", text, a)
		}
	})
}

func FuzzPoint(f *testing.F) {
	for _, seed := range []string{
		"0101000020E61000000000000000A056C00000000000402D40", `\x0101000000`, "SRID=1;POINT ZM(1 2 3 4)", `{"type":"Point","coordinates":[1,2]}`,
		`14°37'30"N 90°30'00"W`, "Lat: 1 Lon: 2", "{'latitude':'1','longitude':'2'}", "POINT EMPTY", "N1E2",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if p, ok := parsePoint(text); ok && (math.IsNaN(p.first+p.second) || math.IsInf(p.first, 0) || math.IsInf(p.second, 0)) {
			t.Errorf("%q is %+v", text, p)
		}
	})
}
