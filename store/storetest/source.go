package storetest

import (
	"testing"

	"atalaya/store"
)

func source(code string) store.Source {
	return store.Source{Code: code, Name: "Source " + code, TimeZone: "America/Guatemala"}
}

func sourceCounts(t *testing.T, st store.Store) map[string]int {
	t.Helper()
	all, err := st.Sources(t.Context())
	must(t, err)
	counts := map[string]int{}
	for _, s := range all {
		counts[s.Code] = s.Incidents
	}
	return counts
}

func sourceClaims() []claim {
	return []claim{
		{"a source reads as it was put, and is replaced whole", func(t *testing.T, st store.Store) {
			full := store.Source{
				Code: "pnc-2_a", Name: "Policía", TimeZone: "America/Chicago", Synthetic: true,
				Columns: []string{"Fecha", `de "todo"`, ""}, Mapping: map[string]string{"point": "lat,lon"},
				Allowed: []store.Allowance{{Column: "Persona", By: "ana", At: noon()}}, CRS: "EPSG:32615", Rows: "incidents",
			}
			empty := source("pnc-2_a")
			empty.Columns = []string{}
			for _, s := range []store.Source{full, source("pnc-2_a"), empty} {
				must(t, st.PutSource(t.Context(), s))
				got, err := st.Source(t.Context(), s.Code)
				must(t, err)
				same(t, "source", got, s)
			}
		}},
		{"a loader puts sources as the store does", func(t *testing.T, st store.Store) {
			must(t, st.Load(t.Context(), func(l store.Loader) error {
				wantProblems(t, l.PutSource(store.Source{Code: "pnc", Name: "x"}), problem{0, "time_zone"})
				return l.PutSource(source("pnc"))
			}))
			got, err := st.Source(t.Context(), "pnc")
			must(t, err)
			same(t, "source", got, source("pnc"))
		}},
		{"a replaced source keeps its incidents", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"))
			must(t, st.PutSource(t.Context(), store.Source{Code: "pnc", Name: "Other", TimeZone: "UTC"}))
			same(t, "counts", sourceCounts(t, st), map[string]int{"pnc": 1, "mp": 0})
		}},
		{"sources are sorted by code", func(t *testing.T, st store.Store) {
			for _, code := range []string{"b", "a", "c"} {
				must(t, st.PutSource(t.Context(), source(code)))
			}
			all, err := st.Sources(t.Context())
			must(t, err)
			same(t, "sources", all, []store.Source{source("a"), source("b"), source("c")})
		}},
		{"every bad field of a source is named", func(t *testing.T, st store.Store) {
			wantProblems(t, st.PutSource(t.Context(), store.Source{Code: "a b", TimeZone: "Mars/Olympus", Rows: "persons"}),
				problem{0, "code"}, problem{0, "name"}, problem{0, "time_zone"}, problem{0, "rows"})
			for _, zone := range []string{"", "Local"} {
				wantProblems(t, st.PutSource(t.Context(), store.Source{Code: "a", Name: "A", TimeZone: zone}), problem{0, "time_zone"})
			}
		}},
		{"a source is deleted unless it has incidents", func(t *testing.T, st store.Store) {
			furnish(t, st)
			wantKind(t, st.DeleteSource(t.Context(), "nobody"), store.NotFound)
			meaning(t, st, "ROBO")
			id := upload(t, st, incident("1"))
			wantKind(t, st.DeleteSource(t.Context(), "pnc"), store.Conflict)
			must(t, st.UndoUpload(t.Context(), id))
			must(t, st.DeleteSource(t.Context(), "pnc"))
			_, err := st.Source(t.Context(), "pnc")
			wantKind(t, err, store.NotFound)
		}},
	}
}
