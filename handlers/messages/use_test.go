package messages_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// spoken lists the sources that speak: pages and their templates, this
// package, sentences, and the map.
var spoken = []string{".", "../pages", "../rejects", "../sentence", "../../web/src"}

// families are keys that end in a value: prefix → where the value comes from.
var families = map[string]string{
	"class.":       "hotspot.Class",
	"month.":       "time.Month",
	"month.short.": "time.Month",
	"day.":         "day of the week",
	"day.short.":   "day of the week",
	"reject.":      "ingest.Reasons",
}

// sources returns the text of everything that speaks, tests left out.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, dir := range spoken {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") {
				return err
			}
			switch filepath.Ext(path) {
			case ".go", ".html", ".ts":
				text, err := os.ReadFile(path)
				all.Write(text)
				return err
			}
			return nil
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	return all.String()
}

func TestEveryKeyThatIsSaidExists(t *testing.T) {
	es := texts(t, "es")
	said := regexp.MustCompile(`(?:\b(?:t|count|strong) |\b(?:Text|Count|Strong|text|note)\()["'` + "`" + `]([a-z_0-9]+(?:\.[a-z_0-9]+)+)["'` + "`" + `]( ?\+|\+ )?`)
	found := said.FindAllStringSubmatch(sources(t), -1)
	if len(found) < 100 {
		t.Fatalf("found %d places that say something: the search is broken", len(found))
	}
	for _, m := range found {
		key, isStem := m[1], m[2] != ""
		_, whole := es[key]
		_, plural := es[key+".other"]
		if !whole && !plural && !isStem {
			t.Errorf("%q is said and in no catalogue", key)
		}
	}
}

func TestEveryKeyIsSaid(t *testing.T) {
	all := sources(t)
	quoted := func(key string) bool {
		return strings.Contains(all, `"`+key+`"`) || strings.Contains(all, "`"+key+"`")
	}
	for key := range texts(t, "es") {
		stem := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
		inFamily := false
		for prefix := range families {
			if strings.HasPrefix(key, prefix) && (strings.Contains(all, `"`+prefix+`"`) || strings.Contains(all, "`"+prefix+"$")) {
				inFamily = true
			}
		}
		if _, err := os.Stat("../../web/src"); err != nil && strings.HasPrefix(key, "map.") {
			continue // said by the map, which is not here
		}
		if !quoted(key) && !quoted(stem) && !inFamily {
			t.Errorf("%q is in the catalogues and nobody says it", key)
		}
	}
}
