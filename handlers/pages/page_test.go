package pages_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// page is an answer as a reader meets it.
type page struct {
	header http.Header
	body   string
}

// nodes returns the elements of a name, in document order; all of them where
// the name is empty.
func (p page) nodes(t *testing.T, name string) []*html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(p.body))
	if err != nil {
		t.Fatal(err)
	}
	var out []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && (name == "" || n.Data == name) {
			out = append(out, n)
		}
	}
	return out
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// text is what an element says, blanks made one.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// says fails unless the page's text holds each of the sentences.
func (p page) says(t *testing.T, sentences ...string) {
	t.Helper()
	all := text(p.nodes(t, "body")[0])
	for _, s := range sentences {
		if !strings.Contains(all, s) {
			t.Errorf("the page does not say %q; it says:\n%s", s, all)
		}
	}
}

// silent fails if the page's text holds one of the sentences.
func (p page) silent(t *testing.T, sentences ...string) {
	t.Helper()
	all := text(p.nodes(t, "body")[0])
	for _, s := range sentences {
		if strings.Contains(all, s) {
			t.Errorf("the page says %q", s)
		}
	}
}

// check holds every page against what all of them promise.
func (p page) check(t *testing.T, lang string) {
	t.Helper()
	if got := attr(p.nodes(t, "html")[0], "lang"); got != lang {
		t.Errorf("lang %q, want %q", got, lang)
	}
	if strings.Contains(p.body, "ZgotmplZ") || strings.Contains(p.body, "<no value>") || strings.Contains(p.body, "%!") {
		t.Error("a template was filled with what does not fit")
	}
	ids := map[string]bool{}
	level := 0
	for _, n := range p.nodes(t, "") {
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("id %q is there twice", id)
			}
			ids[id] = true
		}
		if attr(n, "style") != "" || strings.HasPrefix(attr(n, "onclick"), "on") {
			t.Errorf("<%s> has an inline style or script", n.Data)
		}
		for _, name := range []string{"href", "src", "action", "data-layer-url", "data-areas-url"} {
			if url := attr(n, name); url != "" && !isLocal(url) {
				t.Errorf("<%s %s=%q> leaves this origin", n.Data, name, url)
			}
		}
		if len(n.Data) == 2 && n.Data[0] == 'h' && n.Data != "hr" {
			next, err := strconv.Atoi(n.Data[1:])
			if err != nil || next > level+1 {
				t.Errorf("heading <%s> %q follows one of level %d", n.Data, text(n), level)
			}
			level = next
		}
	}
	for _, n := range p.nodes(t, "label") {
		if !ids[attr(n, "for")] {
			t.Errorf("label %q is for no field", text(n))
		}
	}
	for _, tag := range []string{"input", "select"} {
		for _, n := range p.nodes(t, tag) {
			if !slices.ContainsFunc(p.nodes(t, "label"), func(l *html.Node) bool { return attr(l, "for") == attr(n, "id") }) {
				t.Errorf("<%s name=%q> has no label", tag, attr(n, "name"))
			}
		}
	}
	for _, n := range p.nodes(t, "th") {
		if attr(n, "scope") == "" {
			t.Errorf("table head %q has no scope", text(n))
		}
	}
	if len(p.nodes(t, "main")) != 1 || len(p.nodes(t, "h1")) != 1 {
		t.Error("want one main and one h1")
	}
	conduct := map[string]string{"es": "Este mapa describe lugares, no personas.", "en": "This map describes places, not people."}[lang]
	if strings.Count(p.body, conduct) != 1 {
		t.Errorf("the conduct line is there %d times, want once", strings.Count(p.body, conduct))
	}
}

func isLocal(url string) bool {
	return strings.HasPrefix(url, "/") && !strings.HasPrefix(url, "//") || strings.HasPrefix(url, "#") || strings.HasPrefix(url, "?") ||
		strings.HasPrefix(url, "geo:") || strings.HasPrefix(url, "http://example.com/") // httptest's own host
}
