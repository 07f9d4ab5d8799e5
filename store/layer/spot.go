package layer

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"atalaya/geo/grid"
	"atalaya/geo/trend"
	"atalaya/store"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// Spot is a hotspot as a place: what it is called, where and how large it is,
// and when its incidents happen. With Hidden set, Best and Course are empty.
type Spot struct {
	Hotspot

	Name     string   // the place and the sector, one of them, or the coordinates
	Place    string   // name of the nearest place; empty where none is near
	PlaceM   float64  // how far that is from the middle of the cell that names the hotspot, metres; NaN without
	Sector   string   // name of the sector that holds that middle; empty where none does
	Areas    []string // IDs of the areas that hold it
	Outline  orb.MultiPolygon
	Best     Best
	Course   Course
	Emerging *Emergence // of method emerging, where the hottest cell has a category
}

// Emergence is how the hottest cell of a hotspot came to be hot.
type Emergence struct {
	Category trend.Category
	Hot      int       // periods in which it was hot
	Periods  int       // of all
	Since    time.Time // start of the run of hot periods that the last belongs to; zero where that is not hot
	Step     trend.Step
}

// Spots is the hotspots of a layer, described, by rank.
type Spots struct {
	Layer *Layer
	All   []Spot
}

// The distance from which on a place gives a hotspot no name: nearM metres or
// nearWidths cell widths, whichever is more.
const (
	nearM      = 500.0
	nearWidths = 3.0
)

// gazetteer is what hotspots are named after.
type gazetteer struct {
	places []store.Place
	areas  []store.Area // by ID
}

// describe turns the hotspots of a layer into spots.
func (b *Builder) describe(l *Layer, d *diary, g gazetteer) (*Spots, error) {
	out := &Spots{Layer: l, All: make([]Spot, 0, len(l.hotspots))}
	open := b.openHours()
	for _, h := range l.hotspots {
		s := Spot{Hotspot: h, PlaceM: math.NaN(), Best: Best{Share: math.NaN(), Flat: math.NaN()}, Course: Course{Trend: trend.MannKendall(nil), PerMonth: math.NaN()}}
		g.name(&s)
		cells := make([]grid.Cell, len(h.Cells))
		for i, c := range h.Cells {
			cells[i] = c.Cell
		}
		s.Outline = grid.Union(cells)
		s.Emerging = l.emergence(h.Top())
		if h.Hidden {
			s.Best.Why = "it would tell of too few sensitive incidents"
		} else {
			m := d.of(h.Cells)
			s.Best = bestOf(m, open, b.query.isLongEnough())
			var err error
			if s.Course, err = b.courseOf(m); err != nil {
				return nil, err
			}
		}
		out.All = append(out.All, s)
	}
	return out, nil
}

// isLongEnough reports whether each day of the week comes about as often as
// the others in the asked time.
func (q Query) isLongEnough() bool {
	return q.From.IsZero() || q.To.IsZero() || q.To.Sub(q.From) >= hours(24*leastDays)
}

// name finds what a spot is called.
func (g gazetteer) name(s *Spot) {
	heart := s.ID().Center()
	width := math.Sqrt(2 * s.ID().AreaKM2() / math.Sqrt(3)) // km between opposite edges of a regular hexagon
	limit := max(nearM, 1000*nearWidths*width)
	if len(g.places) > 0 {
		distance := func(p store.Place) float64 { return grid.DistanceM(p.Point, heart) }
		nearest := slices.MinFunc(g.places, func(a, b store.Place) int { return cmp.Compare(distance(a), distance(b)) })
		if m := distance(nearest); m <= limit {
			s.Place, s.PlaceM = nearest.Label(), m
		}
	}
	for _, a := range g.areas {
		if !planar.MultiPolygonContains(a.Geometry, heart) {
			continue
		}
		s.Areas = append(s.Areas, a.ID)
		if a.Kind == store.Sector && s.Sector == "" {
			s.Sector = a.Label()
		}
	}
	switch {
	case s.Place != "" && s.Sector != "":
		s.Name = s.Place + " · " + s.Sector
	case s.Place != "" || s.Sector != "":
		s.Name = s.Place + s.Sector
	default:
		s.Name = fmt.Sprintf("%.4f, %.4f", heart.Lat(), heart.Lon())
	}
}

// emergence tells how a cell came to be hot; nil of other methods, and where
// the cell has no category or may not tell it.
func (l *Layer) emergence(c Cell) *Emergence {
	details, ok := l.Details.(EmergingDetails)
	if !ok || c.HiddenSum {
		return nil
	}
	n, _ := l.find(c.Cell)
	word := func(name string) string {
		i := slices.IndexFunc(l.Columns, func(column Column) bool { return column.Name == name })
		return l.Columns[i].Words[n]
	}
	category, flags := trend.Category(word("emerging")), word("flags")
	if category == "" {
		return nil
	}
	e := &Emergence{Category: category, Periods: len(flags), Hot: strings.Count(flags, string(trend.HotFlag)), Step: details.Step}
	if run := len(flags) - len(strings.TrimRight(flags, string(trend.HotFlag))); run > 0 {
		e.Since = details.Periods[len(flags)-run].From
	}
	return e
}

func hours(n int) time.Duration { return time.Duration(n) * time.Hour }

// referenceMonday is a Monday 00:00, in a zone without changes of the clock.
func referenceMonday() time.Time { return time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC) }
