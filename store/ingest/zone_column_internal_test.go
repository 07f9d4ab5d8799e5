package ingest

import (
	"strconv"
	"testing"
)

func TestAZoneOfUTMIsANumberWithItsLetterAndNoDistrict(t *testing.T) {
	for cell, want := range map[string]string{
		"15": "15", "15N": "15n", "15 P": "15p", "15-P": "15p", "UTM 16": "16", "utm16n": "16n", "UTM zone 16N": "16n",
		"15.0": "15", " 9 ": "9", "Huso 30 S": "30s", "fuso 23S": "23s", "15 Norte": "15n", "18 Sur": "18s", "60X": "60x",
		"": "", "0": "", "61": "", "15.5": "", "Zona 3": "", "zona 15": "", "15A": "", "15I": "", "15 N P": "",
		"015": "", "Centro": "", "15;16": "", "3,5": "", "a": "", "zona de muy largo nombre 15": "",
	} {
		zone, letter, ok := parseZone(cell)
		got := ""
		if ok {
			got = strconv.Itoa(zone) + letter
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", cell, got, want)
		}
	}
}
