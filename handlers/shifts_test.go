package handlers_test

import (
	"slices"
	"testing"
)

func TestAShiftComesAndGoes(t *testing.T) {
	s := newService(t)
	const path, mediaType = "/api/v1/shifts/night", "application/json"
	s.must(t, 404, "GET", path, "")
	s.must(t, 201, "PUT", path, `{"name_es":"Noche","name_en":"Night","start":"22:00","end":"06:00","days":[6,5]}`, "Content-Type", mediaType)
	w := s.must(t, 200, "GET", path, "")
	type shift struct {
		Start, End string
		Days       []int
	}
	if got := decode[shift](t, w); got.Start != "22:00" || got.End != "06:00" || !slices.Equal(got.Days, []int{5, 6}) {
		t.Errorf("%+v", got)
	}
	s.must(t, 200, "PUT", path, w.Body.String(), "Content-Type", mediaType) // what GET answers can be put
	s.must(t, 200, "PUT", path, `{"name_es":"Tarde","name_en":"Afternoon","start":"14:00","end":"24:00"}`, "Content-Type", mediaType)
	list := decode[struct{ Shifts []shift }](t, s.must(t, 200, "GET", "/api/v1/shifts", "")).Shifts
	if len(list) != 1 || list[0].End != "00:00" || len(list[0].Days) != 0 {
		t.Errorf("%+v", list)
	}
	s.must(t, 204, "DELETE", path, "")
	s.must(t, 404, "DELETE", path, "")
}

func TestABadShiftIsRefusedWithEverythingWrongAboutIt(t *testing.T) {
	s := newService(t)
	for _, c := range []struct {
		name, code, body string
		want             []string
	}{
		{"nothing", "night", `{}`, []string{"name_es=", "name_en=", "start=", "end="}},
		{"of wrong types", "night", `{"name_es":1,"name_en":"N","start":22,"end":"6","days":"5"}`, []string{"name_es=1", "start=22", "end=6", `days="5"`}},
		{"days that are none", "night", `{"name_es":"N","name_en":"N","start":"22:00","end":"06:00","days":[0,8]}`, []string{"days=[0,8]"}},
		{"a day twice", "night", `{"name_es":"N","name_en":"N","start":"22:00","end":"06:00","days":[5,5]}`, []string{"days=[5,5]"}},
		{"another code and an unknown member", "night", `{"code":"x","name_es":"N","name_en":"N","start":"22:00","end":"06:00","hours":8}`, []string{"code=x", "hours="}},
		{"what the store does not take", "Night", `{"name_es":" ","name_en":"N","start":"22:00","end":"06:00"}`, []string{"code=Night", "name_es= "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[problem](t, s.must(t, 400, "PUT", "/api/v1/shifts/"+c.code, c.body, "Content-Type", "application/json"))
			if !slices.Equal(got.parameters(), c.want) {
				t.Errorf("got %q, want %q", got.parameters(), c.want)
			}
		})
	}
}
