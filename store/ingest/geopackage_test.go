package ingest

import (
	"database/sql"
	"encoding/binary"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atalaya/store"

	"github.com/google/go-cmp/cmp"
)

// geoPackageOf makes a database by SQL and returns its bytes.
func geoPackageOf(t testing.TB, statements string, args ...any) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.gpkg")
	db, err := sql.Open("sqlite3", file)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), statements, args...); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const geoTables = `
	CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
	CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
	CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER);
	INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326, ''), (100, 'OWN', 100, 'PROJCS["own"]'), (0, 'NONE', 0, 'undefined');
`

// geoBlob is a point as a GeoPackage keeps it, with or without an envelope.
func geoBlob(x, y float64, hasEnvelope bool) []byte {
	b := []byte{'G', 'P', 0, 1, 0, 0, 0, 0}
	if hasEnvelope {
		b[3] |= 1 << 1
		b = append(b, make([]byte, 32)...)
	}
	return append(b, wkbPoint2D(x, y)...)
}

func TestTheLayerOfPointsIsReadWithEveryDigit(t *testing.T) {
	opened, err := openString(t, geoPackageOf(t, geoTables+`
		INSERT INTO gpkg_contents VALUES ('ways', 'features'), ('in"cidents', 'features'), ('codes', 'attributes'), ('tiles', 'tiles');
		INSERT INTO gpkg_geometry_columns VALUES ('ways', 'geom', 'LINESTRING', 4326), ('in"cidents', 'shape', 'point', 100);
		CREATE TABLE ways (fid INTEGER PRIMARY KEY, geom BLOB);
		CREATE TABLE codes (code INTEGER, name TEXT);
		INSERT INTO codes VALUES (1, 'a'), (2, 'b'), (3, 'c');
		CREATE TABLE "in""cidents" (fid INTEGER PRIMARY KEY, day DATE, shape POINT, "at" DATETIME, n REAL, geometry TEXT, b BLOB);
		INSERT INTO "in""cidents" VALUES (7, '05/01/2024', ?, '2024-01-05T13:30:00Z', 14.634900000000001, 'x', x'ff00'), (8, NULL, ?, 'soon', 1e20, NULL, NULL), (9, NULL, NULL, NULL, NULL, NULL, NULL);`,
		geoBlob(1.5, 2.25, true), geoBlob(3, 4, false)))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"geometry", "fid", "day", "at", "n", "geometry_2", "b"}
	if diff := cmp.Diff(want, opened.columns()); diff != "" {
		t.Error("columns", diff)
	}
	rows := [][]string{
		{"[1.5,2.25]", "7", "05/01/2024", "2024-01-05T13:30:00Z", "14.634900000000002", "x", "ff00"},
		{"[3,4]", "8", "", "soon", "100000000000000000000", "", ""},
		{"", "9", "", "", "", "", ""},
	}
	if diff := cmp.Diff(rows, rowsIn(t, opened)); diff != "" {
		t.Error(diff)
	}
	if opened.container != "gpkg" || opened.crs != `PROJCS["own"]` || !opened.geojson {
		t.Errorf("container %s, crs %q", opened.container, opened.crs)
	}
	notes := strings.Join(opened.notes, "; ")
	if !strings.Contains(notes, `layer "in\"cidents" is read; not read: codes`) || !strings.Contains(notes, "ways (LINESTRING)") {
		t.Errorf("notes %s", notes)
	}
}

func TestDatabasesThatHoldNoPointsAreRefused(t *testing.T) {
	for _, c := range []struct{ name, statements, want string }{
		{"no GeoPackage", "CREATE TABLE a (b)", "no GeoPackage"},
		{"areas alone", geoTables + `INSERT INTO gpkg_contents VALUES ('a', 'features');
			INSERT INTO gpkg_geometry_columns VALUES ('a', 'geom', 'POLYGON', 4326); CREATE TABLE a (geom)`, "its layers: a (POLYGON)"},
		{"a layer that is not there", geoTables + "INSERT INTO gpkg_contents VALUES ('a', 'features')", "no such table: a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := openString(t, geoPackageOf(t, c.statements))
			if store.KindOf(err) != store.Invalid || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestWellKnownBinaryBecomesAPositionOrTheNameOfWhatItIs(t *testing.T) {
	point := wkbPoint2D(1.5, 2)
	big := append([]byte{0, 0, 0, 0, 1}, make([]byte, 16)...)
	withSystem := append([]byte{1, 1, 0, 0, 0x20, 0xe6, 0x10, 0, 0}, point[5:]...)
	z := append(append([]byte{1}, binary.LittleEndian.AppendUint32(nil, 1001)...), append(point[5:len(point):len(point)], make([]byte, 8)...)...)
	multi := append([]byte{1, 4, 0, 0, 0, 1, 0, 0, 0}, point...)
	for _, c := range []struct {
		name string
		wkb  []byte
		want string
	}{
		{"a point", point, "[1.5,2]"},
		{"highest byte first", big, "[0,0]"},
		{"with a system", withSystem, "[1.5,2]"},
		{"with a height", z, "[1.5,2]"},
		{"a multipoint of one", multi, "[1.5,2]"},
		{"a multipoint of two", append([]byte{1, 4, 0, 0, 0, 2, 0, 0, 0}, point...), "!MultiPoint"},
		{"an area", []byte{1, 3, 0, 0, 0}, "!Polygon"},
		{"an empty point", wkbPoint2D(math.NaN(), math.NaN()), ""},
		{"a piece", point[:10], ""},
		{"rubbish", []byte("rubbish"), ""},
	} {
		if got := pointCell(c.wkb); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzPointCell(f *testing.F) {
	f.Add(wkbPoint2D(1, 2))
	f.Fuzz(func(t *testing.T, b []byte) {
		if cell := pointCell(b); cell != "" && cell[0] != '[' && cell[0] != '!' {
			t.Errorf("got %q", cell)
		}
		geoPackagePoint(b)
	})
}
