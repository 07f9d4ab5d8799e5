package handlers_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"atalaya/handlers"
	"atalaya/store"
)

// event is one that a server sent.
type event struct{ name, data string }

// listener reads the events of an upload.
type listener struct {
	t    *testing.T
	body io.ReadCloser
	in   *bufio.Scanner
}

// listen begins to hear what happens to the upload at a path.
func listen(t *testing.T, server *httptest.Server, path string) *listener {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+path+"/events", nil)
	must(t, err)
	w, err := server.Client().Do(r)
	must(t, err)
	if got := w.Header.Get("Content-Type"); w.StatusCode != http.StatusOK || got != "text/event-stream" {
		t.Fatalf("%s, %s", w.Status, got)
	}
	t.Cleanup(func() { _ = w.Body.Close() })
	return &listener{t: t, body: w.Body, in: bufio.NewScanner(w.Body)}
}

// next returns the next event; the zero event at the end.
func (l *listener) next() event {
	l.t.Helper()
	var e event
	for l.in.Scan() {
		name, value, _ := strings.Cut(l.in.Text(), ": ")
		switch name {
		case "event":
			e.name = value
		case "data":
			e.data = value
		case "":
			if e.name != "" {
				return e
			}
		}
	}
	if err := l.in.Err(); err != nil {
		l.t.Error(err)
	}
	return event{}
}

// last returns the last event before the answer ends.
func (l *listener) last() event {
	l.t.Helper()
	var last event
	for e := l.next(); e != (event{}); e = l.next() {
		last = e
	}
	return last
}

func TestListenersHearTheStateTheProgressAndTheEnd(t *testing.T) {
	s := newService(t)
	server := httptest.NewServer(s)
	defer server.Close()
	path := s.stage(t, "?source=a&filename=a.csv", limpio)
	file := s.slow(t, path)
	early := listen(t, server, path)
	if e := early.next(); e.name != "staged" || !strings.Contains(e.data, `"proposal":`) {
		t.Errorf("first %+v", e)
	}
	s.confirm(t, path, "")
	file.write(limpio[:20])
	if e := early.next(); e.name != "progress" {
		t.Errorf("then %+v", e)
	}
	// One that comes late hears how far it is, one that does not read holds
	// nobody up.
	late, slow := listen(t, server, path), listen(t, server, path)
	var progress struct {
		Rows, Bytes, Total int
		RowsPerSecond      float64  `json:"rows_per_second"`
		RemainingSeconds   *float64 `json:"remaining_seconds"`
	}
	if e := late.next(); e.name != "progress" || json.Unmarshal([]byte(e.data), &progress) != nil {
		t.Errorf("late %+v", e)
	}
	file.write(limpio[20:])
	file.close()
	for name, l := range map[string]*listener{"early": early, "late": late} {
		var u uploaded
		e := l.last()
		if err := json.Unmarshal([]byte(e.data), &u); e.name != "done" || err != nil || u.Status != store.Done || u.Report.Taken != 2 {
			t.Errorf("%s: last %+v, %v", name, e, err)
		}
	}
	if e := slow.last(); e.name != "done" {
		t.Errorf("slow: last %+v", e)
	}
	if e := listen(t, server, path).next(); e.name != "done" {
		t.Errorf("after the end %+v", e)
	}
}

func TestProgressGoesForwardOverBothPassesOfAPackedFile(t *testing.T) {
	const rows = 100_000
	s := newService(t, func(o *handlers.Options) { o.Clock = time.Now })
	server := httptest.NewServer(s)
	defer server.Close()
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	var text strings.Builder
	text.WriteString("id,latitude,longitude,category,date\n")
	for i := range rows {
		_, _ = fmt.Fprintf(&text, "%d,14.%05d,-90.51,robbery,2025-03-01\n", i, 60_000+i%5000) // a Builder takes everything
	}
	_, err := io.WriteString(z, text.String())
	must(t, err)
	must(t, z.Close())
	path := s.stage(t, "?source=a&filename=a.csv.gz", packed.String())
	events := listen(t, server, path)
	s.confirm(t, path, "")
	order := []string{"wait", "unpack", "survey", "take", "finish"}
	var before struct {
		Phase              string
		Rows, Bytes, Total int
		TotalRows          int `json:"total_rows"`
	}
	before.Phase = order[0]
	seen := 0
	for e := events.next(); e.name == "staged" || e.name == "progress"; e = events.next() {
		if e.name == "staged" {
			continue
		}
		now := before
		must(t, json.Unmarshal([]byte(e.data), &now))
		if now.Rows < before.Rows || now.Bytes < before.Bytes || slices.Index(order, now.Phase) < slices.Index(order, before.Phase) {
			t.Errorf("%s after %+v", e.data, before)
		}
		if now.Phase != "wait" && now.Total != packed.Len() || now.Phase == "take" && now.TotalRows != 2*rows {
			t.Errorf("%s of %d bytes packed", e.data, packed.Len())
		}
		before = now
		seen++
	}
	if u := s.finished(t, path); u.Status != store.Done || u.Report.Taken != rows || seen < 2 || before.Rows <= rows {
		t.Errorf("%s, %d taken, %d events, the last of them %+v", u.Status, u.Report.Taken, seen, before)
	}
}

func TestAFailureAndADiscardAreHeard(t *testing.T) {
	s := newService(t)
	server := httptest.NewServer(s)
	defer server.Close()
	path := s.stage(t, "?source=a&filename=a.csv", strings.ReplaceAll(limpio, "latitude", "ns"))
	s.confirm(t, path, "")
	if e := listen(t, server, path).last(); e.name != "failed" || !strings.Contains(e.data, `"error":`) {
		t.Errorf("%+v", e)
	}
	path = s.stage(t, "?source=a&filename=a.csv", limpio)
	waiting := listen(t, server, path)
	if e := waiting.next(); e.name != "staged" {
		t.Errorf("%+v", e)
	}
	s.must(t, 200, "DELETE", path, "")
	if e := waiting.last(); e.name != "discarded" {
		t.Errorf("%+v", e)
	}
}

func TestEventsEndWithTheService(t *testing.T) {
	s := newService(t)
	server := httptest.NewServer(s)
	defer server.Close()
	waiting := listen(t, server, s.stage(t, "?source=a&filename=a.csv", limpio))
	if e := waiting.next(); e.name != "staged" {
		t.Errorf("%+v", e)
	}
	s.EndStreams()
	if e := waiting.next(); e != (event{}) {
		t.Errorf("after the end %+v", e)
	}
	s.EndStreams() // again
}

func TestAListenerWhoGoesIsForgotten(t *testing.T) {
	s := newService(t)
	server := httptest.NewServer(s)
	waiting := listen(t, server, s.stage(t, "?source=a&filename=a.csv", limpio))
	waiting.next()
	must(t, waiting.body.Close())
	server.Close() // waits for every answer under way
}

func TestEventsAreAskedForAsEverythingElseIs(t *testing.T) {
	s := newService(t)
	path := s.imported(t, "?source=a&filename=a.csv", limpio)
	events := "/api/v1/uploads/1/events"
	if path.ID != 1 {
		t.Fatalf("upload %d", path.ID)
	}
	if w := s.must(t, 200, "GET", events, "", "Accept-Encoding", "gzip"); w.Header().Get("Content-Encoding") != "" || !strings.HasPrefix(w.Body.String(), "event: done\ndata: {") {
		t.Errorf("%q as %q", w.Body, w.Header().Get("Content-Encoding"))
	}
	s.must(t, 200, "HEAD", events, "")
	s.must(t, 404, "GET", "/api/v1/uploads/99/events", "")
	s.must(t, 400, "GET", "/api/v1/uploads/x/events", "")
	s.must(t, 400, "GET", events+"?since=1", "")
}
