package store

import (
	"time"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

// CellRes is the resolution of the cell that each incident keeps.
//
// It finds incidents by place. It does not count them: the parent of an
// incident's cell is not always the cell that holds its point at the coarser
// resolution (hexagons do not nest exactly), so layers index the point itself.
const CellRes = 11

// TimePrecision is how exactly the source knew when an incident happened.
type TimePrecision string

// The precisions, finest first. UnknownTime goes with a zero From and To.
const (
	Second      TimePrecision = "second"
	Minute      TimePrecision = "minute"
	Hour        TimePrecision = "hour"
	Day         TimePrecision = "day"
	Month       TimePrecision = "month"
	Year        TimePrecision = "year"
	Interval    TimePrecision = "interval" // from/to as the source gave them
	UnknownTime TimePrecision = "unknown"
)

// Origin is who brought an incident to light.
type Origin string

// The origins. Hotspots leave PoliceInitiated out unless it is asked for:
// where police look, police find.
const (
	Reported        Origin = "reported"
	PoliceInitiated Origin = "police_initiated"
	UnknownOrigin   Origin = "unknown"
)

// LocationPrecision is how exactly the source knew where.
type LocationPrecision string

// The location precisions.
const (
	ExactLocation    LocationPrecision = "exact"
	BlockLocation    LocationPrecision = "block"    // street block, or a rounded coordinate
	FallbackLocation LocationPrecision = "fallback" // a point where a source puts what it cannot place: a station, a centre
	UnknownLocation  LocationPrecision = "unknown"
)

// TellsMore reports whether a precision says more about a point than another:
// that it is a fallback more than that it is a block's, that more than that it
// is exact, and all more than nothing.
func (p LocationPrecision) TellsMore(than LocationPrecision) bool { return p.rank() > than.rank() }

func (p LocationPrecision) rank() int {
	switch p {
	case FallbackLocation:
		return 3
	case BlockLocation:
		return 2
	case ExactLocation:
		return 1
	default:
		return 0
	}
}

// Incident is one recorded event at one place. Source and SourceID together
// are its identity.
type Incident struct {
	ID                int64             // the store's own number; 0 before it is stored
	Source            string            // code of the Source
	SourceID          string            // the id the source gave it: text, leading zeros kept
	Category          string            // code of the Category
	Offences          []string          // codes of further categories of the same incident, each once and never Category; nil without
	RawCategory       string            // the source's text that the category came from; empty when the code itself was given
	From, To          time.Time         // UTC, From ≤ t < To; both zero when the time is unknown
	TimePrecision     TimePrecision     //
	Point             orb.Point         // longitude, latitude in degrees, WGS 84
	LocationPrecision LocationPrecision // empty means unknown
	Origin            Origin            // when stored: empty means "as its category"; when read: never empty
	Upload            int64             // the upload that brought it; 0 when it was posted
	Cell              grid.Cell         // the res-11 cell of Point; the store sets it
}

// HasTime reports whether it is known when the incident happened.
func (i Incident) HasTime() bool { return !i.From.IsZero() }

// Outcome is what became of one incident that was put into the store.
type Outcome string

// The outcomes.
const (
	Taken   Outcome = "taken"   // it was new
	Known   Outcome = "known"   // it was there with the same content
	Updated Outcome = "updated" // it was there with other content, which it replaced
)

// IncidentFilter narrows a walk over incidents. Zero fields do not narrow.
type IncidentFilter struct {
	// Window keeps incidents whose interval overlaps it, and those of unknown
	// time. A zero bound is open.
	From, To   time.Time
	Categories []string
	Sources    []string
	Upload     int64
	Bound      *orb.Bound  // west < east; corners included
	Within     []grid.Cell // res 0–11: keeps incidents whose res-11 cell descends from one of these
}
