package sqlite_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"atalaya/store"
	"atalaya/store/sqlite"

	"github.com/paulmach/orb"
)

const benchRows = 100_000

// benchIncidents makes n incidents of a city over two years, the same ones
// each time, in no order of place.
func benchIncidents(n int) []store.Incident {
	day := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	incidents := make([]store.Incident, n)
	for i := range incidents {
		from := day.Add(time.Duration(i*7919%1_051_200) * time.Minute)
		incidents[i] = store.Incident{
			Source: "bench", SourceID: fmt.Sprintf("HX%07d", i*7919%10_000_019), Category: "robbery", RawCategory: "ROBBERY - ARMED",
			From: from, To: from.Add(time.Minute), TimePrecision: store.Minute, LocationPrecision: store.BlockLocation,
			Point: orb.Point{-90.6 + float64(i*7907%100_003)/500_000, 14.5 + float64(i*104_729%100_019)/500_000},
		}
	}
	return incidents
}

func BenchmarkPut(b *testing.B) {
	incidents := benchIncidents(benchRows)
	b.Run("bare prepared insert", func(b *testing.B) {
		for b.Loop() {
			bareInsert(b, incidents)
		}
		reportRows(b)
	})
	b.Run("all new", func(b *testing.B) {
		for b.Loop() {
			db := open(b, filepath.Join(b.TempDir(), "new.gpkg"))
			putAll(b, db, incidents)
			must(b, db.Close())
		}
		reportRows(b)
	})
	b.Run("all known", func(b *testing.B) {
		db := open(b, filepath.Join(b.TempDir(), "known.gpkg"))
		putAll(b, db, incidents)
		for b.Loop() {
			putAll(b, db, incidents)
		}
		reportRows(b)
	})
}

func BenchmarkWalk(b *testing.B) {
	path := filepath.Join(b.TempDir(), "walk.gpkg")
	db := open(b, path)
	putAll(b, db, benchIncidents(benchRows))
	b.Run("bare columns", func(b *testing.B) {
		bare := openBare(b, path)
		for b.Loop() {
			bareWalk(b, bare)
		}
		reportRows(b)
	})
	walk := func(filter store.IncidentFilter) func(b *testing.B) {
		return func(b *testing.B) {
			b.Helper()
			for b.Loop() {
				for _, err := range db.Incidents(b.Context(), filter) {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
			reportRows(b)
		}
	}
	b.Run("all", walk(store.IncidentFilter{}))
	month := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	b.Run("one month of 24", walk(store.IncidentFilter{From: month, To: month.AddDate(0, 1, 0)}))
}

// bareInsert is the plain way: one prepared statement, a row at a time, into
// a table with the same unique key and nothing else.
func bareInsert(b *testing.B, incidents []store.Incident) {
	b.Helper()
	db := openBare(b, filepath.Join(b.TempDir(), "bare.db"))
	_, err := db.ExecContext(b.Context(), `CREATE TABLE incident (id INTEGER PRIMARY KEY, source TEXT, source_id TEXT, category TEXT,
		occurred_from TEXT, occurred_to TEXT, lng REAL, lat REAL, UNIQUE (source, source_id))`)
	must(b, err)
	tx, err := db.BeginTx(b.Context(), nil)
	must(b, err)
	stmt, err := tx.PrepareContext(b.Context(), `INSERT INTO incident (source, source_id, category, occurred_from, occurred_to, lng, lat)
		VALUES (?, ?, ?, ?, ?, ?, ?)`)
	must(b, err)
	defer stmt.Close() //nolint:errcheck // a benchmark's
	for _, i := range incidents {
		_, err := stmt.ExecContext(b.Context(), i.Source, i.SourceID, i.Category,
			i.From.Format(time.RFC3339), i.To.Format(time.RFC3339), i.Point[0], i.Point[1])
		must(b, err)
	}
	must(b, tx.Commit())
	must(b, db.Close())
}

// bareWalk is the plain way to read: four columns, nothing made of them.
func bareWalk(b *testing.B, db *sql.DB) {
	b.Helper()
	rows, err := db.QueryContext(b.Context(), `SELECT fid, source_id, geom, cell FROM incident`)
	must(b, err)
	defer rows.Close() //nolint:errcheck // read only
	n := 0
	for ; rows.Next(); n++ {
		var fid, cell int64
		var id string
		var geom []byte
		must(b, rows.Scan(&fid, &id, &geom, &cell))
	}
	must(b, rows.Err())
	if n != benchRows {
		b.Fatalf("%d rows, want %d", n, benchRows)
	}
}

func openBare(b *testing.B, path string) *sql.DB {
	b.Helper()
	db, err := sql.Open("sqlite3", "file:"+path+"?_journal_mode=WAL&_synchronous=FULL")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	return db
}

func putAll(tb testing.TB, db *sqlite.DB, incidents []store.Incident) {
	tb.Helper()
	err := db.Load(tb.Context(), func(l store.Loader) error {
		if err := l.PutSource(store.Source{Code: "bench", Name: "Bench", TimeZone: "UTC", Synthetic: true}); err != nil {
			return err
		}
		if _, _, err := l.Category("bench", "robbery"); err != nil {
			return err
		}
		for rest := incidents; len(rest) > 0; {
			n := min(500, len(rest))
			if _, err := l.Put(rest[:n]); err != nil {
				return err
			}
			rest = rest[n:]
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}

func reportRows(b *testing.B) {
	b.Helper()
	b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
