package layer

import (
	"slices"
	"time"

	"atalaya/geo/aoristic"
	"atalaya/geo/grid"
	"atalaya/geo/trend"
	"atalaya/store"
)

// moments is when the incidents of some ground happened.
type moments struct {
	week      aoristic.Week // of the counted incidents that are known better than the day
	known     int           // how many these are
	months    map[int]int   // by number: those known to the month, whatever the layer's datetime
	sensitive map[int]int   // of these, the sensitive ones
}

func newMoments() *moments { return &moments{months: map[int]int{}, sensitive: map[int]int{}} }

// add puts the incidents of other ground to those of this.
func (m *moments) add(other *moments) {
	for hour, v := range other.week {
		m.week[hour] += v
	}
	m.known += other.known
	for month, n := range other.months {
		m.months[month] += n
	}
	for month, n := range other.sensitive {
		m.sensitive[month] += n
	}
}

// diary keeps the moments of a layer's incidents by cell.
type diary struct {
	counted *Builder                  // tells what the layer counts
	ever    *Builder                  // tells what it would count without datetime
	keeps   func(cell grid.Cell) bool // nil means all
	cells   map[grid.Cell]*moments
}

// newDiary begins a diary of what a Builder counts.
func newDiary(counted *Builder, keeps func(grid.Cell) bool) (*diary, error) {
	ever := &Builder{query: counted.query, facts: counted.facts, zones: counted.zones}
	ever.query.From, ever.query.To = time.Time{}, time.Time{}
	if err := ever.settleClock(); err != nil {
		return nil, err
	}
	return &diary{counted: counted, ever: ever, keeps: keeps, cells: map[grid.Cell]*moments{}}, nil
}

// note keeps when an incident happened, if the layer's origin, categories,
// hours and days let it through.
func (d *diary) note(i store.Incident) error {
	b := d.counted
	isSensitive := b.facts.Sensitive(i.Category)
	switch {
	case !i.HasTime(), !slices.Contains(b.query.Origins, i.Origin),
		isSensitive && len(b.query.Categories) == 0,
		b.query.NoFallback && i.LocationPrecision == store.FallbackLocation:
		return nil
	}
	cell, err := b.cellOf(i)
	if err != nil || d.keeps != nil && !d.keeps(cell) {
		return err
	}
	m := d.cells[cell]
	if m == nil {
		m = newMoments()
		d.cells[cell] = m
	}
	zone := b.zone(i.Source)
	if at := b.place(i); at.fits == timeFits && at.slot >= 0 && i.To.Sub(i.From) < 24*time.Hour {
		m.week.Add(i.From, i.To, zone)
		m.known++
	}
	if month, whole := stepWithin(trend.Month, i, zone); whole && d.ever.place(i).fits == timeFits {
		m.months[month]++
		if isSensitive {
			m.sensitive[month]++
		}
	}
	return nil
}

// of returns the moments of some cells together.
func (d *diary) of(cells []Cell) *moments {
	sum := newMoments()
	for _, c := range cells {
		if m := d.cells[c.Cell]; m != nil {
			sum.add(m)
		}
	}
	return sum
}
