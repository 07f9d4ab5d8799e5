package ingest_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os/exec"
	"testing"

	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/paulmach/orb"
)

// Every row of a real file in metres of UTM zone 10N is held against PROJ.
// The system is told by the city of the time zone, and must be the right one.
func TestMetresOfARealFileLandWhereCs2csPutsThem(t *testing.T) {
	program, err := exec.LookPath("cs2cs")
	if err != nil {
		t.Skip("PROJ's cs2cs is not installed: the metres are not held against it")
	}
	const file = "vancouver/crimedata_csv_AllNeighbourhoods_2024.csv"
	var got []orb.Point
	report, err := ingest.Read(t.Context(), openShared(t, file), ingest.Options{File: file, TimeZone: "America/Vancouver", Clock: later},
		func(i store.Incident) error { got = append(got, i.Point); return nil })
	if err != nil {
		t.Fatal(err)
	}
	if report.CRS != "EPSG:32610" {
		t.Fatalf("read in %s: %s", report.CRS, report.Evidence["crs"])
	}
	rows, err := csv.NewReader(openShared(t, file)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var metres bytes.Buffer
	n := 0
	for _, row := range rows[1:] {
		if x, y := row[8], row[9]; x != "" && x != "0.0" && y != "0.0" {
			fmt.Fprintln(&metres, x, y)
			n++
		}
	}
	if n != len(got) {
		t.Fatalf("the file has %d places, %d were taken", n, len(got))
	}
	command := exec.Command(program, "-f", "%.9f", "EPSG:32610", "EPSG:4326")
	command.Stdin = &metres
	out, err := command.Output()
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSpace(out), []byte("\n"))
	for i, line := range lines {
		var lat, lon float64
		if _, err := fmt.Sscan(string(line), &lat, &lon); err != nil {
			t.Fatal(err)
		}
		if d := grid.DistanceM(orb.Point{lon, lat}, got[i]); d > 0.05 {
			t.Fatalf("place %d lies at %v, cs2cs says %v %v: %.3f m off", i+1, got[i], lon, lat, d)
		}
	}
	if len(lines) != n {
		t.Errorf("cs2cs answered %d of %d places", len(lines), n)
	}
}
