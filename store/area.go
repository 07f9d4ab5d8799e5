package store

import (
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
