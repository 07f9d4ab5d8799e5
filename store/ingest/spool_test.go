package ingest_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"
)

// What a stream is held in is gone afterwards, whatever became of it.
func TestNoTemporaryFileIsLeftBehind(t *testing.T) {
	broken := errors.New("line cut")
	for _, c := range []struct {
		name string
		in   io.Reader
		opts ingest.Options
		want string // of the error
	}{
		{"a file that is read", strings.NewReader(gzipped(t, small)), ingest.Options{}, ""},
		{"a zip file with several", strings.NewReader(zipped(t, member{"a.csv", small}, member{"b.txt", "x"})), ingest.Options{}, ""},
		{"a file that is refused", strings.NewReader(zipped(t, member{"a.txt", "x"})), ingest.Options{}, "no places"},
		{"a stream that fails", io.MultiReader(strings.NewReader(small), &brokenReader{broken}), ingest.Options{}, "line cut"},
		{"a stream over the limit", strings.NewReader(small), ingest.Options{MaxBytes: 10}, "over 10 bytes"},
		{"a database", strings.NewReader("SQLite format 3\x00rubbish"), ingest.Options{}, "cannot be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.opts.TempDir, c.opts.Clock = t.TempDir(), noon
			_, err := ingest.Read(context.Background(), c.in, c.opts, func(store.Incident) error { return nil })
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %q", err, c.want)
			}
			left, err := os.ReadDir(c.opts.TempDir)
			if err != nil || len(left) > 0 {
				t.Errorf("left %v, %v", left, err)
			}
		})
	}
}

// A folder that cannot be written to shows that nothing is.
func TestARegularFileIsReadWhereItStandsFromWhereItIsAt(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.csv")
	const above = "not to be read\n"
	if err := os.WriteFile(file, []byte(above+small), 0o600); err != nil {
		t.Fatal(err)
	}
	in, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = in.Close() }()
	if _, err := in.Seek(int64(len(above)), io.SeekStart); err != nil {
		t.Fatal(err)
	}
	opts := ingest.Options{Clock: noon, TempDir: filepath.Join(t.TempDir(), "nowhere")}
	report, err := ingest.Read(context.Background(), in, opts, func(store.Incident) error { return nil })
	if err != nil || report.Taken != 2 || len(report.Notes) != 1 {
		t.Errorf("got %+v, %v", report, err)
	}
	_, err = ingest.Read(context.Background(), strings.NewReader(small), opts, func(store.Incident) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a stream was held nowhere: %v", err)
	}
}
