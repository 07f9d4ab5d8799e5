package handlers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"atalaya/store"
)

// feature returns a good Feature with members of its own: more of the feature
// and more of its properties, both as JSON without braces.
func feature(top, properties string) string {
	if top != "" {
		top += ","
	}
	if properties != "" {
		properties = "," + properties
	}
	return fmt.Sprintf(`{"type":"Feature",%s"geometry":{"type":"Point","coordinates":[-90.5,14.6]},"properties":{"source":"src","category":"robbery"%s}}`, top, properties)
}

type posted struct {
	Received, Taken, Known, Updated, Rejected int
	Items                                     []struct {
		Index      int
		ID, Status string
		Errors     []struct{ Parameter, Value, Message string }
	}
}

func (p posted) statuses() []string {
	out := make([]string, 0, len(p.Items))
	for _, i := range p.Items {
		out = append(out, i.Status)
	}
	return out
}

func (s *service) post(t *testing.T, mediaType, body string) posted {
	t.Helper()
	p := decode[posted](t, s.must(t, 200, "POST", "/api/v1/incidents", body, "Content-Type", mediaType))
	if p.Received != p.Taken+p.Known+p.Updated+p.Rejected || p.Received != len(p.Items) {
		t.Errorf("the sums do not add up: %+v", p)
	}
	return p
}

// stored returns the one incident that the store holds.
func (s *service) stored(t *testing.T) store.Incident {
	t.Helper()
	var all []store.Incident
	for i, err := range s.store.Incidents(t.Context(), store.IncidentFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, i)
	}
	if len(all) != 1 {
		t.Fatalf("%d incidents stored, want 1", len(all))
	}
	return all[0]
}

func TestPostingTwiceStoresOnce(t *testing.T) {
	s := newService(t)
	s.putSource(t, "America/Guatemala")
	one := feature(`"id":"007"`, "")
	for _, want := range []string{"taken", "known"} {
		if got := s.post(t, "application/geo+json", one).statuses(); !slices.Equal(got, []string{want}) {
			t.Errorf("got %v, want %s", got, want)
		}
	}
	if got := s.post(t, "application/geo+json", feature(`"id":"007"`, `"occurred_at":"2025-03-01T22:15:30-06:00"`)).statuses(); !slices.Equal(got, []string{"updated"}) {
		t.Errorf("with a time: %v, want updated", got)
	}
	i := s.stored(t)
	if i.SourceID != "007" || i.Source != "src" || i.Category != "robbery" || i.Upload != 0 {
		t.Errorf("%+v", i)
	}
}

func TestAFeatureACollectionAndLinesAllCount(t *testing.T) {
	a, b := feature(`"id":"a"`, ""), feature(`"id":"b"`, "")
	for _, c := range []struct {
		name, mediaType, body string
		want                  int
	}{
		{"a Feature", "application/geo+json", a, 1},
		{"a Feature as JSON with a charset", "application/json; charset=utf-8", a, 1},
		{"a collection", "application/geo+json", `{"type":"FeatureCollection","name":"x","features":[` + a + "," + b + `]}`, 2},
		{"an empty collection", "application/json", `{"type":"FeatureCollection","features":[]}`, 0},
		{"lines", "application/x-ndjson", a + "\n\n" + b + "\n", 2},
		{"lines ended as on Windows, the last not", "application/ndjson", a + "\r\n" + b, 2},
		{"a GeoJSON text sequence", "application/geo+json-seq", "\x1e" + a + "\n\x1e" + b + "\n", 2},
		{"the same twice in one request", "application/x-ndjson", a + "\n" + a, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newService(t)
			s.putSource(t, "America/Guatemala")
			if got := s.post(t, c.mediaType, c.body); got.Taken+got.Known != c.want {
				t.Errorf("%+v, want %d", got, c.want)
			}
		})
	}
}

func TestABadItemDoesNotSinkTheOthers(t *testing.T) {
	s := newService(t)
	s.putSource(t, "America/Guatemala")
	lines := []string{
		feature(`"id":"a"`, ""),
		`{"type":"Feature"`,
		feature(`"id":"b"`, `"name":"Juan Perez"`),
		strings.Replace(feature(`"id":"c"`, ""), `"src"`, `"nobody"`, 1),
		feature(`"id":"d"`, ""),
		// Only the store sees that this one is too long; 200 bytes are allowed.
		feature(`"id":"`+strings.Repeat("x", 201)+`"`, ""),
		feature(`"id":"e"`, ""),
	}
	got := s.post(t, "application/x-ndjson", strings.Join(lines, "\n"))
	want := []string{"taken", "rejected", "rejected", "rejected", "taken", "rejected", "taken"}
	if !slices.Equal(got.statuses(), want) {
		t.Fatalf("got %v, want %v", got.statuses(), want)
	}
	for i, parameter := range map[int]string{1: "feature", 2: "properties.name", 3: "properties.source", 5: "source_id"} {
		if e := got.Items[i].Errors; len(e) == 0 || e[0].Parameter != parameter {
			t.Errorf("item %d: errors %+v, want one about %s", i, e, parameter)
		}
	}
	if e := got.Items[2].Errors; len(e) == 1 && e[0].Value != "" {
		t.Errorf("what has no place here is repeated: %+v", e)
	}
	if n := len(got.Items); n != len(lines) || got.Items[n-1].Index != n-1 {
		t.Errorf("items %+v", got.Items)
	}
}

func TestASingleBadFeatureIsRefusedWithEverythingWrongAboutIt(t *testing.T) {
	s := newService(t)
	s.putSource(t, "America/Guatemala")
	point := func(coordinates string) string {
		return strings.Replace(feature(`"id":"a"`, ""), "[-90.5,14.6]", coordinates, 1)
	}
	for _, c := range []struct {
		name, body string
		want       []string
	}{
		{"not JSON", `{`, []string{"body"}},
		{"a list", `[]`, []string{"body"}},
		{"another type", `{"type":"Point","coordinates":[1,2]}`, []string{"body"}},
		{"features of another type", `{"type":"FeatureCollection","features":{}}`, []string{"features"}},
		{"a coordinate system", `{"type":"FeatureCollection","features":[],"crs":{}}`, []string{"crs"}},
		{"nothing in it", `{"type":"Feature"}`, []string{"geometry", "properties", "properties.source", "id", "properties.category"}},
		{"no geometry", strings.Replace(feature(`"id":"a"`, ""), `{"type":"Point","coordinates":[-90.5,14.6]}`, "null", 1), []string{"geometry"}},
		{"a line", strings.Replace(point("[[1,2],[3,4]]"), "Point", "LineString", 1), []string{"geometry"}},
		{"one number", point("[1]"), []string{"geometry"}},
		{"texts", point(`["1","2"]`), []string{"geometry"}},
		{"a latitude of 95", point("[1,95]"), []string{"geometry"}},
		{"null island", point("[0,0]"), []string{"geometry"}},
		{"no id", feature("", ""), []string{"id"}},
		{"an empty id", feature(`"id":" "`, ""), []string{"id"}},
		{"two ids", feature(`"id":"a"`, `"id":"b"`), []string{"id"}},
		{"an id with a fraction", feature(`"id":1.5`, ""), []string{"id"}},
		{"an origin of another word", feature(`"id":"a"`, `"origin":"police"`), []string{"properties.origin"}},
		{"a precision that is a number", feature(`"id":"a"`, `"location_precision":3`), []string{"properties.location_precision"}},
		{"a time without offset", feature(`"id":"a"`, `"occurred_at":"2025-03-01T10:00:00"`), []string{"properties.occurred_at"}},
		{"30 February", feature(`"id":"a"`, `"occurred_at":"2025-02-30T10:00:00Z"`), []string{"properties.occurred_at"}},
		{"a start alone", feature(`"id":"a"`, `"occurred_from":"2025-03-01T10:00:00Z"`), []string{"properties.occurred_to"}},
		{"an end alone", feature(`"id":"a"`, `"occurred_to":"2025-03-01T10:00:00Z"`), []string{"properties.occurred_from"}},
		{"an empty interval", feature(`"id":"a"`, `"occurred_from":"2025-03-01T10:00:00Z","occurred_to":"2025-03-01T10:00:00Z"`), []string{"properties.occurred_to"}},
		{"an instant and an interval", feature(`"id":"a"`, `"occurred_at":"2025-03-01T10:00:00Z","occurred_from":"2025-03-01T10:00:00Z","occurred_to":"2025-03-01T11:00:00Z"`), []string{"properties.occurred_at"}},
		{"a precision without a time", feature(`"id":"a"`, `"time_precision":"day"`), []string{"properties.time_precision"}},
		{"an unknown time that is given", feature(`"id":"a"`, `"time_precision":"unknown","occurred_at":"2025-03-01T10:00:00Z"`), []string{"properties.time_precision"}},
		{"an interval of one time", feature(`"id":"a"`, `"time_precision":"interval","occurred_at":"2025-03-01T10:00:00Z"`), []string{"properties.time_precision"}},
		{"members nobody knows", feature(`"id":"a","extra":1`, `"victim":"x","age":4`), []string{"properties.age", "properties.victim", "extra"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[problem](t, s.must(t, 400, "POST", "/api/v1/incidents", c.body, "Content-Type", "application/json"))
			parameters := make([]string, 0, len(got.Errors))
			for _, e := range got.Errors {
				parameters = append(parameters, e.Parameter)
			}
			if !slices.Equal(parameters, c.want) {
				t.Errorf("got %q, want %q", parameters, c.want)
			}
		})
	}
	if summary, err := s.store.Summary(t.Context()); err != nil || summary.Incidents != 0 {
		t.Errorf("%d incidents stored, %v", summary.Incidents, err)
	}
}

func TestATimeSpansWhatItsPrecisionSays(t *testing.T) {
	for _, c := range []struct {
		name, properties string
		from, to         string
		precision        store.TimePrecision
	}{
		{"an instant is its second", `"occurred_at":"2025-03-01T22:15:30-06:00"`, "2025-03-02T04:15:30Z", "2025-03-02T04:15:31Z", store.Second},
		{"a minute", `"occurred_at":"2025-03-01T22:15:30-06:00","time_precision":"minute"`, "2025-03-02T04:15:00Z", "2025-03-02T04:16:00Z", store.Minute},
		// Nepal is 5:45 ahead of UTC: its hour from 9:00 begins at 3:15 UTC.
		{"an hour of the source's zone", `"occurred_at":"2025-03-02T09:40:00+05:45","time_precision":"hour"`, "2025-03-02T03:15:00Z", "2025-03-02T04:15:00Z", store.Hour},
		{"a day of the source's zone", `"occurred_at":"2025-03-01T20:00:00Z","time_precision":"day"`, "2025-03-01T18:15:00Z", "2025-03-02T18:15:00Z", store.Day},
		{"a month", `"occurred_at":"2025-02-11T00:00:00+05:45","time_precision":"month"`, "2025-01-31T18:15:00Z", "2025-02-28T18:15:00Z", store.Month},
		{"a year", `"occurred_at":"2024-06-01T00:00:00+05:45","time_precision":"year"`, "2023-12-31T18:15:00Z", "2024-12-31T18:15:00Z", store.Year},
		{"an interval as it came", `"occurred_from":"2025-03-01T22:00:00Z","occurred_to":"2025-03-02T06:30:00Z"`, "2025-03-01T22:00:00Z", "2025-03-02T06:30:00Z", store.Interval},
		{"nothing", `"time_precision":"unknown"`, "", "", store.UnknownTime},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newService(t)
			s.putSource(t, "Asia/Kathmandu")
			s.post(t, "application/geo+json", feature(`"id":"a"`, c.properties))
			i := s.stored(t)
			format := func(at time.Time) string {
				if at.IsZero() {
					return ""
				}
				return at.UTC().Format(time.RFC3339)
			}
			if format(i.From) != c.from || format(i.To) != c.to || i.TimePrecision != c.precision {
				t.Errorf("%s to %s, %s; want %s to %s, %s", format(i.From), format(i.To), i.TimePrecision, c.from, c.to, c.precision)
			}
		})
	}
}

func TestASourcesOwnTextBecomesACategory(t *testing.T) {
	s := newService(t)
	s.putSource(t, "America/Guatemala")
	s.post(t, "application/geo+json", strings.Replace(feature(`"id":7`, `"origin":"police_initiated","location_precision":"block"`), `"robbery"`, `"Robo a peatón"`, 1))
	i := s.stored(t)
	if i.RawCategory != "Robo a peatón" || i.Category == i.RawCategory || i.SourceID != "7" || i.Origin != store.PoliceInitiated || i.LocationPrecision != store.BlockLocation {
		t.Errorf("%+v", i)
	}
	s.must(t, 200, "GET", "/api/v1/categories/"+i.Category, "")
}

func TestAnotherMediaTypeIsRefused(t *testing.T) {
	s := newService(t)
	for _, headers := range [][]string{
		{"Content-Type", "text/csv"}, {"Content-Type", ""}, {"Content-Type", "application/geo+json", "Content-Encoding", "gzip"},
	} {
		got := decode[problem](t, s.must(t, 415, "POST", "/api/v1/incidents", "{}", headers...))
		if len(got.Errors) != 1 || got.Errors[0].Allowed == "" {
			t.Errorf("%v: %+v", headers, got)
		}
	}
	s.must(t, 400, "POST", "/api/v1/incidents", "\n\n", "Content-Type", "application/x-ndjson")
	s.must(t, 400, "POST", "/api/v1/incidents?dry=1", feature(`"id":"a"`, ""), "Content-Type", "application/json")
}
