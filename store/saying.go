package store

import "strings"

// Saying is a sentence about a file that programs can tell apart and people can
// read in their language: a form, and what fills it. The form is English and
// the code of the sentence at once; handlers/messages has the other languages.
// A saying with Text alone is the same in all of them: a number, a name.
type Saying struct {
	Form   string   `json:"form,omitempty"`   // with {1}, {2}, … where the values go
	Values []Saying `json:"values,omitempty"` // may be sentences themselves
	Text   string   `json:"text,omitempty"`
}

// IsZero reports whether there is nothing to say.
func (s Saying) IsZero() bool { return s.Form == "" && s.Text == "" }

// String says it in English.
func (s Saying) String() string { return s.In(func(form string) string { return form }) }

// In says it in the language that translate takes forms to.
func (s Saying) In(translate func(form string) string) string {
	if s.Form == "" {
		return s.Text
	}
	var b strings.Builder
	for rest := translate(s.Form); ; {
		at := strings.IndexByte(rest, '{')
		if at < 0 || at+2 >= len(rest) || rest[at+2] != '}' || int(rest[at+1]-'1') >= len(s.Values) {
			b.WriteString(rest)
			return b.String()
		}
		b.WriteString(rest[:at])
		b.WriteString(s.Values[rest[at+1]-'1'].In(translate))
		rest = rest[at+3:]
	}
}
