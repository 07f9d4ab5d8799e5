package storetest

import (
	"testing"

	"atalaya/store"
)

func uniteClaims() []claim {
	return []claim{
		{"offences of files add up to the same incident in either order", func(t *testing.T, st store.Store) {
			furnish(t, st)
			must(t, st.PutCategory(t.Context(), store.Category{Code: "theft", NameES: "Hurto", NameEN: "Theft", Origin: store.Reported, Harm: 2}))
			one := incident("1", of("stop"), cameAs("PARADA"), with("robbery"))
			other := incident("1", of("theft"), cameAs("HURTO"))
			another := incident("1", of("theft"), cameAs("Hurto"))
			for _, order := range [][]store.Incident{{one, other, another}, {another, one, other}, {other, another, one}} {
				for _, i := range order {
					unite(t, st, i)
				}
				same(t, "again", unite(t, st, order...), []store.Outcome{store.Known, store.Known, store.Known})
				got := walk(t, st, store.IncidentFilter{})[0]
				same(t, "incident", []any{got.Category, got.RawCategory, got.Offences}, []any{"theft", "HURTO", []string{"robbery", "stop"}})
				same(t, "categories", categoryCounts(t, st), map[string]int{"robbery": 0, "theft": 1, "stop": 0})
				upload(t, st, incident("1", of("stop"), cameAs("PARADA")))
				same(t, "a put replaces", walk(t, st, store.IncidentFilter{})[0].Offences, []string(nil))
			}
		}},
		{"what comes replaces all but the offences", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1", of("theft")))
			same(t, "moved", unite(t, st, incident("1", of("theft"), at(-91, 15))), []store.Outcome{store.Updated})
			same(t, "point", walk(t, st, store.IncidentFilter{})[0].Point, incident("", at(-91, 15)).Point)
		}},
		{"an incident that is new is taken as it is", func(t *testing.T, st store.Store) {
			furnish(t, st)
			same(t, "outcomes", unite(t, st, incident("1", of("theft"), with("stop")), incident("2")), []store.Outcome{store.Taken, store.Taken})
			same(t, "category", walk(t, st, store.IncidentFilter{})[0].Category, "theft")
		}},
		{"a category that is not known says nothing beside another", func(t *testing.T, st store.Store) {
			furnish(t, st)
			unknown := meaning(t, st, "")
			unite(t, st, incident("1", of(unknown)))
			unite(t, st, incident("1", of("theft")))
			unite(t, st, incident("1", of(unknown)))
			got := walk(t, st, store.IncidentFilter{})[0]
			same(t, "incident", []any{got.Category, got.Offences}, []any{"theft", []string(nil)})
		}},
	}
}

// unite puts incidents without an upload, beside the offences that are there.
func unite(t *testing.T, st store.Store, incidents ...store.Incident) []store.Outcome {
	t.Helper()
	var outcomes []store.Outcome
	must(t, st.Load(t.Context(), func(l store.Loader) (err error) {
		outcomes, err = l.Unite(incidents)
		return err
	}))
	return outcomes
}
