package handlers_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"atalaya/handlers"
	"atalaya/handlers/openapi"
	"atalaya/store"
	"atalaya/store/layer"
	"atalaya/store/sqlite"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	openapi3filter.RegisterBodyDecoder("application/geo+json", openapi3filter.JSONBodyDecoder)
	openapi3filter.RegisterBodyDecoder("text/event-stream", openapi3filter.PlainBodyDecoder)
	for _, mediaType := range []string{"application/x-ndjson", "application/ndjson", "application/geo+json-seq"} {
		openapi3filter.RegisterBodyDecoder(mediaType, openapi3filter.PlainBodyDecoder)
	}
	goleak.VerifyTestMain(m)
}

// service is an API over a database of its own. Every answer that it gives in
// a test is held against the OpenAPI document, and so is every request that
// succeeds.
type service struct {
	*handlers.API
	store  store.Store
	dir    string // of staged uploads
	router routers.Router
	pages  bool // errors of pages are pages
}

func newService(t *testing.T, change ...func(*handlers.Options)) *service {
	t.Helper()
	st, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "atalaya.gpkg"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	guatemala, err := time.LoadLocation("America/Guatemala")
	if err != nil {
		t.Fatal(err)
	}
	options := handlers.Options{
		Store: st, Maker: layer.NewMaker(st), TempDir: t.TempDir(), TimeZone: guatemala, Version: "test",
		Clock: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
	}
	for _, c := range change {
		c(&options)
	}
	api, err := handlers.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := api.Close(t.Context()); err != nil && !errors.Is(err, t.Context().Err()) {
			t.Error(err)
		}
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	router, err := legacy.NewRouter(document(t))
	if err != nil {
		t.Fatal(err)
	}
	return &service{API: api, store: options.Store, dir: options.TempDir, router: router, pages: options.Pages != nil}
}

func document(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(openapi.Document())
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// do sends a request with headers as name, value, name, value.
func (s *service) do(t *testing.T, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://localhost"+target, strings.NewReader(body))
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		} else {
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	r.Body = io.NopCloser(strings.NewReader(body))
	s.hold(t, r, w)
	return w
}

// hold fails the test where an answer is not as the document says.
func (s *service) hold(t *testing.T, r *http.Request, w *httptest.ResponseRecorder) {
	t.Helper()
	if w.Header().Get("X-Request-Id") == "" {
		t.Errorf("%s %s: no request id", r.Method, r.URL)
	}
	if r.Method == http.MethodHead || w.Header().Get("Content-Encoding") != "" {
		return
	}
	route, params, err := s.router.FindRoute(r)
	if err != nil { // not a path of the API: what goes wrong is a problem all the same
		if w.Code >= 400 && !s.pages {
			s.holdProblem(t, r, w)
		}
		return
	}
	input := &openapi3filter.RequestValidationInput{Request: r, PathParams: params, Route: route, Options: &openapi3filter.Options{IncludeResponseStatus: true}}
	if w.Code < 300 {
		input.Options.ExcludeRequestBody = strings.HasSuffix(route.Path, "/uploads") // any bytes are allowed there
		if err := openapi3filter.ValidateRequest(t.Context(), input); err != nil {
			t.Errorf("%s %s is taken but not in the document: %v", r.Method, r.URL, err)
		}
	}
	answer := &openapi3filter.ResponseValidationInput{RequestValidationInput: input, Status: w.Code, Header: w.Header(), Options: input.Options}
	answer.SetBodyBytes(w.Body.Bytes())
	if err := openapi3filter.ValidateResponse(t.Context(), answer); err != nil {
		t.Errorf("%s %s answers %d, not as the document says: %v", r.Method, r.URL, w.Code, err)
	}
}

func (s *service) holdProblem(t *testing.T, r *http.Request, w *httptest.ResponseRecorder) {
	t.Helper()
	var body any
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || w.Header().Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%s %s: %d %s %s is no problem document", r.Method, r.URL, w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	if err := document(t).Components.Schemas["Problem"].Value.VisitJSON(body); err != nil {
		t.Errorf("%s %s: %v", r.Method, r.URL, err)
	}
}

// must is do for a request that is to be answered with a status.
func (s *service) must(t *testing.T, status int, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	w := s.do(t, method, target, body, headers...)
	if w.Code != status {
		t.Fatalf("%s %s: %d %s, want %d", method, target, w.Code, w.Body, status)
	}
	return w
}

// decode reads an answer into a value.
func decode[T any](t *testing.T, w *httptest.ResponseRecorder) T {
	t.Helper()
	var v T
	if err := json.NewDecoder(bytes.NewReader(w.Body.Bytes())).Decode(&v); err != nil {
		t.Fatalf("%s: %v", w.Body, err)
	}
	return v
}

// problem is what tests read of a problem document.
type problem struct {
	Detail, Code string
	Errors       []struct {
		Row                                int
		Parameter, Value, Allowed, Message string
	}
}

// parameters returns what is wrong, as "parameter=value" in order.
func (p problem) parameters() []string {
	out := make([]string, 0, len(p.Errors))
	for _, e := range p.Errors {
		out = append(out, e.Parameter+"="+e.Value)
	}
	return out
}

// putSource stores the source "src".
func (s *service) putSource(t *testing.T, zone string) {
	t.Helper()
	if err := s.store.PutSource(t.Context(), store.Source{Code: "src", Name: "Synthetic", TimeZone: zone, Synthetic: true}); err != nil {
		t.Fatal(err)
	}
}
