package handlers_test

import (
	"fmt"
	"strings"
	"testing"
)

// explained is what tests read of a cell explained.
type explained struct {
	Properties map[string]any
	Hidden     bool
	Hotspot    *struct{ Count *int }
	Neighbours []struct {
		Cell           string
		Inside, Hidden bool
		Count          *int
	}
	Sensitivity []struct {
		Res        int
		Cell       *string
		Properties map[string]any
		Cells      *int
		Why        *string `json:"why_undefined"`
	}
	Months      []struct{ Count int }
	Hours       *[7][24]int     `json:"hour_of_week"`
	Aoristic    *[7][24]float64 `json:"aoristic"`
	WithoutTime *int            `json:"without_time"`
	Categories  []struct {
		Category string
		Count    int
	}
	Unlisted *int `json:"in_unlisted_categories"`
}

func TestAnExplanationTellsNeighboursHoursAndSensitivity(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	for _, method := range []string{"gistar", "gi", "moran", "emerging", "density", "nearrepeat", "shift&hours=22", "change&datetime=2025-02/2025-03"} {
		target := "/api/v1/hotspots/" + cells[0].String() + "?area=city&method=" + method
		w := s.must(t, 200, "GET", target, "")
		got := decode[explained](t, w)
		sum := got.Properties["count"].(float64)
		for _, n := range got.Neighbours {
			sum += float64(*n.Count)
		}
		if len(got.Neighbours) != 6 || strings.HasPrefix(method, "gi") && sum != got.Properties["sum"] {
			t.Errorf("%s: %d neighbours, %v with them, want %v", method, len(got.Neighbours), sum, got.Properties["sum"])
		}
		weight := 0.0
		for _, day := range got.Aoristic {
			for _, v := range day {
				weight += v
			}
		}
		if weight+float64(*got.WithoutTime) != got.Properties["count"] {
			t.Errorf("%s: %v by hour, %d without time, want %v", method, weight, *got.WithoutTime, got.Properties["count"])
		}
		for i, r := range got.Sensitivity {
			if r.Res != 7+i || r.Cell == nil || *r.Cells == 0 || r.Why != nil || r.Properties["cell"] != *r.Cell || len(r.Properties) != len(got.Properties) {
				t.Errorf("%s: %+v", method, r)
			}
		}
		if again := s.must(t, 200, "GET", target, ""); again.Body.String() != w.Body.String() || again.Header().Get("ETag") != w.Header().Get("ETag") {
			t.Errorf("%s: the same question has another answer", method)
		}
	}
}

func TestAnExplanationHasATagOfItsCellAndParameters(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	seen := map[string]string{}
	for _, target := range []string{
		cells[0].String() + "?area=city", cells[1].String() + "?area=city", cells[0].String() + "?area=city&category=robbery",
		cells[0].String() + "?area=city&method=gi", cells[0].String(),
	} {
		tag := s.must(t, 200, "GET", "/api/v1/hotspots/"+target, "").Header().Get("ETag")
		if other, twice := seen[tag]; twice {
			t.Errorf("%s has the tag of %s", target, other)
		}
		seen[tag] = target
	}
	one := "/api/v1/hotspots/" + cells[0].String() + "?area=city"
	tag := s.must(t, 200, "GET", one, "").Header().Get("ETag")
	s.must(t, 200, "POST", "/api/v1/incidents", feature(`"id":"new"`, ""), "Content-Type", "application/geo+json")
	if s.must(t, 200, "GET", one, "", "If-None-Match", tag).Header().Get("ETag") == tag {
		t.Error("the tag outlived the data")
	}
}

func TestOfAHiddenCellOnlyItsClassIsTold(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	s.must(t, 201, "PUT", "/api/v1/categories/assault", `{"name_es":"A","name_en":"A","origin":"reported","sensitive":true}`, "Content-Type", "application/json")
	at := cells[0].Center()
	for k := range 2 {
		body := fmt.Sprintf(`{"type":"Feature","id":"h%d","geometry":{"type":"Point","coordinates":[%v,%v]},"properties":{"source":"src","category":"assault","occurred_at":"2025-01-10T22:15:00-06:00"}}`, k, at.Lon(), at.Lat())
		s.must(t, 200, "POST", "/api/v1/incidents", body, "Content-Type", "application/geo+json")
	}
	const named = "area=city&category=assault,robbery,theft"
	got := decode[explained](t, s.must(t, 200, "GET", "/api/v1/hotspots/"+cells[0].String()+"?"+named, ""))
	if !got.Hidden || got.Properties["count"] != nil || got.Hotspot == nil || got.Hotspot.Count != nil {
		t.Errorf("%+v", got)
	}
	if got.Months != nil || got.Hours != nil || got.Aoristic != nil || got.WithoutTime != nil || got.Categories != nil || got.Unlisted != nil {
		t.Errorf("something is broken down: %+v", got)
	}
	if own := got.Sensitivity[1].Properties; own["count"] != nil || own["gistar_z"] != nil {
		t.Errorf("its own resolution tells %v", own)
	}
	beside := decode[explained](t, s.must(t, 200, "GET", "/api/v1/hotspots/"+cells[0].Neighbours()[0].String()+"?"+named, ""))
	for _, n := range beside.Neighbours {
		if isCentre := n.Cell == cells[0].String(); n.Hidden && n.Count != nil || isCentre && !n.Hidden {
			t.Errorf("%+v", n)
		}
	}
	// Unnamed, the two are in nothing.
	open := decode[explained](t, s.must(t, 200, "GET", "/api/v1/hotspots/"+cells[0].String()+"?area=city", ""))
	if open.Hidden || open.Hours[4][22] != 14 || len(open.Categories) != 2 || *open.Unlisted != 0 {
		t.Errorf("%+v", open)
	}
}
