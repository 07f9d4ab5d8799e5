package handlers_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"mime/multipart"
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

// limpio is a file of which nothing is in doubt.
const limpio = `id,latitude,longitude,category,date
1,14.61,-90.51,robbery,2025-03-01T10:00:00Z
2,14.62,-90.52,robbery,2025-03-01T11:00:00Z
`

type uploaded struct {
	ID       int64
	Status   store.UploadStatus
	Bytes    int64
	SHA256   string `json:"sha256"`
	Error    string
	Proposal *store.Proposal
	Report   store.Report
}

// stage uploads a file and returns the path of its upload.
func (s *service) stage(t *testing.T, query, body string, headers ...string) string {
	t.Helper()
	w := s.must(t, 202, "POST", "/api/v1/uploads"+query, body, headers...)
	if u := decode[uploaded](t, w); u.Status != store.Staged || u.Proposal == nil {
		t.Fatalf("%+v is not staged", u)
	}
	return w.Header().Get("Location")
}

// confirm has the upload at a path imported, with corrections as JSON.
func (s *service) confirm(t *testing.T, path, corrections string) {
	t.Helper()
	s.must(t, 202, "POST", path+"/confirm", corrections, "Content-Type", "application/json")
}

// finished waits until no import runs and returns the upload at a path.
func (s *service) finished(t *testing.T, path string) uploaded {
	t.Helper()
	s.Idle()
	return decode[uploaded](t, s.must(t, 200, "GET", path, ""))
}

// imported uploads and confirms a file and returns the upload when its import
// has ended.
func (s *service) imported(t *testing.T, query, body string, headers ...string) uploaded {
	t.Helper()
	path := s.stage(t, query, body, headers...)
	s.confirm(t, path, "")
	return s.finished(t, path)
}

func TestAFileIsStagedConfirmedImportedReportedAndUndone(t *testing.T) {
	s := newService(t)
	path := s.stage(t, "?filename=hechos.csv&source=src&timezone=America/Guatemala", hechos, "Content-Type", "text/csv")
	if got := s.finished(t, path); got.Bytes != int64(len(hechos)) || got.SHA256 == "" || got.Report.File != "hechos.csv" || got.Report.Source != "src" {
		t.Errorf("%+v", got)
	}
	s.confirm(t, path, "")
	u := s.finished(t, path)
	if u.Status != store.Done || u.Report.Rows != 3 || u.Report.Taken != 2 || u.Report.Rejected != 1 || u.Report.File != "hechos.csv" || u.Report.Source != "src" || u.Proposal != nil {
		t.Fatalf("%+v", u)
	}
	if u.SHA256 == "" || u.Bytes != int64(len(hechos)) {
		t.Errorf("hash %q of %d bytes", u.SHA256, u.Bytes)
	}
	s.noStagedFiles(t)
	if list := decode[struct{ Uploads []uploaded }](t, s.must(t, 200, "GET", "/api/v1/uploads", "")); len(list.Uploads) != 1 {
		t.Errorf("%+v", list)
	}
	if got := decode[uploaded](t, s.must(t, 200, "DELETE", path, "")); got.Status != store.Undone {
		t.Errorf("%+v", got)
	}
	for _, again := range []string{"DELETE " + path, "POST " + path + "/confirm"} {
		method, path, _ := strings.Cut(again, " ")
		if got := decode[problem](t, s.must(t, 409, method, path, "")); got.Detail == "" {
			t.Errorf("%s: %+v", again, got)
		}
	}
	if summary, err := s.store.Summary(t.Context()); err != nil || summary.Incidents != 0 {
		t.Errorf("%d incidents after undo, %v", summary.Incidents, err)
	}
}

func (s *service) noStagedFiles(t *testing.T) {
	t.Helper()
	if left := s.stagedFiles(t); len(left) > 0 {
		t.Errorf("staged files left: %v", left)
	}
}

func (s *service) stagedFiles(t *testing.T) []os.DirEntry {
	t.Helper()
	left, err := os.ReadDir(s.dir)
	must(t, err)
	return left
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
			if u := s.imported(t, c.query+join+"source=src", c.body, c.headers...); u.Report.File != c.want || u.Status != store.Done {
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
		{"a way to confirm and rows that are none", "?confirm=yes&rows=many&source=a%20b", hechos, "text/csv", []string{"confirm=yes", "source=a b", "rows=many"}},
		{"a mapping and an allowance of columns that are not there", "?map=lat:LATITUD&allow=Edad", hechos, "text/csv", []string{"allow=Edad"}},
		{"what is no file of incidents", "", "\x00\x01\x02\x03", "application/octet-stream", nil},
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

func TestAnImportThatFailsSaysWhyAndMayBeConfirmedAgain(t *testing.T) {
	s := newService(t)
	path := s.stage(t, "?source=src&filename=x.csv", strings.ReplaceAll(limpio, "latitude", "ns"))
	s.confirm(t, path, `{"mapping": {}}`)
	u := s.finished(t, path)
	if u.Status != store.Failed || u.Error == "" || u.Proposal == nil || len(u.Proposal.Doubts) == 0 || u.Proposal.Doubts[0].Code != store.DoubtRefused {
		t.Fatalf("%+v", u)
	}
	s.confirm(t, path, `{"mapping": {"lat": "ns", "lon": "longitude"}}`)
	if u := s.finished(t, path); u.Status != store.Done || u.Error != "" || u.Report.Taken != 2 {
		t.Errorf("%+v", u)
	}
	s.noStagedFiles(t)
}

func TestRejectedRowsComeAsCSVInTheLanguageOfTheReader(t *testing.T) {
	s := newService(t)
	body := "id,latitude,longitude,category,date,victim_name\n1,14.61,-90.51,robbery,2025-03-01,Ana\n2,n/a?,-90.5,theft,2025-03-01,Luis\n3,14.6,-90.5,=HYPERLINK(),nunca,Eva\n" +
		"4,14.6,-90.5,robbery, with a knife,2025-03-01,Sol\n"
	u := s.imported(t, "?source=src&filename=x.csv", body, "Content-Type", "text/csv")
	path := fmt.Sprintf("/api/v1/uploads/%d/rejects.csv", u.ID)
	for lang, says := range map[string]struct{ message, detail string }{
		"es": {"Las coordenadas no son números. Corríjalas.", "la latitud no es un número; se admiten grados de WGS 84"},
		"en": {"The coordinates are not numbers. Correct them.", "the latitude is no number; allowed: degrees of WGS 84"},
	} {
		w := s.must(t, 200, "GET", path, "", "Accept-Language", lang)
		lines, err := csv.NewReader(w.Body).ReadAll()
		if err != nil || len(lines) != 4 {
			t.Fatalf("%q, %v", lines, err)
		}
		header := []string{"row", "reason", "field", "value", "message", "detail", "id", "latitude", "longitude", "category", "date"}
		if !slices.Equal(lines[0], header) {
			t.Errorf("header %q", lines[0])
		}
		if l := lines[1]; l[0] != "3" || l[1] != "bad_coordinates" || l[4] != says.message || l[5] != says.detail || l[6] != "2" || l[7] != "n/a?" || w.Header().Get("Content-Language") != lang {
			t.Errorf("%q in %s", l, w.Header().Get("Content-Language"))
		}
		if l := lines[2]; l[9] != "'=HYPERLINK()" {
			t.Errorf("%q has a formula", l)
		}
		// The row with one cell too many comes as it stood, but for where the name may be.
		if l, want := lines[3], []string{"4", "14.6", "-90.5", "robbery", " with a knife"}; l[1] != "surplus_cells" || !slices.Equal(l[6:], want) {
			t.Errorf("%q, want %q at the end", l, want)
		}
		if got := w.Header().Get("Content-Disposition"); !strings.Contains(got, fmt.Sprintf("atalaya-upload-%d-rejects.csv", u.ID)) {
			t.Errorf("Content-Disposition %q", got)
		}
		for _, name := range []string{"Ana", "Luis", "Eva", "Sol"} {
			if strings.Contains(w.Body.String(), name) {
				t.Errorf("%s is in the file", name)
			}
		}
	}
}
