package handlers_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"
)

const statistics = "/api/v1/statistics/"

// counted is what all statistics say of their layer.
type counted struct {
	Statistic  string
	Parameters map[string]string
	Layer      struct {
		Fingerprint string
		Incidents   struct{ Used int }
	}
}

func TestEveryStatisticIsOfTheLayerOfItsParameters(t *testing.T) {
	s := newService(t)
	city(t, s)
	layer := decode[collection](t, s.must(t, 200, "GET", "/api/v1/hotspots?area=city&res=8&category=robbery", "")).Layer
	for kind, parameters := range map[string]map[string]string{
		"global": {}, "hours": {},
		"nearrepeat":    {"space_m": "0.001,100,200,300,400,500", "days": "1,7,14,28", "seed": "0", "distance_m": "200", "within_days": "14"},
		"concentration": {},
	} {
		w := s.must(t, 200, "GET", statistics+kind+"?area=city&res=8&category=robbery", "")
		got := decode[counted](t, w)
		if got.Statistic != kind || got.Layer.Fingerprint != layer.Fingerprint || got.Layer.Incidents.Used != 80 || len(got.Parameters) != len(parameters) {
			t.Errorf("%s: %+v", kind, got)
		}
		for name, value := range parameters {
			if got.Parameters[name] != value {
				t.Errorf("%s: %s is %q, want %q", kind, name, got.Parameters[name], value)
			}
		}
		if head := s.must(t, 200, "HEAD", statistics+kind+"?area=city&res=8&category=robbery", ""); head.Header().Get("ETag") != w.Header().Get("ETag") {
			t.Errorf("%s: HEAD has another tag", kind)
		}
	}
}

func TestHoursOverHTTPAddUpByHourAndByShift(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	for _, shift := range []string{`a {"name_es":"A","name_en":"A","start":"06:00","end":"22:00"}`, `b {"name_es":"B","name_en":"B","start":"22:00","end":"06:00"}`} {
		code, body, _ := strings.Cut(shift, " ")
		s.must(t, 201, "PUT", "/api/v1/shifts/"+code, body, "Content-Type", "application/json")
	}
	type answer struct {
		Numbers struct {
			Of        string
			Cells     []string
			Incidents struct {
				Total  int
				Hour   int `json:"known_to_hour"`
				Day    int `json:"known_to_day"`
				Longer int `json:"known_to_longer"`
				None   int `json:"without_time"`
			}
			Hours  [7][24]float64 `json:"hour_of_week"`
			Weight float64
			Shifts []struct {
				Shift  string
				Weight float64
			}
		}
	}
	// All happened at 22:15: the centre's 14 + 60 of January on a Friday, 26 on Mondays.
	n := decode[answer](t, s.must(t, 200, "GET", statistics+"hours?area=city&res=8", "")).Numbers
	if n.Of != "layer" || n.Incidents.Total != 100 || n.Incidents.Hour != 100 || n.Hours[4][22] != 74 || n.Hours[0][22] != 26 || n.Weight != 100 {
		t.Errorf("%+v", n)
	}
	if len(n.Shifts) != 2 || n.Shifts[0].Weight != 0 || n.Shifts[1].Weight != 100 {
		t.Errorf("shifts %+v", n.Shifts)
	}
	n = decode[answer](t, s.must(t, 200, "GET", statistics+"hours?area=city&cell="+cells[0].String(), "")).Numbers
	if n.Of != "cell" || n.Incidents.Total != 40 || n.Hours[4][22] != 14 {
		t.Errorf("%+v", n)
	}
	// The centre and its six neighbours are hot.
	n = decode[answer](t, s.must(t, 200, "GET", statistics+"hours?area=city&hotspot="+cells[0].Neighbours()[0].String(), "")).Numbers
	if n.Of != "hotspot" || len(n.Cells) != 7 || n.Cells[0] != cells[0].String() || n.Incidents.Total != 46 {
		t.Errorf("%+v", n)
	}
}

func TestEveryBadParameterOfAStatisticIsNamed(t *testing.T) {
	s := newService(t)
	cells := city(t, s)
	cell := cells[0].String()
	for _, c := range []struct {
		name, query string
		want        []string
	}{
		{"a method", "global?method=moran", []string{"method=moran"}},
		{"a parameter of a method", "global?adjust=by", []string{"adjust=by"}},
		{"a parameter of another statistic", "hours?by=category", []string{"by=category"}},
		{"a bad one of the layer and an unknown area", "global?res=4&area=atlantis", []string{"res=4", "area=atlantis"}},
		{"an unknown format", "global?f=geojson", []string{"f=geojson"}},
		{"no cell", "hours?cell=xyz", []string{"cell=xyz"}},
		{"a cell too coarse for layers", "hours?area=city&cell=84754ebffffffff", []string{"res=4"}},
		{"a cell and a hotspot", "hours?area=city&cell=" + cell + "&hotspot=" + cell, []string{"hotspot=" + cell}},
		{"a hotspot that is none", "hours?area=city&hotspot=" + cells[60].String(), []string{"hotspot=" + cells[60].String()}},
		{"another resolution", "hours?area=city&res=9&cell=" + cell, []string{"res=9"}},
		{"edges that descend", "nearrepeat?space_m=200,100", []string{"space_m=200,100"}},
		{"edges that are none", "nearrepeat?space_m=0,x&days=1.5", []string{"space_m=0,x", "days=1.5"}},
		{"too many days", "nearrepeat?days=366", []string{"days=366"}},
		{"too few permutations", "nearrepeat?permutations=98&seed=-1", []string{"permutations=98", "seed=-1"}},
		{"a chain without length", "nearrepeat?distance_m=0&within_days=0", []string{"distance_m=0", "within_days=0"}},
		{"parts that are none", "concentration?by=street", []string{"by=street"}},
		{"a step without periods", "concentration?step=month", []string{"step=month"}},
		{"a step that is none", "concentration?by=period&step=day", []string{"step=day"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[problem](t, s.must(t, 400, "GET", statistics+c.query, ""))
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

func TestAStatisticIsATableToo(t *testing.T) {
	s := newService(t)
	city(t, s)
	for query, want := range map[string]struct {
		rows   int
		column string
	}{
		"global?":                             {1 + 6, "variance"},
		"hours?":                              {1 + 168, "weight"},
		"nearrepeat?permutations=99&":         {1 + 7*5, "expected"},
		"concentration?":                      {1 + 1, "gini"},
		"concentration?by=category&":          {1 + 2, "generalised_gini"},
		"concentration?by=period&step=month&": {1 + 3, "complete"}, // January to March
	} {
		w := s.must(t, 200, "GET", statistics+query+"area=city&res=8", "", "Accept", "text/csv")
		rows, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || len(rows) != want.rows || !slices.Contains(rows[0], want.column) {
			t.Errorf("%s: %d rows under %v: %v", query, len(rows), rows[0], err)
		}
		if got := w.Header().Get("Content-Disposition"); !strings.HasPrefix(got, `attachment; filename="atalaya-`) || w.Header().Get("Content-Type") != "text/csv; charset=utf-8" {
			t.Errorf("%s: %s as %s", query, got, w.Header().Get("Content-Type"))
		}
	}
	s.must(t, 406, "GET", statistics+"global?area=city&res=8", "", "Accept", "image/png")
}

func TestAnUnchangedStatisticIs304UntilTheDataChange(t *testing.T) {
	s := newService(t)
	city(t, s)
	const asked = statistics + "nearrepeat?area=city&res=8&permutations=99"
	first := s.must(t, 200, "GET", asked, "")
	tag := first.Header().Get("ETag")
	s.must(t, 304, "GET", asked, "", "If-None-Match", tag)
	for _, other := range []string{asked + "&seed=7", asked + "&days=3", asked + "&f=csv", strings.Replace(asked, "res=8", "res=7", 1), statistics + "global?area=city&res=8"} {
		if s.must(t, 200, "GET", other, "", "If-None-Match", tag).Header().Get("ETag") == tag {
			t.Errorf("%s has the tag of %s", other, asked)
		}
	}
	if again := s.must(t, 200, "GET", asked, "").Body.String(); again != first.Body.String() {
		t.Error("the same question has another answer")
	}
	s.must(t, 200, "POST", "/api/v1/incidents", feature(`"id":"new"`, ""), "Content-Type", "application/geo+json")
	if fresh := s.must(t, 200, "GET", asked, "", "If-None-Match", tag).Header().Get("ETag"); fresh == tag {
		t.Error("the tag outlived the data")
	}
}
