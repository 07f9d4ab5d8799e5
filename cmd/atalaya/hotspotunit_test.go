package main

import (
	"path/filepath"
	"strings"
	"testing"

	"atalaya/fixtures/reference"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

func TestTheHotspotsOfAFileAreThoseOfItsDatabase(t *testing.T) {
	file := reference.Data(t, "memphis/memphis_robberies.csv")
	boundary := reference.Data(t, "memphis/memphis_boundary_simplified.geojson")
	dir := t.TempDir()
	db := filepath.Join(dir, "memphis.gpkg")
	importJSON(t, exitFine, file, "--timezone", "America/Chicago", "--db", db)
	args := []string{"hotspots", "--unit", "hotspot", "--res", "8", "--timezone", "America/Chicago", "--area", boundary}
	table := func(name string, more ...string) []reference.Row {
		t.Helper()
		out := filepath.Join(dir, name)
		if status, _, errs := call(t, append(append(args, "-o", out), more...)...); status != exitFine {
			t.Fatalf("status %d: %s", status, errs)
		}
		return reference.Table(t, out)
	}
	fromFile, fromDatabase := table("file.csv", file), table("db.csv", "--db", db)
	if len(fromFile) < 3 {
		t.Fatalf("%d hotspots, want some", len(fromFile))
	}
	if fromFile[0]["rank"] != "1" || !strings.Contains(fromFile[0]["reason_en"], fromFile[0]["count"]+" incidents") {
		t.Errorf("the first is %v", fromFile[0])
	}
	if diff := cmp.Diff(fromFile, fromDatabase); diff != "" {
		t.Errorf("(-file +database):\n%s", diff)
	}
	status, text, errs := call(t, append(args, file)...)
	if status != exitFine {
		t.Fatalf("status %d: %s", status, errs)
	}
	collection, err := geojson.UnmarshalFeatureCollection([]byte(text))
	if err != nil || len(collection.Features) != len(fromFile) {
		t.Fatalf("%d features of %d hotspots: %v", len(collection.Features), len(fromFile), err)
	}
	for i, f := range collection.Features {
		outline, isPolygons := f.Geometry.(orb.MultiPolygon)
		if f.ID != fromFile[i]["id"] || !isPolygons || len(outline) != 1 {
			t.Errorf("feature %v with %d polygons, want %s with one", f.ID, len(outline), fromFile[i]["id"])
		}
	}
}

func TestHotspotsOfAMethodWithoutClassesAreRefused(t *testing.T) {
	status, _, errs := call(t, "hotspots", "--unit", "hotspot", "--method", "density", "incidents.csv")
	if status == exitFine || !strings.Contains(errs, "method density gives no hotspots") || !strings.Contains(errs, "gistar") {
		t.Errorf("status %d: %s", status, errs)
	}
}
