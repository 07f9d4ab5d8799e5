package messages_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"atalaya/handlers/messages"

	"github.com/google/go-cmp/cmp"
)

// texts reads the catalogue of a language as it is on disk.
func texts(t *testing.T, lang string) map[string]string {
	t.Helper()
	raw, err := os.ReadFile(lang + ".json")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestBothLanguagesHaveTheSameKeysInTheSameOrder(t *testing.T) {
	order := func(lang string) []string {
		raw, err := os.ReadFile(lang + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for _, m := range regexp.MustCompile(`(?m)^  "([^"]+)": `).FindAllStringSubmatch(string(raw), -1) {
			keys = append(keys, m[1])
		}
		return keys
	}
	es, en := order("es"), order("en")
	if diff := cmp.Diff(es, en); diff != "" {
		t.Errorf("keys of es.json and en.json differ (-es +en):\n%s", diff)
	}
	if len(es) != len(texts(t, "es")) {
		t.Errorf("es.json has %d lines with a key but %d keys: one is there twice", len(es), len(texts(t, "es")))
	}
}

func TestBothLanguagesHaveTheSamePlaceholdersInEachText(t *testing.T) {
	es, en := texts(t, "es"), texts(t, "en")
	for key := range es {
		if diff := cmp.Diff(placeholders(es[key]), placeholders(en[key])); diff != "" {
			t.Errorf("%s: placeholders differ (-es +en):\n%s", key, diff)
		}
		if strings.TrimSpace(es[key]) == "" || strings.TrimSpace(en[key]) == "" {
			t.Errorf("%s: empty text", key)
		}
	}
}

func TestEveryPluralHasBothForms(t *testing.T) {
	es := texts(t, "es")
	for key := range es {
		stem, isOne := strings.CutSuffix(key, ".one")
		if _, ok := es[stem+".other"]; isOne && !ok {
			t.Errorf("%s has no %s.other", key, stem)
		}
		stem, isOther := strings.CutSuffix(key, ".other")
		if _, ok := es[stem+".one"]; isOther && !ok {
			t.Errorf("%s has no %s.one", key, stem)
		}
	}
}

func TestNoTextPromisesOrAccuses(t *testing.T) {
	banned := regexp.MustCompile(`(?i)predict|will happen|dangerous neighbou?rhood|criminals|predice|va a ocurrir|barrio peligroso|delincuente`)
	for _, lang := range messages.Languages() {
		for key, text := range texts(t, lang) {
			if found := banned.FindString(text); found != "" {
				t.Errorf("%s, %s: %q must not be said: %q", lang, key, found, text)
			}
		}
	}
}

func placeholders(text string) []string {
	set := map[string]bool{}
	for _, name := range regexp.MustCompile(`\{(\w+)\}`).FindAllString(text, -1) {
		set[name] = true
	}
	return slices.Sorted(maps.Keys(set))
}

func TestTextFillsPlaceholders(t *testing.T) {
	en, es := messages.For("en"), messages.For("es")
	for _, tt := range []struct{ name, got, want string }{
		{"text as it is", en.Text("unit.km", "n", "5"), "5 km"},
		{"whole number with separators", es.Text("site.data_version", "n", 12345), "versión de los datos 12,345"},
		{"number as exact as needed", es.Text("list.hottest", "n", 7, "expected", 2.46), "En la más caliente y sus vecinas: 7; lo normal, 2.5."},
		{"missing value is seen", en.Text("unit.km"), "[n] km"},
		{"missing key is seen", en.Text("no.such.key"), "[no.such.key]"},
		{"one", es.Count("period.months", 1), "1 mes"},
		{"many", es.Count("period.months", 12), "12 meses"},
		{"none is many", en.Count("period.days", 0), "0 days"},
		{"unknown language speaks the default one", messages.For("fr").Text("nav.list"), "Lista"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.got != tt.want {
				t.Errorf("got %q, want %q", tt.got, tt.want)
			}
		})
	}
}

func TestStrongSetsNumbersStrongAndEscapesAllElse(t *testing.T) {
	got := string(messages.For("en").Strong("fault.cell.text", "id", `<b>&"`, "low", 5, "high", 11))
	want := "“&lt;b&gt;&amp;&#34;” is not an H3 cell of level <strong>5</strong> to <strong>11</strong>."
	if got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}
