package pages

import (
	"net/url"
	"slices"
	"strings"
	"time"
)

// maxNotes is how many notes a page shows, and maxNoteRunes how much of each
// value: an address can be long.
const (
	maxNotes     = 8
	maxNoteRunes = 40
)

// reader takes the parameters of an address and notes what it leaves aside.
type reader struct {
	values url.Values
	notes  []note
}

// one returns the first value of a parameter; further ones are noted.
func (r *reader) one(name string) string {
	values := r.values[name]
	if len(values) == 0 {
		return ""
	}
	for _, extra := range values[1:] {
		r.reject(name, extra, "ignored.repeated")
	}
	return strings.TrimSpace(values[0])
}

// list returns the values of a parameter that may be repeated or separated by
// commas, empty ones left out.
func (r *reader) list(name string) []string {
	var out []string
	for _, value := range r.values[name] {
		for part := range strings.SplitSeq(value, ",") {
			if part = strings.ReplaceAll(part, " ", ""); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// day returns a local day, the zero time where there is none.
func (r *reader) day(name string, zone *time.Location) time.Time {
	s := r.one(name)
	if s == "" {
		return time.Time{}
	}
	t, err := time.ParseInLocation(time.DateOnly, s, zone)
	if err != nil {
		r.reject(name, s, "ignored.date")
		return time.Time{}
	}
	return t
}

func (r *reader) reject(name, value, why string) {
	if len(r.notes) < maxNotes {
		r.notes = append(r.notes, note{Name: short(name), Value: short(value), Why: why})
	}
}

// rejectUnknown notes the parameters that no page knows.
func (r *reader) rejectUnknown() {
	var unknown []string
	for name := range r.values {
		if !slices.Contains(parameters(), name) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	for _, name := range unknown {
		r.reject(name, strings.Join(r.values[name], ","), "ignored.unknown")
	}
}

func short(s string) string {
	runes := []rune(s)
	if len(runes) > maxNoteRunes {
		return string(runes[:maxNoteRunes]) + "…"
	}
	return s
}
