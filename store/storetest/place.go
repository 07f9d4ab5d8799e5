package storetest

import (
	"math"
	"testing"

	"atalaya/store"

	"github.com/paulmach/orb"
)

func place(id string) store.Place {
	return store.Place{ID: id, Name: "Place " + id, Point: orb.Point{-90.5, 14.6}}
}

func placeClaims() []claim {
	return []claim{
		{"a place reads as it was put, and is replaced whole", func(t *testing.T, st store.Store) {
			full := store.Place{ID: "central", Name: "Mercado «Central» (demo)", Point: orb.Point{-90.5123456789, 14.6}, Kind: "market", Synthetic: true}
			for _, p := range []store.Place{full, place("central")} {
				must(t, st.PutPlaces(t.Context(), p))
				got, err := st.Place(t.Context(), p.ID)
				must(t, err)
				same(t, "place", got, p)
			}
		}},
		{"places are sorted by id, and the last of two with one id stands", func(t *testing.T, st store.Store) {
			first := place("a")
			first.Name = "First"
			must(t, st.PutPlaces(t.Context(), place("b"), first, place("a")))
			all, err := st.Places(t.Context())
			must(t, err)
			same(t, "places", all, []store.Place{place("a"), place("b")})
		}},
		{"no place at all can be put", func(t *testing.T, st store.Store) { must(t, st.PutPlaces(t.Context())) }},
		{"places are put all or none, and every bad field is named", func(t *testing.T, st store.Store) {
			bad := store.Place{ID: "Mercado", Name: "two\nlines", Kind: "a\x00b", Point: orb.Point{0, 91}}
			err := st.PutPlaces(t.Context(), place("a"), bad, store.Place{ID: "c", Name: " ", Point: orb.Point{math.NaN(), 0}})
			wantProblems(t, err, problem{2, "id"}, problem{2, "name"}, problem{2, "kind"}, problem{2, "geometry"}, problem{3, "name"}, problem{3, "geometry"})
			all, err := st.Places(t.Context())
			must(t, err)
			same(t, "places", len(all), 0)
		}},
		{"a place is deleted", func(t *testing.T, st store.Store) {
			must(t, st.PutPlaces(t.Context(), place("a")))
			must(t, st.DeletePlace(t.Context(), "a"))
			wantKind(t, st.DeletePlace(t.Context(), "a"), store.NotFound)
			_, err := st.Place(t.Context(), "a")
			wantKind(t, err, store.NotFound)
		}},
	}
}
