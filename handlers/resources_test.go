package handlers_test

import (
	"slices"
	"strings"
	"testing"

	"atalaya/store"
)

func TestACategoryComesAndGoes(t *testing.T) {
	s := newService(t)
	const path, mediaType = "/api/v1/categories/theft", "application/json"
	s.must(t, 404, "GET", path, "")
	s.must(t, 201, "PUT", path, `{"name_es":"Hurto","name_en":"Theft","origin":"reported","harm":2.5,"sensitive":true}`, "Content-Type", mediaType)
	w := s.must(t, 200, "GET", path, "")
	if got := decode[struct {
		Origin    string
		Harm      float64
		Sensitive bool
	}](t, w); got.Origin != "reported" || got.Harm != 2.5 || !got.Sensitive {
		t.Errorf("%+v", got)
	}
	s.must(t, 200, "PUT", path, w.Body.String(), "Content-Type", mediaType) // what GET answers can be put
	if list := decode[struct{ Categories []struct{ Code string } }](t, s.must(t, 200, "GET", "/api/v1/categories", "")); len(list.Categories) != 1 {
		t.Errorf("%+v", list)
	}
	s.must(t, 204, "DELETE", path, "")
	s.must(t, 404, "DELETE", path, "")
}

func TestASourceComesAndGoes(t *testing.T) {
	s := newService(t)
	const path, mediaType = "/api/v1/sources/pnc", "application/json"
	s.must(t, 201, "PUT", path, `{"name":"PNC","time_zone":"America/Guatemala","mapping":{"category":"TIPO"},"columns":["TIPO"]}`, "Content-Type", mediaType)
	w := s.must(t, 200, "GET", path, "")
	if got := decode[struct{ Mapping map[string]string }](t, w); got.Mapping["category"] != "TIPO" {
		t.Errorf("%+v", got)
	}
	s.must(t, 200, "PUT", path, w.Body.String(), "Content-Type", mediaType)
	s.must(t, 200, "GET", "/api/v1/sources", "")
	s.must(t, 204, "DELETE", path, "")
	s.must(t, 404, "GET", path, "")
}

func TestTheQualityOfASourceIsTold(t *testing.T) {
	s := newService(t)
	s.putSource(t, "America/Guatemala")
	s.post(t, "application/geo+json", feature(`"id":"a"`, ""))
	got := decode[store.Quality](t, s.must(t, 200, "GET", "/api/v1/sources/src/quality", ""))
	of := 0
	for _, n := range got.Precision {
		of += n
	}
	if got.Measured != 1 || of != 1 || got.Rows != 0 || got.OutsideAreas != nil {
		t.Errorf("%+v", got)
	}
	s.must(t, 404, "GET", "/api/v1/sources/nobody/quality", "")
}

func TestWhatIsInUseCannotBeDeleted(t *testing.T) {
	s := newService(t)
	s.putSource(t, "America/Guatemala")
	s.post(t, "application/geo+json", feature(`"id":"a"`, ""))
	for _, path := range []string{"/api/v1/sources/src", "/api/v1/categories/robbery"} {
		if got := decode[problem](t, s.must(t, 409, "DELETE", path, "")); got.Code != "conflict" || got.Detail == "" {
			t.Errorf("%s: %+v", path, got)
		}
	}
}

func TestABadDescriptionIsRefusedWithEverythingWrongAboutIt(t *testing.T) {
	s := newService(t)
	for _, c := range []struct {
		name, path, body string
		want             []string
	}{
		{"a category without names", "categories/theft", `{}`, []string{"name_es=", "name_en="}},
		{"a category of wrong types", "categories/theft", `{"name_es":1,"name_en":"x","harm":"much","sensitive":"no"}`, []string{"name_es=1", `sensitive="no"`, `harm="much"`}},
		{"a category of another code", "categories/theft", `{"code":"x","name_es":"a","name_en":"b","weight":1}`, []string{"code=x", "weight="}},
		{"a category with harm below zero", "categories/theft", `{"name_es":"a","name_en":"b","harm":-1}`, []string{"harm=-1"}},
		{"a source in no time zone", "sources/x", `{"name":"X","time_zone":"Guatemala"}`, []string{"time_zone=Guatemala"}},
		{"a source in the zone of this machine", "sources/x", `{"name":"X","time_zone":"Local"}`, []string{"time_zone=Local"}},
		{"a source without anything", "sources/x", `{}`, []string{"name=", "time_zone="}},
		{"a source that is a list", "sources/x", `[]`, []string{"body=[]", "name=", "time_zone="}},
		{"a mapping of numbers", "sources/x", `{"name":"X","time_zone":"UTC","mapping":{"a":1}}`, []string{`mapping={"a":1}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[problem](t, s.must(t, 400, "PUT", "/api/v1/"+c.path, c.body, "Content-Type", "application/json"))
			if !slices.Equal(got.parameters(), c.want) {
				t.Errorf("got %q, want %q", got.parameters(), c.want)
			}
		})
	}
	s.must(t, 415, "PUT", "/api/v1/sources/x", "name: X", "Content-Type", "application/yaml")
}

func TestNoPathTakesUnknownParameters(t *testing.T) {
	s := newService(t)
	for _, route := range s.Routes() {
		method, path, _ := strings.Cut(route, " ")
		if !strings.HasPrefix(path, "/api/") {
			continue
		}
		path = strings.NewReplacer(":id", "1", ":code", "x", ":cell", "886d2911a3fffff").Replace(path)
		w := s.must(t, 400, method, path+"?surprise=1", "{}", "Content-Type", "application/json")
		if got := decode[problem](t, w).parameters(); !slices.Contains(got, "surprise=1") {
			t.Errorf("%s: %v", route, got)
		}
	}
}
