package handlers

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// members reads the members of a JSON object. Every member that is asked for
// counts as known; done refuses the others.
type members struct {
	*findings
	values map[string]json.RawMessage
	path   string // what stands before the name of a member in messages: "properties."
	known  []string
}

// readMembers starts to read an object, which messages call name. Where it is
// none it is refused, and reads as an object without members.
func readMembers(f *findings, name, path string, raw json.RawMessage) *members {
	m := &members{findings: f, path: path}
	if err := json.Unmarshal(raw, &m.values); err != nil || m.values == nil {
		f.refuse(name, string(raw), "a JSON object", "is no JSON object")
	}
	return m
}

// member returns the value of a member, and whether it came: null counts as
// not there. A value of another type is refused, with what is allowed, and
// counts as not there.
func member[T any](m *members, name, allowed string) (value T, came bool) {
	m.known = append(m.known, name)
	raw, there := m.values[name]
	if !there || bytes.Equal(raw, []byte("null")) {
		return value, false
	}
	if err := json.Unmarshal(raw, &value); err != nil {
		m.refuse(m.path+name, string(raw), allowed, "is of another type")
		var none T
		return none, false
	}
	return value, true
}

// need is member for what must come.
func need[T any](m *members, name, allowed string) T {
	before := len(m.problems)
	value, came := member[T](m, name, allowed)
	if !came && len(m.problems) == before {
		m.refuse(m.path+name, "", allowed, "is missing")
	}
	return value
}

// ignore counts members as known without reading them: those that an answer
// of ours carries and that a change cannot change.
func (m *members) ignore(names ...string) { m.known = append(m.known, names...) }

// done refuses the members that nobody asked for. Their values are not
// repeated: what has no place here may be private.
func (m *members) done() {
	for _, name := range slices.Sorted(maps.Keys(m.values)) {
		if !slices.Contains(m.known, name) {
			m.refuse(m.path+name, "", strings.Join(m.known, ", "), "is no known member")
		}
	}
}
