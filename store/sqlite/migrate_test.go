package sqlite_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"testing"

	"atalaya/store"

	"github.com/pressly/goose/v3"
)

// The row of the incident is written as the first schema had it.
func TestAFileOfTheFirstSchemaKeepsItsIncidents(t *testing.T) {
	path := filepath.Join(t.TempDir(), "first.gpkg")
	old, err := sql.Open("sqlite3", path)
	must(t, err)
	first, err := goose.NewProvider(goose.DialectSQLite3, old, os.DirFS("migrations"), goose.WithTableName("atalaya_migration"))
	must(t, err)
	_, err = first.UpTo(t.Context(), 1)
	must(t, err)
	for _, query := range []string{
		`INSERT INTO source (code, name, time_zone, synthetic, incidents) VALUES ('pnc', 'PNC', 'America/Guatemala', 0, 1)`,
		`INSERT INTO category (code, name_es, name_en, "group", origin, sensitive, harm, incidents) VALUES ('robbery', 'Robo', 'Robbery', '', 'reported', 0, 0, 1)`,
		`INSERT INTO incident (geom, source, source_id, category, time_precision, location_precision, cell)
			VALUES (x'47500001e6100000010100000000000000000056c00000000000002e40', 'pnc', '1', 'robbery', 'unknown', 'unknown', 0)`, // -88, 15
	} {
		_, err := old.ExecContext(t.Context(), query)
		must(t, err)
	}
	must(t, old.Close())

	db := open(t, path)
	n := 0
	for i, err := range db.Incidents(t.Context(), store.IncidentFilter{}) {
		must(t, err)
		if n++; i.SourceID != "1" || i.Point[0] != -88 || i.Point[1] != 15 || i.Offences != nil {
			t.Errorf("got %+v", i)
		}
	}
	s, err := db.Source(t.Context(), "pnc")
	must(t, err)
	if n != 1 || s.Allowed != nil || s.Rows != "" {
		t.Errorf("%d incidents, source %+v", n, s)
	}
}
