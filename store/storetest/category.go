package storetest

import (
	"math"
	"testing"

	"atalaya/store"
)

func category(code string) store.Category {
	return store.Category{Code: code, NameES: "es " + code, NameEN: "en " + code, Origin: store.Reported}
}

func categoryCounts(t *testing.T, st store.Store) map[string]int {
	t.Helper()
	all, err := st.Categories(t.Context())
	must(t, err)
	counts := map[string]int{}
	for _, c := range all {
		counts[c.Code] = c.Incidents
	}
	return counts
}

func categoryClaims() []claim {
	return []claim{
		{"a category reads as it was put, and is replaced whole", func(t *testing.T, st store.Store) {
			full := store.Category{
				Code: "extortion_1", NameES: "Extorsión", NameEN: "Extortion", Group: "property",
				Origin: store.PoliceInitiated, Sensitive: true, Harm: 12.5,
			}
			for _, c := range []store.Category{full, category("extortion_1")} {
				put := c
				put.Incidents = 99 // ignored
				must(t, st.PutCategory(t.Context(), put))
				got, err := st.Category(t.Context(), c.Code)
				must(t, err)
				same(t, "category", got, c)
			}
		}},
		{"a replaced category keeps its incidents, which take its origin", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"))
			c := category("robbery")
			c.Origin = store.PoliceInitiated
			must(t, st.PutCategory(t.Context(), c))
			same(t, "count", categoryCounts(t, st)["robbery"], 1)
			same(t, "origin", walk(t, st, store.IncidentFilter{})[0].Origin, store.PoliceInitiated)
		}},
		{"categories are sorted by code", func(t *testing.T, st store.Store) {
			for _, code := range []string{"b", "a_2", "c", "a"} {
				must(t, st.PutCategory(t.Context(), category(code)))
			}
			all, err := st.Categories(t.Context())
			must(t, err)
			same(t, "categories", all, []store.Category{category("a"), category("a_2"), category("b"), category("c")})
		}},
		{"every bad field of a category is named", func(t *testing.T, st store.Store) {
			err := st.PutCategory(t.Context(), store.Category{Code: "Robo", NameES: " ", Origin: "rumour", Harm: math.NaN()})
			wantProblems(t, err, problem{0, "code"}, problem{0, "name_es"}, problem{0, "name_en"}, problem{0, "origin"}, problem{0, "harm"})
			for _, harm := range []float64{-1, math.Inf(1)} {
				c := category("robbery")
				c.Harm = harm
				wantProblems(t, st.PutCategory(t.Context(), c), problem{0, "harm"})
			}
		}},
		{"a category is deleted unless incidents are of it", func(t *testing.T, st store.Store) {
			furnish(t, st)
			wantKind(t, st.DeleteCategory(t.Context(), "nothing"), store.NotFound)
			id := upload(t, st, incident("1"))
			wantKind(t, st.DeleteCategory(t.Context(), "robbery"), store.Conflict)
			must(t, st.UndoUpload(t.Context(), id))
			must(t, st.DeleteCategory(t.Context(), "robbery"))
			_, err := st.Category(t.Context(), "robbery")
			wantKind(t, err, store.NotFound)
		}},
		{"a category is not deleted while it is a further offence", func(t *testing.T, st store.Store) {
			furnish(t, st)
			id := upload(t, st, incident("1", with("stop", "theft")))
			wantKind(t, st.DeleteCategory(t.Context(), "theft"), store.Conflict)
			must(t, st.UndoUpload(t.Context(), id))
			must(t, st.DeleteCategory(t.Context(), "theft"))
		}},
		{"a deleted category takes what its texts meant along", func(t *testing.T, st store.Store) {
			furnish(t, st)
			_, err := st.MapCategory(t.Context(), "pnc", "ROBO", "theft")
			must(t, err)
			must(t, st.DeleteCategory(t.Context(), "theft"))
			same(t, "code", meaning(t, st, "ROBO"), "robo")
		}},
	}
}
