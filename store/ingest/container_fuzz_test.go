package ingest_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"
)

// sound reads a file, whatever it is, and fails where that is our fault, where
// the report does not add up or where what it says cannot be.
func sound(t *testing.T, b []byte, opts ingest.Options) {
	t.Helper()
	given := 0
	opts.Clock, opts.MaxBytes = noon, 1<<20
	opts.OnReject = func(r store.Reject) {
		if r.Row < 1 || r.Reason == "" || r.Message != r.Said.String() {
			t.Errorf("%+v", r)
		}
	}
	report, err := ingest.Read(context.Background(), bytes.NewReader(b), opts, func(i store.Incident) error {
		given++
		if i.SourceID == "" || i.Category == "" || i.HasTime() && !i.From.Before(i.To) {
			t.Errorf("gave %+v", i)
		}
		return nil
	})
	if store.KindOf(err) == store.Internal {
		t.Errorf("a fault of ours: %v", err)
	}
	if err == nil && (report.Rows != report.Taken+report.Known+report.Merged+report.Rejected || given != report.Taken) {
		t.Errorf("%+v, given %d", report, given)
	}
}

// The corpus is every fixture: packed, in workbooks, databases and shapefiles.
func FuzzContainers(f *testing.F) {
	files, err := filepath.Glob(fixtures + "/*")
	if err != nil || len(files) < 50 {
		f.Fatalf("%d fixtures, %v", len(files), err)
	}
	for _, file := range files {
		if ext := filepath.Ext(file); ext == ".json" || ext == ".md" {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		if len(b) < 50_000 {
			f.Add(b)
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) { sound(t, b, ingest.Options{}) })
}

// The bytes are what is packed, so that checksums and sizes are right.
func FuzzPacked(f *testing.F) {
	for _, seed := range []string{small, "\x1f\x8b\x08", "\x00\x00\x27\x0a", "<table><tr><td>1", `{"features":[{"attributes":{}}]}`} {
		f.Add(seed, "a.csv")
		f.Add(seed, "../a.csv")
		f.Add(seed, "a.shp")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		sound(t, []byte(gzipped(t, text)), ingest.Options{})
		if len(name) < 1000 && !strings.HasSuffix(name, "/") { // no folder
			sound(t, []byte(zipped(t, member{name, text}, member{"b.csv", small})), ingest.Options{})
		}
	})
}

func FuzzWorkbook(f *testing.F) {
	for _, seed := range []string{
		rowsXML(small), strings.ReplaceAll(rowsXML(small), "<row>", `<row r="7">`), `<row><c r="B1" t="s"><v>0</v></c><c r="A1" t="e"/></row>`,
		`<row r="99999999"><c r="XFE1"><v>1e999</v></c>`, `<!DOCTYPE x [<!ENTITY a "b">]>`, `<row><c t="b"><v>1</v></c><c t="inlineStr"><is><rPh><t>x</t></rPh>`,
	} {
		f.Add(seed, rowsXML(small))
		f.Add(rowsXML(small), seed)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		text := []byte(workbook(t, member{"a", first}, member{"b", second}))
		for _, sheet := range []string{"", "*", "b"} {
			sound(t, text, ingest.Options{Sheet: sheet})
		}
	})
}
