package sqlite_test

import (
	"path/filepath"
	"testing"

	"atalaya/store"
	"atalaya/store/sqlite"
	"atalaya/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		t.Helper()
		db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.gpkg"), sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return db
	})
}
