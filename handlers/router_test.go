package handlers_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"atalaya/handlers"

	"github.com/gin-gonic/gin"
)

func TestTheDocumentAndTheRoutesAreEqual(t *testing.T) {
	var served, documented []string
	for _, r := range newService(t).Routes() {
		method, path, _ := strings.Cut(r, " ")
		if strings.HasPrefix(path, "/api/") || path == "/healthz" || path == "/readyz" {
			parts := strings.Split(path, "/")
			for i, part := range parts {
				if name, isParam := strings.CutPrefix(part, ":"); isParam {
					parts[i] = "{" + name + "}"
				}
			}
			served = append(served, method+" "+strings.Join(parts, "/"))
		}
	}
	for path, item := range document(t).Paths.Map() {
		for method := range item.Operations() {
			documented = append(documented, method+" "+path)
		}
	}
	slices.Sort(served)
	slices.Sort(documented)
	if !slices.Equal(served, documented) {
		t.Errorf("served:\n%s\ndocumented:\n%s", strings.Join(served, "\n"), strings.Join(documented, "\n"))
	}
}

func TestWhatIsNotThereIsAProblemDocument(t *testing.T) {
	s := newService(t)
	for _, c := range []struct {
		name, method, path string
		status             int
		code, allow        string
	}{
		{"an unknown path of the API", "GET", "/api/v1/nothing", 404, "not_found", ""},
		{"an unknown path", "GET", "/nothing/at/all", 404, "not_found", ""},
		{"a language that is none", "GET", "/fr/", 404, "not_found", ""},
		{"a page where there are no pages", "GET", "/es/", 404, "not_found", ""},
		{"an asset where there are none", "GET", "/assets/map.js", 404, "not_found", ""},
		{"an unknown upload", "GET", "/api/v1/uploads/99", 404, "not_found", ""},
		{"a method that a path does not have", "PATCH", "/api/v1/hotspots", 405, "method_not_allowed", "GET, HEAD"},
		{"a change of what can only be read", "DELETE", "/api/v1/areas", 405, "method_not_allowed", "GET, HEAD"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := s.must(t, c.status, c.method, c.path, "")
			if got := decode[problem](t, w).Code; got != c.code {
				t.Errorf("code %q, want %q", got, c.code)
			}
			if got := w.Header().Get("Allow"); got != c.allow {
				t.Errorf("Allow %q, want %q", got, c.allow)
			}
			if got := w.Header().Get("Cache-Control"); got != "no-store" {
				t.Errorf("Cache-Control %q, want no-store", got)
			}
		})
	}
}

func TestHeadAnswersLikeGet(t *testing.T) {
	s := newService(t)
	for _, path := range []string{"/healthz", "/readyz", "/api/v1/areas", "/api/v1/openapi.yaml"} {
		if got, head := s.must(t, 200, "GET", path, ""), s.must(t, 200, "HEAD", path, ""); got.Header().Get("Content-Type") != head.Header().Get("Content-Type") {
			t.Errorf("%s: GET is %s, HEAD %s", path, got.Header().Get("Content-Type"), head.Header().Get("Content-Type"))
		}
	}
}

func TestABodyOverTheLimitIsRefusedWithTheLimit(t *testing.T) {
	s := newService(t, func(o *handlers.Options) { o.MaxUpload = 1000 })
	s.putSource(t, "America/Guatemala")
	for _, c := range []struct{ name, method, path, mediaType, body, limit string }{
		{"an upload", "POST", "/api/v1/uploads", "text/csv", strings.Repeat("x", 1001), "1000"},
		{"a source", "PUT", "/api/v1/sources/src", "application/json", `{"name":"` + strings.Repeat("x", 1<<20) + `"}`, "1048576"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := s.must(t, 413, c.method, c.path, c.body, "Content-Type", c.mediaType)
			if detail := decode[problem](t, w).Detail; !strings.Contains(detail, c.limit) {
				t.Errorf("detail %q does not name %s", detail, c.limit)
			}
		})
	}
}

func TestABodyOfUnknownLengthIsCutAtTheLimit(t *testing.T) {
	s := newService(t, func(o *handlers.Options) { o.MaxUpload = 1000 })
	r := httptest.NewRequestWithContext(t.Context(), "POST", "http://localhost/api/v1/uploads", io.MultiReader(strings.NewReader(strings.Repeat("x", 1001))))
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if r.ContentLength != -1 || w.Code != 413 {
		t.Errorf("length %d is answered %d %s, want -1 and 413", r.ContentLength, w.Code, w.Body)
	}
	s.noStagedFiles(t)
}

func TestARequestOverItsTimeIsToldSo(t *testing.T) {
	s := newService(t)
	w := httptest.NewRecorder()
	s.One("GET", 0, func(c *gin.Context) error { return c.Request.Context().Err() }).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
	if got := decode[problem](t, w); w.Code != 503 || !strings.Contains(got.Detail, "too long") {
		t.Errorf("%d %+v", w.Code, got)
	}
}

func TestABodyThatStopsComingIsToldSo(t *testing.T) {
	s := newService(t)
	server := httptest.NewServer(s.One("POST", 50*time.Millisecond, func(c *gin.Context) error {
		_, err := io.ReadAll(c.Request.Body)
		return err
	}))
	defer server.Close()
	connection, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close() }()
	if _, err := connection.Write([]byte("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf")); err != nil {
		t.Fatal(err)
	}
	w, err := http.ReadResponse(bufio.NewReader(connection), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	if w.StatusCode != http.StatusRequestTimeout {
		t.Errorf("status %d, want 408", w.StatusCode)
	}
}

func TestAPanicIsAProblemAndTheServiceGoesOn(t *testing.T) {
	s := newService(t)
	broken := s.One("GET", time.Minute, func(*gin.Context) error { panic("secret") })
	for range 2 {
		w := httptest.NewRecorder()
		broken.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/", nil))
		if got := decode[problem](t, w); w.Code != 500 || got.Code != "internal" || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
}

func TestAnAnswerThatBreaksOffDoesNotLookWhole(t *testing.T) {
	s := newService(t)
	server := httptest.NewServer(s.One("GET", time.Minute, func(c *gin.Context) error {
		c.String(200, "row 1\n")
		c.Writer.Flush()
		return errors.New("row 2 cannot be read")
	}))
	defer server.Close()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = w.Body.Close() }()
	if body, err := io.ReadAll(w.Body); err == nil {
		t.Errorf("%q reads as whole", body)
	}
}

// wall stands for the pages, which have tests of their own.
type wall struct{ failed error }

func (w *wall) Root(c *gin.Context)     { c.Redirect(http.StatusSeeOther, "/es/") }
func (w *wall) Home(c *gin.Context)     { c.String(http.StatusOK, "home "+c.Param("lang")) }
func (w *wall) Hotspot(c *gin.Context)  { c.String(http.StatusOK, "hotspot "+c.Param("id")) }
func (w *wall) Map(*gin.Context)        { panic("out of paint") }
func (w *wall) Static(c *gin.Context)   { c.String(http.StatusOK, "file "+c.Param("file")) }
func (w *wall) NotFound(c *gin.Context) { c.String(http.StatusNotFound, "no page") }
func (w *wall) Error(c *gin.Context, e error) {
	w.failed = e
	c.String(http.StatusInternalServerError, "sorry")
}

func TestPagesAreInTheSameTable(t *testing.T) {
	pages := &wall{}
	s := newService(t, func(o *handlers.Options) { o.Pages = pages })
	for _, c := range []struct {
		path   string
		status int
		body   string
	}{
		{"/es/", 200, "home es"},
		{"/en/", 200, "home en"},
		{"/en/hotspots/89c2594e6cfffff", 200, "hotspot 89c2594e6cfffff"},
		{"/static/page.css", 200, "file /page.css"},
		{"/es/nothing", 404, "no page"},
		{"/es/map", 500, "sorry"},
	} {
		if w := s.must(t, c.status, "GET", c.path, ""); w.Body.String() != c.body {
			t.Errorf("%s: %q, want %q", c.path, w.Body, c.body)
		}
	}
	if pages.failed == nil || strings.Contains(pages.failed.Error(), "paint") {
		t.Errorf("the page was told %v: want a fault without its cause", pages.failed)
	}
	if to := s.must(t, 308, "GET", "/es?res=8", "").Header().Get("Location"); to != "/es/?res=8" {
		t.Errorf("/es goes to %q", to)
	}
	s.must(t, 404, "GET", "/fr/map", "")
	s.must(t, 303, "GET", "/", "")
}

func TestAssetsAreKeptForeverAndComeCompressedWhereTheyAre(t *testing.T) {
	files := fstest.MapFS{
		"map-1a2b.js":    {Data: []byte("plain"), Mode: 0o644},
		"map-1a2b.js.br": {Data: []byte("brotli"), Mode: 0o644},
		"map-1a2b.js.gz": {Data: []byte("gzip"), Mode: 0o644},
		"manifest.json":  {Data: []byte("{}")},
		".keep":          {},
		"dir/x.js":       {Data: []byte("deep"), Mode: 0o644},
	}
	s := newService(t, func(o *handlers.Options) { o.Assets = fs.FS(files) })
	for _, c := range []struct{ accept, body, encoding string }{
		{"", "plain", ""}, {"gzip", "gzip", "gzip"}, {"gzip, br", "brotli", "br"}, {"br;q=0, gzip", "gzip", "gzip"},
	} {
		w := s.must(t, 200, "GET", "/assets/map-1a2b.js", "", "Accept-Encoding", c.accept)
		if w.Body.String() != c.body || w.Header().Get("Content-Encoding") != c.encoding {
			t.Errorf("accepting %q: %q as %q", c.accept, w.Body, w.Header().Get("Content-Encoding"))
		}
		if got := w.Header().Get("Content-Type"); !strings.HasPrefix(got, "text/javascript") {
			t.Errorf("accepting %q: Content-Type %q", c.accept, got)
		}
		if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("Cache-Control %q", got)
		}
	}
	for _, path := range []string{"manifest.json", ".keep", "dir", "dir/", "none.js", "../api.go", ""} {
		s.must(t, 404, "GET", "/assets/"+path, "")
	}
	s.must(t, 200, "GET", "/assets/dir/x.js", "")
}

func TestHealthTellsWhichProgramAndWhichData(t *testing.T) {
	s := newService(t)
	if got := decode[map[string]string](t, s.must(t, 200, "GET", "/healthz", "")); got["version"] != "test" {
		t.Errorf("%v", got)
	}
	before := decode[map[string]any](t, s.must(t, 200, "GET", "/readyz", ""))["data_version"].(float64)
	s.must(t, 201, "PUT", "/api/v1/categories/theft", `{"name_es":"Hurto","name_en":"Theft"}`, "Content-Type", "application/json")
	after := decode[map[string]any](t, s.must(t, 200, "GET", "/readyz", ""))["data_version"].(float64)
	if after <= before {
		t.Errorf("data version %v after a change, %v before", after, before)
	}
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	if w := s.do(t, "GET", "/readyz", ""); w.Code < 500 {
		t.Errorf("ready with a closed store: %d", w.Code)
	}
	s.must(t, 200, "GET", "/healthz", "")
}

func TestNewRefusesWhatItCannotWorkWith(t *testing.T) {
	if _, err := handlers.New(handlers.Options{}); err == nil {
		t.Error("no store, no maker: no error")
	}
	s := newService(t)
	_, err := handlers.New(handlers.Options{Store: s.store, TempDir: "/nonexistent"})
	if err == nil {
		t.Error("no folder for uploads: no error")
	}
}

func ExampleOptions() {
	o := handlers.Options{MaxUpload: 64 << 20, Clock: time.Now} // uploads up to 64 MiB
	fmt.Println(o.MaxUpload>>20, "MiB")
	// Output: 64 MiB
}
