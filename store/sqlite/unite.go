package sqlite

import (
	"strings"

	"atalaya/store"
)

// Unite stores incidents and keeps the offences of those that are there. See
// store.Loader.
func (l *loader) Unite(incidents []store.Incident) ([]store.Outcome, error) {
	return l.put(incidents, l.unite)
}

// unite adds the offences of a row that is there to those of one that comes.
func (l *loader) unite(old stored, r *record) error {
	if old.category == r.category && old.offences == r.offences && old.text == r.text {
		return nil
	}
	if err := l.learnHarm(); err != nil {
		return err
	}
	category, further := store.Offences(append(old.codes(), r.codes()...), l.harm)
	if len(further) > maxOffences {
		return store.Errorf(store.Invalid, "incident %q has %d further offences with those that are there; allowed: up to %d", r.sourceID, len(further), maxOffences)
	}
	text, err := l.textOf(category, old.content, r.content)
	if err != nil {
		return err
	}
	r.category, r.offences, r.text = category, strings.Join(further, ","), text
	return nil
}

// codes returns the categories of a row, its own first.
func (c content) codes() []string {
	if c.offences == "" {
		return []string{c.category}
	}
	return append([]string{c.category}, strings.Split(c.offences, ",")...)
}

// textOf returns the number of the text that the category of two rows came
// from: the first by letter where it is that of both, 0 where it is of neither,
// as harm that was weighed anew makes it.
func (l *loader) textOf(category string, a, b content) (text int64, err error) {
	ofA, ofB := a.category == category && a.text != 0, b.category == category && b.text != 0
	switch {
	case ofA && !ofB:
		return a.text, nil
	case ofB && !ofA:
		return b.text, nil
	case !ofA:
		return 0, nil
	}
	err = l.tx.QueryRowContext(l.ctx, `SELECT id FROM category_text WHERE id IN (?, ?) ORDER BY raw LIMIT 1`, a.text, b.text).Scan(&text)
	return text, err
}

// learnHarm reads what the categories weigh, once a Load, in which no other
// weight than 0 is added.
func (l *loader) learnHarm() error {
	if l.harm != nil {
		return nil
	}
	all, err := readCategories(l.ctx, l.tx)
	if err != nil {
		return err
	}
	l.harm = map[string]float64{}
	for _, c := range all {
		l.harm[c.Code] = c.Harm
	}
	return nil
}
