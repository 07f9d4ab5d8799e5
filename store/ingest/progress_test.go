package ingest_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"atalaya/store"
	"atalaya/store/ingest"
)

// progressOf reads a file with a clock that goes 40 ms at each look, and
// returns what it tells of its progress.
func progressOf(t *testing.T, r io.Reader, size int) []ingest.Progress {
	t.Helper()
	now := noon()
	var all []ingest.Progress
	_, err := ingest.Read(context.Background(), r, ingest.Options{
		Size: int64(size), Clock: func() time.Time { now = now.Add(40 * time.Millisecond); return now },
		Progress: func(p ingest.Progress) { all = append(all, p) },
	}, func(store.Incident) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestProgressGoesForwardOverAllPhases(t *testing.T) {
	text := "id,lat,lon\n" + strings.Repeat("1,14.6,-90.5\n", 25_600)
	packed := []byte(gzipped(t, text))
	archive := zipped(t, member{"a.csv", text})
	file := filepath.Join(t.TempDir(), "a.csv.gz")
	if err := os.WriteFile(file, packed, 0o600); err != nil {
		t.Fatal(err)
	}
	onDisk, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = onDisk.Close() }()
	workbook, err := os.Open(fixtures + "/sheets.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = workbook.Close() }()
	for _, c := range []struct {
		name   string
		r      io.Reader
		size   int
		total  int
		phases []ingest.Phase
	}{
		{"a stream", strings.NewReader(text), len(text), len(text), []ingest.Phase{ingest.Receiving, ingest.Surveying, ingest.Taking, ingest.Finishing}},
		{"a packed stream of unknown length", bytes.NewReader(packed), 0, len(packed), []ingest.Phase{ingest.Receiving, ingest.Surveying, ingest.Taking, ingest.Finishing}},
		{"a zip file", strings.NewReader(archive), 0, len(archive), []ingest.Phase{ingest.Receiving, ingest.Unpacking, ingest.Surveying, ingest.Taking, ingest.Finishing}},
		{"a packed file, unpacked while it is surveyed", onDisk, 0, len(packed), []ingest.Phase{ingest.Surveying, ingest.Taking, ingest.Finishing}},
		{"a workbook, too short to be told of", workbook, 0, 0, []ingest.Phase{ingest.Finishing}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var phases []ingest.Phase
			var before ingest.Progress
			for i, p := range progressOf(t, c.r, c.size) {
				if p.Bytes < before.Bytes || p.Rows < before.Rows || p.TotalRows < before.TotalRows || p.Total < before.Total || p.Total > 0 && p.Bytes > p.Total {
					t.Errorf("%d: %+v after %+v", i, p, before)
				}
				if before = p; !slices.Contains(phases, p.Phase) {
					phases = append(phases, p.Phase)
				}
				if phases[len(phases)-1] != p.Phase {
					t.Errorf("%d: %s again after %v", i, p.Phase, phases)
				}
			}
			if !slices.Equal(phases, c.phases) {
				t.Errorf("phases %v, want %v", phases, c.phases)
			}
			if before.Bytes != before.Total || before.Rows != before.TotalRows || c.total > 0 && (before.Total != int64(c.total) || before.Rows != 2*25_600) {
				t.Errorf("the last is %+v", before)
			}
		})
	}
}
