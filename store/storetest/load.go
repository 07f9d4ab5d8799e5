package storetest

import (
	"context"
	"errors"
	"testing"

	"atalaya/store"
)

var errRefused = errors.New("refused by the test")

func loadClaims() []claim {
	return []claim{
		{"a load leaves all that it did", func(t *testing.T, st store.Store) {
			must(t, st.Load(t.Context(), everything))
			same(t, "incidents", ids(walk(t, st, store.IncidentFilter{})), []string{"1"})
			_, err := st.Source(t.Context(), "new")
			must(t, err)
			_, err = st.Category(t.Context(), "arson")
			must(t, err)
		}},
		{"a load whose function fails leaves nothing and returns its error", func(t *testing.T, st store.Store) {
			before := version(t, st)
			err := st.Load(t.Context(), func(l store.Loader) error {
				must(t, everything(l))
				return errRefused
			})
			if err != errRefused { //nolint:errorlint // exactly as it is
				t.Errorf("error %v, want the function's own", err)
			}
			holdsNothing(t, st, before)
		}},
		{"a load whose function panics leaves nothing and panics on", func(t *testing.T, st store.Store) {
			before := version(t, st)
			func() {
				defer func() { same(t, "panic", recover(), "a fault") }()
				_ = st.Load(t.Context(), func(l store.Loader) error {
					must(t, everything(l))
					panic("a fault")
				})
			}()
			holdsNothing(t, st, before)
			must(t, st.Load(t.Context(), everything))
		}},
		{"a load whose context ends leaves nothing", func(t *testing.T, st store.Store) {
			before := version(t, st)
			ctx, cancel := context.WithCancel(t.Context())
			err := st.Load(ctx, func(l store.Loader) error {
				must(t, everything(l))
				cancel()
				return nil
			})
			wantKind(t, err, store.Unavailable)
			if !errors.Is(err, context.Canceled) {
				t.Errorf("error %v does not tell that the context was cancelled", err)
			}
			holdsNothing(t, st, before)
			must(t, st.Load(t.Context(), everything))
		}},
		{"a loader fails once its context has ended", func(t *testing.T, st store.Store) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			err := st.Load(ctx, func(l store.Loader) error {
				cancel()
				return everything(l)
			})
			wantKind(t, err, store.Unavailable)
		}},
		{"a load does not begin when its context has ended", func(t *testing.T, st store.Store) {
			ctx, cancel := context.WithCancel(t.Context())
			cancel()
			wantKind(t, st.Load(ctx, func(store.Loader) error { t.Error("it began"); return nil }), store.Unavailable)
		}},
		{"a load may go on after an invalid call, which leaves nothing", func(t *testing.T, st store.Store) {
			furnish(t, st)
			must(t, st.Load(t.Context(), func(l store.Loader) error {
				_, err := l.Put([]store.Incident{incident("1"), incident("2", of("nothing"))})
				wantKind(t, err, store.Invalid)
				_, err = l.Put([]store.Incident{incident("3")})
				return err
			}))
			same(t, "incidents", ids(walk(t, st, store.IncidentFilter{})), []string{"3"})
		}},
		{"a load sees what it did", func(t *testing.T, st store.Store) {
			must(t, st.Load(t.Context(), func(l store.Loader) error {
				_, err := l.Source("new")
				wantKind(t, err, store.NotFound)
				must(t, everything(l))
				s, err := l.Source("new")
				must(t, err)
				same(t, "source", s.Name, "Source new")
				return nil
			}))
		}},
	}
}

// everything makes one call of each kind that needs no upload.
func everything(l store.Loader) error {
	if err := l.PutSource(source("new")); err != nil {
		return err
	}
	code, _, err := l.Category("new", "Arson")
	if err != nil {
		return err
	}
	_, err = l.Put([]store.Incident{incident("1", from("new"), of(code), cameAs("Arson"))})
	return err
}

func holdsNothing(t *testing.T, st store.Store, before int64) {
	t.Helper()
	same(t, "incidents", ids(walk(t, st, store.IncidentFilter{})), []string{})
	_, err := st.Source(t.Context(), "new")
	wantKind(t, err, store.NotFound)
	_, err = st.Category(t.Context(), "arson")
	wantKind(t, err, store.NotFound)
	same(t, "version", version(t, st), before)
}
