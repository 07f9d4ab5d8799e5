package sqlite_test

import (
	"context"
	"testing"
	"time"

	"atalaya/store"
	"atalaya/store/sqlite"

	"github.com/paulmach/orb"
)

func open(tb testing.TB, path string) *sqlite.DB {
	tb.Helper()
	db, err := sqlite.Open(context.Background(), path, sqlite.Options{})
	must(tb, err)
	tb.Cleanup(func() { _ = db.Close() })
	return db
}

// furnish puts the source and the category of incident.
func furnish(tb testing.TB, db *sqlite.DB) {
	tb.Helper()
	must(tb, db.PutSource(tb.Context(), store.Source{Code: "pnc", Name: "PNC", TimeZone: "America/Guatemala"}))
	must(tb, db.PutCategory(tb.Context(), store.Category{Code: "robbery", NameES: "Robo", NameEN: "Robbery", Origin: store.Reported}))
}

func incident(id string, lng, lat float64) store.Incident {
	noon := time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC)
	return store.Incident{
		Source: "pnc", SourceID: id, Category: "robbery", From: noon, To: noon.Add(time.Minute), TimePrecision: store.Minute,
		Point: orb.Point{lng, lat},
	}
}

func put(tb testing.TB, db *sqlite.DB, upload int64, incidents ...store.Incident) {
	tb.Helper()
	for i := range incidents {
		incidents[i].Upload = upload
	}
	must(tb, db.Load(tb.Context(), func(l store.Loader) error {
		_, err := l.Put(incidents)
		if err != nil || upload == 0 {
			return err
		}
		return l.FinishUpload(store.Upload{ID: upload, Report: store.Report{Rows: len(incidents), Taken: len(incidents)}})
	}))
}

// upload puts incidents, all of them new, as a file.
func upload(tb testing.TB, db *sqlite.DB, incidents ...store.Incident) int64 {
	tb.Helper()
	id, err := db.CreateUpload(tb.Context(), store.Upload{})
	must(tb, err)
	put(tb, db, id, incidents...)
	return id
}

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatalf("unexpected error: %v", err)
	}
}
