package ingest

import (
	"errors"
	"fmt"
	"strings"

	"atalaya/store"
)

// say makes a sentence that handlers can say in the reader's language. The
// format is one of fmt with at most nine verbs; each value is written by its
// verb, a Saying as it is said in that language. Every format has its Spanish
// form in handlers/messages, which a test there sees to.
func say(format string, args ...any) store.Saying {
	if len(args) == 0 {
		return store.Saying{Form: format}
	}
	s := store.Saying{Values: make([]store.Saying, len(args))}
	var form strings.Builder
	rest := format
	for i, arg := range args {
		at := strings.IndexByte(rest, '%')
		end := at + 1 + strings.IndexFunc(rest[at+1:], isLetter) + 1
		fmt.Fprintf(&form, "%s{%d}", rest[:at], i+1)
		if inner, ok := arg.(store.Saying); ok {
			s.Values[i] = inner
		} else {
			s.Values[i].Text = fmt.Sprintf(rest[at:end], arg)
		}
		rest = rest[end:]
	}
	form.WriteString(rest)
	s.Form = form.String()
	return s
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

// also says one thing after another.
func also(first, second store.Saying) store.Saying {
	if first.IsZero() {
		return second
	}
	return say("%s; %s", first, second)
}

// asItIs says a text in no language, or in English only: what another package
// found.
func asItIs(text string) store.Saying { return store.Saying{Text: text} }

// listOf says several things with commas between them.
func listOf(all []store.Saying) store.Saying {
	s := all[0]
	for _, next := range all[1:] {
		s = say("%s, %s", s, next)
	}
	return s
}

// refused says why a file cannot be read as incidents.
func refused(format string, args ...any) *store.Error {
	said := say(format, args...)
	return &store.Error{Kind: store.Invalid, Message: said.String(), Said: said}
}

// refusedAs says what an error says.
func refusedAs(err error) store.Saying {
	refusal, ok := errors.AsType[*store.Error](err)
	if !ok || refusal.Said.IsZero() || refusal.Err != nil || len(refusal.Problems) > 0 {
		return asItIs(err.Error())
	}
	return refusal.Said
}
