package storetest

import (
	"testing"
	"time"

	"atalaya/store"

	"github.com/paulmach/orb"
)

func summaryClaims() []claim {
	return []claim{
		{"a new store holds nothing", func(t *testing.T, st store.Store) {
			s, err := st.Summary(t.Context())
			must(t, err)
			same(t, "summary", s, store.Summary{})
			same(t, "incidents", len(walk(t, st, store.IncidentFilter{})), 0)
			categories, err := st.Categories(t.Context())
			must(t, err)
			areas, err := st.Areas(t.Context())
			must(t, err)
			sources, err := st.Sources(t.Context())
			must(t, err)
			uploads, err := st.Uploads(t.Context())
			must(t, err)
			same(t, "categories, areas, sources, uploads", []int{len(categories), len(areas), len(sources), len(uploads)}, []int{0, 0, 0, 0})
		}},
		{"the summary spans all incidents, and what is left after an undo", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1", at(-90, 14)), incident("2", at(-89, 15)), incident("3", withoutTime, at(-89.5, 14.5)))
			small := store.Summary{
				Incidents: 3, From: noon(), To: noon().Add(time.Minute),
				Bound: &orb.Bound{Min: orb.Point{-90, 14}, Max: orb.Point{-89, 15}},
			}
			s, err := st.Summary(t.Context())
			must(t, err)
			same(t, "summary", s, small)

			day := noon().AddDate(0, 0, 7)
			id := upload(t, st, incident("4", at(-92, 16), during(day, day.Add(time.Hour))), incident("5", at(-88, 13)))
			s, err = st.Summary(t.Context())
			must(t, err)
			same(t, "summary after an upload", s, store.Summary{
				Incidents: 5, From: noon(), To: day.Add(time.Hour),
				Bound: &orb.Bound{Min: orb.Point{-92, 13}, Max: orb.Point{-88, 16}},
			})

			must(t, st.UndoUpload(t.Context(), id))
			s, err = st.Summary(t.Context())
			must(t, err)
			same(t, "summary after the undo", s, small)
		}},
		{"the summary follows an incident that moves", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1", at(-90, 14)), incident("2", at(-89, 15)))
			post(t, st, incident("2", at(-89.5, 14.5), withoutTime))
			post(t, st, incident("1", at(-90, 14), withoutTime))
			s, err := st.Summary(t.Context())
			must(t, err)
			same(t, "summary", s, store.Summary{Incidents: 2, Bound: &orb.Bound{Min: orb.Point{-90, 14}, Max: orb.Point{-89.5, 14.5}}})
		}},
		{"the summary says when a source is made up", func(t *testing.T, st store.Store) {
			must(t, st.PutSource(t.Context(), store.Source{Code: "demo", Name: "Demo", TimeZone: "UTC", Synthetic: true}))
			s, err := st.Summary(t.Context())
			must(t, err)
			same(t, "synthetic", s.Synthetic, true)
		}},
		{"the data version grows with every change and with nothing else", func(t *testing.T, st store.Store) {
			furnish(t, st)
			var id int64
			steps := []struct {
				does   string
				grows  bool
				action func() error
			}{
				{"an incident is posted", true, func() error { post(t, st, incident("1")); return nil }},
				{"it is posted again", false, func() error { post(t, st, incident("1")); return nil }},
				{"it is posted otherwise", true, func() error { post(t, st, incident("1", of("theft"))); return nil }},
				{"a file is uploaded", true, func() error { id = upload(t, st, incident("2", cameAs("ROBO"))); return nil }},
				{"it is uploaded again", false, func() error { upload(t, st, incident("2", cameAs("ROBO"))); return nil }},
				{"a text is mapped", true, func() error { _, err := st.MapCategory(t.Context(), "pnc", "ROBO", "theft"); return err }},
				{"a text that nothing came as is mapped", false, func() error { _, err := st.MapCategory(t.Context(), "pnc", "HURTO", "theft"); return err }},
				{"the file is undone", true, func() error { return st.UndoUpload(t.Context(), id) }},
				{"a load fails", false, func() error {
					_ = st.Load(t.Context(), func(l store.Loader) error {
						_, err := l.Put([]store.Incident{incident("3")})
						must(t, err)
						return errRefused
					})
					return nil
				}},
				{"a category is put", true, func() error { return st.PutCategory(t.Context(), category("arson")) }},
				{"a category is deleted", true, func() error { return st.DeleteCategory(t.Context(), "arson") }},
				{"areas are put", true, func() error { return st.PutAreas(t.Context(), square("gt-01", -90, 14)) }},
				{"an area is deleted", true, func() error { return st.DeleteArea(t.Context(), "gt-01") }},
				{"a shift is put", true, func() error { return st.PutShift(t.Context(), night()) }},
				{"it is put again", false, func() error { return st.PutShift(t.Context(), night()) }},
				{"a shift is deleted", true, func() error { return st.DeleteShift(t.Context(), "night") }},
				{"a place is put", true, func() error { return st.PutPlaces(t.Context(), place("market")) }},
				{"it is put again", false, func() error { return st.PutPlaces(t.Context(), place("market")) }},
				{"a place is deleted", true, func() error { return st.DeletePlace(t.Context(), "market") }},
				{"a denominator is put", true, func() error { return st.PutDenominator(t.Context(), denominator("residents"), parts(1, 2)) }},
				{"it gets other parts", true, func() error { return st.PutDenominator(t.Context(), denominator("residents"), parts(3)) }},
				{"a denominator is deleted", true, func() error { return st.DeleteDenominator(t.Context(), "residents") }},
				{"a source is put", true, func() error { return st.PutSource(t.Context(), source("oij")) }},
				{"a source is deleted", true, func() error { return st.DeleteSource(t.Context(), "oij") }},
			}
			for _, step := range steps {
				before := version(t, st)
				must(t, step.action())
				after, err := st.Version(t.Context())
				must(t, err)
				if grew := after.Number > before; grew != step.grows {
					t.Errorf("version %d → %d when %s", before, after.Number, step.does)
				}
				if after.At.IsZero() || after.At.Location() != time.UTC {
					t.Errorf("version of %v when %s, want a time in UTC", after.At, step.does)
				}
			}
		}},
	}
}
