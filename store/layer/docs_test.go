package layer_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"atalaya/geo/hotspot"
	"atalaya/geo/trend"
	"atalaya/store/layer"
)

// The pages of the methods, the one that tells what all share, and the data of
// their worked examples.
const (
	methodPages = "../../docs/methods"
	sharedPage  = "what-all-share"
	clientPage  = "map-client" // one folder up
)

// pageOf returns the name of the page that tells of a method.
func pageOf(m layer.Method) string {
	if m == layer.Gi {
		return string(layer.GiStar)
	}
	return string(m)
}

// pages returns the text of every page by its name, the guide for map clients
// among them.
func pages(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(methodPages, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, path := range append(paths, filepath.Join(methodPages, "..", clientPage+".md")) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		out[strings.TrimSuffix(filepath.Base(path), ".md")] = string(text)
	}
	return out
}

// everyQuery holds queries that together bring out every column there is.
func everyQuery() []string {
	return []string{
		"method=count", "method=rate", "method=density",
		"method=gistar&adjust=holm", "method=gistar&permutations=99", "method=gi", "method=moran",
		"method=change&datetime=2026-02", "method=emerging", "method=shift&hours=22-5", "method=nearrepeat",
	}
}

// columnsOf returns the names of a layer's properties.
func columnsOf(t *testing.T, l *layer.Layer) []string {
	t.Helper()
	var out bytes.Buffer
	if err := l.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	header, _, _ := strings.Cut(out.String(), "\n")
	return strings.Split(strings.TrimSpace(header), ",")
}

// membersOf returns the names of all members of a value written as JSON.
func membersOf(t *testing.T, v any) []string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	var out []string
	var walk func(any)
	walk = func(node any) {
		switch node := node.(type) {
		case map[string]any:
			for name, child := range node {
				out = append(out, name)
				walk(child)
			}
		case []any:
			for _, child := range node {
				walk(child)
			}
		}
	}
	walk(tree)
	return out
}

// names is what each page must hold, by the name of the page.
func names(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, p := range layer.Parameters() {
		out[clientPage] = append(out[clientPage], p.Name)
		if p.Methods == nil {
			out[sharedPage] = append(out[sharedPage], p.Name)
		}
		for _, m := range p.Methods {
			out[pageOf(m)] = append(out[pageOf(m)], p.Name)
		}
	}
	plain := columnsOf(t, example(t, "method=count"))
	out[sharedPage] = append(out[sharedPage], plain...)
	for _, query := range everyQuery() {
		l := example(t, query)
		out[clientPage] = append(out[clientPage], columnsOf(t, l)...)
		page := pageOf(l.Query.Method)
		out[page] = append(out[page], string(l.Query.Method))
		out[page] = append(out[page], columnsOf(t, l)[len(plain):]...)
		out[page] = append(out[page], membersOf(t, l.Details)...)
		info := l.Info()
		info.Details, info.Parameters = nil, nil
		out[sharedPage] = append(out[sharedPage], membersOf(t, info)...)
	}
	for _, c := range hotspot.Classes() {
		out[sharedPage] = append(out[sharedPage], string(c))
	}
	for _, c := range trend.Categories() {
		if c != trend.Undefined {
			out["emerging"] = append(out["emerging"], string(c))
		}
	}
	for _, d := range []layer.Direction{layer.Appeared, layer.Rising, layer.Falling, layer.Gone, layer.Unclear} {
		out["change"] = append(out["change"], string(d))
	}
	return out
}

func TestThePagesNameEveryMethodParameterAndProperty(t *testing.T) {
	texts := pages(t)
	methods := map[layer.Method]bool{}
	for _, query := range everyQuery() {
		methods[example(t, query).Query.Method] = true
	}
	if len(methods) != len(layer.Methods()) {
		t.Errorf("the queries are of %d methods, there are %d", len(methods), len(layer.Methods()))
	}
	for page, wanted := range names(t) {
		slices.Sort(wanted)
		for _, name := range slices.Compact(wanted) {
			if !strings.Contains(texts[page], "`"+name+"`") {
				t.Errorf("%s.md does not tell of `%s`", page, name)
			}
		}
	}
	for page := range texts {
		if page != "README" && page != clientPage && !strings.Contains(texts["README"], "("+page+".md)") {
			t.Errorf("README.md does not link to %s.md", page)
		}
	}
}

var (
	request = regexp.MustCompile(`/api/v1/hotspots\?([^\s"')` + "`" + `]+)`)
	command = regexp.MustCompile(`(?m)atalaya hotspots (.*)$`)
	flag    = regexp.MustCompile(`--([a-z-]+)(?:[ =]([^\s` + "`" + `]+))?`)
	listed  = regexp.MustCompile("^\\| `([a-z_0-9]+)` ")
)

func TestThePagesNameNothingThatIsNotThere(t *testing.T) {
	known := map[string]bool{"f": true, "unit": true}
	for _, list := range names(t) {
		for _, name := range list {
			known[name] = true
		}
	}
	parameters := map[string]layer.Parameter{}
	for _, p := range layer.Parameters() {
		parameters[p.Name] = p
	}
	for page, text := range pages(t) {
		check := func(name, value string) {
			p, exists := parameters[name]
			if !exists {
				t.Errorf("%s.md: %s is no parameter", page, name)
				return
			}
			if err := p.Read(&layer.Query{}, value, time.UTC); err != nil {
				t.Errorf("%s.md: %s=%s: %v", page, name, value, err)
			}
		}
		for _, found := range request.FindAllStringSubmatch(text, -1) {
			values, err := url.ParseQuery(found[1])
			if err != nil {
				t.Errorf("%s.md: %s: %v", page, found[1], err)
			}
			delete(values, "f")
			delete(values, "unit")
			for name := range values {
				check(name, values.Get(name))
			}
		}
		for _, found := range command.FindAllStringSubmatch(text, -1) {
			for _, f := range flag.FindAllStringSubmatch(found[1], -1) {
				if !slices.Contains([]string{"db", "format", "timezone"}, f[1]) {
					check(strings.ReplaceAll(f[1], "-", "_"), f[2])
				}
			}
		}
		for line := range strings.Lines(text) {
			if found := listed.FindStringSubmatch(line); found != nil && !known[found[1]] {
				t.Errorf("%s.md lists `%s`, which is no method, parameter or property", page, found[1])
			}
		}
	}
}
