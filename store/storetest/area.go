package storetest

import (
	"math"
	"testing"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// square returns a study area of one degree with its corner at a point.
func square(id string, west, south float64) store.Area {
	return store.Area{
		ID: id, Name: "Area " + id, Kind: store.StudyArea,
		Geometry: orb.MultiPolygon{{ring(west, south, 1)}},
	}
}

// ring returns a square counter-clockwise.
func ring(west, south, size float64) orb.Ring {
	return orb.Ring{{west, south}, {west + size, south}, {west + size, south + size}, {west, south + size}, {west, south}}
}

func areaClaims() []claim {
	return []claim{
		{"an area reads as it was put, and is replaced whole", func(t *testing.T, st store.Store) {
			full := square("gt-01", -91, 14)
			full.Kind, full.Synthetic, full.Name = store.Sector, true, "Zona 1 «centro»"
			full.Geometry = orb.MultiPolygon{{ring(-91, 14, 1), ring(-90.6, 14.4, 0.1)}, {ring(-89, 14, 0.5)}} // with a hole, and a second part
			full.Cells = cellAt(t, -90.5, 14.6, 9).Disk(3)
			for _, a := range []store.Area{full, square("gt-01", -90, 14)} {
				must(t, st.PutAreas(t.Context(), a))
				got, err := st.Area(t.Context(), a.ID)
				must(t, err)
				same(t, "area", got, a)
			}
		}},
		{"areas are sorted by id", func(t *testing.T, st store.Store) {
			must(t, st.PutAreas(t.Context(), square("b", 1, 1), square("a", 2, 2)))
			all, err := st.Areas(t.Context())
			must(t, err)
			same(t, "areas", all, []store.Area{square("a", 2, 2), square("b", 1, 1)})
		}},
		{"the last of two areas with one id stands", func(t *testing.T, st store.Store) {
			must(t, st.PutAreas(t.Context(), square("a", 1, 1), square("a", 2, 2)))
			all, err := st.Areas(t.Context())
			must(t, err)
			same(t, "areas", all, []store.Area{square("a", 2, 2)})
		}},
		{"no area at all can be put", func(t *testing.T, st store.Store) { must(t, st.PutAreas(t.Context())) }},
		{"areas are put all or none", func(t *testing.T, st store.Store) {
			err := st.PutAreas(t.Context(), square("a", 1, 1), store.Area{ID: "Zona 1", Kind: "place"})
			wantProblems(t, err, problem{2, "id"}, problem{2, "name"}, problem{2, "kind"}, problem{2, "geometry"})
			all, err := st.Areas(t.Context())
			must(t, err)
			same(t, "areas", len(all), 0)
		}},
		{"shapes that are none are refused", func(t *testing.T, st store.Store) {
			cell := cellAt(t, -90.5, 14.6, 9)
			cases := []struct {
				name  string
				edit  func(*store.Area)
				field string
			}{
				{"polygon without rings", func(a *store.Area) { a.Geometry = orb.MultiPolygon{{}} }, "geometry"},
				{"empty ring", func(a *store.Area) { a.Geometry[0][0] = nil }, "geometry"},
				{"ring of three points", func(a *store.Area) { a.Geometry[0][0] = orb.Ring{{0, 0}, {1, 1}, {0, 0}} }, "geometry"},
				{"ring that is open", func(a *store.Area) { a.Geometry[0][0] = a.Geometry[0][0][:4] }, "geometry"},
				{"latitude over 90", func(a *store.Area) { a.Geometry[0][0] = ring(0, 89.5, 1) }, "geometry"},
				{"coordinate that is no number", func(a *store.Area) { a.Geometry[0][0][2][0] = math.NaN() }, "geometry"},
				{"cell that is none", func(a *store.Area) { a.Cells = []grid.Cell{7} }, "cells"},
				{"cells of two resolutions", func(a *store.Area) { a.Cells = []grid.Cell{cell, cellAt(t, -90.5, 14.6, 10)} }, "cells"},
				{"cell twice", func(a *store.Area) { a.Cells = []grid.Cell{cell, cell} }, "cells"},
			}
			for _, c := range cases {
				t.Run(c.name, func(t *testing.T) {
					a := square("a", 1, 1)
					c.edit(&a)
					wantProblems(t, st.PutAreas(t.Context(), a), problem{1, c.field})
				})
			}
		}},
		{"an area is deleted", func(t *testing.T, st store.Store) {
			must(t, st.PutAreas(t.Context(), square("a", 1, 1)))
			must(t, st.DeleteArea(t.Context(), "a"))
			wantKind(t, st.DeleteArea(t.Context(), "a"), store.NotFound)
			_, err := st.Area(t.Context(), "a")
			wantKind(t, err, store.NotFound)
		}},
	}
}
