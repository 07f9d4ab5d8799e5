package handlers

import "atalaya/store"

// findings collects everything that is wrong with a request, so that its
// sender hears of it at once.
type findings struct{ problems []store.Problem }

func (f *findings) refuse(field, value, allowed, message string) {
	f.problems = append(f.problems, store.Problem{Field: field, Value: value, Allowed: allowed, Message: message})
}
