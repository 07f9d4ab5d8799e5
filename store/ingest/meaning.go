package ingest

import (
	"slices"
	"strings"

	"atalaya/store"
)

// meanings knows what the raw categories of a file mean.
type meanings struct {
	of       map[string]*meaning   // by raw category
	bearings map[string]bearing    // of the categories the store had, by code
	hides    func(raw string) bool // texts that are not stored
	find     func(raw string) (code string, err error)
}

// bearing is what a category says about its incidents.
type bearing struct {
	harm   float64
	origin store.Origin
}

// meaning is a raw category and its code. Incidents share its raw text, so
// that they do not hold the record that it came from. A text that is somebody's
// name or identity number, or has an e-mail or a telephone in it, is withheld:
// it counts as blank.
type meaning struct {
	raw, code  string
	isWithheld bool
	incidents  int
}

func newMeanings(categories []store.Category, hides func(string) bool, find func(raw string) (string, error)) *meanings {
	m := &meanings{of: map[string]*meaning{}, bearings: map[string]bearing{}, hides: hides, find: find}
	for _, c := range categories {
		m.bearings[c.Code] = bearing{harm: c.Harm, origin: c.Origin}
	}
	return m
}

// settle gives an incident its category and its further offences, of the raw
// categories that its rows named. The one with the most harm is its category,
// the first of equals; a blank one is never, where another is there.
func (m *meanings) settle(i *store.Incident, raws []string) error {
	of, err := m.meaning(raws[0])
	if err != nil {
		return err
	}
	for _, raw := range raws[1:] {
		further, err := m.meaning(raw)
		if err != nil {
			return err
		}
		if of.raw == "" || m.bearings[further.code].harm > m.bearings[of.code].harm {
			of = further
		}
	}
	of.incidents++
	i.Category, i.RawCategory = of.code, of.raw
	if len(raws) == 1 {
		return nil
	}
	for _, raw := range raws {
		if code := m.of[raw].code; m.of[raw].raw != "" && code != of.code && !slices.Contains(i.Offences, code) {
			i.Offences = append(i.Offences, code)
		}
	}
	return nil
}

// meaning returns what a raw category means.
func (m *meanings) meaning(raw string) (*meaning, error) {
	if known, ok := m.of[raw]; ok {
		return known, nil
	}
	raw = strings.Clone(raw)
	one := &meaning{raw: raw, isWithheld: m.hides(raw)}
	if one.isWithheld {
		one.raw = ""
	}
	var err error
	if one.code, err = m.find(one.raw); err != nil {
		return nil, err
	}
	m.of[raw] = one
	return one, nil
}

// withheld counts the incidents whose category is withheld.
func (m *meanings) withheld() int {
	n := 0
	for _, one := range m.of {
		if one.isWithheld {
			n += one.incidents
		}
	}
	return n
}
