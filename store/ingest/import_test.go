package ingest_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"
	"atalaya/store/sqlite"

	"github.com/google/go-cmp/cmp"
)

// openStore opens a new database of its own.
func openStore(t *testing.T) store.Store {
	t.Helper()
	st, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "atalaya.gpkg"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	return st
}

func importText(t *testing.T, st store.Store, text string, opts ingest.Options) (store.Report, error) {
	t.Helper()
	opts.Clock = noon
	return ingest.Import(context.Background(), st, strings.NewReader(text), opts)
}

// many is a file of more incidents than a batch and the sample hold, of some
// rejects, a repeated id and rows without id.
func many() string {
	var b strings.Builder
	b.WriteString("id,date,type,lat,lon\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "%04d,2024-01-%02d %02d:00,type %d,35.%03d,-89.942\n", i, i%28+1, i%24, i%7, i%1000)
	}
	b.WriteString("0000,2024-01-01 00:00,type 0,35.000,-89.942\n") // as row 2
	b.WriteString("0001,2024-01-01 00:00,type 0,35.000,-89.942\n") // not as row 3
	b.WriteString(",2024-01-01 00:00,type 0,35.000,-89.942\n")
	b.WriteString(",2024-01-01 00:00,type 0,35.000,-89.942\n")
	b.WriteString("9999,2024-01-01 00:00,type 0,,\n")
	return b.String()
}

func TestAnImportedFileIsStoredWithItsUpload(t *testing.T) {
	st, text := openStore(t), many()
	report, err := importText(t, st, text, ingest.Options{File: "many_2024.csv", TimeZone: "America/Chicago"})
	if err != nil {
		t.Fatal(err)
	}
	if report.Rows != 3005 || report.Taken != 3002 || report.Known != 1 || report.Rejected != 2 || len(report.NewCategory) != 7 {
		t.Errorf("got %+v", report)
	}
	ctx := context.Background()
	uploads, err := st.Uploads(ctx)
	if err != nil || len(uploads) != 1 {
		t.Fatalf("%d uploads, %v", len(uploads), err)
	}
	upload, sum := uploads[0], sha256.Sum256([]byte(text))
	if upload.Status != store.Done || upload.SHA256 != hex.EncodeToString(sum[:]) || upload.Bytes != int64(len(text)) {
		t.Errorf("upload %+v", upload)
	}
	if diff := cmp.Diff(report, upload.Report); diff != "" {
		t.Error("report", diff)
	}
	var rejects []store.Reject
	for r, err := range st.Rejects(ctx, upload.ID) {
		if err != nil {
			t.Fatal(err)
		}
		r.Record = nil // reports do without
		rejects = append(rejects, r)
	}
	if diff := cmp.Diff(report.FirstRejects, rejects); diff != "" {
		t.Error("rejects", diff)
	}
	source, err := st.Source(ctx, "many")
	if err != nil {
		t.Fatal(err)
	}
	want := store.Source{Code: "many", Name: "many", TimeZone: "America/Chicago", Incidents: 3002,
		Columns: []string{"id", "date", "type", "lat", "lon"}, Mapping: report.Mapping}
	if diff := cmp.Diff(want, source); diff != "" {
		t.Error("source", diff)
	}
	for i, err := range st.Incidents(ctx, store.IncidentFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		if i.SourceID == "0007" && (i.Upload != upload.ID || i.Category != "type_0" || i.RawCategory != "type 0" ||
			i.From.Format("2006-01-02 15:04") != "2024-01-08 13:00" || i.TimePrecision != store.Minute) {
			t.Errorf("got %+v", i)
		}
	}
}

func TestImportingAFileAgainChangesNothing(t *testing.T) {
	st, ctx := openStore(t), context.Background()
	first, err := importText(t, st, many(), ingest.Options{File: "many.csv"})
	if err != nil {
		t.Fatal(err)
	}
	before, err := st.Version(ctx)
	if err != nil {
		t.Fatal(err)
	}
	again, err := importText(t, st, gzipped(t, many()), ingest.Options{File: "many.csv.gz"})
	if err != nil {
		t.Fatal(err)
	}
	if again.Taken != 0 || again.Updated != 0 || again.Known != first.Taken+first.Known || again.Rejected != first.Rejected {
		t.Errorf("first %+v, again %+v", first, again)
	}
	after, err := st.Version(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if before != after {
		t.Errorf("version %v became %v", before, after)
	}
}

func TestACorrectedRowUpdatesItsIncident(t *testing.T) {
	st := openStore(t)
	if _, err := importText(t, st, small, ingest.Options{File: "small.csv"}); err != nil {
		t.Fatal(err)
	}
	report, err := importText(t, st, strings.Replace(small, "theft,35.150", "robbery,35.150", 1), ingest.Options{File: "small.csv"})
	if err != nil {
		t.Fatal(err)
	}
	if report.Known != 1 || report.Updated != 1 {
		t.Errorf("got %+v", report)
	}
}

func TestAFailedImportLeavesNothingButItsUpload(t *testing.T) {
	broken := errors.New("line cut")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
		in   io.Reader
		opts ingest.Options
		want string
	}{
		{"a reader that fails in mid-file", context.Background(), io.MultiReader(strings.NewReader(many()), &brokenReader{broken}), ingest.Options{}, "line cut"},
		{"a row over the limit", context.Background(), strings.NewReader(many() + strings.Repeat("x", 1<<20+1)), ingest.Options{}, "row 3007 is over 1048576 bytes"},
		{"a context that ends in mid-file", ctx, strings.NewReader(many()), ingest.Options{Progress: func(ingest.Progress) { cancel() }}, "canceled"},
		{"a mapping that does not fit", context.Background(), strings.NewReader(small), ingest.Options{Map: map[string]string{"lon": "x"}}, "names no column"},
	} {
		t.Run(c.name, func(t *testing.T) {
			st := openStore(t)
			c.opts.File, c.opts.Clock = "a.csv", noon
			_, err := ingest.Import(c.ctx, st, c.in, c.opts)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			isEmpty(t, st)
			uploads, err := st.Uploads(context.Background())
			if err != nil || len(uploads) != 1 || uploads[0].Status != store.Failed || !strings.Contains(uploads[0].Error, c.want) {
				t.Errorf("uploads %+v, %v", uploads, err)
			}
		})
	}
}

func TestADryRunReportsAndLeavesNothing(t *testing.T) {
	st := openStore(t)
	report, err := importText(t, st, many(), ingest.Options{File: "many.csv", DryRun: true})
	if err != nil {
		t.Fatal(err)
	}
	if !report.DryRun || report.Taken != 3002 || report.Rejected != 2 {
		t.Errorf("got %+v", report)
	}
	isEmpty(t, st)
	if uploads, err := st.Uploads(context.Background()); err != nil || len(uploads) != 0 {
		t.Errorf("uploads %+v, %v", uploads, err)
	}
}

func TestImportFinishesTheUploadThatItIsGiven(t *testing.T) {
	st, ctx := openStore(t), context.Background()
	id, err := st.CreateUpload(ctx, store.Upload{Report: store.Report{File: "small.csv"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := importText(t, st, small, ingest.Options{File: "small.csv", Upload: id}); err != nil {
		t.Fatal(err)
	}
	upload, err := st.Upload(ctx, id)
	if err != nil || upload.Status != store.Done || upload.Report.Taken != 2 {
		t.Errorf("upload %+v, %v", upload, err)
	}
}

func TestASourceIsReadAsItsLastFileWas(t *testing.T) {
	st := openStore(t)
	const text = "key_a,key_b,when,lat,lon\n1,x,2024-01-05 10:00,35.149,-89.942\n"
	opts := ingest.Options{Source: "rms", TimeZone: "America/New_York", Map: map[string]string{"id": "key_b"}}
	if _, err := importText(t, st, text, opts); err != nil {
		t.Fatal(err)
	}
	report, err := importText(t, st, text, ingest.Options{Source: "rms"})
	if err != nil {
		t.Fatal(err)
	}
	if report.Mapping["id"] != "key_b" || report.TimeZone != "America/New_York" || report.Known != 1 {
		t.Errorf("got %+v", report)
	}
	if want := "as in the last file of this source"; report.Evidence["id"] != want {
		t.Errorf("evidence %q, want %q", report.Evidence["id"], want)
	}
}

func TestADerivedSourceIsNotFedWithAnotherFile(t *testing.T) {
	st := openStore(t)
	if _, err := importText(t, st, small, ingest.Options{File: "2024-01 robos.csv"}); err != nil {
		t.Fatal(err)
	}
	const other = "folio,fecha,lat,lon\nA,2024-01-05,14.634,-90.506\n"
	_, err := importText(t, st, other, ingest.Options{File: "2024-02 robos.csv"})
	wantError(t, err, store.Conflict, `the columns are not those of the earlier files of source "robos"; new: folio, fecha; gone: id, date, type`)
	report, err := importText(t, st, other, ingest.Options{File: "2024-02 robos.csv", Source: "robos"})
	if err != nil {
		t.Fatal(err)
	}
	if report.Taken != 1 || len(report.Notes) != 1 || !strings.Contains(report.Notes[0], "not those of the earlier files") {
		t.Errorf("got %+v", report)
	}
}

func TestReadAndImportAgree(t *testing.T) {
	_, read, err := readText(t, many(), ingest.Options{File: "many.csv"})
	if err != nil {
		t.Fatal(err)
	}
	imported, err := importText(t, openStore(t), many(), ingest.Options{File: "many.csv"})
	if err != nil {
		t.Fatal(err)
	}
	imported.NewCategory = read.NewCategory // Read makes none
	if diff := cmp.Diff(read, imported); diff != "" {
		t.Error(diff)
	}
}

func isEmpty(t *testing.T, st store.Store) {
	t.Helper()
	ctx := context.Background()
	summary, err := st.Summary(ctx)
	if err != nil || summary.Incidents != 0 {
		t.Errorf("%d incidents, %v", summary.Incidents, err)
	}
	if sources, err := st.Sources(ctx); err != nil || len(sources) != 0 {
		t.Errorf("sources %+v, %v", sources, err)
	}
	if categories, err := st.Categories(ctx); err != nil || len(categories) != 0 {
		t.Errorf("categories %+v, %v", categories, err)
	}
}
