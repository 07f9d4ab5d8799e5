package handlers_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"atalaya/store"
)

func TestADenominatorComesAndGoesAsItsFile(t *testing.T) {
	s := newService(t)
	const path, list = "/api/v1/denominators/residents-2020", "/api/v1/denominators"
	s.must(t, 404, "GET", path, "")
	query := "?" + url.Values{"name": {"Residents 2020"}, "unit": {"residents"}, "note": {"Census"}}.Encode()
	w := s.must(t, 201, "PUT", path+query, "geoid,lng,lat,population\n1,-90.05,35.13,20\n2,-90.01,35.11,54\n", "Content-Type", "text/csv; charset=utf-8")
	want := store.Denominator{ID: "residents-2020", Name: "Residents 2020", Unit: "residents", Note: "Census", Total: 74, Parts: 2}
	for _, answer := range []store.Denominator{decode[store.Denominator](t, w), decode[store.Denominator](t, s.must(t, 200, "GET", path, ""))} {
		if answer != want {
			t.Errorf("%+v, want %+v", answer, want)
		}
	}
	before := s.must(t, 200, "GET", list, "").Body.String()
	got := decode[problem](t, s.must(t, 400, "PUT", path, "lon,lat,value\n-90,14,1\n-90,14,x\n", "Content-Type", "text/csv"))
	if !slices.Equal(got.parameters(), []string{"value=x"}) || got.Errors[0].Row != 3 {
		t.Errorf("%+v", got)
	}
	if after := s.must(t, 200, "GET", list, "").Body.String(); after != before {
		t.Errorf("a file that was refused changed %s to %s", before, after)
	}
	const features = `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":` + square + `,"properties":{"shops":3}}]}`
	w = s.must(t, 200, "PUT", path+"?value=shops", features, "Content-Type", "application/geo+json")
	want = store.Denominator{ID: "residents-2020", Name: "residents-2020", Unit: "shops", Total: 3, Parts: 1}
	if answer := decode[store.Denominator](t, w); answer != want {
		t.Errorf("%+v, want %+v", answer, want)
	}
	s.must(t, 204, "DELETE", path, "")
	s.must(t, 404, "DELETE", path, "")
	if body := s.must(t, 200, "GET", list, "").Body.String(); strings.TrimSpace(body) != `{"denominators":[]}` {
		t.Errorf("left: %s", body)
	}
}

func TestABadDenominatorIsRefused(t *testing.T) {
	s := newService(t)
	const file = "x;y;value\n-90,5;14,25;1.234\n"
	for _, c := range []struct {
		name, target, body string
		status             int
		want               []string
	}{
		{"a value that can be read in two ways", "a", file, 400, []string{"value=1.234"}},
		{"a mark that is none", "a?decimal=x", file, 400, []string{"decimal=x"}},
		{"a column that is not there", "a?value=people", file, 400, []string{"value=people"}},
		{"what the store does not take", "A!?decimal=.&name=%07", file, 400, []string{"id=A!", "name=\x07"}},
		{"a parameter twice", "a?unit=a&unit=b", file, 400, []string{"unit=a and b"}},
		{"nothing", "a", "", 400, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[problem](t, s.must(t, c.status, "PUT", "/api/v1/denominators/"+c.target, c.body, "Content-Type", "text/csv"))
			if !slices.Equal(got.parameters(), c.want) && len(c.want)+len(got.Errors) > 0 {
				t.Errorf("got %q, want %q", got.parameters(), c.want)
			}
		})
	}
	s.must(t, 201, "PUT", "/api/v1/denominators/a?decimal=,", file, "Content-Type", "text/csv")
	s.must(t, 415, "PUT", "/api/v1/denominators/a", file, "Content-Type", "application/zip")
}
