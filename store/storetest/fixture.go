package storetest

import (
	"errors"
	"slices"
	"strconv"
	"testing"
	"time"

	"atalaya/store"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

// noon is when the incidents of the tests happen, unless they say otherwise.
func noon() time.Time { return time.Date(2024, 3, 1, 12, 0, 0, 0, time.UTC) }

// incident returns an incident of source "pnc" in Guatemala City, one minute
// long.
func incident(id string, edits ...func(*store.Incident)) store.Incident {
	i := store.Incident{
		Source: "pnc", SourceID: id, Category: "robbery",
		From: noon(), To: noon().Add(time.Minute), TimePrecision: store.Minute,
		Point: orb.Point{-90.5069, 14.6349}, LocationPrecision: store.ExactLocation,
	}
	for _, edit := range edits {
		edit(&i)
	}
	return i
}

// numbered returns n incidents whose ids count up from first.
func numbered(first, n int) []store.Incident {
	incidents := make([]store.Incident, n)
	for i := range incidents {
		incidents[i] = incident(strconv.Itoa(first + i))
	}
	return incidents
}

func of(category string) func(*store.Incident) {
	return func(i *store.Incident) { i.Category = category }
}

func with(offences ...string) func(*store.Incident) {
	return func(i *store.Incident) { i.Offences = offences }
}

func cameAs(raw string) func(*store.Incident) {
	return func(i *store.Incident) { i.RawCategory = raw }
}

func at(lng, lat float64) func(*store.Incident) {
	return func(i *store.Incident) { i.Point = orb.Point{lng, lat} }
}

func during(from, to time.Time) func(*store.Incident) {
	return func(i *store.Incident) { i.From, i.To, i.TimePrecision = from, to, store.Interval }
}

func withoutTime(i *store.Incident) {
	i.From, i.To, i.TimePrecision = time.Time{}, time.Time{}, store.UnknownTime
}

func from(source string) func(*store.Incident) {
	return func(i *store.Incident) { i.Source = source }
}

// furnish puts the sources "pnc" and "mp" and three categories, "stop" being
// police-initiated.
func furnish(t *testing.T, st store.Store) {
	t.Helper()
	for _, code := range []string{"pnc", "mp"} {
		must(t, st.PutSource(t.Context(), store.Source{Code: code, Name: "Source " + code, TimeZone: "America/Guatemala"}))
	}
	for code, origin := range map[string]store.Origin{"robbery": store.Reported, "theft": store.UnknownOrigin, "stop": store.PoliceInitiated} {
		must(t, st.PutCategory(t.Context(), store.Category{Code: code, NameES: "es " + code, NameEN: "en " + code, Origin: origin}))
	}
}

// post puts incidents without an upload.
func post(t *testing.T, st store.Store, incidents ...store.Incident) []store.Outcome {
	t.Helper()
	var outcomes []store.Outcome
	must(t, st.Load(t.Context(), func(l store.Loader) (err error) {
		outcomes, err = l.Put(incidents)
		return err
	}))
	return outcomes
}

// upload puts incidents as one file that is done, and returns its number.
func upload(t *testing.T, st store.Store, incidents ...store.Incident) int64 {
	t.Helper()
	id, err := st.CreateUpload(t.Context(), store.Upload{Report: store.Report{File: "test.csv"}})
	must(t, err)
	must(t, st.Load(t.Context(), func(l store.Loader) error {
		mine := slices.Clone(incidents)
		for i := range mine {
			mine[i].Upload = id
		}
		outcomes, err := l.Put(mine)
		if err != nil {
			return err
		}
		return l.FinishUpload(store.Upload{ID: id, Report: tally(outcomes)})
	}))
	return id
}

func tally(outcomes []store.Outcome) store.Report {
	r := store.Report{File: "test.csv", Rows: len(outcomes)}
	for _, o := range outcomes {
		switch o {
		case store.Taken:
			r.Taken++
		case store.Known:
			r.Known++
		case store.Updated:
			r.Updated++
		}
	}
	return r
}

// walk returns the incidents that the filter keeps.
func walk(t *testing.T, st store.Store, filter store.IncidentFilter) []store.Incident {
	t.Helper()
	var all []store.Incident
	for i, err := range st.Incidents(t.Context(), filter) {
		must(t, err)
		all = append(all, i)
	}
	return all
}

// ids returns the source ids of incidents, in their order.
func ids(incidents []store.Incident) []string {
	out := make([]string, 0, len(incidents))
	for _, i := range incidents {
		out = append(out, i.SourceID)
	}
	return out
}

func version(t *testing.T, st store.Store) int64 {
	t.Helper()
	v, err := st.Version(t.Context())
	must(t, err)
	return v.Number
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", what, diff)
	}
}

func wantKind(t *testing.T, err error, kind store.Kind) {
	t.Helper()
	if got := store.KindOf(err); got != kind {
		t.Fatalf("error of kind %q, want %q: %v", got, kind, err)
	}
}

// wantProblems fails unless the error is Invalid and names exactly these
// places, in order.
func wantProblems(t *testing.T, err error, want ...problem) {
	t.Helper()
	wantKind(t, err, store.Invalid)
	var e *store.Error
	if !errors.As(err, &e) {
		t.Fatalf("no *store.Error: %v", err)
	}
	got := make([]problem, 0, len(e.Problems))
	for _, p := range e.Problems {
		got = append(got, problem{p.Row, p.Field})
		if p.Message == "" || p.Allowed == "" {
			t.Errorf("problem %+v does not say what is wrong and what is allowed", p)
		}
	}
	same(t, "problems", got, want)
}

// problem is where a store.Problem lies.
type problem struct {
	Row   int
	Field string
}
