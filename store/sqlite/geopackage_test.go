package sqlite_test

import (
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"atalaya/store"
	"atalaya/store/sqlite"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

func TestAFileIsMarkedAsGeoPackage(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.gpkg")
	open(t, path)
	// 0x47504B47 is "GPKG"; 10300 is version 1.3.0.
	if got := query(t, path, `SELECT printf('%x', application_id) || ' ' || user_version FROM pragma_application_id, pragma_user_version`); got != "47504b47 10300" {
		t.Errorf("application id and user version %q", got)
	}
	for _, check := range []string{`PRAGMA integrity_check`, `PRAGMA journal_mode`} {
		want := map[string]string{`PRAGMA integrity_check`: "ok", `PRAGMA journal_mode`: "wal"}[check]
		if got := query(t, path, check); got != want {
			t.Errorf("%s is %q, want %q", check, got, want)
		}
	}
	if got := query(t, path, `SELECT count(*) FROM pragma_foreign_key_check`); got != "0" {
		t.Errorf("%s rows break a foreign key", got)
	}
}

func TestEveryRegisteredTableIsThereWithAnIntegerKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.gpkg")
	open(t, path)
	got := query(t, path, `SELECT group_concat(table_name || ' ' || data_type || ' ' || (
		SELECT type FROM pragma_table_info(table_name) WHERE pk = 1), ', ') FROM (SELECT * FROM gpkg_contents ORDER BY table_name)`)
	if want := "area features INTEGER, category attributes INTEGER, denominator attributes INTEGER, denominator_part features INTEGER, " +
		"incident features INTEGER, place features INTEGER, shift attributes INTEGER, source attributes INTEGER"; got != want {
		t.Errorf("tables %q, want %q", got, want)
	}
}

func TestExtentsAndLastChangeFollowEveryWrite(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.gpkg")
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{Clock: func() time.Time { return now }})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	contents := func(table string) string {
		return query(t, path, fmt.Sprintf(`SELECT last_change || ' ' ||
			coalesce(printf('%%g %%g %%g %%g', min_x, min_y, max_x, max_y), '') FROM gpkg_contents WHERE table_name = '%s'`, table))
	}
	check := func(table, want string) {
		t.Helper()
		if got := contents(table); got != want {
			t.Errorf("%s in gpkg_contents: %q, want %q", table, got, want)
		}
	}
	furnish(t, db)
	if got := query(t, path, `SELECT count(*) FROM gpkg_contents WHERE table_name = 'incident' AND min_x IS NULL`); got != "1" {
		t.Error("an empty layer has an extent")
	}
	put(t, db, 0, incident("1", -90, 14), incident("2", -89, 15))
	check("incident", "2030-01-01T00:00:00.000Z -90 14 -89 15")
	check("source", "2030-01-01T00:00:00.000Z 0 0 0 0")

	now = now.Add(time.Hour)
	put(t, db, 0, incident("1", -90, 14)) // known: nothing changes
	check("incident", "2030-01-01T00:00:00.000Z -90 14 -89 15")

	id := upload(t, db, incident("3", -95, 10))
	check("incident", "2030-01-01T01:00:00.000Z -95 10 -89 15")
	put(t, db, 0, incident("2", -89.5, 14.5))
	check("incident", "2030-01-01T01:00:00.000Z -95 10 -89.5 14.5")

	now = now.Add(time.Hour)
	must(t, db.UndoUpload(t.Context(), id))
	check("incident", "2030-01-01T02:00:00.000Z -90 14 -89.5 14.5")

	square := func(id string, west float64) store.Area {
		return store.Area{ID: id, Name: id, Kind: store.Sector, Geometry: orb.MultiPolygon{{{{west, 1}, {west + 1, 1}, {west + 1, 2}, {west, 1}}}}}
	}
	must(t, db.PutAreas(t.Context(), square("a", 10), square("b", 20)))
	check("area", "2030-01-01T02:00:00.000Z 10 1 21 2")
	must(t, db.DeleteArea(t.Context(), "b"))
	check("area", "2030-01-01T02:00:00.000Z 10 1 11 2")

	must(t, db.PutPlaces(t.Context(), store.Place{ID: "a", Name: "A", Point: orb.Point{5, 6}}, store.Place{ID: "b", Name: "B", Point: orb.Point{-5, 7}}))
	check("place", "2030-01-01T02:00:00.000Z -5 6 5 7")
	must(t, db.DeletePlace(t.Context(), "b"))
	check("place", "2030-01-01T02:00:00.000Z 5 6 5 6")
	must(t, db.PutDenominator(t.Context(), store.Denominator{ID: "d", Name: "D", Unit: "residents"}, []store.DenominatorPart{
		{Geometry: orb.Point{0, 0}, Value: 1}, {Geometry: orb.Polygon{{{1, 1}, {2, 1}, {2, 2}, {1, 1}}}, Value: 2},
	}))
	check("denominator_part", "2030-01-01T02:00:00.000Z 0 0 2 2")
	must(t, db.DeleteDenominator(t.Context(), "d"))
	check("denominator_part", "2030-01-01T02:00:00.000Z 0 0 0 0")
}

func TestGDALReadsTheFileWhileItIsOpen(t *testing.T) {
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Skip("ogrinfo is not on this machine: what GDAL makes of the file is not tested")
	}
	path := filepath.Join(t.TempDir(), "test.gpkg")
	db := open(t, path)
	furnish(t, db)
	put(t, db, 0, incident("1", -90.5, 14.5), incident("2", -89, 15), incident("3", -91, 13))
	must(t, db.PutAreas(t.Context(), store.Area{
		ID: "gt-01", Name: "Zona 1", Kind: store.StudyArea,
		Geometry: orb.MultiPolygon{{{{-91, 14}, {-90, 14}, {-90, 15}, {-91, 14}}}},
	}))
	must(t, db.PutPlaces(t.Context(), store.Place{ID: "market", Name: "Mercado", Point: orb.Point{-90.5, 14.5}}))
	must(t, db.PutDenominator(t.Context(), store.Denominator{ID: "residents", Name: "Residents", Unit: "residents"}, []store.DenominatorPart{
		{Geometry: orb.Point{-90, 14}, Value: 20}, {Geometry: orb.Polygon{{{-91, 14}, {-90, 14}, {-90, 15}, {-91, 14}}}, Value: 54},
	}))
	// Another process reads while a load holds the write lock.
	must(t, db.Load(t.Context(), func(l store.Loader) error {
		_, err := l.Put([]store.Incident{incident("4", 0, 0)})
		must(t, err)
		out := ogrinfo(t, "-ro", "-so", "-al", path)
		for _, want := range []string{
			"Layer name: incident", "Geometry: Point", "Feature Count: 3", "Extent: (-91.000000, 13.000000) - (-89.000000, 15.000000)",
			"occurred_from: DateTime", "occurred_to: DateTime", "source_id: String", "category: String", "cell: Integer64",
			"FID Column = fid", "Geometry Column NOT NULL = geom", `ID["EPSG",4326]`,
			"Layer name: area", "Geometry: Multi Polygon", "Feature Count: 1", "Extent: (-91.000000, 14.000000) - (-90.000000, 15.000000)",
			"synthetic: Integer(Boolean)", "Layer name: category", "Layer name: source",
			"Layer name: place", "Layer name: shift", "Layer name: denominator\n", "Layer name: denominator_part", "Geometry: Unknown (any)",
		} {
			if !strings.Contains(out, want) {
				t.Errorf("ogrinfo does not say %q", want)
			}
		}
		if n := strings.Count(out, "Layer name:"); n != 8 {
			t.Errorf("%d layers, want 8: incident, area, category, source, place, shift, denominator and its parts", n)
		}
		if strings.Contains(out, "Warning") || strings.Contains(out, "ERROR") {
			t.Error("ogrinfo complains")
		}
		if t.Failed() {
			t.Log(out)
		}
		return nil
	}))
	out := ogrinfo(t, "-ro", "-q", path, "-sql", "SELECT occurred_from, geom FROM incident WHERE source_id = '2'")
	for _, want := range []string{"occurred_from (DateTime) = 2024/03/01 12:00:00+00", "POINT (-89 15)"} {
		if !strings.Contains(out, want) {
			t.Errorf("ogrinfo does not say %q:\n%s", want, out)
		}
	}
	out = ogrinfo(t, "-ro", "-q", path, "area")
	if want := "MULTIPOLYGON (((-91 14,-90 14,-90 15,-91 14)))"; !strings.Contains(out, want) {
		t.Errorf("ogrinfo does not say %q:\n%s", want, out)
	}
}

func TestAreasThatGDALWroteAreRead(t *testing.T) {
	if _, err := exec.LookPath("ogr2ogr"); err != nil {
		t.Skip("ogr2ogr is not on this machine: what GDAL writes is not tested")
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "test.gpkg")
	db := open(t, path)
	drawn := filepath.Join(dir, "drawn.geojson")
	must(t, os.WriteFile(drawn, []byte(`{"type": "Feature", "properties": {"id": "by-hand", "name": "By hand", "kind": "sector", "synthetic": false},
		"geometry": {"type": "MultiPolygon", "coordinates": [[[[1, 1], [2, 1], [2, 2], [1, 1]]]]}}`), 0o600))
	out, err := exec.CommandContext(t.Context(), "ogr2ogr", "-append", "-f", "GPKG", path, drawn, "-nln", "area").CombinedOutput()
	if err != nil {
		t.Fatalf("ogr2ogr: %v\n%s", err, out)
	}
	got, err := db.Area(t.Context(), "by-hand")
	must(t, err)
	if diff := cmp.Diff(orb.MultiPolygon{{{{1, 1}, {2, 1}, {2, 2}, {1, 1}}}}, got.Geometry); diff != "" {
		t.Errorf("geometry differs:\n%s", diff)
	}
}

func TestTheIndexOfCellsIsThereAfterABigLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "test.gpkg")
	db := open(t, path)
	const indices = `SELECT group_concat(sql, ';') FROM sqlite_schema WHERE name = 'incident_cell'`
	before := query(t, path, indices)
	putAll(t, db, benchIncidents(12_000))
	if after := query(t, path, indices); after != before || before == "" {
		t.Errorf("index %q after a big load, %q before", after, before)
	}
	if got := query(t, path, `SELECT count(*) FROM incident INDEXED BY incident_cell WHERE cell > 0`); got != "12000" {
		t.Errorf("the index has %s rows, want 12000", got)
	}
	if got := query(t, path, `PRAGMA integrity_check`); got != "ok" {
		t.Errorf("integrity check: %s", got)
	}
}

// ogrinfo runs GDAL's ogrinfo in a process of its own.
func ogrinfo(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "ogrinfo", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("ogrinfo %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// query asks the file for one value, through a connection of its own.
func query(t *testing.T, path, sqlText string) string {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?mode=ro")
	must(t, err)
	defer db.Close() //nolint:errcheck // read only
	var value string
	must(t, db.QueryRowContext(t.Context(), sqlText).Scan(&value))
	return value
}
