package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"atalaya/fixtures"
	"atalaya/store"
)

// served is a service in a process of its own.
type served struct {
	t       *testing.T
	process *exec.Cmd
	address string
}

// serveDB serves a database file until the test ends or kills it.
func serveDB(t *testing.T, db string) *served {
	t.Helper()
	s := &served{t: t, process: exec.CommandContext(t.Context(), "atalaya", "serve", "--db", db, "--listen", "127.0.0.1:0", "--json")}
	out, err := s.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.kill)
	var told struct{ Address string }
	if err := json.NewDecoder(out).Decode(&told); err != nil {
		t.Fatal(err)
	}
	s.address = strings.TrimSuffix(told.Address, "/")
	return s
}

func (s *served) kill() {
	_ = s.process.Process.Kill() // it may have ended
	_ = s.process.Wait()
}

// upload sends a request about uploads and returns the upload of the answer.
func (s *served) upload(method, path string, body []byte) (u store.Upload, location string) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.address+path, bytes.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json") // of a file the bytes tell
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	text, err := io.ReadAll(w.Body)
	if err != nil || w.StatusCode >= 300 {
		s.t.Fatalf("%s %s: %s %s, %v", method, path, w.Status, text, err)
	}
	if err := json.Unmarshal(text, &u); err != nil {
		s.t.Fatalf("%s: %v", text, err)
	}
	return u, w.Header.Get("Location")
}

// listen reads the events of an upload until a line is as wanted, and
// reports whether one was before they ended.
func (s *served) listen(path string, want *regexp.Regexp) bool {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.address+path+"/events", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	lines := bufio.NewScanner(w.Body)
	for lines.Scan() {
		if want.MatchString(lines.Text()) {
			return true
		}
	}
	if err := lines.Err(); err != nil {
		s.t.Fatal(err)
	}
	return false
}

func TestAnImportWhoseServiceIsKilledGoesOnAsItWasConfirmed(t *testing.T) {
	dir := t.TempDir()
	db := filepath.Join(dir, "test.gpkg")
	var city bytes.Buffer
	made := fixtures.Demo(now)
	if err := made.WriteCSV(&city); err != nil {
		t.Fatal(err)
	}
	rows := made.Truth().Rows
	whole := rows.Total - rows.BlankCoordinates - rows.ZeroCoordinates

	s := serveDB(t, db)
	u, path := s.upload(http.MethodPost, "/api/v1/uploads?filename=city.csv&source=demo", city.Bytes())
	if u.Status != store.Staged {
		t.Fatalf("upload is %s", u.Status)
	}
	s.upload(http.MethodPost, path+"/confirm", []byte(`{"mapping": {"category": "Sector"}, "time_zone": "America/Mexico_City"}`))
	if !s.listen(path, regexp.MustCompile(`^data: {.*"rows":[1-9]`)) {
		t.Fatal("the import ended before its service was killed: the test proves nothing")
	}
	s.kill()

	s = serveDB(t, db)
	if u, _ := s.upload(http.MethodGet, path, nil); u.Status != store.Importing && u.Status != store.Done || u.Error != "" {
		t.Fatalf("upload is %s after the restart: %s", u.Status, u.Error)
	}
	if !s.listen(path, regexp.MustCompile(`^event: done$`)) {
		t.Error("the events end without the end of the import")
	}
	u, _ = s.upload(http.MethodGet, path, nil)
	if u.Status != store.Done || u.Report.Taken != whole {
		t.Errorf("upload is %s with %d incidents, want %d: %s", u.Status, u.Report.Taken, whole, u.Error)
	}
	if u.Report.Mapping["category"] != "Sector" || u.Report.TimeZone != "America/Mexico_City" {
		t.Errorf("categories are of %q and the times of %s: not as confirmed", u.Report.Mapping["category"], u.Report.TimeZone)
	}
	if err := s.process.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := s.process.Wait(); err != nil {
		t.Errorf("the service ends with %v", err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 {
		t.Errorf("%v is left, %v", left, err)
	}
}
