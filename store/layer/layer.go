package layer

import (
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
	Area        AreaInfo
	Incidents   Tally
	Mean        float64 // incidents per cell
	scores      hotspot.Scores
	Version     store.DataVersion
	Fingerprint string // hex; same data version and same query, same fingerprint
	Synthetic   bool   // some counted source is made up
	Beware      []Warning
}

// Cell is one hexagon of a layer. Statistics that are undefined are NaN, and
// Why of the layer's statistic says why.
type Cell struct {
	Cell       grid.Cell
	Count      int     // incidents in the cell
	Sum        int     // incidents in the cell and its neighbours inside the study area
	Neighbours int     // neighbours inside the study area, 0–6
	AreaKM2    float64 // the cell's own area
	Rate       float64 // incidents per km² over the asked time
	Expected   float64 // (Neighbours + 1) × Layer.Mean: what Sum would usually be
	Z          float64 // Gi*
	P          float64 // two-sided
	PFDR       float64 // Benjamini–Hochberg over all cells
	Class      hotspot.Class
	Rank       int  // 1 is the highest Z, ties by count, then by cell; 0 where Z is undefined
	Edge       bool // some neighbour lies outside the study area
}

// AreaInfo tells which ground a layer covers.
type AreaInfo struct {
	IDs      []string // of stored areas, as asked
	Name     string   // for people; empty when inferred
	Inferred bool     // nothing was asked: the hull of the cells with incidents
	KM2      float64  // sum of the cells' areas
}

// Tally adds up: what the filters on category, origin, time and fallback points let through is
// Used + Outside + WithoutTime.
type Tally struct {
	Used        int // counted in a cell
	Outside     int // in no cell of the study area
	WithoutTime int // time unknown, or not known well enough for the asked interval, hours or days
	Fallback    int // at fallback points: left out where the query says so, else counted among the others
	LeftOut     int // police-initiated, left out because they were not asked for
	// LeftOutCategories are the codes of what was left out, ascending.
	LeftOutCategories []string
}

// Warning is something to beware of when reading a layer.
type Warning struct {
	Code    string `json:"code"`
	Message string `json:"message"` // English
}

// Hotspot is a group of adjoining hot cells (hot_95 or hot_99).
type Hotspot struct {
	Cells    []Cell  // highest Z first
	Count    int     // incidents in Cells
	Expected float64 // len(Cells) × Layer.Mean
	Rank     int     // 1 has the greatest excess, Count − Expected
}

// ID returns the cell with the highest Z, which names the hotspot.
func (h Hotspot) ID() grid.Cell { return h.Cells[0].Cell }

// Top returns the cell with the highest Z.
func (h Hotspot) Top() Cell { return h.Cells[0] }

// Explanation tells the numbers behind one cell of a layer.
type Explanation struct {
	Layer   *Layer
	Cell    Cell
	Hotspot *Hotspot // the one that holds the cell; nil when none does
	Why     string   // why the class is undefined; empty when it is not
	Breakdown
}

// Breakdown is the incidents of some cells by month, hour of the week and
// category.
type Breakdown struct {
	Months     []MonthCount    // local months from the first to the last of the asked time, zeros included
	HourOfWeek [7][24]int      // [Monday=0][hour], local; incidents known to the hour
	NoHour     int             // incidents not known to the hour
	Categories []CategoryCount // most first
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
