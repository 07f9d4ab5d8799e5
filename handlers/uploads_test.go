package handlers_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"atalaya/store"
)

const hechos = `id,latitude,longitude,category,date
1,14.61,-90.51,robbery,2025-03-01T10:00:00Z
2,14.62,-90.52,robbery,2025-03-01T11:00:00Z
3,95.20,-90.53,theft,2025-03-01T12:00:00Z
`

type uploaded struct {
	ID     int64
	Status store.UploadStatus
	Bytes  int64
	SHA256 string `json:"sha256"`
	Error  string
	Report store.Report
}

// finished waits until the import of an upload has ended.
func (s *service) finished(t *testing.T, accepted *httptest.ResponseRecorder) uploaded {
	t.Helper()
	s.Idle()
	return decode[uploaded](t, s.must(t, 200, "GET", accepted.Header().Get("Location"), ""))
}

func TestAFileIsTakenImportedReportedAndUndone(t *testing.T) {
	s := newService(t)
	w := s.must(t, 202, "POST", "/api/v1/uploads?filename=hechos.csv&source=src&timezone=America/Guatemala", hechos, "Content-Type", "text/csv")
	if got := decode[uploaded](t, w); got.Status != store.Importing && got.Status != store.Done || got.Bytes != int64(len(hechos)) {
		t.Errorf("%+v", got)
	}
	u := s.finished(t, w)
	if u.Status != store.Done || u.Report.Rows != 3 || u.Report.Taken != 2 || u.Report.Rejected != 1 || u.Report.File != "hechos.csv" || u.Report.Source != "src" {
		t.Fatalf("%+v", u)
	}
	if u.SHA256 == "" || u.Bytes != int64(len(hechos)) {
		t.Errorf("hash %q of %d bytes", u.SHA256, u.Bytes)
	}
	if list := decode[struct{ Uploads []uploaded }](t, s.must(t, 200, "GET", "/api/v1/uploads", "")); len(list.Uploads) != 1 {
		t.Errorf("%+v", list)
	}
	path := fmt.Sprintf("/api/v1/uploads/%d", u.ID)
	if got := decode[uploaded](t, s.must(t, 200, "DELETE", path, "")); got.Status != store.Undone {
		t.Errorf("%+v", got)
	}
	if got := decode[problem](t, s.must(t, 409, "DELETE", path, "")); got.Detail == "" {
		t.Errorf("%+v", got)
	}
	if summary, err := s.store.Summary(t.Context()); err != nil || summary.Incidents != 0 {
		t.Errorf("%d incidents after undo, %v", summary.Incidents, err)
	}
	s.noStagedFiles(t)
}

func (s *service) noStagedFiles(t *testing.T) {
	t.Helper()
	left, err := os.ReadDir(s.dir)
	if err != nil || len(left) > 0 {
		t.Errorf("staged files left: %v, %v", left, err)
	}
}

// form returns a multipart form with the parts name, file name, content.
func form(t *testing.T, parts ...[3]string) (body, contentType string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, p := range parts {
		part, err := w.CreateFormFile(p[0], p[1])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(p[2])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w.FormDataContentType()
}

func TestTheNameOfAFileComesFromQueryFormOrHeader(t *testing.T) {
	s := newService(t)
	inForm, formType := form(t, [3]string{"file", "from form.csv", hechos})
	for _, c := range []struct {
		name, query, body string
		headers           []string
		want              string
	}{
		{"the query", "?filename=q.csv", hechos, nil, "q.csv"},
		{"the form", "", inForm, []string{"Content-Type", formType}, "from form.csv"},
		{"the query before the form", "?filename=q.csv", inForm, []string{"Content-Type", formType}, "q.csv"},
		{"the header", "", hechos, []string{"Content-Disposition", `attachment; filename="h.csv"`}, "h.csv"},
		{"a path of Windows", "?filename=C%3A%5Cdata%5Cw.csv", hechos, nil, "w.csv"},
		{"a way out of the folder", "?filename=../../etc/passwd", hechos, nil, "passwd"},
		{"an escape sequence", "?filename=%1B%5B31mred.csv", hechos, nil, "[31mred.csv"},
		{"accents", "?filename=a%C3%B1o.csv", hechos, nil, "año.csv"},
		{"a very long name keeps its end", "?filename=" + strings.Repeat("x", 300) + ".csv", hechos, nil, strings.Repeat("x", 196) + ".csv"},
	} {
		t.Run(c.name, func(t *testing.T) {
			join := "?"
			if c.query != "" {
				join = "&"
			}
			w := s.must(t, 202, "POST", "/api/v1/uploads"+c.query+join+"source=src", c.body, c.headers...)
			if u := s.finished(t, w); u.Report.File != c.want || u.Status != store.Done {
				t.Errorf("file %q, %s %s; want %q", u.Report.File, u.Status, u.Error, c.want)
			}
		})
	}
}

func TestABadUploadIsRefusedAtOnce(t *testing.T) {
	s := newService(t)
	empty, emptyType := form(t)
	other, otherType := form(t, [3]string{"datei", "x.csv", hechos})
	two, twoType := form(t, [3]string{"file", "x.csv", hechos}, [3]string{"file", "y.csv", hechos})
	whole, wholeType := form(t, [3]string{"file", "x.csv", hechos})
	for _, c := range []struct {
		name, query, body, contentType string
		want                           []string
	}{
		{"nothing in it", "", "", "text/csv", []string{"file="}},
		{"an unknown zone, system and parameter", "?timezone=Mars&crs=EPSG:1&x=1", hechos, "text/csv", []string{"timezone=Mars", "crs=EPSG:1", "x=1"}},
		{"maps that are none", "?map=category&map=:x&map=a:b&map=a:c", hechos, "text/csv", []string{"map=category", "map=:x", "map=a:c"}},
		{"a form without parts", "", empty, emptyType, []string{"file="}},
		{"a form with another part", "", other, otherType, []string{"datei="}},
		{"a form with two files", "", two, twoType, []string{"file="}},
		{"a form that breaks off", "", whole[:len(whole)-70], wholeType, []string{"body="}},
		{"a form without boundary", "", whole, "multipart/form-data", []string{"Content-Type=multipart/form-data"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := decode[problem](t, s.must(t, 400, "POST", "/api/v1/uploads"+c.query, c.body, "Content-Type", c.contentType))
			if !slices.Equal(got.parameters(), c.want) {
				t.Errorf("got %q, want %q", got.parameters(), c.want)
			}
		})
	}
	s.noStagedFiles(t)
	if uploads, err := s.store.Uploads(t.Context()); err != nil || len(uploads) != 0 {
		t.Errorf("%d uploads recorded, %v", len(uploads), err)
	}
	for _, id := range []string{"0", "-1", "x", "1.5"} {
		for _, path := range []string{"", "/rejects.csv"} {
			s.must(t, 400, "GET", "/api/v1/uploads/"+id+path, "")
		}
	}
}

func TestAnImportThatFailsSaysWhy(t *testing.T) {
	s := newService(t)
	u := s.finished(t, s.must(t, 202, "POST", "/api/v1/uploads?source=src&filename=x.bin", "\x00\x01\x02\x03", "Content-Type", "application/octet-stream"))
	if u.Status != store.Failed || u.Error == "" {
		t.Errorf("%+v", u)
	}
	s.must(t, 409, "DELETE", fmt.Sprintf("/api/v1/uploads/%d", u.ID), "")
	s.noStagedFiles(t)
}

func TestRejectedRowsComeAsCSVThatASpreadsheetMayOpen(t *testing.T) {
	s := newService(t)
	body := hechos + "4,\"=HYPERLINK(\"\"http://x\"\")\",-90.5,theft,2025-03-01T12:00:00Z\n"
	u := s.finished(t, s.must(t, 202, "POST", "/api/v1/uploads?source=src&filename=x.csv", body, "Content-Type", "text/csv"))
	w := s.must(t, 200, "GET", fmt.Sprintf("/api/v1/uploads/%d/rejects.csv", u.ID), "")
	lines := strings.Split(strings.TrimSpace(w.Body.String()), "\n")
	if len(lines) != 3 || lines[0] != "row,reason,field,value,message" || !strings.HasPrefix(lines[1], "4,") || !strings.HasPrefix(lines[2], "5,") {
		t.Fatalf("%q", lines)
	}
	if strings.Contains(w.Body.String(), ",=") || strings.Contains(w.Body.String(), `,"=`) {
		t.Errorf("%q has a formula", lines[2])
	}
	if got := w.Header().Get("Content-Disposition"); !strings.Contains(got, fmt.Sprintf("atalaya-upload-%d-rejects.csv", u.ID)) {
		t.Errorf("Content-Disposition %q", got)
	}
}

func TestClosingFailsWhatWaitsAndTakesNothingMore(t *testing.T) {
	s := newService(t)
	accepted := make([]*httptest.ResponseRecorder, 0, 3)
	for range 3 {
		accepted = append(accepted, s.must(t, 202, "POST", "/api/v1/uploads?source=src&filename=x.csv", hechos, "Content-Type", "text/csv"))
	}
	if err := s.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, w := range accepted {
		u := decode[uploaded](t, s.must(t, 200, "GET", w.Header().Get("Location"), ""))
		if u.Status != store.Done && u.Status != store.Failed || u.Status == store.Failed && u.Error == "" {
			t.Errorf("%s %q", u.Status, u.Error)
		}
	}
	if got := decode[problem](t, s.must(t, 503, "POST", "/api/v1/uploads?source=src", hechos, "Content-Type", "text/csv")); got.Code != "unavailable" {
		t.Errorf("%+v", got)
	}
	s.noStagedFiles(t)
	if err := s.Close(t.Context()); err != nil {
		t.Errorf("a second Close: %v", err)
	}
}
