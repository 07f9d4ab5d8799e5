package layer_test

import (
	"bytes"
	"encoding/json"
	"errors"
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
	"atalaya/store"
	"atalaya/store/layer"
)

// The pages of the methods, the one that tells what all share, those of places
// and statistics, and the data of their worked examples.
const (
	repository  = "../.."
	methodPages = repository + "/docs/methods"
	sharedPage  = "what-all-share"
	spotPage    = "hotspots"
	clientPage  = "map-client" // one folder up
)

// kinds are the statistics.
func kinds() []layer.StatisticKind {
	return []layer.StatisticKind{layer.GlobalKind, layer.HoursKind, layer.NearRepeatKind, layer.ConcentrationKind}
}

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

// spotNames returns the names of the properties of hotspots.
func spotNames(t *testing.T) []string {
	t.Helper()
	told := layer.Told{Spots: &layer.Spots{Layer: example(t, "method=emerging")}, Say: func(layer.Spot) (es, en string) { return "", "" }}
	var out bytes.Buffer
	if err := told.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(out.String()), ",")
}

// warningCodes returns the codes that the source of the package warns with.
func warningCodes(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(`(?:\bwarn\(|\{Code: )"([a-z_]+)"`)
	var out []string
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range code.FindAllStringSubmatch(string(text), -1) {
			out = append(out, found[1])
		}
	}
	if !slices.Contains(out, "few_incidents") || !slices.Contains(out, "synthetic") || !slices.Contains(out, "permutation_floor") {
		t.Fatalf("the source warns of %v only", out)
	}
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
	for _, kind := range kinds() {
		page := string(kind)
		for _, p := range layer.StatisticParameters(kind)[len(commonNames()):] {
			out[page] = append(out[page], p.Name)
		}
		s := statistic(t, kind, "")
		out[page] = append(out[page], membersOf(t, s.Numbers)...)
		out[page] = append(out[page], statisticRows(t, s)[0]...)
		out[sharedPage] = append(out[sharedPage], page)
	}
	out[sharedPage] = append(out[sharedPage], "statistic", "parameters", "numbers", "layer")
	out[sharedPage] = append(out[sharedPage], warningCodes(t)...)
	out[spotPage] = append(out[spotPage], spotNames(t)...)
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

// commonNames returns the names of what every statistic takes.
func commonNames() []string {
	var out []string
	for _, p := range layer.Parameters() {
		if p.Methods == nil && p.Name != "method" {
			out = append(out, p.Name)
		}
	}
	return out
}

func TestThePagesNameEveryMethodParameterAndProperty(t *testing.T) {
	texts := pages(t)
	var refusal *store.Error
	_, err := builder(t, layer.Query{}).Observe(t.Context(), layer.StatisticQuery{Kind: "none"})
	var all []string
	for _, kind := range kinds() {
		all = append(all, string(kind))
	}
	if !errors.As(err, &refusal) || refusal.Problems[0].Allowed != strings.Join(all, ", ") {
		t.Errorf("the pages are held to %v, the program says %v", all, err)
	}
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
	request = regexp.MustCompile(`/api/v1/(hotspots|statistics/[a-z]+)(?:/[0-9a-f]{15})?\?([^\s"')` + "`" + `]+)`)
	command = regexp.MustCompile(`(?m)atalaya (hotspots|statistics [a-z]+) (.*)$`)
	flag    = regexp.MustCompile(`--([a-z-]+)(?:[ =]([^\s` + "`" + `]+))?`)
	listed  = regexp.MustCompile("^\\| `([a-z_0-9]+)` ")
)

// readers returns how the parameters of a request are read: of a layer, or of
// a statistic such as statistics/hours.
func readers(of string) map[string]func(text string) error {
	out := map[string]func(string) error{}
	kind, is := strings.CutPrefix(strings.ReplaceAll(of, " ", "/"), "statistics/")
	if is {
		for _, p := range layer.StatisticParameters(layer.StatisticKind(kind)) {
			out[p.Name] = func(text string) error { return p.Read(&layer.StatisticQuery{}, text, time.UTC) }
		}
		return out
	}
	for _, p := range layer.Parameters() {
		out[p.Name] = func(text string) error { return p.Read(&layer.Query{}, text, time.UTC) }
	}
	return out
}

func TestEveryGuideAsksOnlyForWhatThereIs(t *testing.T) {
	for page, text := range guides(t) {
		check := func(of, name, value string) {
			read, exists := readers(of)[name]
			if !exists {
				t.Errorf("%s: %s is no parameter of %s", page, name, of)
				return
			}
			if err := read(value); err != nil {
				t.Errorf("%s: %s=%s: %v", page, name, value, err)
			}
		}
		for _, found := range request.FindAllStringSubmatch(text, -1) {
			values, err := url.ParseQuery(found[2])
			if err != nil {
				t.Errorf("%s: %s: %v", page, found[2], err)
			}
			delete(values, "f")
			delete(values, "unit")
			for name := range values {
				check(found[1], name, values.Get(name))
			}
		}
		for _, found := range command.FindAllStringSubmatch(text, -1) {
			for _, f := range flag.FindAllStringSubmatch(found[2], -1) {
				if !slices.Contains([]string{"db", "format", "timezone", "unit"}, f[1]) {
					check(found[1], strings.ReplaceAll(f[1], "-", "_"), f[2])
				}
			}
		}
	}
}

func TestThePagesListNothingThatIsNotThere(t *testing.T) {
	known := map[string]bool{"f": true, "unit": true}
	for _, list := range names(t) {
		for _, name := range list {
			known[name] = true
		}
	}
	for page, text := range pages(t) {
		for line := range strings.Lines(text) {
			if found := listed.FindStringSubmatch(line); found != nil && !known[found[1]] {
				t.Errorf("%s.md lists `%s`, which is no method, statistic, parameter, property or warning", page, found[1])
			}
		}
	}
}
