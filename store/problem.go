package store

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

// MaxName is the most characters that the name of a shift, a place or a
// denominator may have, and what else is written about one on a line.
const MaxName = 200

// problems are what is wrong with something that is to be stored.
type problems []Problem

func (p *problems) add(field, value, message, allowed string) {
	*p = append(*p, Problem{Field: field, Value: value, Message: message, Allowed: allowed})
}

// name adds a problem unless a text can be shown as the name of something.
func (p *problems) name(field, text string) {
	if strings.TrimSpace(text) == "" {
		p.add(field, text, "is empty", "a name")
		return
	}
	p.line(field, text)
}

// line adds a problem unless a text can be shown on one line; it may be empty.
func (p *problems) line(field, text string) {
	const allowed = "up to 200 characters on one line, none of them for control"
	switch n := utf8.RuneCountInString(text); {
	case n > MaxName:
		p.add(field, text, fmt.Sprintf("has %d characters", n), allowed)
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl):
		p.add(field, strings.ToValidUTF8(text, "�"), "has characters that cannot be shown", allowed)
	}
}

// point adds a problem unless a point is on the globe.
func (p *problems) point(field string, at orb.Point) {
	if err := grid.CheckPoint(at); err != nil {
		p.add(field, fmt.Sprint(at), err.Error(), "longitude in [-180, 180], latitude in [-90, 90]")
	}
}

// polygons adds what keeps polygons from covering ground.
func (p *problems) polygons(polygons orb.MultiPolygon) {
	if len(polygons) == 0 {
		p.add("geometry", "", "is empty", "one polygon or more")
	}
	for i, polygon := range polygons {
		if len(polygon) == 0 {
			p.add("geometry", fmt.Sprintf("polygon %d", i+1), "has no ring", "an outer ring, then its holes")
		}
		for j, ring := range polygon {
			if message, allowed := checkRing(ring); message != "" {
				p.add("geometry", fmt.Sprintf("polygon %d ring %d", i+1, j+1), message, allowed)
			}
		}
	}
}

func checkRing(ring orb.Ring) (message, allowed string) {
	for _, p := range ring {
		if err := grid.CheckPoint(p); err != nil {
			return "has " + err.Error(), "longitude in [-180, 180], latitude in [-90, 90]"
		}
	}
	switch {
	case len(ring) < 4:
		return fmt.Sprintf("has %d points", len(ring)), "4 points or more"
	case ring[0] != ring[len(ring)-1]:
		return "is not closed", "a last point equal to the first"
	}
	return "", ""
}
