package storetest

import (
	"math"
	"testing"

	"atalaya/store"

	"github.com/paulmach/orb"
)

func denominator(id string) store.Denominator {
	return store.Denominator{ID: id, Name: "Name of " + id, Unit: "residents"}
}

// parts returns a part at one point for each value.
func parts(values ...float64) []store.DenominatorPart {
	var all []store.DenominatorPart
	for _, v := range values {
		all = append(all, store.DenominatorPart{Geometry: orb.Point{-90.5, 14.6}, Value: v})
	}
	return all
}

// partsOf returns the parts that a store has of a denominator.
func partsOf(t *testing.T, st store.Store, id string) []store.DenominatorPart {
	t.Helper()
	var all []store.DenominatorPart
	for p, err := range st.DenominatorParts(t.Context(), id) {
		must(t, err)
		all = append(all, p)
	}
	return all
}

func denominatorClaims() []claim {
	return []claim{
		{"a denominator reads as it was put with its total, and is replaced whole", func(t *testing.T, st store.Store) {
			full := store.Denominator{ID: "census", Name: "Censo 2020", Unit: "residents", Note: "INE, «bloques»", Total: 99, Parts: 99}
			shapes := []store.DenominatorPart{
				{Geometry: orb.Point{-90.5, 14.6}, Value: 20},
				{Geometry: orb.Polygon{ring(-91, 14, 1), ring(-90.6, 14.4, 0.1)}, Value: 54.5},
				{Geometry: orb.MultiPolygon{{ring(-91, 14, 1)}, {ring(-89, 14, 0.5)}}, Value: 0},
			}
			must(t, st.PutDenominator(t.Context(), full, shapes))
			full.Total, full.Parts = 74.5, 3
			got, err := st.Denominator(t.Context(), "census")
			must(t, err)
			same(t, "denominator", got, full)
			same(t, "parts", partsOf(t, st, "census"), shapes)

			other := denominator("census")
			must(t, st.PutDenominator(t.Context(), other, parts(7)))
			other.Total, other.Parts = 7, 1
			got, err = st.Denominator(t.Context(), "census")
			must(t, err)
			same(t, "denominator", got, other)
			same(t, "parts", partsOf(t, st, "census"), parts(7))
		}},
		{"denominators are sorted by id, each with its own parts", func(t *testing.T, st store.Store) {
			must(t, st.PutDenominator(t.Context(), denominator("b"), parts(1, 2)))
			must(t, st.PutDenominator(t.Context(), denominator("a"), parts(3, 1, 2)))
			all, err := st.Denominators(t.Context())
			must(t, err)
			a, b := denominator("a"), denominator("b")
			a.Total, a.Parts, b.Total, b.Parts = 6, 3, 3, 2
			same(t, "denominators", all, []store.Denominator{a, b})
			same(t, "parts", partsOf(t, st, "a"), parts(3, 1, 2))
		}},
		{"a walk over parts may end early", func(t *testing.T, st store.Store) {
			must(t, st.PutDenominator(t.Context(), denominator("a"), parts(1, 2, 3)))
			n := 0
			for _, err := range st.DenominatorParts(t.Context(), "a") {
				must(t, err)
				if n++; n == 2 {
					break
				}
			}
			same(t, "parts seen", n, 2)
		}},
		{"a denominator is put all or none, and every bad field is named", func(t *testing.T, st store.Store) {
			bad := []store.DenominatorPart{
				{Geometry: orb.Point{0, 0}, Value: 1},
				{Geometry: orb.Point{181, 0}, Value: -1},
				{Geometry: orb.LineString{{0, 0}, {1, 1}}, Value: math.NaN()},
				{Geometry: orb.Polygon{}, Value: math.Inf(1)},
				{Geometry: orb.MultiPolygon{{ring(0, 0, 1)[:4]}}},
				{},
				{Geometry: orb.Point{0, 0}, Value: 2 * store.MaxAmount},
			}
			err := st.PutDenominator(t.Context(), store.Denominator{ID: "A!", Note: "\x07"}, bad)
			wantProblems(t, err, problem{0, "id"}, problem{0, "name"}, problem{0, "unit"}, problem{0, "note"},
				problem{2, "geometry"}, problem{2, "value"}, problem{3, "geometry"}, problem{3, "value"},
				problem{4, "geometry"}, problem{4, "value"}, problem{5, "geometry"}, problem{6, "geometry"}, problem{7, "value"})
			wantProblems(t, st.PutDenominator(t.Context(), denominator("a"), nil), problem{0, "parts"})
			all, err := st.Denominators(t.Context())
			must(t, err)
			same(t, "denominators", len(all), 0)
		}},
		{"a denominator is deleted with its parts", func(t *testing.T, st store.Store) {
			must(t, st.PutDenominator(t.Context(), denominator("a"), parts(1)))
			must(t, st.DeleteDenominator(t.Context(), "a"))
			wantKind(t, st.DeleteDenominator(t.Context(), "a"), store.NotFound)
			_, err := st.Denominator(t.Context(), "a")
			wantKind(t, err, store.NotFound)
			walked := 0
			for _, err := range st.DenominatorParts(t.Context(), "a") {
				walked++
				wantKind(t, err, store.NotFound)
			}
			same(t, "steps of the walk", walked, 1)
		}},
	}
}
