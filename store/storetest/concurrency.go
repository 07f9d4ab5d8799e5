package storetest

import (
	"fmt"
	"iter"
	"sync"
	"testing"

	"atalaya/store"
)

func concurrencyClaims() []claim {
	return []claim{
		{"readers see the last committed state during a load, and do not wait for it", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"))
			before := version(t, st)
			must(t, st.Load(t.Context(), func(l store.Loader) error {
				for i := range 5000 {
					_, err := l.Put([]store.Incident{incident(fmt.Sprint("new ", i), of("theft"))})
					must(t, err)
				}
				_, err := l.Put([]store.Incident{incident("1", of("stop"))})
				must(t, err)
				// Were a reader to wait for this load, it would wait for ever.
				same(t, "incidents", len(walk(t, st, store.IncidentFilter{})), 1)
				same(t, "categories", categoryCounts(t, st), map[string]int{"robbery": 1, "theft": 0, "stop": 0})
				same(t, "version", version(t, st), before)
				s, err := st.Summary(t.Context())
				must(t, err)
				same(t, "summary", s.Incidents, 1)
				return nil
			}))
			same(t, "incidents afterwards", len(walk(t, st, store.IncidentFilter{})), 5001)
		}},
		{"a walk keeps to the state that it began in", func(t *testing.T, st store.Store) {
			furnish(t, st)
			id := upload(t, st, numbered(0, 1000)...)
			next, stop := iter.Pull2(st.Incidents(t.Context(), store.IncidentFilter{}))
			defer stop()
			_, err, _ := next()
			must(t, err)

			must(t, st.UndoUpload(t.Context(), id))
			post(t, st, incident("other"))
			same(t, "a new walk", ids(walk(t, st, store.IncidentFilter{})), []string{"other"})

			n := 1
			for i, err, ok := next(); ok; i, err, ok = next() {
				must(t, err)
				if i.SourceID == "other" {
					t.Error("the walk sees what was put after it began")
				}
				n++
			}
			same(t, "steps of the old walk", n, 1000)
		}},
		{"a walker may ask the store other things", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"), incident("2"))
			for i, err := range st.Incidents(t.Context(), store.IncidentFilter{}) {
				must(t, err)
				_, err = st.Category(t.Context(), i.Category)
				must(t, err)
				same(t, "walk within the walk", len(walk(t, st, store.IncidentFilter{})), 2)
				must(t, st.PutSource(t.Context(), source("during")))
			}
		}},
		{"loads of many goroutines all count, and readers never fail", func(t *testing.T, st store.Store) {
			furnish(t, st)
			var work sync.WaitGroup
			errs := make(chan error, 100)
			for w := range 4 {
				work.Go(func() {
					for i := range 10 {
						err := st.Load(t.Context(), func(l store.Loader) error {
							// "shared" is brought by one and known to the others.
							_, err := l.Put([]store.Incident{incident(fmt.Sprint(w, " ", i)), incident("shared")})
							return err
						})
						if err != nil {
							errs <- err
						}
					}
				})
				work.Go(func() {
					for range 10 {
						n := 0
						for _, err := range st.Incidents(t.Context(), store.IncidentFilter{}) {
							if err != nil {
								errs <- err
							}
							n++
						}
						s, err := st.Summary(t.Context())
						if err != nil || s.Incidents < n {
							errs <- fmt.Errorf("%d incidents after a walk of %d: %w", s.Incidents, n, err)
						}
					}
				})
			}
			work.Wait()
			close(errs)
			for err := range errs {
				t.Error(err)
			}
			same(t, "incidents", len(walk(t, st, store.IncidentFilter{})), 41)
			same(t, "sources", sourceCounts(t, st), map[string]int{"pnc": 41, "mp": 0})
		}},
	}
}
