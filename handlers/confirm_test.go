package handlers_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"atalaya/store"
)

func TestAProposalTellsHowTheFileWouldBeRead(t *testing.T) {
	s := newService(t)
	body := "No,FECHA,DELITO,LATITUD,LONGITUD,NOMBRE_VICTIMA\n001,13/01/2025 18:30,Robo,14.61,-90.51,Ana Pérez\n002,14/01/2025 10:00,Hurto,14.62,-90.52,Luis Gómez\n"
	path := s.stage(t, "?filename=denuncias.csv", body)
	p := s.finished(t, path).Proposal
	if !p.Confident || len(p.Doubts) > 0 || p.Source != "denuncias" || p.Container != "csv" || p.Delimiter != "," || p.Encoding != "utf-8" ||
		p.CRS != "EPSG:4326" || p.TimeZone != "America/Guatemala" || p.RowsRead != 2 || p.RowsTaken != 2 {
		t.Errorf("%+v", p)
	}
	fields := map[string]string{}
	for _, f := range p.Mapping {
		fields[f.Field] = f.Column + " " + string(f.Confidence)
		if f.Evidence == "" {
			t.Errorf("%s: no evidence", f.Field)
		}
	}
	for field, want := range map[string]string{"lat": "LATITUD high", "lon": "LONGITUD high", "time": "FECHA high", "category": "DELITO high"} {
		if fields[field] != want {
			t.Errorf("%s is %q, want %q", field, fields[field], want)
		}
	}
	for _, c := range p.Columns {
		switch c.Name {
		case "NOMBRE_VICTIMA":
			if c.LooksLike == "" || len(c.Samples) > 0 || len(c.Fields) > 0 {
				t.Errorf("%+v shows a person", c)
			}
		case "FECHA":
			if !slices.Equal(c.Samples, []string{"13/01/2025 18:30", "14/01/2025 10:00"}) || !slices.Equal(c.Fields, []string{"time"}) {
				t.Errorf("%+v", c)
			}
		}
	}
	// 18:30 in Guatemala, six hours behind UTC, is 00:30 of the next day.
	if i := p.Incidents[0]; i.Row != 2 || i.Lat != 14.61 || i.Lon != -90.51 || i.Category != "Robo" || i.From == nil || i.From.Format("2006-01-02T15:04") != "2025-01-14T00:30" || i.TimePrecision != store.Minute {
		t.Errorf("%+v", i)
	}
	if strings.Contains(fmt.Sprintf("%+v", p), "Pérez") {
		t.Error("the proposal names a person")
	}
}

func TestAConfidentProposalMayBeConfirmedInTheSameRequest(t *testing.T) {
	s := newService(t)
	w := s.must(t, 202, "POST", "/api/v1/uploads?confirm=auto&source=src&filename=x.csv", limpio)
	if u := s.finished(t, w.Header().Get("Location")); u.Status != store.Done || u.Report.Taken != 2 {
		t.Errorf("%+v", u)
	}
	for name, c := range map[string]struct {
		body string
		code store.DoubtCode
	}{
		"no places":                     {"id,date,category,total\n1,2025-03-01,a,5\n2,2025-03-02,a,6\n", store.DoubtRefused},
		"no times":                      {"id,latitude,longitude,category\n1,14.61,-90.51,a\n2,14.62,-90.52,b\n", store.DoubtTime},
		"no categories":                 {"id,latitude,longitude,date\n1,14.61,-90.51,2025-03-01\n2,14.62,-90.52,2025-03-02\n", store.DoubtCategory},
		"a day that may be a month":     {"id,latitude,longitude,category,date\n1,14.61,-90.51,a,02/03/2025\n2,14.62,-90.52,b,03/03/2025\n", store.DoubtOrder},
		"dates that contradict":         {"id,latitude,longitude,category,date\n1,14.61,-90.51,a,3/25/2025\n2,14.62,-90.52,b,25/3/2025\n3,14.63,-90.53,b,2/3/2025\n", store.DoubtDates},
		"a lost minus":                  {"id,latitude,longitude,category,date\n1,14.61,90.51,a,2025-03-01\n2,14.62,90.52,b,2025-03-02\n", store.DoubtPlace},
		"one row in three is not taken": {hechos, store.DoubtRejects},
	} {
		t.Run(name, func(t *testing.T) {
			w := s.must(t, 202, "POST", "/api/v1/uploads?confirm=auto&source=other&filename=x.csv", c.body)
			u := s.finished(t, w.Header().Get("Location"))
			has := slices.ContainsFunc(u.Proposal.Doubts, func(d store.Doubt) bool { return d.Code == c.code && d.Message != "" })
			if u.Status != store.Staged || u.Proposal.Confident || !has {
				t.Errorf("%s, doubts %+v, want %s among them", u.Status, u.Proposal.Doubts, c.code)
			}
		})
	}
}

func TestAFeedWhoseColumnsChangedIsNotTakenUnseen(t *testing.T) {
	s := newService(t)
	s.imported(t, "?source=feed&filename=x.csv", limpio)
	changed := strings.Replace(limpio, "category", "kind", 1)
	w := s.must(t, 202, "POST", "/api/v1/uploads?confirm=auto&source=feed&filename=x.csv", changed)
	path := w.Header().Get("Location")
	p := s.finished(t, path).Proposal
	if p == nil || p.Confident || !slices.Equal(p.NewColumns, []string{"kind"}) || !slices.Equal(p.GoneColumns, []string{"category"}) || p.Doubts[0].Code != store.DoubtColumns {
		t.Fatalf("%+v", p)
	}
	s.confirm(t, path, `{"mapping": {"category": "kind"}}`)
	if u := s.finished(t, path); u.Status != store.Done || u.Report.Known != 2 {
		t.Errorf("%+v", u)
	}
	// Who accepted the columns once is not asked again, and the mapping stays.
	w = s.must(t, 202, "POST", "/api/v1/uploads?confirm=auto&source=feed&filename=x.csv", changed)
	if u := s.finished(t, w.Header().Get("Location")); u.Status != store.Done || u.Report.Mapping["category"] != "kind" {
		t.Errorf("%+v", u)
	}
}

func TestCorrectionsGoBeforeTheProposalAndAreRemembered(t *testing.T) {
	s := newService(t)
	// Metres of UTM zone 15 north: 500 km east is its middle meridian, -93.
	body := "a,b,when,what\n500000,1615000,2025-03-01 10:00,x\n500100,1615000,2025-03-02 10:00,y\n500200,1615000,2025-03-03 10:00,z\n"
	path := s.stage(t, "?filename=metros.csv", body)
	s.confirm(t, path, `{"mapping": {"lon": "a", "lat": "b", "time": "when", "category": "", "id": ""}, "crs": "EPSG:32615", "source": "metres", "time_zone": "America/Chicago", "rows": "incidents"}`)
	u := s.finished(t, path)
	if u.Status != store.Done || u.Report.Taken != 3 || u.Report.Source != "metres" || u.Report.CRS != "EPSG:32615" || u.Report.TimeZone != "America/Chicago" || u.Report.BBox[0] != -93 || u.Report.Mapping["category"] != "" {
		t.Fatalf("%+v", u)
	}
	source := decode[store.Source](t, s.must(t, 200, "GET", "/api/v1/sources/metres", ""))
	if source.CRS != "EPSG:32615" || source.Rows != "incidents" || source.TimeZone != "America/Chicago" || source.Mapping["lon"] != "a" {
		t.Errorf("%+v is remembered", source)
	}
	p := s.finished(t, s.stage(t, "?filename=metros.csv&source=metres", body)).Proposal
	if p.CRS != "EPSG:32615" || p.TimeZone != "America/Chicago" || len(p.Incidents) != 3 || p.Incidents[0].Lon != -93 {
		t.Errorf("%+v", p)
	}
}

func TestABadConfirmationIsRefusedWithAllThatIsWrongAndTheUploadWaits(t *testing.T) {
	s := newService(t)
	path := s.stage(t, "?filename=x.csv", "id,latitude,longitude,category,date,victim_age\n1,14.61,-90.51,a,2025-03-01,30\n")
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"no object", `[]`, []string{"body=[]"}},
		{"unknown members", `{"mapping": {}, "Mapping": {}}`, []string{"Mapping="}},
		{"another type", `{"mapping": "lat", "allow": "x"}`, []string{`mapping="lat"`, `allow="x"`}},
		{"what there is not", `{"mapping": {"lat": "LAT", "colour": "id"}, "allow": ["edad"]}`, []string{"allow=edad", "mapping.colour=id", "mapping.lat=LAT"}},
		{"a person", `{"mapping": {"category": "victim_age"}}`, []string{"mapping.category=victim_age"}},
		{"values that are none", `{"source": "A B", "time_zone": "Mars", "crs": "EPSG:1", "rows": "all"}`, []string{"source=A B", "time_zone=Mars", "crs=EPSG:1", "rows=all"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[problem](t, s.must(t, 400, "POST", path+"/confirm", c.body, "Content-Type", "application/json"))
			if !slices.Equal(got.parameters(), c.want) {
				t.Errorf("got %q, want %q", got.parameters(), c.want)
			}
		})
	}
	s.must(t, 415, "POST", path+"/confirm", `{}`, "Content-Type", "text/plain")
	s.must(t, 400, "POST", path+"/confirm?now=1", "")
	s.must(t, 404, "POST", "/api/v1/uploads/99/confirm", "")
	if u := s.finished(t, path); u.Status != store.Staged {
		t.Errorf("%+v", u)
	}
	s.confirm(t, path, `{"allow": ["victim_age"], "mapping": {"category": "victim_age"}}`)
	if u := s.finished(t, path); u.Status != store.Done || u.Report.Mapping["category"] != "victim_age" {
		t.Errorf("%+v", u)
	}
}

func TestAnotherSheetMayBeConfirmedThanTheOneProposed(t *testing.T) {
	text, err := os.ReadFile("../fixtures/ingest/sheets_with_all.xlsx")
	must(t, err)
	s := newService(t)
	path := s.stage(t, "?filename=meses.xlsx", string(text))
	if p := s.finished(t, path).Proposal; p.RowsRead != 3 || p.Doubts[0].Code != store.DoubtSheet {
		t.Fatalf("%+v", p)
	}
	got := decode[problem](t, s.must(t, 400, "POST", path+"/confirm", `{"sheet": "Marzo"}`, "Content-Type", "application/json"))
	if !slices.Equal(got.parameters(), []string{"sheet=Marzo"}) {
		t.Errorf("%q", got.parameters())
	}
	for _, sheet := range []string{"Todos", "Enero", "Febrero"} {
		if !strings.Contains(got.Detail, sheet) {
			t.Errorf("%q does not name the sheet %s", got.Detail, sheet)
		}
	}
	// The columns are those of the other sheet.
	got = decode[problem](t, s.must(t, 400, "POST", path+"/confirm", `{"sheet": "Enero", "mapping": {"category": "Nada"}}`, "Content-Type", "application/json"))
	if !slices.Equal(got.parameters(), []string{"mapping.category=Nada"}) {
		t.Errorf("%q", got.parameters())
	}
	s.confirm(t, path, `{"sheet": "Enero"}`)
	if u := s.finished(t, path); u.Status != store.Done || u.Report.Rows != 2 || u.Report.Source != "meses" {
		t.Errorf("%+v", u)
	}
}

func TestAnotherSheetHasItsOwnColumns(t *testing.T) {
	text, err := os.ReadFile("../fixtures/ingest/sheets_refused.xlsx")
	must(t, err)
	s := newService(t)
	path := s.stage(t, "?filename=hojas.xlsx&map=category:Delito", string(text))
	got := decode[problem](t, s.must(t, 400, "POST", path+"/confirm", `{"sheet": "Otros"}`, "Content-Type", "application/json"))
	if !slices.Equal(got.parameters(), []string{"mapping.category=Delito"}) {
		t.Errorf("%q", got.parameters())
	}
	s.confirm(t, path, `{"sheet": "Otros", "mapping": {"category": "Tipo", "lat": "Y", "lon": "X"}}`)
	if u := s.finished(t, path); u.Status != store.Done || u.Report.Taken != 1 || u.Report.Mapping["category"] != "Tipo" {
		t.Errorf("%+v", u)
	}
}

func TestWhatASourceRemembersMayBePutBack(t *testing.T) {
	s := newService(t)
	path := s.stage(t, "?filename=x.csv&source=src", "id,latitude,longitude,category,date,victim_age\n1,14.61,-90.51,a,2025-03-01,30\n")
	s.confirm(t, path, `{"allow": ["victim_age"], "rows": "offences", "crs": "EPSG:4326"}`)
	if u := s.finished(t, path); u.Status != store.Done {
		t.Fatalf("%+v", u)
	}
	before := s.must(t, 200, "GET", "/api/v1/sources/src", "").Body.String()
	after := s.must(t, 200, "PUT", "/api/v1/sources/src", before, "Content-Type", "application/json").Body.String()
	if before != after || !strings.Contains(before, "victim_age") || !strings.Contains(before, `"rows":"offences"`) {
		t.Errorf("%s becomes %s", before, after)
	}
	got := decode[problem](t, s.must(t, 400, "PUT", "/api/v1/sources/src", `{"name": "S", "time_zone": "UTC", "crs": "metres", "rows": "all"}`, "Content-Type", "application/json"))
	if !slices.Equal(got.parameters(), []string{"crs=metres", "rows=all"}) {
		t.Errorf("%q", got.parameters())
	}
}
