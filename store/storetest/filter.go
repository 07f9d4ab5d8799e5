package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

func filterClaims() []claim {
	return []claim{
		{"a window is half-open at both ends and keeps unknown times", func(t *testing.T, st store.Store) {
			furnish(t, st)
			hour := func(h int) time.Time { return noon().Add(time.Duration(h) * time.Hour) }
			post(t, st,
				incident("before", during(hour(-2), hour(0))), // ends as the window begins
				incident("over the start", during(hour(-1), hour(1))),
				incident("inside", during(hour(1), hour(2))),
				incident("over the end", during(hour(3), hour(5))),
				incident("after", during(hour(4), hour(5))), // begins as the window ends
				incident("around", during(hour(-9), hour(9))),
				incident("unknown", withoutTime),
			)
			cases := []struct {
				name     string
				from, to time.Time
				want     []string
			}{
				{"both bounds", hour(0), hour(4), []string{"over the start", "inside", "over the end", "around", "unknown"}},
				{"open end", hour(2), time.Time{}, []string{"over the end", "after", "around", "unknown"}},
				{"open start", time.Time{}, hour(-1), []string{"before", "around", "unknown"}},
				{"start inside a millisecond", hour(0).Add(-time.Microsecond), hour(1), []string{"before", "over the start", "around", "unknown"}},
				{"end inside a millisecond", hour(3), hour(4).Add(time.Microsecond), []string{"over the end", "after", "around", "unknown"}},
				{"in another zone", hour(0).In(time.FixedZone("", -6*3600)), hour(4), []string{"over the start", "inside", "over the end", "around", "unknown"}},
			}
			for _, c := range cases {
				same(t, c.name, ids(walk(t, st, store.IncidentFilter{From: c.from, To: c.to})), c.want)
			}
		}},
		{"a bound keeps its corners", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("corner", at(-90, 14)), incident("inside", at(-89.5, 14.5)), incident("far corner", at(-89, 15)),
				incident("west", at(-90.000001, 14.5)), incident("north", at(-89.5, 15.000001)))
			bound := &orb.Bound{Min: orb.Point{-90, 14}, Max: orb.Point{-89, 15}}
			same(t, "kept", ids(walk(t, st, store.IncidentFilter{Bound: bound})), []string{"corner", "inside", "far corner"})
		}},
		{"codes and uploads narrow together", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"), incident("2", of("theft")), incident("3", of("stop")), incident("4", from("mp")))
			id := upload(t, st, incident("5", of("theft")), incident("1", of("stop")))
			cases := []struct {
				name   string
				filter store.IncidentFilter
				want   []string
			}{
				{"one category", store.IncidentFilter{Categories: []string{"theft"}}, []string{"2", "5"}},
				{"two categories", store.IncidentFilter{Categories: []string{"stop", "theft"}}, []string{"1", "2", "3", "5"}},
				{"category that is not there", store.IncidentFilter{Categories: []string{"nothing"}}, []string{}},
				{"source", store.IncidentFilter{Sources: []string{"mp"}}, []string{"4"}},
				{"upload", store.IncidentFilter{Upload: id}, []string{"5"}},
				{"all of them", store.IncidentFilter{Upload: id, Sources: []string{"pnc"}, Categories: []string{"robbery"}}, []string{}},
				{"empty lists", store.IncidentFilter{Categories: []string{}, Sources: []string{}, Within: []grid.Cell{}}, []string{"1", "2", "3", "4", "5"}},
			}
			for _, c := range cases {
				same(t, c.name, ids(walk(t, st, c.filter)), c.want)
			}
		}},
		{"within keeps descendants of the cells, each once, in order", within},
		{"a filter that cannot be right is refused by its field", func(t *testing.T, st store.Store) {
			cases := []struct {
				name   string
				filter store.IncidentFilter
				fields []problem
			}{
				{"window turned round", store.IncidentFilter{From: noon(), To: noon()}, []problem{{0, "to"}}},
				{"bound turned round", store.IncidentFilter{Bound: &orb.Bound{Min: orb.Point{1, 0}, Max: orb.Point{0, 1}}}, []problem{{0, "bound"}}},
				{"bound off the world", store.IncidentFilter{Bound: &orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{0, 91}}}, []problem{{0, "bound"}}},
				{"cell that is none", store.IncidentFilter{Within: []grid.Cell{0}}, []problem{{0, "within"}}},
				{"cell too fine", store.IncidentFilter{Within: []grid.Cell{cellAt(t, -90, 14, 12)}}, []problem{{0, "within"}}},
			}
			for _, c := range cases {
				t.Run(c.name, func(t *testing.T) {
					n := 0
					for _, err := range st.Incidents(t.Context(), c.filter) {
						n++
						wantProblems(t, err, c.fields...)
					}
					same(t, "steps", n, 1)
				})
			}
		}},
		{"a walk can be left early, again and again", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"), incident("2"))
			for range 200 { // more than any pool of connections holds
				for _, err := range st.Incidents(t.Context(), store.IncidentFilter{}) {
					must(t, err)
					break
				}
			}
			must(t, st.PutCategory(t.Context(), category("arson")))
		}},
		{"a walk can be walked again", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, incident("1"))
			walk := st.Incidents(t.Context(), store.IncidentFilter{})
			for range 2 {
				n := 0
				for _, err := range walk {
					must(t, err)
					n++
				}
				same(t, "count", n, 1)
			}
		}},
		{"a walk ends with an error when its context ends", func(t *testing.T, st store.Store) {
			furnish(t, st)
			post(t, st, numbered(0, 2000)...)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			n, failed := 0, error(nil)
			for _, err := range st.Incidents(ctx, store.IncidentFilter{}) {
				cancel()
				n++
				failed = err
			}
			wantKind(t, failed, store.Unavailable)
			if n > 2000 {
				t.Errorf("%d steps after the end of the context", n)
			}
		}},
	}
}

func within(t *testing.T, st store.Store) {
	furnish(t, st)
	// A lattice of 21 × 21 points, 0.01° apart, so in several cells of
	// resolution 5 and over 400 of resolution 8.
	all := make([]store.Incident, 0, 21*21)
	for x := range 21 {
		for y := range 21 {
			all = append(all, incident(fmt.Sprint(x, " ", y), at(-90.6+float64(x)*0.01, 14.5+float64(y)*0.01)))
		}
	}
	post(t, st, all...)
	here := func(res int) grid.Cell { return cellAt(t, -90.5, 14.6, res) }
	cases := map[string][]grid.Cell{
		"one cell of resolution 0":         {here(0)},
		"one cell of resolution 7":         {here(7)},
		"one cell of resolution 11":        {here(11)},
		"a disk of resolution 9":           here(9).Disk(8),
		"a cell twice, and its own parent": {here(8), here(8), here(6)},
		"thousands of cells":               here(9).Disk(40), // 4,921
		"the other side of the world":      {cellAt(t, 90, -14, 3)},
	}
	stored := walk(t, st, store.IncidentFilter{})
	for name, cells := range cases {
		t.Run(name, func(t *testing.T) {
			want := []string{}
			for _, i := range stored {
				for _, c := range cells {
					if parent, err := i.Cell.Parent(c.Res()); err == nil && parent == c {
						want = append(want, i.SourceID)
						break
					}
				}
			}
			same(t, "kept", ids(walk(t, st, store.IncidentFilter{Within: cells})), want)
		})
	}
}

func cellAt(t *testing.T, lng, lat float64, res int) grid.Cell {
	t.Helper()
	c, err := grid.CellAt(orb.Point{lng, lat}, res)
	must(t, err)
	return c
}
