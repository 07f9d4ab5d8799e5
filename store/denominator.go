package store

import (
	"strconv"

	"github.com/paulmach/orb"
)

// Denominator is what incidents are held against in a rate: how many
// residents, dwellings or premises there are, and where.
type Denominator struct {
	ID    string  `json:"id"`             // lower-case letters, digits, hyphens: residents-2020
	Name  string  `json:"name"`           // one line of at most MaxName characters
	Unit  string  `json:"unit"`           // what is counted: residents, premises; one such line
	Note  string  `json:"note,omitempty"` // where the numbers are from; one such line
	Total float64 `json:"total"`          // sum of the values of its parts; ignored when put
	Parts int     `json:"parts"`          // how many there are; ignored when put
}

// MaxAmount is the most that a part of a denominator may have: far more than
// there are people, and little enough for totals to be finite.
const MaxAmount = 1e12

// DenominatorPart is how much of a denominator is at a point or in an area.
type DenominatorPart struct {
	Geometry orb.Geometry // orb.Point, orb.Polygon or orb.MultiPolygon
	Value    float64      // in the Unit of the denominator, 0 to MaxAmount
}

// AmountAllowed says in a few words what IsAmount takes, for messages.
const AmountAllowed = "a number from 0 to 1e12"

// IsAmount reports whether a part of a denominator may have the value.
func IsAmount(value float64) bool { return value >= 0 && value <= MaxAmount }

// Problems names everything that keeps a denominator from being stored; nil
// where nothing does.
func (d Denominator) Problems() []Problem {
	var found problems
	if !IsCode(d.ID, "-") {
		found.add("id", d.ID, "is not an id", "1 to 60 lower-case letters, digits and hyphens")
	}
	found.name("name", d.Name)
	found.name("unit", d.Unit)
	found.line("note", d.Note)
	return found
}

// Problems names everything that keeps a part from being stored; nil where
// nothing does.
func (p DenominatorPart) Problems() []Problem {
	var found problems
	switch g := p.Geometry.(type) {
	case orb.Point:
		found.point("geometry", g)
	case orb.Polygon:
		found.polygons(orb.MultiPolygon{g})
	case orb.MultiPolygon:
		found.polygons(g)
	default:
		kind := ""
		if g != nil {
			kind = g.GeoJSONType()
		}
		found.add("geometry", kind, "is no place that can hold a value", "a Point, Polygon or MultiPolygon")
	}
	if !IsAmount(p.Value) {
		found.add("value", strconv.FormatFloat(p.Value, 'g', -1, 64), "is no amount", AmountAllowed)
	}
	return found
}
