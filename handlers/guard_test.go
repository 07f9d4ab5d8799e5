package handlers_test

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"

	"atalaya/handlers"
)

func TestOnlyHostsOfTheServiceAreAnsweredFor(t *testing.T) {
	loopback := newService(t)
	named := newService(t, func(o *handlers.Options) { o.AllowedHosts = []string{"atalaya.example"} })
	for _, c := range []struct {
		name    string
		service *service
		host    string
		status  int
	}{
		{"localhost", loopback, "localhost", 200},
		{"localhost with a port", loopback, "localhost:8080", 200},
		{"capitals", loopback, "LocalHost:8080", 200},
		{"an IPv4 loopback", loopback, "127.0.0.1:8080", 200},
		{"an IPv6 loopback", loopback, "[::1]:8080", 200},
		{"an IPv6 loopback without port", loopback, "[::1]", 200},
		{"a name that may resolve to loopback", loopback, "evil.example:8080", 421},
		{"a name that begins like ours", loopback, "localhost.evil.example", 421},
		{"an address of the network", loopback, "192.168.1.20:8080", 421},
		{"the name it was given", named, "atalaya.example:443", 200},
		{"another than the name it was given", named, "localhost", 421},
	} {
		t.Run(c.name, func(t *testing.T) { c.service.must(t, c.status, "GET", "/healthz", "", "Host", c.host) })
	}
}

func TestChangesFromAnotherSiteAreRefused(t *testing.T) {
	s := newService(t)
	const path, body = "/api/v1/categories/theft", `{"name_es":"Hurto","name_en":"Theft"}`
	s.must(t, 403, "PUT", path, body, "Content-Type", "application/json", "Sec-Fetch-Site", "cross-site")
	s.must(t, 403, "PUT", path, body, "Content-Type", "application/json", "Origin", "https://evil.example")
	s.must(t, 201, "PUT", path, body, "Content-Type", "application/json", "Sec-Fetch-Site", "same-origin")
	s.must(t, 200, "GET", path, "", "Sec-Fetch-Site", "cross-site")
}

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	s := newService(t)
	for _, path := range []string{"/healthz", "/api/v1/areas", "/nothing"} {
		h := s.do(t, "GET", path, "").Header()
		for name, want := range map[string]string{
			"Content-Security-Policy": "frame-ancestors 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		} {
			if !strings.Contains(h.Get(name), want) {
				t.Errorf("%s: %s %q lacks %q", path, name, h.Get(name), want)
			}
		}
	}
}

func TestTheLogHasTheRequestIDAndNoQuery(t *testing.T) {
	var log bytes.Buffer
	s := newService(t, func(o *handlers.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	w := s.must(t, 400, "GET", "/api/v1/areas?secret=1", "", "X-Request-Id", "mine")
	id := w.Header().Get("X-Request-Id")
	if id == "mine" {
		t.Error("the client chose the request id")
	}
	if !strings.Contains(log.String(), "request_id="+id) || !strings.Contains(log.String(), "status=400") || !strings.Contains(log.String(), "path=/api/v1/areas ") {
		t.Errorf("log %q", &log)
	}
	if strings.Contains(log.String(), "secret") {
		t.Errorf("log %q has the query", &log)
	}
}

func TestAFaultTellsNothingButTheRequestID(t *testing.T) {
	var log bytes.Buffer
	s := newService(t, func(o *handlers.Options) { o.Logger = slog.New(slog.NewTextHandler(&log, nil)) })
	if err := s.store.Close(); err != nil {
		t.Fatal(err)
	}
	w := s.do(t, "GET", "/api/v1/areas", "")
	if w.Code < 500 || !strings.Contains(log.String(), w.Header().Get("X-Request-Id")) {
		t.Errorf("%d %s; log %q", w.Code, w.Body, &log)
	}
	if strings.Contains(w.Body.String(), "sql") {
		t.Errorf("%s tells of the inside", w.Body)
	}
}
