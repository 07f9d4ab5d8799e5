package ingest

import (
	"strings"

	"atalaya/store"
)

// meanings knows what the raw categories of a file mean.
type meanings struct {
	of     map[string]*meaning // by raw category
	harm   map[string]float64  // of the categories the store had, by code
	origin map[string]store.Origin
	hides  func(raw string) bool // texts that are not stored
	find   func(raw string) (code string, err error)
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
	m := &meanings{of: map[string]*meaning{}, harm: map[string]float64{}, origin: map[string]store.Origin{}, hides: hides, find: find}
	for _, c := range categories {
		m.harm[c.Code], m.origin[c.Code] = c.Harm, c.Origin
	}
	return m
}

// settle gives an incident its category and its further offences, of the raw
// categories that its rows named, as store.Offences does; its raw text is the
// first by letter of those that mean its category. None are its own alone.
func (m *meanings) settle(i *store.Incident, raws []string) error {
	of, err := m.meaning(i.RawCategory)
	if err != nil {
		return err
	}
	if len(raws) > 1 {
		if of, i.Offences, err = m.foremost(raws); err != nil {
			return err
		}
	}
	of.incidents++
	i.Category, i.RawCategory = of.code, of.raw
	return nil
}

// foremost returns the meaning that an incident of several raw categories has,
// and the further ones.
func (m *meanings) foremost(raws []string) (of *meaning, further []string, err error) {
	all := make([]*meaning, len(raws))
	codes := make([]string, len(raws))
	for n, raw := range raws {
		if all[n], err = m.meaning(raw); err != nil {
			return nil, nil, err
		}
		codes[n] = all[n].code
	}
	code, further := store.Offences(codes, m.harm)
	for _, one := range all {
		if one.code == code && (of == nil || of.raw == "" || one.raw != "" && one.raw < of.raw) {
			of = one
		}
	}
	return of, further, nil
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
