package handlers_test

import (
	"fmt"
	"slices"
	"testing"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

const square = `{"type":"Polygon","coordinates":[[[-90.55,14.6],[-90.48,14.6],[-90.48,14.6612345678],[-90.55,14.66],[-90.55,14.6]]]}`

func area(properties, geometry string) string {
	return fmt.Sprintf(`{"type":"Feature","geometry":%s,"properties":{%s}}`, geometry, properties)
}

func TestAnAreaComesAndGoes(t *testing.T) {
	s := newService(t)
	const path, mediaType = "/api/v1/areas/gt-01", "application/geo+json"
	s.must(t, 404, "GET", path, "")
	s.must(t, 201, "PUT", path, area(`"name":"Zona 1","kind":"sector"`, square), "Content-Type", mediaType)
	w := s.must(t, 200, "GET", path, "")
	got := decode[struct {
		ID         string
		Geometry   struct{ Coordinates [][][]float64 }
		Properties struct{ Name, Kind string }
	}](t, w)
	if w.Header().Get("Content-Type") != mediaType || got.ID != "gt-01" || got.Properties.Name != "Zona 1" {
		t.Errorf("%+v", got)
	}
	if lat := got.Geometry.Coordinates[0][2][1]; lat != 14.661235 {
		t.Errorf("latitude %v is not rounded to 6 decimals", lat)
	}
	s.must(t, 200, "PUT", path, w.Body.String(), "Content-Type", mediaType) // what GET answers can be put
	for kind, n := range map[string]int{"": 1, "?kind=sector": 1, "?kind=study": 0} {
		if list := decode[collection](t, s.must(t, 200, "GET", "/api/v1/areas"+kind, "")); len(list.Features) != n {
			t.Errorf("%q lists %d, want %d", kind, len(list.Features), n)
		}
	}
	s.must(t, 204, "DELETE", path, "")
	s.must(t, 404, "DELETE", path, "")
}

func TestAnAreaOfCellsHasTheirOutlines(t *testing.T) {
	s := newService(t)
	centre, err := grid.CellAt(orb.Point{-90.5, 14.6}, 8)
	if err != nil {
		t.Fatal(err)
	}
	disk := centre.Disk(1)
	body := area(fmt.Sprintf(`"name":"Disk","kind":"study","cells":["%s","%s","%s"]`, disk[2], disk[0], disk[2]), "null")
	s.must(t, 201, "PUT", "/api/v1/areas/disk", body, "Content-Type", "application/json")
	got := decode[struct {
		Geometry   struct{ Coordinates [][][][]float64 }
		Properties struct{ Cells []string }
	}](t, s.must(t, 200, "GET", "/api/v1/areas/disk", ""))
	if want := []string{disk[0].String(), disk[2].String()}; !slices.Equal(got.Properties.Cells, want) {
		t.Errorf("cells %v, want %v", got.Properties.Cells, want)
	}
	if len(got.Geometry.Coordinates) != 2 {
		t.Errorf("%d outlines, want 2", len(got.Geometry.Coordinates))
	}
}

func TestABadAreaIsRefusedWithEverythingWrongAboutIt(t *testing.T) {
	s := newService(t)
	coarse, _ := grid.CellAt(orb.Point{-90.5, 14.6}, 7)
	fine, _ := grid.CellAt(orb.Point{-90.5, 14.6}, 8)
	for _, c := range []struct {
		name, id, body string
		want           []string
	}{
		{"not JSON", "a", `x`, []string{"body=x", "type=", "properties=", "properties.name=", "properties.kind=", "geometry="}},
		{"no name, another kind", "a", area(`"kind":"park"`, square), []string{"properties.name=", "properties.kind=park"}},
		{"no geometry", "a", area(`"name":"A","kind":"study"`, "null"), []string{"geometry="}},
		{"a point", "a", area(`"name":"A","kind":"study"`, `{"type":"Point","coordinates":[1,2]}`), []string{"geometry=Point"}},
		{"positions of one number", "a", area(`"name":"A","kind":"study"`, `{"type":"Polygon","coordinates":[[[1],[2],[3],[1]]]}`), []string{"geometry=Polygon"}},
		{"no cells", "a", area(`"name":"A","kind":"study","cells":[]`, "null"), []string{"properties.cells=[]"}},
		{"cells that are none", "a", area(`"name":"A","kind":"study","cells":["x"]`, "null"), []string{"properties.cells[0]=x"}},
		{"cells of two resolutions", "a", area(fmt.Sprintf(`"name":"A","kind":"study","cells":["%s","%s"]`, coarse, fine), "null"), []string{"properties.cells[1]=" + fine.String()}},
		{"another id than the path's", "a", `{"type":"Feature","id":"b","geometry":` + square + `,"properties":{"name":"A","kind":"study"}}`, []string{"id=b"}},
		{"members nobody knows", "a", `{"type":"Feature","crs":{},"geometry":` + square + `,"properties":{"name":"A","kind":"study","colour":"red"}}`, []string{"properties.colour=", "crs="}},
		{"an id that the store does not take", "A!", area(`"name":"A","kind":"study"`, square), []string{"id=A!"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[problem](t, s.must(t, 400, "PUT", "/api/v1/areas/"+c.id, c.body, "Content-Type", "application/json"))
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
	open := area(`"name":"A","kind":"study"`, `{"type":"Polygon","coordinates":[[[1,2],[3,4],[5,2],[1,2.5]]]}`)
	if got := decode[problem](t, s.must(t, 400, "PUT", "/api/v1/areas/a", open, "Content-Type", "application/json")); len(got.Errors) == 0 || got.Errors[0].Parameter != "geometry" {
		t.Errorf("an open ring: %+v", got)
	}
	s.must(t, 415, "PUT", "/api/v1/areas/a", open, "Content-Type", "text/plain")
	s.must(t, 400, "GET", "/api/v1/areas?kind=park", "")
}
