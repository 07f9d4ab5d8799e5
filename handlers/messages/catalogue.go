package messages

import (
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Default is the language of those who ask for none that there is.
const Default = "es"

// Languages lists the languages that there are, the default first.
func Languages() []string { return []string{Default, "en"} }

// Catalogue is the texts of one language. It is immutable and safe for
// concurrent use.
type Catalogue struct {
	lang    string
	texts   map[string]string
	forms   map[string]string // English form of a store.Saying → its own; nil in English
	printer *message.Printer
}

//go:embed es.json en.json forms_es.json
var files embed.FS

// locales tells CLDR whose habits a language follows.
func locales() map[string]language.Tag {
	return map[string]language.Tag{"es": language.MustParse("es-GT"), "en": language.English}
}

//nolint:gochecknoglobals // parsed once from files that are built in, never written again
var catalogues = sync.OnceValue(func() map[string]*Catalogue {
	all := make(map[string]*Catalogue)
	for lang, tag := range locales() {
		text, err := files.ReadFile(lang + ".json")
		c := &Catalogue{lang: lang, printer: message.NewPrinter(tag)}
		if err == nil {
			err = json.Unmarshal(text, &c.texts)
		}
		if forms, missing := files.ReadFile("forms_" + lang + ".json"); err == nil && missing == nil {
			err = json.Unmarshal(forms, &c.forms)
		}
		if err != nil {
			panic(fmt.Sprintf("messages: %s.json: %v", lang, err)) // built in: only a broken build gets here
		}
		all[lang] = c
	}
	return all
})

// For returns the catalogue of a language, and that of Default where there is
// none of it.
func For(lang string) *Catalogue {
	if c, ok := catalogues()[lang]; ok {
		return c
	}
	return catalogues()[Default]
}

// Lang returns the language code: es or en.
func (c *Catalogue) Lang() string { return c.lang }

// Text returns the text under the key with its placeholders filled. args are
// names and values in turn; an int is written with Number, a float64 with
// Rough, anything else as fmt.Sprint does. A key that is not there comes back
// in brackets, so that it is seen and no page fails for it; a test keeps both
// from happening.
func (c *Catalogue) Text(key string, args ...any) string {
	return c.fill(key, func(name string) string { return c.value(name, args) })
}

// Count returns the plural form of key that goes with n, key.one or key.other,
// and fills {n}.
func (c *Catalogue) Count(key string, n int, args ...any) string {
	form := key + ".other"
	if n == 1 {
		form = key + ".one"
	}
	return c.Text(form, append([]any{"n", n}, args...)...)
}

// Strong is Text as HTML, with every number among the args set strong.
func (c *Catalogue) Strong(key string, args ...any) template.HTML {
	var b strings.Builder
	expand(c.text(key), func(text string) { b.WriteString(template.HTMLEscapeString(text)) }, func(name string) {
		value := template.HTMLEscapeString(c.value(name, args))
		if isNumber(lookUp(name, args)) {
			value = "<strong>" + value + "</strong>"
		}
		b.WriteString(value)
	})
	return template.HTML(b.String()) //nolint:gosec // every part is escaped above
}

func (c *Catalogue) fill(key string, value func(name string) string) string {
	var b strings.Builder
	expand(c.text(key), func(text string) { b.WriteString(text) }, func(name string) { b.WriteString(value(name)) })
	return b.String()
}

func (c *Catalogue) text(key string) string {
	if text, ok := c.texts[key]; ok {
		return text
	}
	return "[" + key + "]"
}

func (c *Catalogue) value(name string, args []any) string {
	switch v := lookUp(name, args).(type) {
	case nil:
		return "[" + name + "]"
	case int:
		return c.Number(v)
	case float64:
		return c.Rough(v)
	default:
		return fmt.Sprint(v)
	}
}

func isNumber(v any) bool {
	switch v.(type) {
	case int, float64:
		return true
	}
	return false
}

func lookUp(name string, args []any) any {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			return args[i+1]
		}
	}
	return nil
}

// expand walks a text: plain gets what stands between placeholders, filled the
// name of each placeholder.
func expand(text string, plain, filled func(string)) {
	for {
		before, rest, found := strings.Cut(text, "{")
		plain(before)
		if !found {
			return
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			plain("{" + rest)
			return
		}
		filled(name)
		text = after
	}
}
