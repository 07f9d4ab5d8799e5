package layer

import (
	"time"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// The resolutions that layers are made at.
const (
	MinRes     = 5
	MaxRes     = 11
	DefaultRes = 9
)

// MaxCells is the most cells that a study area may have.
const MaxCells = 500_000

// MaxRing is the widest ring of cells around a study area.
const MaxRing = 3

// Query says what a layer shows. The zero value asks for Gi* at DefaultRes
// over all incidents but the police-initiated and the sensitive ones, on an
// inferred study area. A part that belongs to one method must be zero for the
// others; what its zero means is said where the method is.
type Query struct {
	Method     Method         // empty means GiStar
	Res        int            // MinRes to MaxRes; 0 means DefaultRes
	Areas      []string       // IDs of stored areas; the study area is their union
	Bound      *Bound         // study area: cells whose centre lies in it
	Study      *Study         // study area given outright; goes before Areas and Bound
	Ring       int            // steps around the study area whose cells lend their incidents, 0 to MaxRing
	From, To   time.Time      // From ≤ t < To; zero is open
	Categories []string       // codes; empty means all but the sensitive ones
	Origins    []store.Origin // empty means Reported and UnknownOrigin
	NoFallback bool           // leaves out incidents at fallback points, where sources put what they cannot place
	Hours      Hours          // local hours of the day; zero means all
	Days       Days           // local days of the week; zero means all

	Inference Inference // of GiStar, Gi, Moran
	Change    ChangeQuery
	Emerging  EmergingQuery
	Density   DensityQuery
	Rate      RateQuery
	Shift     ShiftQuery
	Near      NearQuery

	asked []string // names of the parameters that were read into it
}

// Bound is a box in degrees, edges included. West > East crosses the
// antimeridian.
type Bound struct{ West, South, East, North float64 }

// Study is a study area that is not stored: Geometry (Polygon or
// MultiPolygon), or Cells of the layer's resolution. Name is shown, and Label
// in the middle of a sentence; an empty Label means Name.
type Study struct {
	Name     string
	Label    string
	Geometry orb.Geometry
	Cells    []grid.Cell
}
