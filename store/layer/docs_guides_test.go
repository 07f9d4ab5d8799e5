package layer_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// guides returns the text of every page of the repository by its path.
func guides(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	walk(t, func(path string) {
		if strings.HasSuffix(path, ".md") {
			out[path] = read(t, path)
		}
	})
	for _, name := range []string{"README.md", "CHANGELOG.md", "docs/analyst.md", "docs/methods/README.md"} {
		if out[name] == "" {
			t.Fatalf("%s is not among the pages", name)
		}
	}
	return out
}

// walk calls visit with the path of every file of the repository that is not
// made by a build.
func walk(t *testing.T, visit func(path string)) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(repository), ".", func(path string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case entry.IsDir() && (name == "node_modules" || name == "dist" || name == "testdata" || path != "." && strings.HasPrefix(name, ".")):
			return fs.SkipDir
		case !entry.IsDir():
			visit(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(repository, path))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var (
	link    = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	heading = regexp.MustCompile(`(?m)^#+ (.*)$`)
	unslug  = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
)

// anchors returns the fragments that lead to the headings of a page.
func anchors(text string) []string {
	var out []string
	for _, found := range heading.FindAllStringSubmatch(text, -1) {
		out = append(out, strings.ReplaceAll(unslug.ReplaceAllString(strings.ToLower(found[1]), ""), " ", "-"))
	}
	return out
}

func TestEveryLinkOfThePagesLeadsSomewhere(t *testing.T) {
	texts := guides(t)
	for page, text := range texts {
		for _, found := range link.FindAllStringSubmatch(text, -1) {
			if strings.Contains(found[1], "://") {
				continue
			}
			name, fragment, _ := strings.Cut(found[1], "#")
			target := page
			if name != "" {
				target = filepath.Join(filepath.Dir(page), name)
			}
			if _, err := os.Stat(filepath.Join(repository, target)); err != nil {
				t.Errorf("%s: (%s) leads to no file", page, found[1])
			}
			if fragment != "" && !slices.Contains(anchors(texts[target]), fragment) {
				t.Errorf("%s: (%s) leads to no heading of %v", page, found[1], anchors(texts[target]))
			}
		}
	}
}

func TestThePagesNameTestsFilesAndPackagesThatAreThere(t *testing.T) {
	tests, packages := map[string]bool{}, map[string]bool{}
	named := regexp.MustCompile(`(?m)^func (Test\w+)`)
	walk(t, func(path string) {
		if strings.HasSuffix(path, "_test.go") {
			for _, found := range named.FindAllStringSubmatch(read(t, path), -1) {
				tests[found[1]] = true
			}
		} else if strings.HasSuffix(path, ".go") {
			packages[filepath.Dir(path)] = true
		}
	})
	texts := guides(t)
	quoted := regexp.MustCompile("`(Test\\w+|(?:cmd|fixtures|geo|handlers|store|web)/[\\w/.]+)`")
	for page, text := range texts {
		for _, found := range quoted.FindAllStringSubmatch(text, -1) {
			if name := found[1]; strings.HasPrefix(name, "Test") && !tests[name] {
				t.Errorf("%s: there is no test %s", page, name)
			} else if _, err := os.Stat(filepath.Join(repository, name)); !strings.HasPrefix(name, "Test") && err != nil {
				t.Errorf("%s: there is no %s", page, name)
			}
		}
	}
	const plan = "docs/life-of-a-file-life-of-a-layer.md"
	for name := range packages {
		if !strings.Contains(texts[plan], "`"+name+"`") {
			t.Errorf("%s, a map of the source, does not name %s", plan, name)
		}
	}
}
