// Package storetest is the promise of store.Store as tests: whatever passes
// them can take the place of any other that does.
//
//	func TestStore(t *testing.T) {
//		storetest.Run(t, func(t *testing.T) store.Store {
//			db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "test.gpkg"), sqlite.Options{})
//			if err != nil { t.Fatal(err) }
//			return db
//		})
//	}
//
// Assumptions: the store is real and empty, and belongs to the test alone.
// Times are whole milliseconds, the finest that a store must keep. What only
// one implementation promises is tested beside it.
package storetest
