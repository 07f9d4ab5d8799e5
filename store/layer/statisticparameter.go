package layer

import "time"

// StatisticParameter is one thing that a request may say of numbers of a whole
// layer, the same over HTTP and on the command line.
type StatisticParameter struct {
	Name    string
	Allowed string // what may stand there, in a few words
	Help    string // one sentence

	read func(q *StatisticQuery, text string, zone *time.Location) error
	text func(q StatisticQuery) string // empty where it narrows nothing
}

// Read sets what the parameter says, and nothing where it fails; dates are
// read in zone.
func (p StatisticParameter) Read(q *StatisticQuery, text string, zone *time.Location) error {
	was := *q
	if err := p.read(q, text, zone); err != nil {
		*q = was
		return err
	}
	return nil
}

// StatisticParameters lists everything that a request may say of a kind of
// numbers: what all layers have but the method, then what is the kind's own.
func StatisticParameters(kind StatisticKind) []StatisticParameter {
	var out []StatisticParameter
	for _, p := range commonParameters() {
		if p.Name == "method" {
			continue
		}
		out = append(out, StatisticParameter{
			Name: p.Name, Allowed: p.Allowed, Help: p.Help,
			read: func(q *StatisticQuery, s string, zone *time.Location) error { return p.read(&q.Layer, s, zone) },
			text: func(q StatisticQuery) string { return p.text(q.Layer) },
		})
	}
	r, _ := kind.recipe()
	return append(out, r.parameters...)
}
