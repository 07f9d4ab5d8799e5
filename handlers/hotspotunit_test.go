package handlers_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestHotspotsAreNamedPlacesWithReasons(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	centre := cells[0].Center()
	s.must(t, 201, "PUT", "/api/v1/places/market", fmt.Sprintf(`{"type":"Feature","geometry":{"type":"Point","coordinates":[%v,%v]},"properties":{"name":"Mercado, \"viejo\""}}`,
		centre.Lon(), centre.Lat()+0.005), "Content-Type", "application/geo+json")
	const layer = "/api/v1/hotspots?area=city&res=8&unit=hotspot"
	w := s.must(t, 200, "GET", layer+"&datetime=2025-01/2025-04", "")
	got := decode[collection](t, w)
	if len(got.Features) != 1 || got.Layer.Incidents.Used != 100 {
		t.Fatalf("%d hotspots of %d incidents, want 1 of 100", len(got.Features), got.Layer.Incidents.Used)
	}
	f := got.Features[0]
	// The heap and its six neighbours: 46 incidents, where seven of 61 cells
	// would usually hold 7·100/61 = 11.475. All happened from 22 to 23. The
	// market lies 0.005° north, 0.005·π/180·6,371,007 m = 556 m.
	for name, want := range map[string]any{
		"id": cells[0].String(), "name": `Mercado, "viejo"`, "place_distance_m": 556.0, "sector": nil,
		"cells": 7.0, "count": 46.0, "weight": 46.0, "rank": 1.0, "class": "hot_95",
		"best_from": 22.0, "best_to": 23.0, "best_share": 1.0, "best_share_if_flat": 1. / 24, "best_of": 46.0,
		"this_month": nil, "change": nil,
		"reason_en": "This place and its surroundings had 46 incidents in 3 months; about 11 would be usual for City. A cluster like this hardly ever happens by chance.",
		"reason_es": "En este lugar y sus alrededores hubo 46 hechos en 3 meses; lo normal en City sería cerca de 11. Un grupo así casi nunca sale por azar.",
	} {
		if f.Properties[name] != want {
			t.Errorf("%s is %v, want %v", name, f.Properties[name], want)
		}
	}
	table := s.must(t, 200, "GET", layer+"&f=csv", "")
	if name := table.Header().Get("Content-Disposition"); !strings.HasPrefix(name, `attachment; filename="atalaya-hotspots-by-hotspot-city-gistar-res8-`) {
		t.Errorf("Content-Disposition %q", name)
	}
	rows, err := csv.NewReader(table.Body).ReadAll()
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows: %v", len(rows), err)
	}
	if i := slices.Index(rows[0], "name"); i < 0 || rows[1][i] != `Mercado, "viejo"` {
		t.Errorf("header %q, row %q", rows[0], rows[1])
	}
	if len(rows[0]) != len(f.Properties) {
		t.Errorf("%d columns, %d properties", len(rows[0]), len(f.Properties))
	}
}

func TestHotspotsHaveATagOfTheirOwnThatPlacesChange(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	const layer = "/api/v1/hotspots?area=city&res=8"
	tag := s.must(t, 200, "GET", layer+"&unit=hotspot", "").Header().Get("ETag")
	s.must(t, 304, "GET", layer+"&unit=hotspot", "", "If-None-Match", tag)
	s.must(t, 200, "GET", layer, "", "If-None-Match", tag)
	at := cells[0].Center()
	s.must(t, 201, "PUT", "/api/v1/places/park", fmt.Sprintf(`{"type":"Feature","geometry":{"type":"Point","coordinates":[%v,%v]},"properties":{"name":"Parque"}}`, at.Lon(), at.Lat()), "Content-Type", "application/geo+json")
	named := decode[collection](t, s.must(t, 200, "GET", layer+"&unit=hotspot", "", "If-None-Match", tag))
	if named.Features[0].Properties["name"] != "Parque" {
		t.Errorf("the hotspot is called %v after the park came", named.Features[0].Properties["name"])
	}
}

func TestEveryMethodWithClassesGivesHotspots(t *testing.T) {
	s := newService(t)
	city(t, s)
	for _, query := range []string{
		"method=gistar", "method=gi", "method=moran", "method=shift&hours=20-23", "method=emerging&datetime=2025-01/2025-04",
		"method=change&datetime=2025-02/2025-03", "method=nearrepeat", "category=theft&dow=1",
	} {
		t.Run(query, func(t *testing.T) {
			s.must(t, 200, "GET", "/api/v1/hotspots?area=city&res=8&unit=hotspot&"+query, "")
			s.must(t, 200, "GET", "/api/v1/hotspots?area=city&res=8&unit=hotspot&f=csv&"+query, "")
		})
	}
}
