package storetest

import (
	"testing"

	"atalaya/store"
)

// claim is one sentence of the promise, and how it is seen to hold.
type claim struct {
	sentence string
	holds    func(t *testing.T, st store.Store)
}

// Run tests that the stores which open returns keep the promise. Each claim
// gets a new, empty store, which Run closes.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	t.Helper()
	chapters := []struct {
		name   string
		claims []claim
	}{
		{"summary", summaryClaims()},
		{"load", loadClaims()},
		{"put", putClaims()},
		{"unite", uniteClaims()},
		{"undo", undoClaims()},
		{"incidents", filterClaims()},
		{"category", categoryClaims()},
		{"text", textClaims()},
		{"area", areaClaims()},
		{"shift", shiftClaims()},
		{"place", placeClaims()},
		{"denominator", denominatorClaims()},
		{"source", sourceClaims()},
		{"upload", uploadClaims()},
		{"status", statusClaims()},
		{"concurrency", concurrencyClaims()},
		{"model", modelClaims()},
	}
	for _, chapter := range chapters {
		t.Run(chapter.name, func(t *testing.T) {
			for _, c := range chapter.claims {
				t.Run(c.sentence, func(t *testing.T) {
					st := open(t)
					t.Cleanup(func() {
						if err := st.Close(); err != nil {
							t.Errorf("close: %v", err)
						}
					})
					c.holds(t, st)
				})
			}
		})
	}
}
