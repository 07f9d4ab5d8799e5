package main

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/store"
)

func importJSON(t *testing.T, status int, args ...string) store.Report {
	t.Helper()
	got, out, errs := call(t, append([]string{"import", "--json", "--db", filepath.Join(t.TempDir(), "x.gpkg")}, args...)...)
	if got != status {
		t.Fatalf("status %d, want %d: %s", got, status, errs)
	}
	var r store.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("%v in %s", err, out)
	}
	rejected := 0
	for _, n := range r.Reasons {
		rejected += n
	}
	if r.Rows != r.Taken+r.Known+r.Updated+r.Merged+r.Rejected || rejected != r.Rejected {
		t.Errorf("sums do not add up: %+v", r)
	}
	return r
}

func TestTheMemphisFileIsTakenWholeAndThenKnown(t *testing.T) {
	file, db := reference.Data(t, "memphis/memphis_robberies.csv"), filepath.Join(t.TempDir(), "memphis.gpkg")
	args := []string{file, "--timezone", "America/Chicago", "--db", db}
	if r := importJSON(t, exitFine, args...); r.Rows != 2245 || r.Taken != 2245 {
		t.Errorf("%d rows, %d taken, want 2245 and 2245", r.Rows, r.Taken)
	}
	if r := importJSON(t, exitFine, args...); r.Rows != 2245 || r.Known != 2245 {
		t.Errorf("%d rows, %d known, want 2245 and 2245", r.Rows, r.Known)
	}
}

func TestTheHotspotsOfTheMemphisFileEqualSpdep(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.csv")
	status, _, errs := call(t, "hotspots", reference.Data(t, "memphis/memphis_robberies.csv"),
		"--area", reference.Data(t, "memphis/memphis_boundary_simplified.geojson"),
		"--res", "8", "--timezone", "America/Chicago", "--format", "csv", "-o", out)
	if status != exitFine {
		t.Fatalf("status %d: %s", status, errs)
	}
	rows := reference.Table(t, out)
	reference.Against(t, reference.Shared(t, "oracle/memphis_res8/local_stats.csv")).GiStar(rows)
	hot := 0
	for _, row := range rows {
		if class := row["class"]; class == "hot_99" || class == "hot_95" {
			hot++
		}
	}
	if len(rows) != 1050 || hot != 97 {
		t.Errorf("%d rows, %d hot at 95 %%, want 1050 and 97", len(rows), hot)
	}
}

func TestTheChicagoSampleIsTakenAndWhatIsNotIsNamed(t *testing.T) {
	// Counted in the file: 10,000 records, of which awk finds blank latitudes.
	r := importJSON(t, exitRejected, reference.Data(t, "chicago/crimes_2001_to_present_sample.csv"), "--timezone", "America/Chicago")
	if r.Rows != 10_000 || r.Rejected == 0 || r.Reasons["no_coordinates"] == 0 {
		t.Errorf("%+v", r)
	}
	for _, reject := range r.FirstRejects {
		if reject.Row < 2 || reject.Row > 10_001 || reject.Reason == "" {
			t.Errorf("reject %+v", reject)
		}
	}
}

func TestThePhiladelphiaFileIsTakenAndWhatIsNotIsNamed(t *testing.T) {
	if testing.Short() {
		t.Skip("582,701 rows take a while")
	}
	r := importJSON(t, exitRejected, reference.Data(t, "philadelphia/incidents_2022_2026.csv.gz"), "--timezone", "America/New_York")
	if r.Rows != 582_701 || r.Taken < 500_000 {
		t.Errorf("%d rows, %d taken", r.Rows, r.Taken)
	}
}
