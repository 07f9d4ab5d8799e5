package pages_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"atalaya/geo/grid"
	"atalaya/handlers/pages"
	"atalaya/store"

	"github.com/paulmach/orb"
)

func TestAHotspotIsCalledByItsPlaceAndTellsItsHoursAndItsMonths(t *testing.T) {
	st := newStore(t, town{spots: 3, scattered: 800})
	near := orb.Point{spot(0).Lon() + 0.003, spot(0).Lat()}
	if err := st.PutPlaces(t.Context(), store.Place{ID: "market", Name: "Mercado <Sur>", Point: near}); err != nil {
		t.Fatal(err)
	}
	h := serve(t, st, pages.Assets{})
	list := get(t, h, "/es/", http.StatusOK)
	list.check(t, "es")
	first := text(cards(t, list)[0])
	for _, want := range []string{"1 Mercado <Sur> · Sector 01 · El Molino", "Más entre", "si toda hora fuera igual, 17 %", "en octubre de 2026,", "hace un año:"} {
		if !strings.Contains(first, want) {
			t.Errorf("the first card does not say %q: %s", want, first)
		}
	}
	// Any cell of the hotspot leads to it, the heap's neighbours too.
	heap, err := grid.ParseCell(cellAt(t, spot(0)))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range heap.Disk(1) {
		p := get(t, h, "/en/hotspots/"+c.String(), http.StatusOK)
		p.check(t, "en")
		if got := text(p.nodes(t, "h1")[0]); got != "1 · Mercado <Sur> · Sector 01 · El Molino" {
			t.Errorf("the page of cell %s is called %q", c, got)
		}
		p.says(t, "The whole hot spot:", "were every hour alike, 17%.")
	}
}

// 60 at a heap and one in each of two neighbours: whoever knows 62 knows both.
func TestNumbersThatTellOfFewSensitiveIncidentsAreOnNoPage(t *testing.T) {
	st := newStore(t, town{scattered: 1})
	if err := st.PutCategory(t.Context(), store.Category{Code: "rape", NameES: "Violación", NameEN: "Rape", Origin: store.Reported, Sensitive: true}); err != nil {
		t.Fatal(err)
	}
	heap, err := grid.ParseCell(cellAt(t, centre))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 5, 4, 3, 0, 0, 0, time.UTC)
	var incidents []store.Incident
	for n := range 62 {
		c := heap
		if n >= 60 {
			c = heap.Neighbours()[n-60]
		}
		incidents = append(incidents, store.Incident{
			Source: "test", SourceID: fmt.Sprintf("r%d", n), Category: "rape", Point: c.Center(), From: at, To: at.Add(time.Minute), TimePrecision: store.Minute,
		})
	}
	if err := st.Load(t.Context(), func(l store.Loader) error { _, err := l.Put(incidents); return err }); err != nil {
		t.Fatal(err)
	}
	h := serve(t, st, pages.Assets{})
	for _, path := range []string{"/en/", "/en/hotspots/" + heap.String(), "/en/hotspots/" + heap.Neighbours()[0].String()} {
		p := get(t, h, path+"?cat=rape&from=2026-01-01&to=2026-10-31", http.StatusOK)
		p.check(t, "en")
		p.says(t, "The numbers of this place are not shown: they could tell of fewer than 3 sensitive incidents.", "The counts of 2 cells are not shown")
		p.silent(t, "62 incidents of rape", "61 incidents", "May 2026", "had 1 incident")
	}
}
