package handlers

import (
	"slices"
	"strings"

	"atalaya/store"
)

// findings collects everything that is wrong with a request, so that its
// sender hears of it at once.
type findings struct{ problems []store.Problem }

func (f *findings) refuse(field, value, allowed, message string) {
	f.problems = append(f.problems, store.Problem{Field: field, Value: value, Allowed: allowed, Message: message})
}

// refuseUnknown refuses each name that came and is not known. Values are not
// repeated: what has no place here may be private.
func (f *findings) refuseUnknown(what, prefix string, came, known []string) {
	slices.Sort(came)
	for _, name := range came {
		if !slices.Contains(known, name) {
			f.refuse(prefix+name, "", strings.Join(known, ", "), "is no known "+what)
		}
	}
}
