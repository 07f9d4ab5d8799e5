package layer_test

import (
	"context"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/layer"
	"atalaya/store/sqlite"

	"github.com/paulmach/orb"
)

// filled returns a store with a synthetic source, an area and incidents: one
// in every cell of resolution 9 and forty more downtown.
func filled(t *testing.T) *sqlite.DB {
	t.Helper()
	ctx := context.Background()
	db, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "x.gpkg"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.PutSource(ctx, store.Source{Code: "s", Name: "S", TimeZone: "America/Guatemala", Synthetic: true}); err != nil {
		t.Fatal(err)
	}
	for _, code := range []string{"robbery", "theft"} {
		if err := db.PutCategory(ctx, store.Category{Code: code, NameES: code, NameEN: code, Origin: store.Reported}); err != nil {
			t.Fatal(err)
		}
	}
	area := store.Area{ID: "capital", Name: "Capital", Kind: store.StudyArea, Geometry: orb.MultiPolygon{capital().Geometry.(orb.Polygon)}}
	if err := db.PutAreas(ctx, area); err != nil {
		t.Fatal(err)
	}
	cells, err := grid.Cover(capital().Geometry, 9, grid.CoverOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var incidents []store.Incident
	for n := range len(cells) + 40 {
		i := at(t, "2026-01-05 18:30", "2026-01-05 18:31")
		i.SourceID, i.TimePrecision = strconv.Itoa(n), store.Minute
		if n < len(cells) {
			i.Category, i.Point = "theft", cells[n].Center()
		}
		incidents = append(incidents, i)
	}
	put(t, db, incidents...)
	return db
}

func put(t *testing.T, db *sqlite.DB, incidents ...store.Incident) {
	t.Helper()
	err := db.Load(context.Background(), func(l store.Loader) error {
		_, err := l.Put(incidents)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheSameQuestionGetsTheSameLayerUntilTheDataChange(t *testing.T) {
	ctx, db := context.Background(), filled(t)
	m := layer.NewMaker(db)
	q := layer.Query{Areas: []string{"capital"}, Categories: []string{"theft", "robbery"}}
	first, err := m.Layer(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	q.Categories = []string{"robbery", "theft", "robbery"}
	again, err := m.Layer(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	if first != again {
		t.Error("the same question in another order was computed again")
	}
	other, err := layer.NewMaker(db).Layer(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	if text(t, other) != text(t, first) {
		t.Error("the same question gave other bytes")
	}
	i := at(t, "2026-01-06 18:30", "2026-01-06 18:31")
	i.SourceID, i.TimePrecision = "new", store.Minute
	put(t, db, i)
	later, err := m.Layer(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	if later.Fingerprint == first.Fingerprint || later.Incidents.Used != first.Incidents.Used+1 {
		t.Errorf("%d used and fingerprint %s after a change, %d and %s before", later.Incidents.Used, later.Fingerprint, first.Incidents.Used, first.Fingerprint)
	}
}

func text(t *testing.T, l *layer.Layer) string {
	t.Helper()
	var out strings.Builder
	if err := l.WriteGeoJSON(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestManyWhoAskAtOnceGetOneLayer(t *testing.T) {
	m := layer.NewMaker(filled(t))
	layers := make([]*layer.Layer, 16)
	var wait sync.WaitGroup
	for i := range layers {
		wait.Go(func() {
			l, err := m.Layer(context.Background(), layer.Query{Areas: []string{"capital"}})
			if err != nil {
				t.Error(err)
			}
			layers[i] = l
		})
	}
	wait.Wait()
	for _, l := range layers {
		if l != layers[0] {
			t.Fatal("two layers for one question")
		}
	}
}

func TestALayerOfMadeUpDataSaysSo(t *testing.T) {
	l, err := layer.NewMaker(filled(t)).Layer(context.Background(), layer.Query{Areas: []string{"capital"}})
	if err != nil {
		t.Fatal(err)
	}
	if !l.Synthetic || !warns(l, "synthetic") || !strings.Contains(text(t, l), `"synthetic":true`) {
		t.Errorf("synthetic %t, warnings %v", l.Synthetic, l.Beware)
	}
}

func TestWhatIsNotStoredIsNamedWithWhatIs(t *testing.T) {
	_, err := layer.NewMaker(filled(t)).Layer(context.Background(), layer.Query{
		Res: 12, Areas: []string{"capital", "nowhere"}, Categories: []string{"arson", "theft", "piracy"},
	})
	var e *store.Error
	if !errors.As(err, &e) || e.Kind != store.Invalid {
		t.Fatalf("error %v", err)
	}
	got := map[string]string{}
	for _, p := range e.Problems {
		got[p.Field+" "+p.Value] = p.Allowed
	}
	if len(got) != 4 || got["res 12"] == "" || got["area nowhere"] != "capital" || got["category arson"] != "robbery, theft" || got["category piracy"] != "robbery, theft" {
		t.Errorf("problems %v", got)
	}
}

func TestACancelledRequestDoesNotWait(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := layer.NewMaker(filled(t)).Layer(ctx, layer.Query{}); err == nil {
		t.Error("an answer to a request that was gone")
	}
}

func TestAnExplanationAddsUpToTheCell(t *testing.T) {
	ctx, m := context.Background(), layer.NewMaker(filled(t))
	cell, err := grid.CellAt(downtown, 9)
	if err != nil {
		t.Fatal(err)
	}
	e, err := m.Explain(ctx, layer.Query{Areas: []string{"capital"}}, cell)
	if err != nil {
		t.Fatal(err)
	}
	// One theft, as in every cell, and forty robberies; the six neighbours add one each.
	if e.Cell.Count != 41 || e.Cell.Sum != 47 || e.Hotspot == nil || e.Hotspot.ID() != cell || e.Cell.Why != "" {
		t.Errorf("count %d, sum %v, hotspot %v, why %q", e.Cell.Count, e.Cell.Sum, e.Hotspot, e.Cell.Why)
	}
	if len(e.Categories) != 2 || e.Categories[0] != (layer.CategoryCount{Category: "robbery", Count: 40}) || e.Categories[1].Count != 1 {
		t.Errorf("categories %v", e.Categories)
	}
	january := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	if len(e.Months) != 1 || e.Months[0] != (layer.MonthCount{Month: january, Count: 41}) {
		t.Errorf("months %v", e.Months)
	}
	// 5 January 2026 is a Monday.
	if e.HourOfWeek[0][18] != 41 || e.NoHour != 0 {
		t.Errorf("Monday 18:00: %d, without an hour: %d", e.HourOfWeek[0][18], e.NoHour)
	}

	_, err = m.Explain(ctx, layer.Query{Areas: []string{"capital"}}, cellAt(t, orb.Point{-91, 15}))
	if store.KindOf(err) != store.NotFound {
		t.Errorf("a cell outside the area: error %v", err)
	}
	e, err = m.Explain(ctx, layer.Query{Areas: []string{"capital"}, Method: layer.Count}, cell)
	if err != nil || e.Cell.Why == "" {
		t.Errorf("an undefined class without its reason: %v", err)
	}
}

func cellAt(t *testing.T, p orb.Point) grid.Cell {
	t.Helper()
	cell, err := grid.CellAt(p, 9)
	if err != nil {
		t.Fatal(err)
	}
	return cell
}
