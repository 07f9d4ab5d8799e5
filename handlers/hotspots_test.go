package handlers_test

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"testing"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

// city puts an area of 61 cells of resolution 8 into the service, the disk of
// radius 4 around a centre (1 + 6 + 12 + 18 + 24), with 40 incidents at the
// centre and 1 at each other cell, and returns the cells, the centre first.
func city(t *testing.T, s *service) []grid.Cell {
	t.Helper()
	s.putSource(t, "America/Guatemala")
	centre, err := grid.CellAt(orb.Point{-90.5069, 14.6349}, 8)
	if err != nil {
		t.Fatal(err)
	}
	cells := append([]grid.Cell{centre}, slices.DeleteFunc(centre.Disk(4), func(c grid.Cell) bool { return c == centre })...)
	names, _ := json.Marshal(cells)
	s.must(t, 201, "PUT", "/api/v1/areas/city", fmt.Sprintf(`{"type":"Feature","geometry":null,"properties":{"name":"City","kind":"study","cells":%s}}`, names), "Content-Type", "application/geo+json")
	var lines strings.Builder
	for i, c := range cells {
		n := 1
		if i == 0 {
			n = 40
		}
		at := c.Center()
		for k := range n {
			category := []string{"robbery", "theft"}[k%2]
			fmt.Fprintf(&lines, `{"type":"Feature","id":"%d-%d","geometry":{"type":"Point","coordinates":[%v,%v]},"properties":{"source":"src","category":%q,"occurred_at":"2025-0%d-10T22:15:00-06:00"}}`+"\n",
				i, k, at.Lon(), at.Lat(), category, 1+k%3)
		}
	}
	w := s.must(t, 200, "POST", "/api/v1/incidents", lines.String(), "Content-Type", "application/x-ndjson")
	if got := decode[struct{ Taken int }](t, w).Taken; got != 100 {
		t.Fatalf("%d of 100 taken: %s", got, w.Body)
	}
	return cells
}

type collection struct {
	Layer struct {
		Fingerprint string
		Parameters  map[string]string
		Incidents   struct{ Matched, Used, Outside int }
	}
	Features []struct {
		ID         string
		Properties map[string]any
	}
}

func TestALayerHoldsEveryCellOfTheAreaInH3Order(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	w := s.must(t, 200, "GET", "/api/v1/hotspots?area=city&res=8", "")
	if got := w.Header().Get("Content-Type"); got != "application/geo+json" {
		t.Errorf("Content-Type %q", got)
	}
	got := decode[collection](t, w)
	if len(got.Features) != 61 || got.Layer.Incidents.Used != 100 {
		t.Fatalf("%d cells, %d incidents used; want 61, 100", len(got.Features), got.Layer.Incidents.Used)
	}
	if !slices.IsSortedFunc(got.Features, func(a, b struct {
		ID         string
		Properties map[string]any
	}) int {
		return strings.Compare(a.ID, b.ID)
	}) {
		t.Error("the features are not in H3 order")
	}
	hot := 0
	for _, f := range got.Features {
		if f.ID == cells[0].String() && (f.Properties["count"] != 40.0 || f.Properties["rank"] != 1.0) {
			t.Errorf("the centre is %v", f.Properties)
		}
		if f.Properties["class"] == "hot_95" {
			hot++
		}
	}
	// The centre counts in its own neighbourhood and in those of its six
	// neighbours, all with a sum of 46. Their p of 0.00548 becomes, as the
	// smallest of 61, 0.00548 × 61 / 7 = 0.0477.
	if hot != 7 {
		t.Errorf("%d cells are hot, want 7", hot)
	}
}

func TestFilterParametersReachTheLayer(t *testing.T) {
	s := newService(t)
	city(t, s)
	for _, c := range []struct {
		name, query string
		used        int
	}{
		{"all", "area=city&res=8", 100},
		// 20 of the centre's 40 are robberies, and so is the one of each other cell.
		{"a category", "area=city&res=8&category=robbery", 80},
		{"two categories", "area=city&res=8&category=robbery,theft", 100},
		// Months go round 1, 2, 3: 14 of the centre's 40 are in January, and so are the other 60.
		{"a month in the zone of the service", "area=city&res=8&datetime=2025-01", 74},
		{"an interval", "area=city&res=8&datetime=2025-02/..", 26},
		{"an hour", "area=city&res=8&hours=22", 100},
		{"another hour", "area=city&res=8&hours=0-21", 0},
		// 10 January 2025 is a Friday, 10 February and 10 March are Mondays.
		{"a day of the week", "area=city&res=8&dow=5", 74},
		{"an origin", "area=city&res=8&origin=police_initiated", 0},
		{"the count alone", "area=city&res=8&method=count", 100},
		{"a box", "bbox=-90.6,14.5,-90.4,14.7&res=8", 100},
		{"a box with heights", "bbox=-90.6,14.5,0,-90.4,14.7,99&res=8", 100},
		{"a box on the other side of the antimeridian", "bbox=179.9,14.5,-179.9,14.7&res=7", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[collection](t, s.must(t, 200, "GET", "/api/v1/hotspots?"+c.query, ""))
			if got.Layer.Incidents.Used != c.used {
				t.Errorf("%d incidents used, want %d", got.Layer.Incidents.Used, c.used)
			}
		})
	}
}

func TestEveryBadParameterIsNamedAtOnce(t *testing.T) {
	s := newService(t)
	city(t, s)
	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{"an unknown parameter", "token=abc", []string{"token=abc"}},
		{"two unknown ones, in order", "z=1&a=2", []string{"a=2", "z=1"}},
		{"a parameter in capitals", "RES=8", []string{"RES=8"}},
		{"one that comes twice", "res=8&res=9", []string{"res=8 and 9"}},
		{"an empty one", "bbox=", []string{"bbox="}},
		{"resolutions out of range", "res=4", []string{"res=4"}},
		{"resolution 0, which is not the default", "res=0", []string{"res=0"}},
		{"a resolution that is no number", "res=8.5", []string{"res=8.5"}},
		{"three corners", "bbox=1,2,3", []string{"bbox=1,2,3"}},
		{"a corner that is no number", "bbox=1,2,NaN,4", []string{"bbox=1,2,NaN,4"}},
		{"a corner off the Earth", "bbox=1,2,3,95", []string{"bbox=1,2,3,95"}},
		{"south over north", "bbox=1,9,3,5", []string{"bbox=1,9,3,5"}},
		{"an area and a box", "area=city&bbox=1,2,3,4", []string{"bbox=1,2,3,4"}},
		{"a reversed interval", "datetime=2025-03/2025-01", []string{"datetime=2025-03/2025-01"}},
		{"a month 13", "datetime=2025-13", []string{"datetime=2025-13"}},
		{"an hour 24", "hours=24", []string{"hours=24"}},
		{"a day 0", "dow=0", []string{"dow=0"}},
		{"an unknown origin", "origin=police", []string{"origin=police"}},
		{"an unknown method", "method=kde", []string{"method=kde"}},
		{"an unknown format", "f=shp", []string{"f=shp"}},
		{"an unknown unit", "unit=place", []string{"unit=place"}},
		{"hotspots of a method without classes", "unit=hotspot&method=count", []string{"method=count"}},
		{"hotspots of a density, and a bad day", "unit=hotspot&method=density&dow=9", []string{"dow=9", "method=density"}},
		{"an unknown category", "category=robbery,arson", []string{"category=arson"}},
		{"an unknown area", "area=atlantis", []string{"area=atlantis"}},
		{"an empty part of a list", "category=robbery,,theft", []string{"category=robbery,,theft"}},
		{"a broken escape", "res=%zz", []string{"query=res=%zz"}},
		{"all of it", "res=99&category=arson&area=atlantis&dow=9&x=1", []string{"res=99", "dow=9", "x=1", "category=arson", "area=atlantis"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[problem](t, s.must(t, 400, "GET", "/api/v1/hotspots?"+c.query, ""))
			if !slices.Equal(got.parameters(), c.want) {
				t.Errorf("got %q, want %q", got.parameters(), c.want)
			}
			for _, e := range got.Errors {
				if e.Allowed == "" || e.Message == "" {
					t.Errorf("%s: allowed %q, message %q", e.Parameter, e.Allowed, e.Message)
				}
			}
		})
	}
}

func TestCSVHasTheSameCellsAndATellingName(t *testing.T) {
	s := newService(t)
	city(t, s)
	byParameter := s.must(t, 200, "GET", "/api/v1/hotspots?area=city&res=8&f=csv", "")
	byHeader := s.must(t, 200, "GET", "/api/v1/hotspots?area=city&res=8", "", "Accept", "text/csv")
	if byParameter.Body.String() != byHeader.Body.String() {
		t.Error("f=csv and Accept: text/csv differ")
	}
	if got := byHeader.Header().Get("Content-Type"); got != "text/csv; charset=utf-8" {
		t.Errorf("Content-Type %q", got)
	}
	name := byHeader.Header().Get("Content-Disposition")
	if !strings.HasPrefix(name, `attachment; filename="atalaya-hotspots-city-gistar-res8-`) {
		t.Errorf("Content-Disposition %q", name)
	}
	rows, err := csv.NewReader(byHeader.Body).ReadAll()
	if err != nil || len(rows) != 62 || !slices.Contains(rows[0], "gistar_p_fdr") {
		t.Errorf("%d rows with header %v: %v", len(rows), rows[0], err)
	}
}

func TestTheAcceptHeaderChoosesAndTheParameterGoesBefore(t *testing.T) {
	s := newService(t)
	city(t, s)
	for _, c := range []struct {
		name, accept, f string
		status          int
		mediaType       string
	}{
		{"nothing said", "", "", 200, "application/geo+json"},
		{"a browser", "text/html,application/xhtml+xml,*/*;q=0.8", "", 200, "application/geo+json"},
		{"GDAL", "text/plain, application/json", "", 200, "application/geo+json"},
		{"both, CSV liked better", "application/json;q=0.5, text/csv", "", 200, "text/csv; charset=utf-8"},
		{"GeoJSON refused, all else taken", "application/geo+json;q=0, application/json;q=0, */*;q=0.1", "", 200, "text/csv; charset=utf-8"},
		{"the parameter against the header", "text/csv", "geojson", 200, "application/geo+json"},
		{"neither", "image/png", "", 406, "application/problem+json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			target := "/api/v1/hotspots?area=city&res=8"
			if c.f != "" {
				target += "&f=" + c.f
			}
			w := s.must(t, c.status, "GET", target, "", "Accept", c.accept)
			if got := w.Header().Get("Content-Type"); got != c.mediaType {
				t.Errorf("Content-Type %q, want %q", got, c.mediaType)
			}
		})
	}
}

func TestAnUnchangedLayerIs304UntilTheDataChange(t *testing.T) {
	s := newService(t)
	city(t, s)
	const layer = "/api/v1/hotspots?area=city&res=8"
	first := s.must(t, 200, "GET", layer, "")
	tag := first.Header().Get("ETag")
	if !strings.HasPrefix(tag, `W/"`) {
		t.Fatalf("ETag %q is not weak", tag)
	}
	for name, had := range map[string]string{"the tag": tag, "the tag as strong": strings.TrimPrefix(tag, "W/"), "one of some": `"x", ` + tag, "any": "*"} {
		w := s.must(t, 304, "GET", layer, "", "If-None-Match", had)
		for _, header := range []string{"ETag", "Cache-Control", "Vary"} {
			if got, want := w.Header().Values(header), first.Header().Values(header); !slices.Equal(got, want) {
				t.Errorf("%s: %s %q, was %q with the answer", name, header, got, want)
			}
		}
		if w.Body.Len() > 0 {
			t.Errorf("%s: 304 with a body", name)
		}
	}
	if vary := strings.Join(first.Header().Values("Vary"), ", "); !strings.Contains(vary, "Accept-Encoding") || !strings.HasSuffix(vary, "Accept") {
		t.Errorf("Vary %q", vary)
	}
	if other := s.must(t, 200, "GET", layer+"&f=csv", "", "If-None-Match", tag).Header().Get("ETag"); other == tag {
		t.Error("CSV has the tag of GeoJSON")
	}
	s.must(t, 200, "POST", "/api/v1/incidents", feature(`"id":"new"`, ""), "Content-Type", "application/geo+json")
	if fresh := s.must(t, 200, "GET", layer, "", "If-None-Match", tag).Header().Get("ETag"); fresh == tag {
		t.Error("the tag outlived the data")
	}
}

func TestALargeAnswerIsCompressedWhereThatIsTaken(t *testing.T) {
	s := newService(t)
	city(t, s)
	plain := s.must(t, 200, "GET", "/api/v1/hotspots?area=city&res=8", "")
	packed := s.must(t, 200, "GET", "/api/v1/hotspots?area=city&res=8", "", "Accept-Encoding", "gzip")
	if packed.Header().Get("Content-Encoding") != "gzip" || packed.Header().Get("ETag") != plain.Header().Get("ETag") {
		t.Fatalf("encoding %q, tag %q", packed.Header().Get("Content-Encoding"), packed.Header().Get("ETag"))
	}
	r, err := gzip.NewReader(packed.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || string(got) != plain.Body.String() {
		t.Errorf("unpacked it differs: %v", err)
	}
	if got := s.must(t, 200, "GET", "/healthz", "", "Accept-Encoding", "gzip").Header().Get("Content-Encoding"); got != "" {
		t.Errorf("40 bytes come as %s", got)
	}
}

func TestAnUncompressedLayerHasALengthAndRanges(t *testing.T) {
	s := newService(t)
	city(t, s)
	for _, f := range []string{"geojson", "csv"} {
		layer := "/api/v1/hotspots?area=city&res=8&f=" + f
		got := s.must(t, 200, "GET", layer, "")
		want := strconv.Itoa(got.Body.Len())
		if size := got.Header().Get("Content-Length"); size != want {
			t.Errorf("GET %s: Content-Length %q, want %s", f, size, want)
		}
		if size := s.must(t, 200, "HEAD", layer, "").Header().Get("Content-Length"); size != want {
			t.Errorf("HEAD %s: Content-Length %q, want %s", f, size, want)
		}
		part := s.must(t, 206, "GET", layer, "", "Range", "bytes=10-19")
		if part.Body.String() != got.Body.String()[10:20] {
			t.Errorf("%s: bytes 10 to 19 are %q", f, part.Body)
		}
	}
}

func TestACellIsExplained(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	got := decode[struct {
		Properties   map[string]any
		Hotspot      *struct{ ID string }
		Months       []struct{ Count int }
		HourOfWeek   [7][24]int `json:"hour_of_week"`
		Categories   []struct{ Count int }
		WithoutMonth int     `json:"without_month"`
		Why          *string `json:"why_undefined"`
	}](t, s.must(t, 200, "GET", "/api/v1/hotspots/"+cells[0].String()+"?area=city", ""))
	if got.Properties["count"] != 40.0 || got.Why != nil || got.WithoutMonth != 0 {
		t.Errorf("%+v", got)
	}
	if got.Hotspot == nil || got.Hotspot.ID != cells[0].String() {
		t.Errorf("hotspot %v, want the one named %s", got.Hotspot, cells[0])
	}
	// 40 incidents go round three months: 14 + 13 + 13.
	if len(got.Months) != 3 || got.Months[0].Count != 14 || got.Months[2].Count != 13 {
		t.Errorf("months %v", got.Months)
	}
	if friday := got.HourOfWeek[4][22]; friday != 14 {
		t.Errorf("%d incidents on Fridays from 22 to 23, want 14", friday)
	}
	if len(got.Categories) != 2 || got.Categories[0].Count != 20 {
		t.Errorf("categories %v", got.Categories)
	}
	quiet := s.must(t, 200, "GET", "/api/v1/hotspots/"+cells[0].String()+"?area=city&method=count", "")
	if p := decode[struct{ Properties map[string]any }](t, quiet).Properties; p["gistar_z"] != nil || p["class"] != "undefined" {
		t.Errorf("of a count: %v", p)
	}
}

func TestACellThatCannotBeExplainedSaysWhy(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	coarse, _ := cells[0].Parent(4)
	away, _ := grid.CellAt(orb.Point{10, 50}, 8)
	for _, c := range []struct {
		name, path string
		status     int
		want       []string
	}{
		{"no cell", "xyz", 400, []string{"cell=xyz"}},
		{"a cell too coarse for layers", coarse.String(), 400, []string{"cell=" + coarse.String()}},
		{"another resolution", cells[0].String() + "?res=9", 400, []string{"res=9"}},
		{"no cell and a bad day", "xyz?dow=8", 400, []string{"dow=8", "cell=xyz"}},
		{"a format", cells[0].String() + "?f=csv", 400, []string{"f=csv"}},
		{"an unknown area", cells[0].String() + "?area=atlantis", 400, []string{"area=atlantis"}},
		{"a cell outside the area", away.String() + "?area=city", 404, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[problem](t, s.must(t, c.status, "GET", "/api/v1/hotspots/"+c.path, ""))
			if !slices.Equal(got.parameters(), c.want) {
				t.Errorf("got %q, want %q", got.parameters(), c.want)
			}
			if c.status == 404 && !strings.Contains(got.Detail, "outside the study area") {
				t.Errorf("detail %q", got.Detail)
			}
		})
	}
	cell := "/api/v1/hotspots/" + cells[0].String() + "?area=city"
	s.must(t, 200, "GET", cell+"&res=8", "")
	tag := s.must(t, 200, "GET", cell, "").Header().Get("ETag")
	s.must(t, 304, "GET", cell, "", "If-None-Match", tag)
}
