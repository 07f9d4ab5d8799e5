package ingest_test

import (
	"bytes"
	"context"
	"math"
	"os"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"
)

// As PROJ has them: 219883, 1615900 of EPSG:32616 is -89.60002, 14.60192, and
// of EPSG:32615, which was read before, -95.602.
func TestEachRowIsReadInTheZoneOfUTMThatItNames(t *testing.T) {
	b, err := os.ReadFile(fixtures + "/places_utm_zones.csv")
	if err != nil {
		t.Fatal(err)
	}
	incidents, report, err := readText(t, string(b), ingest.Options{TimeZone: "America/Guatemala"})
	if err != nil || len(incidents) != 4 {
		t.Fatalf("%d incidents, %v", len(incidents), err)
	}
	if at := incidents[2].Point; math.Abs(at[0]+89.60002) > 5e-6 || math.Abs(at[1]-14.60192) > 5e-6 {
		t.Errorf("row 4 lies at %v", at)
	}
	if report.CRS != "EPSG:32615, EPSG:32616" || report.Mapping["utm_zone"] != "zona" {
		t.Errorf("read in %s by column %q", report.CRS, report.Mapping["utm_zone"])
	}

	_, report, err = readText(t, string(b), ingest.Options{TimeZone: "America/Guatemala", CRS: "EPSG:32615"})
	if err != nil || report.CRS != "EPSG:32615" || report.Mapping["utm_zone"] != "" {
		t.Errorf("with --crs it is read in %s by column %q: %v", report.CRS, report.Mapping["utm_zone"], err)
	}
	_, report, err = readText(t, string(b), ingest.Options{TimeZone: "America/Guatemala", Map: map[string]string{"utm_zone": ""}})
	if err != nil || report.CRS != "EPSG:32615" || report.Mapping["utm_zone"] != "" {
		t.Errorf("without zones it is read in %s by column %q: %v", report.CRS, report.Mapping["utm_zone"], err)
	}
	_, report, err = readText(t, string(b), ingest.Options{TimeZone: "UTC"})
	if err == nil || report.Taken > 0 {
		t.Errorf("%d rows are taken where nothing tells where they should lie", report.Taken)
	}
}

func TestZonesOfUTMHaveTheHemisphereOfTheirLetterOrOfTheSource(t *testing.T) {
	for _, c := range []struct {
		name, zone, rows string
		lat              float64
		crs              string
	}{
		{"Lima, bare", "America/Lima", "279000,8666000,18", -12.06, "EPSG:32718"},
		{"Lima, a band", "America/Lima", "279000,8666000,18L", -12.06, "EPSG:32718"},
		{"São Paulo, the hemisphere", "America/Sao_Paulo", "333000,7395000,23S", -23.55, "EPSG:32723"},
		{"Andalusia, the band S", "Europe/Madrid", "447000,4114000,30S", 37.17, "EPSG:32630"},
		{"Bogotá, a hemisphere in words", "America/Bogota", "604000,509000,18 Norte", 4.60, "EPSG:32618"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "id,fecha,delito,este,norte,huso\n"
			for _, id := range []string{"1", "2", "3"} {
				text += id + ",2023-01-05,robo," + c.rows + "\n"
			}
			incidents, report, err := readText(t, text, ingest.Options{TimeZone: c.zone})
			if err != nil || len(incidents) != 3 {
				t.Fatalf("%d incidents, %v", len(incidents), err)
			}
			if at := incidents[0].Point; report.CRS != c.crs || math.Abs(at[1]-c.lat) > 0.05 {
				t.Errorf("read in %s at %v", report.CRS, at)
			}
		})
	}
}

// The zones are in each other's place: read in them, every row is over 500 km
// off, and read in the one that the names of x and y say, half of them are.
func TestZonesThatExplainNothingAreDoubtedAndTheirFarRowsRejected(t *testing.T) {
	text := "id,fecha,delito,x_utm15,y_utm15,zona\n" +
		"1,2023-01-05,robo,766620,1619928,16\n2,2023-01-06,robo,767100,1619300,16\n" +
		"3,2023-01-07,robo,219883,1615900,15\n4,2023-01-08,robo,221000,1616100,15\n"
	var doubts []store.Doubt
	incidents, report, err := readText(t, text, ingest.Options{TimeZone: "America/Guatemala", OnPlan: func(p store.Proposal) error {
		doubts = p.Doubts
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	if len(incidents) != 2 || report.Reasons[ingest.FarAway] != 2 {
		t.Errorf("%d taken, rejected: %v", len(incidents), report.Reasons)
	}
	isTold := false
	for _, d := range doubts {
		isTold = isTold || d.Code == store.DoubtPlace && strings.Contains(d.Message, `"zona" names different zones`)
	}
	if !isTold {
		t.Errorf("doubts: %v", doubts)
	}
}

// What somebody saw and confirmed is in no doubt in the next file.
func TestZonesOfUTMAreDoubtedOnceInASource(t *testing.T) {
	st := openStore(t)
	b, err := os.ReadFile(fixtures + "/places_utm_zones.csv")
	if err != nil {
		t.Fatal(err)
	}
	opts := ingest.Options{File: "z.csv", Source: "z", TimeZone: "America/Guatemala", Clock: noon}
	for _, want := range []bool{true, false} {
		p, err := ingest.Propose(context.Background(), st, bytes.NewReader(b), opts)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(p.Doubts) > 0; got != want {
			t.Errorf("doubts: %v", p.Doubts)
		}
		if _, err := ingest.Import(context.Background(), st, bytes.NewReader(b), opts); err != nil {
			t.Fatal(err)
		}
	}
	// Somebody said the system of an earlier file: rows in two zones are read in
	// theirs all the same.
	opts.Source, opts.CRS = "y", "EPSG:32615"
	if _, err := ingest.Import(context.Background(), st, strings.NewReader("id,fecha,delito,x,y,zona\n1,2023-01-05,robo,766620,1619928,15\n"), opts); err != nil {
		t.Fatal(err)
	}
	opts.CRS = ""
	p, err := ingest.Propose(context.Background(), st, bytes.NewReader(b), opts)
	if err != nil || p.CRS != "EPSG:32615, EPSG:32616" || len(p.Doubts) == 0 {
		t.Errorf("read in %s, doubts %v: %v", p.CRS, p.Doubts, err)
	}
}
