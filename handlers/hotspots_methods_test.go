package handlers_test

import (
	"encoding/csv"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"atalaya/geo/grid"
	"atalaya/handlers"
	"atalaya/store"
	"atalaya/store/layer"

	"github.com/paulmach/orb"
)

// methodQueries returns a query of every method, each by what it cannot do
// without.
func methodQueries() map[layer.Method]string {
	out := map[layer.Method]string{}
	for _, m := range layer.Methods() {
		out[m] = "method=" + string(m)
	}
	out[layer.Shift] += "&hours=18-23"
	out[layer.Change] += "&datetime=2025&past=2"
	return out
}

// Every answer of these tests is held against the OpenAPI document, too.
func TestEveryMethodAnswersInBothFormatsWithTheSameCells(t *testing.T) {
	s := newService(t)
	city(t, s)
	for method, query := range methodQueries() {
		t.Run(string(method), func(t *testing.T) {
			target := "/api/v1/hotspots?area=city&res=8&" + query
			got := decode[collection](t, s.must(t, 200, "GET", target, ""))
			if got.Layer.Parameters["method"] != string(method) {
				t.Errorf("method %q in the answer", got.Layer.Parameters["method"])
			}
			rows := table(t, s.must(t, 200, "GET", target+"&f=csv", "").Body.String())
			if len(rows) != 1+len(got.Features) || len(got.Features) != 61 {
				t.Fatalf("%d rows under a header, %d features; want 61", len(rows)-1, len(got.Features))
			}
			for n, f := range got.Features {
				if len(f.Properties) != len(rows[0]) {
					t.Fatalf("%d properties, %d columns", len(f.Properties), len(rows[0]))
				}
				for i, name := range rows[0] {
					value, field := f.Properties[name], rows[n+1][i]
					if isNull := value == nil; isNull != (field == "") {
						t.Errorf("%s: %s is %v in GeoJSON and %q in CSV", f.ID, name, value, field)
					}
				}
			}
		})
	}
}

func TestEveryMethodAnswersWhereThereIsNothing(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	far, err := grid.CellAt(orb.Point{-90.2, 14.2}, 8)
	if err != nil {
		t.Fatal(err)
	}
	for id, list := range map[string][]grid.Cell{"one": cells[:1], "nothing": far.Disk(2), "island": append(cells[:20:20], far)} {
		names := make([]string, len(list))
		for i, c := range list {
			names[i] = c.String()
		}
		body := fmt.Sprintf(`{"type":"Feature","geometry":null,"properties":{"name":%q,"kind":"study","cells":["%s"]}}`, id, strings.Join(names, `","`))
		s.must(t, 201, "PUT", "/api/v1/areas/"+id, body, "Content-Type", "application/geo+json")
		for method, query := range methodQueries() {
			got := decode[collection](t, s.must(t, 200, "GET", "/api/v1/hotspots?res=8&area="+id+"&"+query, ""))
			if len(got.Features) != len(list) {
				t.Errorf("%s of %s: %d cells, want %d", method, id, len(got.Features), len(list))
			}
			for _, f := range got.Features {
				if f.Properties["class"] == "undefined" && f.Properties["why_undefined"] == nil {
					t.Errorf("%s of %s: undefined without a reason", method, id)
				}
			}
		}
	}
	empty := newService(t)
	for method, query := range methodQueries() {
		w := empty.must(t, 200, "GET", "/api/v1/hotspots?res=8&bbox=-90.6,14.5,-90.59,14.51&"+query, "")
		if got := decode[collection](t, w); got.Layer.Incidents.Matched != 0 {
			t.Errorf("%s of an empty database: %s", method, w.Body)
		}
	}
}

func TestSmallSensitiveCountsAreNullByEveryMethod(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	if err := s.store.PutCategory(t.Context(), store.Category{Code: "secret", NameES: "secreto", NameEN: "secret", Origin: store.Reported, Sensitive: true}); err != nil {
		t.Fatal(err)
	}
	// One in a cell, two in another, five in a third.
	var lines strings.Builder
	for n, count := range map[int]int{3: 1, 30: 2, 55: 5} {
		for k := range count {
			at := cells[n].Center()
			fmt.Fprintf(&lines, `{"type":"Feature","id":"s%d-%d","geometry":{"type":"Point","coordinates":[%v,%v]},"properties":{"source":"src","category":"secret","occurred_at":"2025-02-1%dT22:15:00-06:00"}}`+"\n", n, k, at.Lon(), at.Lat(), k)
		}
	}
	s.must(t, 200, "POST", "/api/v1/incidents", lines.String(), "Content-Type", "application/x-ndjson")
	for method, query := range methodQueries() {
		t.Run(string(method), func(t *testing.T) {
			got := decode[collection](t, s.must(t, 200, "GET", "/api/v1/hotspots?area=city&res=8&category="+url.QueryEscape("secret,robbery,theft")+"&"+query, ""))
			for _, f := range got.Features {
				isSmall := f.ID == cells[3].String() || f.ID == cells[30].String()
				if isNull := f.Properties["count"] == nil; isNull != isSmall {
					t.Errorf("%s: count %v", f.ID, f.Properties["count"])
				}
				if isSmall {
					told := decode[breakdown](t, s.must(t, 200, "GET", "/api/v1/hotspots/"+f.ID+"?area=city&category="+url.QueryEscape("secret,robbery,theft")+"&"+query, ""))
					if len(told.Months) > 0 || len(told.Categories) > 0 || told.WithoutHour != 0 || told.WithoutMonth != 0 {
						t.Errorf("%s is explained by %+v", f.ID, told)
					}
				}
				if isSmall && (f.Properties["rate"] != nil || f.Properties["sum"] != nil || f.Properties["gistar_z"] != nil || f.Properties["why_undefined"] == nil) {
					t.Errorf("%s: %v", f.ID, f.Properties)
				}
			}
		})
	}
}

func TestTheMethodsOfALayerComeTheSameFromAnotherService(t *testing.T) {
	s := newService(t)
	city(t, s)
	other := newService(t, func(o *handlers.Options) { o.Store, o.Maker = s.store, layer.NewMaker(s.store) })
	for method, query := range methodQueries() {
		target := "/api/v1/hotspots?area=city&res=8&" + query
		first, second := s.must(t, 200, "GET", target, ""), other.must(t, 200, "GET", target, "")
		if first.Body.String() != second.Body.String() || first.Header().Get("ETag") != second.Header().Get("ETag") {
			t.Errorf("%s: two services over one store differ", method)
		}
	}
}

// breakdown is what these tests read of an explanation.
type breakdown struct {
	Months, Categories []any
	WithoutHour        int `json:"without_hour"`
	WithoutMonth       int `json:"without_month"`
}

func table(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
