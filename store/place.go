package store

import "github.com/paulmach/orb"

// Place is a point of the ground that has a name in public: a market, a
// station, a park. Hotspots are named after the nearest. It is never named
// after a person who lives or works there, nor after what happened there.
type Place struct {
	ID        string // lower-case letters, digits, hyphens: mercado-central
	Name      string // one line of at most MaxName characters
	Point     orb.Point
	Kind      string // market, station, park …; may be empty; one line of at most MaxName characters
	Synthetic bool   // made up for the demo
}

// Label returns the name as it stands beside others: without the remark in
// brackets that marks a made-up place.
func (p Place) Label() string { return label(p.Name, p.Synthetic) }

// Problems names everything that keeps a place from being stored; nil where
// nothing does.
func (p Place) Problems() []Problem {
	var found problems
	if !IsCode(p.ID, "-") {
		found.add("id", p.ID, "is not an id", "1 to 60 lower-case letters, digits and hyphens")
	}
	found.name("name", p.Name)
	found.line("kind", p.Kind)
	found.point("geometry", p.Point)
	return found
}
