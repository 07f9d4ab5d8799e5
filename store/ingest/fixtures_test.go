package ingest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the expected reports of fixtures/ingest anew")

const fixtures = "../../fixtures/ingest"

// noon is when every file of these tests is read.
func noon() time.Time { return time.Date(2024, 6, 1, 12, 0, 0, 0, time.UTC) }

// expected is what stands beside a file.
type expected struct {
	Error     string       `json:"error,omitempty"`
	Report    store.Report `json:"report"`
	Incidents []incident   `json:"incidents"`
}

// incident is an incident as a person reads it.
type incident struct {
	ID        string              `json:"id"`
	Category  string              `json:"category"`
	Raw       string              `json:"raw"`
	Offences  []string            `json:"offences,omitempty"`
	From      string              `json:"from,omitempty"`
	To        string              `json:"to,omitempty"`
	Precision store.TimePrecision `json:"precision"`
	Point     [2]float64          `json:"point"`
}

func TestFixturesAreReadAsTheReportBesideThemSays(t *testing.T) {
	files, err := filepath.Glob(fixtures + "/*")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("found %d files in %s", len(files), fixtures)
	}
	for _, file := range files {
		if ext := filepath.Ext(file); ext == ".json" || ext == ".md" {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			got := readFixture(t, file)
			want := file + ".json"
			if *update {
				writeJSON(t, want, got)
			}
			b, err := os.ReadFile(want)
			if err != nil {
				t.Fatal(err)
			}
			var w expected
			if err := json.Unmarshal(b, &w); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(w, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func readFixture(t *testing.T, file string) expected {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	zone := "America/Chicago"
	if bytes.Contains(bytes.ToLower(b), []byte("fecha")) {
		zone = "America/Guatemala"
	}
	e := expected{Incidents: []incident{}}
	report, err := ingest.Read(context.Background(), bytes.NewReader(b),
		ingest.Options{File: filepath.Base(file), TimeZone: zone, Clock: noon},
		func(i store.Incident) error {
			one := incident{ID: i.SourceID, Category: i.Category, Raw: i.RawCategory, Offences: i.Offences, Precision: i.TimePrecision, Point: i.Point}
			if i.HasTime() {
				one.From, one.To = i.From.Format(time.RFC3339), i.To.Format(time.RFC3339)
			}
			e.Incidents = append(e.Incidents, one)
			return nil
		})
	if err != nil {
		e.Error = err.Error()
	}
	for i := range report.FirstRejects { // Message says it in the file beside
		report.FirstRejects[i].Said = store.Saying{}
	}
	e.Report = report
	return e
}

func writeJSON(t *testing.T, file string, v any) {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// readText reads a file given as text and returns its incidents.
func readText(t testing.TB, text string, opts ingest.Options) ([]store.Incident, store.Report, error) {
	t.Helper()
	var all []store.Incident
	opts.Clock = noon
	report, err := ingest.Read(context.Background(), strings.NewReader(text), opts, func(i store.Incident) error {
		all = append(all, i)
		return nil
	})
	return all, report, err
}
