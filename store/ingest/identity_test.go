package ingest_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

const offences = "case_id,date,offense,lat,lon\n" +
	"1,2024-01-05 10:00,theft,35.149,-89.942\n" +
	"1,2024-01-05 10:00,robbery,35.149,-89.942\n" +
	"1,2024-01-05 10:00,theft,35.149,-89.942\n" + // says again
	"2,2024-01-06 11:00,theft,35.150,-89.943\n" +
	"1,2024-01-05 10:00,vandalism,35.149,-89.942\n" + // apart from the others
	"2,2024-01-07 11:00,theft,35.150,-89.943\n" // another time

func TestRowsThatShareAnIDAreOffencesOfOneIncident(t *testing.T) {
	all, report, err := readText(t, offences, ingest.Options{Map: map[string]string{"id": "case_id"}})
	if err != nil {
		t.Fatal(err)
	}
	if report.Rows != 6 || report.Taken != 2 || report.Merged != 2 || report.Known != 1 || report.Reasons[ingest.RepeatedID] != 1 {
		t.Errorf("got %+v", report)
	}
	if all[0].Category != "robbery" || !slices.Equal(all[0].Offences, []string{"theft", "vandalism"}) || all[1].Offences != nil {
		t.Errorf("got %+v", all)
	}
	if !slices.ContainsFunc(report.Notes, func(n string) bool { return strings.Contains(n, "2 agree") || strings.Contains(n, ": 2 agree") }) {
		t.Errorf("notes %q", report.Notes)
	}
}

// Rows that are not taken share an id and differ in the offence: totals, rows
// without a place, and rows without a readable time, next to each other or not.
func TestRowsThatAreNotTakenAreNoEvidenceOfOffences(t *testing.T) {
	for name, rows := range map[string]string{
		"totals":           "Total,,2,,\n1,2024-01-05,theft,35.149,-89.942\nTotal,,7,,\n",
		"adjoining totals": "1,2024-01-05,theft,35.149,-89.942\nTotal,,2,,\nTotal,,7,,\n",
		"no place":         "1,2024-01-05,theft,,\n1,2024-01-05,arson,,\n2,2024-01-05,theft,35.149,-89.942\n1,2024-01-05,theft,,\n",
		"no time":          "1,2024-01-05,theft,35.149,-89.942\n2,soon,theft,35.149,-89.942\n2,soon,arson,35.149,-89.942\n",
	} {
		st := openStore(t)
		report, err := importText(t, st, "case_id,date,offense,lat,lon\n"+rows, ingest.Options{File: "a.csv", Map: map[string]string{"id": "case_id", "time": "date"}})
		if err != nil || report.Taken != 1 {
			t.Fatalf("%s: %+v, %v", name, report, err)
		}
		source, err := st.Source(t.Context(), "a")
		if err != nil || source.Rows != "" {
			t.Errorf("%s: rows=%s, %v", name, source.Rows, err)
		}
	}
}

func TestRowsThatShareAnIDAreIncidentsWhereThatIsAsked(t *testing.T) {
	st := openStore(t)
	report, err := importText(t, st, offences, ingest.Options{File: "a.csv", Map: map[string]string{"id": "case_id"}, Rows: ingest.IncidentPerRow})
	if err != nil {
		t.Fatal(err)
	}
	if report.Taken != 6 || report.Merged != 0 {
		t.Errorf("got %+v", report)
	}
	want := []string{"1", "1#2", "1#3", "2", "1#4", "2#2"}
	var got []string
	for _, i := range incidentsOf(t, st) {
		got = append(got, i.SourceID)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	// The source remembers it.
	if report, err = importText(t, st, offences, ingest.Options{File: "a.csv"}); err != nil || report.Known != 6 {
		t.Errorf("%+v, %v", report, err)
	}
}

// Of theft (harm 1), robbery (7) and vandalism (none), robbery is the category
// of the incident, and the others follow by code.
func TestTheOffenceWithTheMostHarmIsTheCategory(t *testing.T) {
	st := openStore(t)
	for code, harm := range map[string]float64{"theft": 1, "robbery": 7} {
		if err := st.PutCategory(context.Background(), store.Category{Code: code, NameES: code, NameEN: code, Origin: store.Reported, Harm: harm}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := importText(t, st, offences, ingest.Options{File: "a.csv", Map: map[string]string{"id": "case_id"}}); err != nil {
		t.Fatal(err)
	}
	got := incidentsOf(t, st)[0]
	if got.Category != "robbery" || got.RawCategory != "robbery" || !slices.Equal(got.Offences, []string{"theft", "vandalism"}) {
		t.Errorf("got %+v", got)
	}
}

func TestAFeedThatComesAgainAddsAndUpdates(t *testing.T) {
	st := openStore(t)
	opts := ingest.Options{File: "a.csv", Map: map[string]string{"id": "case_id"}}
	if _, err := importText(t, st, offences, opts); err != nil {
		t.Fatal(err)
	}
	again, err := importText(t, st, offences, opts)
	if err != nil || again.Known != 3 || again.Merged != 2 || again.Rejected != 1 || again.Updated != 0 {
		t.Errorf("%+v, %v", again, err)
	}
	more, err := importText(t, st, offences+"2,2024-01-06 11:00,arson,35.150,-89.943\n3,2024-01-06 11:00,arson,35.150,-89.943\n", opts)
	if err != nil || more.Taken != 1 || more.Updated != 1 || more.Merged != 3 {
		t.Errorf("%+v, %v", more, err)
	}
}

func TestTwoDownloadsThatOverlapGiveTheSameDatabaseInEitherOrder(t *testing.T) {
	st, run := openStore(t), 0
	rapid.Check(t, func(rt *rapid.T) {
		// Incidents with one to three offences each, whole in either download,
		// and rows without id, some of which are equal.
		const header = "case_id,date,offense,lat,lon,note\n"
		var rows []string
		for i := range rapid.IntRange(5, 20).Draw(rt, "incidents") {
			var b strings.Builder
			if rapid.IntRange(0, 4).Draw(rt, "without id when 0") == 0 {
				fmt.Fprintf(&b, ",2024-01-05 10:00,theft,35.15,-89.94,n%d\n", rapid.IntRange(0, 2).Draw(rt, "note"))
			} else {
				for range rapid.IntRange(1, 3).Draw(rt, "offences") {
					offence := rapid.SampledFrom([]string{"theft", "robbery", "arson", ""}).Draw(rt, "offence")
					fmt.Fprintf(&b, "%04d,2024-01-%02d 10:00,%s,35.%03d,-89.942,x\n", i, i%28+1, offence, i)
				}
			}
			rows = append(rows, b.String())
		}
		from, to := rapid.IntRange(0, len(rows)-1).Draw(rt, "second begins"), rapid.IntRange(1, len(rows)).Draw(rt, "first ends")
		first, second := header+strings.Join(rows[:to], ""), header+strings.Join(rows[from:], "")
		content := func(files ...string) []store.Incident {
			run++ // a source of its own keeps one run from the next
			opts := ingest.Options{Source: fmt.Sprint("feed-", run), Map: map[string]string{"id": "case_id", "category": "offense", "time": "date"}}
			for _, file := range files {
				if _, err := importText(t, st, file, opts); err != nil {
					rt.Fatal(err)
				}
			}
			all := incidentsOf(t, st, opts.Source)
			for i := range all {
				all[i].ID, all[i].Upload, all[i].Source = 0, 0, ""
			}
			slices.SortFunc(all, func(a, b store.Incident) int { return strings.Compare(a.SourceID, b.SourceID) })
			return all
		}
		if diff := cmp.Diff(content(first, second), content(second, first)); diff != "" {
			rt.Fatal(diff)
		}
	})
}

func TestLeadingZerosLiveAndTheTailOfASpreadsheetDoesNot(t *testing.T) {
	for _, c := range []struct {
		name, ids string
		want      []string
	}{
		{"zeros in front", "007,7,0007", []string{"007", "7", "0007"}},
		{"all with .0", "7.0,08.0,9.0", []string{"7", "08", "9"}},
		{"some with .0", "7.0,8,9.0", []string{"7.0", "8", "9.0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := "case_id,date,type,lat,lon\n"
			for n, id := range strings.Split(c.ids, ",") {
				text += fmt.Sprintf("%s,2024-01-05,theft,35.15%d,-89.942\n", id, n)
			}
			all, _, err := readText(t, text, ingest.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, i := range all {
				got = append(got, i.SourceID)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnAllowedColumnMayBeAFieldAndIsRememberedWithWhoAllowedIt(t *testing.T) {
	st := openStore(t)
	const text = "documento,fecha,delito,latitud,longitud,edad\nA-1,2024-01-05,robo,14.634,-90.506,30\nA-2,2024-01-06,robo,14.635,-90.506,\n"
	opts := ingest.Options{File: "a.csv", Map: map[string]string{"id": "documento"}}
	if _, err := importText(t, st, text, opts); store.KindOf(err) != store.Invalid {
		t.Fatalf("error %v, want that the column looks like data on a person", err)
	}
	opts.Allow, opts.By = []string{"Documento"}, "ana"
	if _, err := importText(t, st, text, opts); err != nil {
		t.Fatal(err)
	}
	source, err := st.Source(context.Background(), "a")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]store.Allowance{{Column: "documento", By: "ana", At: noon()}}, source.Allowed); diff != "" {
		t.Error(diff)
	}
	report, err := importText(t, st, text, ingest.Options{File: "a.csv"})
	if err != nil {
		t.Fatal(err)
	}
	want := []store.PersonalColumn{{Column: "documento", LooksLike: "identity_number", By: "name", Values: 2, Allowed: true},
		{Column: "edad", LooksLike: "age", By: "name", Values: 1}}
	if diff := cmp.Diff(want, report.Personal); diff != "" || report.Known != 2 {
		t.Error(diff, report)
	}
	if !slices.Contains(report.Notes, `column "documento" is let through, whatever it looks like: ana decided so on 2024-06-01`) {
		t.Errorf("notes %q", report.Notes)
	}
	_, err = importText(t, st, text, ingest.Options{File: "a.csv", Allow: []string{"dpi"}})
	wantError(t, err, store.Invalid, `"dpi" names no column`)
}

func TestTheQualityOfASourceAddsItsUploadsUp(t *testing.T) {
	st, ctx := openStore(t), context.Background()
	square := store.Area{ID: "a", Name: "A", Kind: store.StudyArea,
		Geometry: orb.MultiPolygon{{{{-89.9425, 35.149}, {-89.9, 35.149}, {-89.9, 35.2}, {-89.9425, 35.2}, {-89.9425, 35.149}}}}}
	if err := st.PutAreas(ctx, square); err != nil {
		t.Fatal(err)
	}
	if err := st.PutCategory(ctx, store.Category{Code: "theft", NameES: "Hurto", NameEN: "Theft", Origin: store.Reported}); err != nil {
		t.Fatal(err)
	}
	const more = "5,2024-04-05 10:00,theft,35.160,-89.942\n6,,theft,35.160,-89.942\n7,2024-04-05 10:00,theft,,\n8,yesterday,theft,35.160,-89.942\n"
	opts := ingest.Options{File: "a.csv", Map: map[string]string{"id": "case_id"}, TimeZone: "America/Chicago"}
	report, err := importText(t, st, offences+more, opts)
	if err != nil {
		t.Fatal(err)
	}
	// Incidents 1, 5 and 6 lie in the area, 2 west of it. Robbery, the first
	// category of 1 by code, is new.
	outside := 1
	want := store.Quality{
		Rows: 10, Incidents: 4, Duplicates: 1, Merged: 2, WithoutPlace: 1, WithoutReadableTime: 1, OtherwiseRejected: 1,
		Measured: 4, Precision: map[store.TimePrecision]int{store.Minute: 3, store.UnknownTime: 1},
		FirstMonth: "2024-01", LastMonth: "2024-04", MissingMonths: []string{"2024-02", "2024-03"}, UnmappedCategories: 1, Unmapped: 1, OutsideAreas: &outside,
	}
	if diff := cmp.Diff(want, report.Quality); diff != "" {
		t.Error("upload", diff)
	}
	if _, err := importText(t, st, offences, opts); err != nil {
		t.Fatal(err)
	}
	want.Rows, want.Incidents, want.Duplicates, want.Merged, want.OtherwiseRejected = 16, 6, 2, 4, 2
	got, err := store.QualityOf(ctx, st, "a")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("source", diff)
	}
	_, err = store.QualityOf(ctx, st, "b")
	if store.KindOf(err) != store.NotFound {
		t.Errorf("error %v", err)
	}
}

func TestACategoryThatIsSomebodysNumberIsNotStored(t *testing.T) {
	st := openStore(t)
	report, err := importText(t, st, "id,date,type,lat,lon\n1,2024-01-05,theft,35.149,-89.942\n2,2024-01-05,ana@example.org,35.149,-89.942\n3,2024-01-06,theft,35.149,-89.942\n", ingest.Options{File: "a.csv"})
	if err != nil || report.Taken != 3 || report.Mapping["category"] != "type" {
		t.Fatalf("%+v, %v", report, err)
	}
	if got := incidentsOf(t, st)[1]; got.Category != store.UnknownCategory || got.RawCategory != "" {
		t.Errorf("got %+v", got)
	}
	if !slices.Contains(report.Notes, "categories that look like somebody's name, e-mail, telephone or identity number are not stored, unless somebody allows their column (1)") {
		t.Errorf("notes %q", report.Notes)
	}
}

func TestACategoryOfKnownOriginIsNotProposedAsPoliceInitiated(t *testing.T) {
	st := openStore(t)
	const text = "id,date,type,lat,lon\n1,2024-01-05,Narcotics,35.149,-89.942\n2,2024-01-05,Narcotics,35.149,-89.942\n"
	report, err := importText(t, st, text, ingest.Options{File: "a.csv"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]store.PoliceCategory{{Category: "narcotics", Raw: "Narcotics", Incidents: 2}}, report.PoliceInitiated); diff != "" {
		t.Error(diff)
	}
	c, err := st.Category(context.Background(), "narcotics")
	if err != nil || c.Origin != store.UnknownOrigin {
		t.Errorf("%+v, %v: a proposal was applied", c, err)
	}
	c.Origin = store.Reported
	if err := st.PutCategory(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	if report, err = importText(t, st, text, ingest.Options{File: "a.csv"}); err != nil || len(report.PoliceInitiated) != 0 {
		t.Errorf("%+v, %v", report, err)
	}
}

// incidentsOf returns the incidents of sources, of all where none is named.
func incidentsOf(t testing.TB, st store.Store, sources ...string) []store.Incident {
	t.Helper()
	var all []store.Incident
	for i, err := range st.Incidents(context.Background(), store.IncidentFilter{Sources: sources}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, i)
	}
	return all
}
