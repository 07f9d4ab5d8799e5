package handlers_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"atalaya/handlers"
	"atalaya/store"
)

// slowFile stands in for the file of a staged upload and gives its bytes when
// the test wants it.
type slowFile struct {
	t    *testing.T
	path string
	to   *os.File
}

// slow makes the file of the upload at a path come in bit by bit. It must be
// confirmed before the test writes.
func (s *service) slow(t *testing.T, upload string) *slowFile {
	t.Helper()
	f := &slowFile{t: t, path: filepath.Join(s.dir, filepath.Base(upload))}
	must(t, os.Remove(f.path))
	must(t, syscall.Mkfifo(f.path, 0o600))
	return f
}

// write gives the import more to read; the first call waits until it reads.
func (f *slowFile) write(text string) {
	f.t.Helper()
	if f.to == nil {
		to, err := os.OpenFile(f.path, os.O_WRONLY, 0)
		must(f.t, err)
		f.to = to
	}
	// An import that was stopped reads no more.
	if _, err := f.to.WriteString(text); err != nil && !strings.Contains(err.Error(), "broken pipe") {
		f.t.Fatal(err)
	}
}

func (f *slowFile) close() {
	f.t.Helper()
	must(f.t, f.to.Close())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// restarted returns a service that takes up what another left.
func (s *service) restarted(t *testing.T, change ...func(*handlers.Options)) *service {
	t.Helper()
	return newService(t, append(change, func(o *handlers.Options) { o.Store, o.TempDir = s.store, s.dir })...)
}

func TestStagedUploadsWaitOverARestartAndNothingElseDoes(t *testing.T) {
	s := newService(t)
	waits := s.stage(t, "?source=a&filename=a.csv", limpio)
	lost := s.stage(t, "?source=b&filename=b.csv", limpio)
	failed := s.stage(t, "?source=c&filename=c.csv", strings.ReplaceAll(limpio, "latitude", "ns"))
	s.confirm(t, failed, "")
	if u := s.finished(t, failed); u.Status != store.Failed {
		t.Fatalf("%+v", u)
	}
	must(t, s.Close(t.Context()))
	must(t, os.Remove(filepath.Join(s.dir, filepath.Base(lost))))
	for _, name := range []string{"99", "incoming-1", "atalaya-1.spool", "somebody's notes.txt"} {
		must(t, os.WriteFile(filepath.Join(s.dir, name), []byte("x"), 0o600))
	}

	s = s.restarted(t)
	if u := s.finished(t, waits); u.Status != store.Staged || u.Proposal == nil {
		t.Errorf("%+v", u)
	}
	if u := s.finished(t, lost); u.Status != store.Failed || !strings.Contains(u.Error, "upload it again") {
		t.Errorf("%+v", u)
	}
	s.must(t, 409, "POST", lost+"/confirm", "")
	s.confirm(t, waits, "")
	if u := s.finished(t, waits); u.Status != store.Done || u.Report.Taken != 2 {
		t.Errorf("%+v", u)
	}
	s.confirm(t, failed, `{"mapping": {"lat": "ns", "lon": "longitude"}}`)
	if u := s.finished(t, failed); u.Status != store.Done {
		t.Errorf("%+v", u)
	}
	left, err := os.ReadDir(s.dir)
	if err != nil || len(left) != 1 || left[0].Name() != "somebody's notes.txt" {
		t.Errorf("%v is left, %v", left, err)
	}
}

func TestAfterClosingConfirmedUploadsGoOnAsTheyWereConfirmed(t *testing.T) {
	s := newService(t)
	var paths []string
	for _, source := range []string{"a", "b", "changed", "lost"} {
		paths = append(paths, s.stage(t, "?source="+source+"&filename=a.csv", limpio))
	}
	file := s.slow(t, paths[0])
	for _, path := range paths {
		s.confirm(t, path, `{"mapping": {"category": "id"}, "time_zone": "America/Mexico_City"}`)
	}
	file.write(limpio[:20])
	closed := make(chan error)
	go func() { closed <- s.Close(t.Context()) }()
	s.must(t, 200, "GET", paths[0], "")
	for open := true; open; { // until the service knows that it is closing
		open = s.do(t, "POST", "/api/v1/uploads?source=a", limpio).Code != 503
	}
	file.write(limpio[20:])
	file.close()
	must(t, <-closed)
	for _, path := range paths {
		if u := decode[uploaded](t, s.must(t, 200, "GET", path, "")); u.Status != store.Staged || u.Proposal == nil || u.Error != "" {
			t.Errorf("%+v", u)
		}
	}
	must(t, s.Close(t.Context())) // again

	must(t, os.Remove(file.path))
	must(t, os.WriteFile(file.path, []byte(limpio), 0o600))
	must(t, os.WriteFile(filepath.Join(s.dir, filepath.Base(paths[2])), []byte(strings.ToUpper(limpio)), 0o600))
	must(t, os.Remove(filepath.Join(s.dir, filepath.Base(paths[3]))))
	var log bytes.Buffer
	s = s.restarted(t, func(o *handlers.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	for _, path := range paths[:2] {
		if u := s.finished(t, path); u.Status != store.Done || u.Report.Mapping["category"] != "id" || u.Report.TimeZone != "America/Mexico_City" {
			t.Errorf("%+v", u)
		}
	}
	for path, says := range map[string]string{paths[2]: "no longer the one that was uploaded", paths[3]: "no longer here"} {
		if u := s.finished(t, path); u.Status != store.Failed || !strings.Contains(u.Error, says) {
			t.Errorf("%+v", u)
		}
	}
	must(t, s.Close(t.Context()))
	if n := strings.Count(log.String(), "goes on after a restart"); n != 3 {
		t.Errorf("%d imports go on in the log, want 3:\n%s", n, log.String())
	}
	for _, left := range s.stagedFiles(t) {
		if strings.HasSuffix(left.Name(), ".confirmed") {
			t.Errorf("%v is left", left)
		}
	}
}

// One after the other: of two files with one incident the later says how it is.
func TestConfirmedUploadsGoOnInTheOrderInWhichTheyWereConfirmed(t *testing.T) {
	s := newService(t)
	first := s.stage(t, "?source=a&filename=a.csv", limpio)
	second := s.stage(t, "?source=a&filename=b.csv", strings.ReplaceAll(limpio, "robbery", "theft"))
	must(t, s.Close(t.Context()))
	for i, path := range []string{second, first} { // the second was confirmed before
		name := filepath.Join(s.dir, filepath.Base(path)+".confirmed")
		must(t, os.WriteFile(name, []byte(`{"source": "a"}`), 0o600))
		at := time.Unix(int64(i), 0)
		must(t, os.Chtimes(name, at, at))
	}
	s = s.restarted(t, func(o *handlers.Options) { o.KeepStaged = 1 }) // who confirmed it in time
	if u := s.finished(t, second); u.Status != store.Done || u.Report.Taken != 2 {
		t.Errorf("%+v", u)
	}
	if u := s.finished(t, first); u.Status != store.Done || u.Report.Updated != 2 {
		t.Errorf("%+v", u)
	}
	s.noStagedFiles(t)
}

func TestAnImportThatAnotherProcessHasIsLeftToIt(t *testing.T) {
	s := newService(t)
	first := s.stage(t, "?source=a&filename=a.csv", limpio)
	path := s.stage(t, "?source=b&filename=b.csv", limpio)
	file := s.slow(t, first)
	s.confirm(t, first, "")
	s.confirm(t, path, "")
	must(t, s.store.ConfirmUpload(t.Context(), 2)) // as another process does meanwhile
	file.write(limpio)
	file.close()
	s.Idle()
	if u := s.finished(t, path); u.Status != store.Importing || !s.hasFile(path) || !s.hasFile(path+".confirmed") {
		t.Errorf("%+v", u)
	}
}

func TestWhatCannotBeReadOfAConfirmationFailsTheUpload(t *testing.T) {
	s := newService(t)
	path := s.stage(t, "?source=a&filename=a.csv", limpio)
	must(t, s.Close(t.Context()))
	must(t, os.WriteFile(filepath.Join(s.dir, filepath.Base(path)+".confirmed"), []byte(`{"sou`), 0o600))
	s = s.restarted(t)
	if u := s.finished(t, path); u.Status != store.Failed || !strings.Contains(u.Error, "confirm it again") {
		t.Errorf("%+v", u)
	}
	s.confirm(t, path, "")
	if u := s.finished(t, path); u.Status != store.Done {
		t.Errorf("%+v", u)
	}
	s.noStagedFiles(t)
}

func TestAnImportIsStoppedAndLeavesNothing(t *testing.T) {
	s := newService(t)
	path := s.stage(t, "?source=a&filename=a.csv", limpio)
	next := s.stage(t, "?source=a&filename=b.csv", limpio)
	file := s.slow(t, path)
	s.confirm(t, path, "")
	s.confirm(t, next, "")
	file.write(limpio[:20])
	answers := make(chan uploaded)
	go func() { answers <- decode[uploaded](t, s.do(t, "DELETE", path, "")) }()
	// One that waits in the queue is stopped, too, before the one under way.
	go func() { answers <- decode[uploaded](t, s.do(t, "DELETE", next, "")) }()
	file.write(limpio[20:60])
	file.close()
	for range 2 {
		if u := <-answers; u.Status != store.Discarded || u.Proposal != nil {
			t.Errorf("%+v", u)
		}
	}
	if summary, err := s.store.Summary(t.Context()); err != nil || summary.Incidents != 0 {
		t.Errorf("%d incidents, %v", summary.Incidents, err)
	}
	s.noStagedFiles(t)
	s.must(t, 409, "POST", path+"/confirm", "")
	s.must(t, 409, "DELETE", path, "")
}

func TestAStagedUploadIsDiscardedWithItsFile(t *testing.T) {
	s := newService(t)
	path := s.stage(t, "?source=a&filename=a.csv", limpio)
	if u := decode[uploaded](t, s.must(t, 200, "DELETE", path, "")); u.Status != store.Discarded || u.Proposal != nil {
		t.Errorf("%+v", u)
	}
	s.noStagedFiles(t)
	s.must(t, 409, "POST", path+"/confirm", "")
}

func TestManyUploadsAtOnceAreAllImported(t *testing.T) {
	s := newService(t)
	const n = 8
	var work sync.WaitGroup
	for i := range n {
		work.Go(func() {
			body := strings.ReplaceAll(limpio, "\n", fmt.Sprintf("\n%d", i))
			body = strings.TrimSuffix(body, strconv.Itoa(i))
			path := s.stage(t, fmt.Sprintf("?source=s%d&filename=a.csv", i%2), body)
			s.confirm(t, path, "")
		})
	}
	work.Wait()
	s.Idle()
	uploads, err := s.store.Uploads(t.Context())
	must(t, err)
	for _, u := range uploads {
		if u.Status != store.Done || u.Report.Taken != 2 {
			t.Errorf("upload %d is %s, %d taken: %s", u.ID, u.Status, u.Report.Taken, u.Error)
		}
	}
	if summary, err := s.store.Summary(t.Context()); err != nil || summary.Incidents != 2*n || len(uploads) != n {
		t.Errorf("%d incidents of %d uploads, %v", summary.Incidents, len(uploads), err)
	}
	s.noStagedFiles(t)
}

func TestAServiceWithoutAFolderStagesInOneThatGoesWithIt(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	s := newService(t, func(o *handlers.Options) { o.TempDir = "" })
	s.imported(t, "?source=a&filename=a.csv", limpio)
	s.stage(t, "?source=a&filename=b.csv", limpio)
	must(t, s.Close(t.Context()))
	left, err := os.ReadDir(temp)
	must(t, err)
	if len(left) > 0 {
		t.Errorf("%v is left", slices.Collect(func(yield func(string) bool) {
			for _, e := range left {
				yield(e.Name())
			}
		}))
	}
}
