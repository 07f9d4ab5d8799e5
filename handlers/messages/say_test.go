package messages_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"atalaya/handlers/messages"
	"atalaya/store"

	"github.com/google/go-cmp/cmp"
)

// formsSaid returns the forms that the reader of files can say, as they stand
// in its source.
func formsSaid(t *testing.T) map[string]bool {
	t.Helper()
	said := []*regexp.Regexp{
		regexp.MustCompile(`\b(?:say|refused)\(\s*("(?:[^"\\]|\\.)*")`),
		regexp.MustCompile(`\b(?:doubt|exchange)\([\w.]+, ("(?:[^"\\]|\\.)*")`),
		regexp.MustCompile(`\b(?:timeFault|namedByCaller|namedByFile|projectedAdvice)\s*= ("(?:[^"\\]|\\.)*")`),
	}
	verb := regexp.MustCompile(`%[.0-9]*[a-z]`)
	forms := map[string]bool{}
	files, err := filepath.Glob("../../store/ingest/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, pattern := range said {
			for _, m := range pattern.FindAllStringSubmatch(string(text), -1) {
				format, err := strconv.Unquote(m[1])
				if err != nil {
					t.Fatal(err)
				}
				n := 0
				forms[verb.ReplaceAllStringFunc(format, func(string) string { n++; return fmt.Sprintf("{%d}", n) })] = true
			}
		}
	}
	if len(forms) < 100 {
		t.Fatalf("found %d forms: the search is broken", len(forms))
	}
	return forms
}

func TestEverythingThatTheReaderOfFilesSaysIsThereInSpanish(t *testing.T) {
	said := formsSaid(t)
	text, err := os.ReadFile("forms_es.json")
	if err != nil {
		t.Fatal(err)
	}
	var es map[string]string
	if err := json.Unmarshal(text, &es); err != nil {
		t.Fatal(err)
	}
	for form := range said {
		if es[form] == "" {
			t.Errorf("%q is said and has no Spanish form", form)
		}
	}
	place := regexp.MustCompile(`\{\d\}`)
	count := func(form string) map[string]int {
		n := map[string]int{}
		for _, p := range place.FindAllString(form, -1) {
			n[p]++
		}
		return n
	}
	for form, own := range es {
		if !said[form] {
			t.Errorf("%q has a Spanish form and nobody says it", form)
		}
		if diff := cmp.Diff(count(form), count(own)); diff != "" {
			t.Errorf("%q has other values in Spanish: %s", form, diff)
		}
	}
}

func TestASayingIsSaidInTheLanguageWithAllThatIsInIt(t *testing.T) {
	s := store.Saying{Form: "{1}; {2}", Values: []store.Saying{
		{Form: "named {1}", Values: []store.Saying{{Text: `"named {1}"`}}}, {Form: "of no catalogue"},
	}}
	for lang, want := range map[string]string{
		"en": `named "named {1}"; of no catalogue`,
		"es": `se llama "named {1}"; of no catalogue`,
	} {
		if got := messages.For(lang).Say(s); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}
