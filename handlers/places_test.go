package handlers_test

import (
	"fmt"
	"slices"
	"testing"
)

func TestAPlaceComesAndGoes(t *testing.T) {
	s := newService(t)
	const path, mediaType = "/api/v1/places/mercado-central", "application/geo+json"
	s.must(t, 404, "GET", path, "")
	s.must(t, 201, "PUT", path, area(`"name":"Mercado Central","kind":"market"`, `{"type":"Point","coordinates":[-90.5133,14.64191234567]}`), "Content-Type", mediaType)
	w := s.must(t, 200, "GET", path, "")
	got := decode[struct {
		ID         string
		Geometry   struct{ Coordinates []float64 }
		Properties struct {
			Name, Kind string
			Synthetic  bool
		}
	}](t, w)
	if w.Header().Get("Content-Type") != mediaType || got.ID != "mercado-central" || got.Properties.Name != "Mercado Central" ||
		got.Properties.Kind != "market" || !slices.Equal(got.Geometry.Coordinates, []float64{-90.5133, 14.641912}) {
		t.Errorf("%+v", got)
	}
	s.must(t, 200, "PUT", path, w.Body.String(), "Content-Type", mediaType) // what GET answers can be put
	if list := decode[collection](t, s.must(t, 200, "GET", "/api/v1/places", "")); len(list.Features) != 1 {
		t.Errorf("%d places, want 1", len(list.Features))
	}
	s.must(t, 204, "DELETE", path, "")
	s.must(t, 404, "DELETE", path, "")
}

func TestABadPlaceIsRefusedWithEverythingWrongAboutIt(t *testing.T) {
	s := newService(t)
	const point = `{"type":"Point","coordinates":[1,2]}`
	for _, c := range []struct {
		name, id, body string
		want           []string
	}{
		{"not JSON", "a", `x`, []string{"body=x", "type=", "properties=", "properties.name=", "geometry="}},
		{"no name", "a", area(`"kind":7`, point), []string{"properties.name=", "properties.kind=7"}},
		{"no geometry", "a", area(`"name":"A"`, "null"), []string{"geometry="}},
		{"a geometry without a type", "a", area(`"name":"A"`, `{"coordinates":[1,2]}`), []string{"geometry="}},
		{"a polygon", "a", area(`"name":"A"`, square), []string{"geometry=Polygon"}},
		{"a position of one number", "a", area(`"name":"A"`, `{"type":"Point","coordinates":[1]}`), []string{"geometry=Point"}},
		{"another id than the path's, and members nobody knows", "a", fmt.Sprintf(`{"type":"Feature","id":"b","crs":{},"geometry":%s,"properties":{"name":"A","owner":"x"}}`, point), []string{"id=b", "properties.owner=", "crs="}},
		{"what the store does not take", "A!", area(`"name":"two\nlines"`, `{"type":"Point","coordinates":[1,200]}`), []string{"id=A!", "name=two\nlines", "geometry=[1 200]"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[problem](t, s.must(t, 400, "PUT", "/api/v1/places/"+c.id, c.body, "Content-Type", "application/json"))
			if !slices.Equal(got.parameters(), c.want) {
				t.Errorf("got %q, want %q", got.parameters(), c.want)
			}
			for _, e := range got.Errors {
				if e.Row != 0 {
					t.Errorf("%s has row %d", e.Parameter, e.Row)
				}
			}
		})
	}
}
