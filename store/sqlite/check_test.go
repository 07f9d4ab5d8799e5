package sqlite_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckTellsWhatIsNotAsItMustBe(t *testing.T) {
	cases := []struct{ name, tamper, want string }{
		{"nothing", `SELECT 1`, ""},
		{"a count of a source", `UPDATE source SET incidents = 7`, "1 counts of sources"},
		{"a count of a category", `UPDATE category SET incidents = incidents + 1`, "1 counts of categories"},
		{"an extent", `UPDATE gpkg_contents SET max_x = 0 WHERE table_name = 'incident'`, "extent"},
		{"a time span", `UPDATE state SET latest = '2099-01-01T00:00:00.000Z'`, "time span"},
		{"a row that went", `DELETE FROM incident WHERE source_id = '1'`, "counts of sources"},
		{"a reference into nothing", `PRAGMA foreign_keys = off; INSERT INTO reject (upload, row, reason, field, value, message) VALUES (99, 1, '', '', '', '')`, "foreign_key_check"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.gpkg")
			db := open(t, path)
			furnish(t, db)
			put(t, db, 0, incident("1", -90.5, 14.6), incident("2", -90.4, 14.7))
			tamper(t, path, c.tamper)
			err := db.Check(t.Context())
			if c.want == "" {
				must(t, err)
			} else if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

// tamper changes the file behind the store's back.
func tamper(t *testing.T, path, query string) {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+path)
	must(t, err)
	_, err = db.ExecContext(t.Context(), query)
	must(t, err)
	must(t, db.Close())
}
