package pages_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"atalaya/handlers/pages"

	"golang.org/x/net/html"
)

func byID(t *testing.T, p page, id string) *html.Node {
	t.Helper()
	for _, n := range p.nodes(t, "") {
		if attr(n, "id") == id {
			return n
		}
	}
	t.Fatalf("there is no element with id %q", id)
	return nil
}

func TestTheMapPageTellsTheScriptWhatToShow(t *testing.T) {
	h := serve(t, newStore(t, town{spots: 3, scattered: 400}), pages.Assets{Script: "/assets/map-1.js", Style: "/assets/map-1.css", Built: true})
	p := get(t, h, "/en/map?cat=robbery", http.StatusOK)
	p.check(t, "en")
	host := byID(t, p, "map")
	layerURL, err := url.Parse(attr(host, "data-layer-url"))
	if err != nil {
		t.Fatal(err)
	}
	q := layerURL.Query()
	if layerURL.Path != "/api/v1/hotspots" || q.Get("category") != "robbery" || q.Get("area") != "city" || q.Get("datetime") != "2025-11-01T06:00:00Z/2026-11-01T06:00:00Z" {
		t.Errorf("layer URL %s", layerURL)
	}
	if attr(host, "data-areas-url") != "/api/v1/areas" || attr(host, "data-lang") != "en" {
		t.Errorf("map has %v", host.Attr)
	}
	if attr(byID(t, p, "inspector"), "aria-live") != "polite" {
		t.Error("the inspector is no live region")
	}
	if attr(byID(t, p, "overview-title").Parent.Parent, "id") != "map" {
		t.Error("the drawn map does not stand in the place of the live one")
	}
	script := p.nodes(t, "script")
	if len(script) != 1 || attr(script[0], "src") != "/assets/map-1.js" || attr(script[0], "type") != "module" {
		t.Errorf("scripts %v", script)
	}
	p.silent(t, "make web")
	legendIsOpen := false
	for _, n := range p.nodes(t, "details") {
		for _, a := range n.Attr {
			legendIsOpen = legendIsOpen || attr(n, "class") == "legend-box" && a.Key == "open"
		}
	}
	if !legendIsOpen {
		t.Error("the legend is not open")
	}
}

func TestWithoutItsWebPartTheMapPageSaysHowToBuildIt(t *testing.T) {
	h := serve(t, newStore(t, town{spots: 3, scattered: 400}), pages.Assets{})
	p := get(t, h, "/es/map", http.StatusOK)
	p.check(t, "es")
	p.says(t, "Falta construir el mapa", "make web")
	if len(p.nodes(t, "script")) != 0 {
		t.Error("there is a script that does not exist")
	}
	byID(t, p, "overview-title")
}

func TestTheRootLeadsToTheReadersLanguage(t *testing.T) {
	h := serve(t, newStore(t, town{}), pages.Assets{})
	for _, tt := range []struct{ name, cookie, accept, want string }{
		{"nothing said", "", "", "/es/"},
		{"English asked for", "", "en-US,en;q=0.9", "/en/"},
		{"Spanish preferred", "", "es-GT,en;q=0.5", "/es/"},
		{"a language that there is not", "", "de-DE,de", "/es/"},
		{"the second choice is there", "", "de, en;q=0.5", "/en/"},
		{"nonsense", "", ";;;q=x", "/es/"},
		{"the cookie goes first", "en", "es-GT", "/en/"},
		{"a cookie of nonsense", "xx", "en", "/en/"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/", nil)
			if tt.cookie != "" {
				r.AddCookie(&http.Cookie{Name: "atalaya_lang", Value: tt.cookie})
			}
			r.Header.Set("Accept-Language", tt.accept)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if got := w.Header().Get("Location"); w.Code != http.StatusFound || got != tt.want {
				t.Errorf("status %d, location %q, want 302 to %q", w.Code, got, tt.want)
			}
		})
	}
}

func TestAPageRemembersItsLanguage(t *testing.T) {
	h := serve(t, newStore(t, town{}), pages.Assets{})
	if got := get(t, h, "/en/", http.StatusOK).header.Get("Set-Cookie"); !strings.HasPrefix(got, "atalaya_lang=en;") || !strings.Contains(got, "HttpOnly") || !strings.Contains(got, "SameSite=Lax") {
		t.Errorf("cookie %q", got)
	}
}

func TestOurFilesMayBeKeptForGood(t *testing.T) {
	h := serve(t, newStore(t, town{}), pages.Assets{})
	found := 0
	for _, n := range get(t, h, "/es/", http.StatusOK).nodes(t, "link") {
		if href := attr(n, "href"); strings.HasPrefix(href, "/static/") {
			found++
			f := get(t, h, href, http.StatusOK)
			if got := f.header.Get("Cache-Control"); !strings.Contains(got, "immutable") {
				t.Errorf("%s: Cache-Control %q", href, got)
			}
			if strings.HasSuffix(href, ".css") && (!strings.HasPrefix(f.body, ":root{") || !strings.Contains(f.body, "--hot-99:#b2182b")) {
				t.Error("the style sheet does not begin with the palette")
			}
		}
	}
	if found != 2 {
		t.Errorf("%d files, want the style sheet and the icon", found)
	}
	get(t, h, "/static/atalaya.css", http.StatusNotFound)
	get(t, h, "/static/../pages.go", http.StatusNotFound)
}

func TestEachPageNamesItsTwin(t *testing.T) {
	h := serve(t, newStore(t, town{}), pages.Assets{})
	p := get(t, h, "/es/map?cat=x", http.StatusOK)
	links := map[string]string{}
	for _, n := range p.nodes(t, "link") {
		links[attr(n, "rel")+attr(n, "hreflang")] = attr(n, "href")
	}
	for key, want := range map[string]string{
		"canonical": "http://example.com/es/map", "alternatees": "http://example.com/es/map", "alternateen": "http://example.com/en/map",
	} {
		if links[key] != want {
			t.Errorf("%s is %q, want %q", key, links[key], want)
		}
	}
}

func TestPagesNeedTheirOptions(t *testing.T) {
	if _, err := pages.New(pages.Options{}); err == nil {
		t.Error("New without a store gave no error")
	}
}
