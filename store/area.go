package store

import (
	"fmt"
	"strings"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

// AreaKind is what an area is for.
type AreaKind string

// The kinds of area.
const (
	StudyArea    AreaKind = "study"        // cells that statistics are computed over
	Sector       AreaKind = "sector"       // ground of a patrol
	Jurisdiction AreaKind = "jurisdiction" // ground that somebody answers for
)

// Area is a named part of the ground: polygons, or a list of cells of one
// resolution. Geometry is never empty; where Cells is given it holds the
// outlines of the cells.
type Area struct {
	ID        string // lower-case letters, digits, hyphens: gt-01
	Name      string
	Kind      AreaKind
	Geometry  orb.MultiPolygon
	Cells     []grid.Cell // ascending; nil for an area of polygons
	Synthetic bool        // made up for the demo
}

// Label returns the name as it stands beside others: without the remark in
// brackets that marks a made-up area.
func (a Area) Label() string { return label(a.Name, a.Synthetic) }

func label(name string, isSynthetic bool) string {
	short, _, found := strings.Cut(name, " (")
	if isSynthetic && found {
		return short
	}
	return name
}

// Problems names everything that keeps an area from being stored; nil where
// nothing does.
func (a Area) Problems() []Problem {
	var found problems
	if !IsCode(a.ID, "-") {
		found.add("id", a.ID, "is not an id", "1 to 60 lower-case letters, digits and hyphens")
	}
	if strings.TrimSpace(a.Name) == "" {
		found.add("name", a.Name, "is empty", "a name")
	}
	switch a.Kind {
	case StudyArea, Sector, Jurisdiction:
	default:
		found.add("kind", string(a.Kind), "is not a kind of area", "study, sector, jurisdiction")
	}
	found.polygons(a.Geometry)
	for i, cell := range a.Cells {
		switch {
		case !cell.Valid():
			found.add("cells", cell.String(), "is not a valid H3 cell", "15 hexadecimal digits of a cell")
		case cell.Res() != a.Cells[0].Res():
			found.add("cells", cell.String(), fmt.Sprintf("has resolution %d", cell.Res()), fmt.Sprintf("the first cell's resolution, %d", a.Cells[0].Res()))
		case i > 0 && cell <= a.Cells[i-1]:
			found.add("cells", cell.String(), "does not come after the cell before it", "cells in ascending order, each once")
		}
	}
	return found
}
