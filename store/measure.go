package store

import (
	"context"
	"fmt"
	"time"

	"github.com/paulmach/orb"
)

// Measure counts what Quality tells of incidents, one by one. It is not safe
// for concurrent use. Memory does not grow with the incidents.
type Measure struct {
	zone       *time.Location
	origins    map[string]Origin // of the categories when it began; what came later is unknown
	grounds    []*ground
	measured   int
	precision  map[TimePrecision]int
	categories map[string]int
	months     map[month]int
	present    struct { // the month of the incident before, for they come in runs
		month
		from, to time.Time
	}
	fallback, outside int
}

// NewMeasure begins to measure incidents whose months are those of zone,
// against the categories and areas that the store has now.
func NewMeasure(ctx context.Context, st Store, zone *time.Location) (*Measure, error) {
	categories, err := st.Categories(ctx)
	if err != nil {
		return nil, err
	}
	areas, err := st.Areas(ctx)
	if err != nil {
		return nil, err
	}
	return MeasureAgainst(categories, areas, zone), nil
}

// MeasureAgainst begins to measure against the given categories and areas.
func MeasureAgainst(categories []Category, areas []Area, zone *time.Location) *Measure {
	m := &Measure{
		zone: zone, origins: map[string]Origin{}, precision: map[TimePrecision]int{},
		categories: map[string]int{}, months: map[month]int{},
	}
	for _, c := range categories {
		m.origins[c.Code] = c.Origin
	}
	for _, a := range areas {
		m.grounds = append(m.grounds, newGround(a.Geometry))
	}
	return m
}

// Add counts an incident, all but its place.
func (m *Measure) Add(i Incident) {
	m.measured++
	m.precision[i.TimePrecision]++
	m.categories[i.Category]++
	if i.LocationPrecision == FallbackLocation {
		m.fallback++
	}
	if !i.HasTime() || i.TimePrecision == Year {
		return
	}
	if i.From.Before(m.present.from) || !i.From.Before(m.present.to) {
		local := i.From.In(m.zone)
		year, is, _ := local.Date()
		m.present.month = monthOf(year, is)
		m.present.from = time.Date(year, is, 1, 0, 0, 0, 0, m.zone)
		m.present.to = time.Date(year, is+1, 1, 0, 0, 0, 0, m.zone)
	}
	m.months[m.present.month]++
}

// AddPlace counts the place of an incident. Cost: a look at the boxes of the
// areas, and at few edges of those that hold it.
func (m *Measure) AddPlace(p orb.Point) {
	for at, g := range m.grounds {
		if g.contains(p) {
			// The next incident is likely to be in the same area.
			m.grounds[0], m.grounds[at] = m.grounds[at], m.grounds[0]
			return
		}
	}
	m.outside++
}

// Tell writes what was counted into q.
func (m *Measure) Tell(q *Quality) {
	q.Measured, q.Precision, q.Fallback = m.measured, m.precision, m.fallback
	q.MissingMonths = []string{}
	if months := sortedMonths(m.months); len(months) > 0 {
		first, last := months[0], months[len(months)-1]
		q.FirstMonth, q.LastMonth = first.String(), last.String()
		q.MissingMonths = monthsBetween(first, last, m.months)
	}
	for code, n := range m.categories {
		if origin := m.origins[code]; origin == "" || origin == UnknownOrigin {
			q.UnmappedCategories++
			q.Unmapped += n
		}
	}
	if m.grounds != nil {
		outside := m.outside
		q.OutsideAreas = &outside
	}
}

// month is a month of the calendar, counted from year 0.
type month int

func monthOf(year int, m time.Month) month { return month(12*year + int(m) - 1) }

// String returns the month as 2024-01.
func (m month) String() string { return fmt.Sprintf("%04d-%02d", int(m)/12, int(m)%12+1) }
