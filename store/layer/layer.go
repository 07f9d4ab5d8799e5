package layer

import (
	"sync/atomic"
	"time"

	"atalaya/geo/grid"
	"atalaya/geo/hotspot"
	"atalaya/store"
)

// Layer is one answer: every cell of a study area in H3 order, and what was
// counted to get it.
type Layer struct {
	Query       Query // with every default filled in
	Cells       []Cell
	Columns     []Column // the method's own values of each cell
	Area        AreaInfo
	Incidents   Tally
	Mean        float64 // incidents, or weight of a shift, per cell that the statistic is computed over
	Global      *Global // nil where the method has no statistic
	Details     any     // the method's own numbers of the whole layer; nil where it has none
	Version     store.DataVersion
	Fingerprint string // hex; same data version and same query, same fingerprint
	Synthetic   bool   // some counted source is made up
	Beware      []Warning

	hotspots []Hotspot
	spots    atomic.Pointer[Spots] // once a Maker has described the hotspots
}

// Cell is one hexagon of a layer. Statistics that are undefined are NaN.
type Cell struct {
	Cell       grid.Cell
	Count      int           // incidents in the cell; of method shift, those that may be of the shift
	Sum        float64       // count, or weight of a shift, of the cell and its neighbours
	Neighbours int           // neighbours inside the study area and its ring, 0–6
	AreaKM2    float64       // the cell's own area
	Rate       float64       // incidents per km² over the asked time
	Expected   float64       // (Neighbours + 1) × Layer.Mean: what Sum would usually be
	Z          float64       // Gi*
	P          float64       // two-sided
	PFDR       float64       // Benjamini–Hochberg over all cells
	Class      hotspot.Class // by the method's own statistic where it has one, else by Gi*
	Why        string        // why Class, or a value of the method's own, is undefined; empty where all is defined
	Rank       int           // 1 is the highest score of the class's statistic, ties by count, then by cell; 0 where undefined
	Edge       bool          // some neighbour lies outside the study area
	Hidden     bool          // too few sensitive incidents: Count is 0 and Rate NaN, whatever there is
	HiddenSum  bool          // the cell or a neighbour is hidden: Sum, Z, P, PFDR and the method's own are of its stand-in and not shown
}

// Global is the one number to look at before the cells: whether counts lie
// together at all (Moran's I, row-standardised, under randomisation).
type Global struct {
	I, Z, P float64 // NaN where undefined
}

// AreaInfo tells which ground a layer covers.
type AreaInfo struct {
	IDs      []string // of stored areas, as asked
	Name     string   // for people; empty when inferred
	Label    string   // Name without the remark that marks made-up areas
	Inferred bool     // nothing was asked: the hull of the cells with incidents
	KM2      float64  // sum of the cells' areas
}

// Tally adds up: what the filters on category, origin, time and fallback points
// let through is Used + Outside + WithoutTime + Incomplete.
type Tally struct {
	Used           int // counted in a cell
	Outside        int // in no cell of the study area
	Lent           int // of those outside, in the ring around it
	WithoutTime    int // time unknown, or not known well enough for the asked interval, hours or days
	Incomplete     int // in a period that the data do not cover whole; of method emerging
	PeriodsLeftOut int // how many such periods there are
	Fallback       int // at fallback points: left out where the query says so, else counted among the others
	Earlier        int // of method change: in the study area in the time before
	LeftOut        int // police-initiated, left out because they were not asked for
	Sensitive      int // of sensitive categories, left out because none was named
	// LeftOutCategories are the codes of what was left out for being
	// police-initiated, ascending.
	LeftOutCategories []string
	Hidden            int // cells whose count is not shown, for it is of too few sensitive incidents
	// WithoutPlace is how many rows of the files never became incidents for want
	// of a usable place: filters do not narrow it.
	WithoutPlace int
}

// Matched returns how many incidents the filters let through.
func (t Tally) Matched() int { return t.Used + t.Outside + t.WithoutTime + t.Incomplete }

// Warning is something to beware of when reading a layer.
type Warning struct {
	Code    string `json:"code"`
	Message string `json:"message"` // English
}

// Hotspot is a group of adjoining hot cells (hot_95 or hot_99).
type Hotspot struct {
	Cells    []Cell  // highest rank first
	Count    int     // incidents in Cells
	Weight   float64 // Count; of method shift, what of it is to be expected in the shift
	Expected float64 // len(Cells) × Layer.Mean: what Weight would usually be
	KM2      float64 // sum of the cells' areas
	Rank     int     // 1 has the greatest Excess
	Hidden   bool    // Count and Weight are not shown: a hidden count of one of the cells could be worked out

	heart grid.Cell
}

// ID returns the cell that names the hotspot: the one nearest to the mean of
// its cells' centres, each weighed by what it has over the mean of the layer.
func (h Hotspot) ID() grid.Cell { return h.heart }

// Excess returns how many incidents the hotspot has over what would be usual.
func (h Hotspot) Excess() float64 { return h.Weight - h.Expected }

// Top returns the cell with the highest score.
func (h Hotspot) Top() Cell { return h.Cells[0] }

// Explanation tells the numbers behind one cell of a layer.
type Explanation struct {
	Layer   *Layer
	Place   int // of the cell in Layer.Cells
	Cell    Cell
	Hotspot *Hotspot // the one that holds the cell; nil when none does
	Around  []Neighbour
	// Breakdown is empty where the cell is hidden.
	Breakdown
	// Sensitivity tells of the resolution before the cell's, its own and the
	// one after; only ExplainAcross looks.
	Sensitivity []Sensitivity
}

// Neighbour is a cell beside the one explained.
type Neighbour struct {
	Cell   grid.Cell
	Inside bool // it is of the study area
	Hidden bool // Count is not shown: too few sensitive incidents
	Count  int  // 0 where it is not shown, and outside the study area
}

// MonthCount is the incidents of one local calendar month. An incident that
// is not known to the month is in none.
type MonthCount struct {
	Month time.Time // its first instant in UTC reading of the local date
	Count int
}

// CategoryCount is the incidents of one category.
type CategoryCount struct {
	Category string
	Count    int
}
