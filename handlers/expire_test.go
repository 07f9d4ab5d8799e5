package handlers_test

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"atalaya/handlers"
	"atalaya/store"
)

func TestFilesThatNobodyConfirmsGoAfterThirtyDays(t *testing.T) {
	var log bytes.Buffer
	now := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	at := func(o *handlers.Options) {
		o.Clock, o.Logger = func() time.Time { return now }, slog.New(slog.NewTextHandler(&log, nil))
	}
	s := newService(t, at)
	old := s.stage(t, "?source=a&filename=old.csv", limpio)
	failed := s.stage(t, "?source=c&filename=failed.csv", strings.ReplaceAll(limpio, "latitude", "ns"))
	s.confirm(t, failed, "")
	if u := s.finished(t, failed); u.Status != store.Failed {
		t.Fatalf("%+v", u)
	}
	now = now.AddDate(0, 0, 20)
	young := s.stage(t, "?source=b&filename=young.csv", limpio)

	now = now.AddDate(0, 0, 10) // thirty days to the second are not over
	must(t, s.Expire(t.Context()))
	for _, path := range []string{old, young, failed} {
		if !s.hasFile(path) {
			t.Errorf("%s went too early", path)
		}
	}
	now = now.Add(time.Second)
	must(t, s.Expire(t.Context()))
	// A failed import stays on record; its file is not kept for ever.
	for path, want := range map[string]struct {
		status store.UploadStatus
		isKept bool
	}{old: {store.Discarded, false}, young: {store.Staged, true}, failed: {store.Failed, false}} {
		if u := s.finished(t, path); u.Status != want.status || s.hasFile(path) != want.isKept {
			t.Errorf("%s is %s, its file there: %v", path, u.Status, s.hasFile(path))
		}
	}
	if text := log.String(); strings.Count(text, "nobody confirmed") != 2 || !strings.Contains(text, "file=old.csv since=2026-01-02T03:04:05") {
		t.Errorf("log:\n%s", text)
	}
	s.must(t, 409, "POST", failed+"/confirm", "")

	// The same at the start of a service, and not where it keeps them.
	now = now.AddDate(1, 0, 0)
	must(t, s.Close(t.Context()))
	kept := newService(t, at, func(o *handlers.Options) { o.Store, o.TempDir, o.KeepStaged = s.store, s.dir, -1 })
	if u := kept.finished(t, young); u.Status != store.Staged {
		t.Errorf("%s", u.Status)
	}
	must(t, kept.Close(t.Context()))
	again := newService(t, at, func(o *handlers.Options) { o.Store, o.TempDir = s.store, s.dir })
	if u := again.finished(t, young); u.Status != store.Discarded || again.hasFile(young) {
		t.Errorf("%s", u.Status)
	}
}

// hasFile reports whether the file of the upload at a path is staged.
func (s *service) hasFile(path string) bool {
	_, err := os.Stat(filepath.Join(s.dir, filepath.Base(path)))
	return err == nil
}
