package ingest_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const offenceHeader = "case_id,date,offense,lat,lon\n"

// offenceRows draws incidents of one to four rows, one a row of the file each,
// in the order of the incidents. Of some rows the offence is blank, or said
// before, or written in another case.
func offenceRows(t *rapid.T) []string {
	var rows []string
	for i := range rapid.IntRange(2, 5).Draw(t, "incidents") {
		for range rapid.IntRange(1, 4).Draw(t, "rows") {
			offence := rapid.SampledFrom([]string{"theft", "robbery", "Robbery", "arson", "homicide", ""}).Draw(t, "offence")
			rows = append(rows, fmt.Sprintf("%04d,2024-01-%02d 10:00,%s,35.%03d,-89.942\n", i, i+1, offence, i))
		}
	}
	return rows
}

// feeds imports files into sources of their own.
type feeds struct {
	t  testing.TB
	st store.Store
	n  int
}

// newFeeds opens a store in which homicide weighs 9 and robbery 4, and the
// other offences nothing.
func newFeeds(t *testing.T) *feeds {
	t.Helper()
	st := openStore(t)
	for code, harm := range map[string]float64{"homicide": 9, "robbery": 4} {
		if err := st.PutCategory(context.Background(), store.Category{Code: code, NameES: code, NameEN: code, Origin: store.Reported, Harm: harm}); err != nil {
			t.Fatal(err)
		}
	}
	return &feeds{t: t, st: st}
}

// content returns what a new source holds once these rows were imported, one
// file after the other, but the numbers of rows and uploads.
func (f *feeds) content(rows string, files ...[]string) []store.Incident {
	f.t.Helper()
	f.n++
	opts := ingest.Options{Source: fmt.Sprint("feed-", f.n), Rows: rows, Map: map[string]string{"id": "case_id", "category": "offense", "time": "date"}}
	for _, file := range files {
		if _, err := ingest.Import(context.Background(), f.st, strings.NewReader(offenceHeader+strings.Join(file, "")), opts); err != nil {
			f.t.Fatal(err)
		}
	}
	return f.stored(opts.Source)
}

func (f *feeds) stored(source string) []store.Incident {
	f.t.Helper()
	all := incidentsOf(f.t, f.st, source)
	for i := range all {
		all[i].ID, all[i].Upload, all[i].Source = 0, 0, ""
	}
	slices.SortFunc(all, func(a, b store.Incident) int { return strings.Compare(a.SourceID, b.SourceID) })
	return all
}

func TestAFileCutAnywhereGivesTheSameDatabaseInEitherOrder(t *testing.T) {
	f := newFeeds(t)
	for seed := range 6 {
		rows := rapid.Custom(offenceRows).Example(seed)
		if seed%2 == 1 {
			rand.New(rand.NewPCG(uint64(seed), 0)).Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
		}
		whole := f.content(ingest.OffencesPerIncident, rows)
		for cut := 1; cut < len(rows); cut++ {
			first, second := rows[:cut], rows[cut:]
			for name, got := range map[string][]store.Incident{
				"first part first":      f.content(ingest.OffencesPerIncident, first, second),
				"second part first":     f.content(ingest.OffencesPerIncident, second, first),
				"the whole file before": f.content(ingest.OffencesPerIncident, rows, second),
			} {
				if diff := cmp.Diff(whole, got); diff != "" {
					t.Fatalf("seed %d, cut after row %d of %q, %s (-whole +parts):\n%s", seed, cut, rows, name, diff)
				}
			}
		}
	}
}

// Nobody says here what the rows are. Of two downloads that overlap, one at
// least shows an incident of several offences where a cut goes through one.
func TestDownloadsThatOverlapWithinAnIncidentShowThatRowsAreOffences(t *testing.T) {
	f := newFeeds(t)
	for seed := range 40 {
		rows, random := rapid.Custom(offenceRows).Example(seed), rand.New(rand.NewPCG(uint64(seed), 0))
		from := random.IntN(len(rows))
		to := from + 1 + random.IntN(len(rows)-from)
		whole := f.content("", rows)
		if diff := cmp.Diff(whole, f.content("", rows[:to], rows[from:])); diff != "" {
			t.Fatalf("%q to row %d, then from %d (-whole +parts):\n%s", rows, to, from, diff)
		}
		if diff := cmp.Diff(whole, f.content("", rows[from:], rows[:to])); diff != "" {
			t.Fatalf("%q from row %d, then to %d (-whole +parts):\n%s", rows, from, to, diff)
		}
	}
}

func TestOffencesApartInAFileShowThatRowsAreOffences(t *testing.T) {
	const a, b, c = "1,2024-01-01 10:00,theft,35,-89.942\n", "2,2024-01-01 10:00,theft,35,-89.942\n", "1,2024-01-01 10:00,homicide,35,-89.942\n"
	f := newFeeds(t)
	got := f.content("", []string{b}, []string{a, b, c}, []string{strings.Replace(b, "theft", "homicide", 1)})
	if got[1].Category != "homicide" || !slices.Equal(got[1].Offences, []string{"theft"}) {
		t.Errorf("got %+v", got[1])
	}
}

func TestACorrectedCategoryReplacesWhereEachIncidentHasOneRow(t *testing.T) {
	f := newFeeds(t)
	const before, after = "1,2024-01-01 10:00,homicide,35,-89.942\n", "1,2024-01-01 10:00,theft,35,-89.942\n"
	for name, files := range map[string][][]string{
		"nothing known":       {{before}, {after}},
		"twice the same row":  {{before, before}, {after, after}},
		"the same row apart":  {{before, strings.Replace(before, "1", "2", 1), before}, {after}},
		"an id of two places": {{before, strings.Replace(after, "35", "36", 1)}, {after}},
		"and apart from it":   {{before, strings.Replace(before, "1", "2", 1), strings.Replace(after, "35", "36", 1)}, {after}},
	} {
		if got := f.content("", files...)[0]; got.Category != "theft" || got.Offences != nil {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestAnUndoTakesBackTheOffencesThatAFileAdded(t *testing.T) {
	f, ctx := newFeeds(t), context.Background()
	opts := ingest.Options{Source: "a", Rows: ingest.OffencesPerIncident, Map: map[string]string{"id": "case_id"}, TimeZone: "America/Chicago"}
	if _, err := importText(t, f.st, offences, opts); err != nil {
		t.Fatal(err)
	}
	before := f.stored("a")
	report, err := importText(t, f.st, offenceHeader+"1,2024-01-05 10:00,homicide,35.149,-89.942\n2,2024-01-06 11:00,arson,35.150,-89.943\n3,2024-01-06 11:00,arson,35.150,-89.943\n", opts)
	if err != nil || report.Updated != 2 || report.Taken != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	if got := f.stored("a")[0]; got.Category != "homicide" || !slices.Equal(got.Offences, []string{"robbery", "theft", "vandalism"}) {
		t.Errorf("got %+v", got)
	}
	uploads, err := f.st.Uploads(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.st.UndoUpload(ctx, uploads[0].ID); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, f.stored("a")); diff != "" {
		t.Error(diff)
	}
}
