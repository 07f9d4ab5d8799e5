package layer

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// Explain tells the numbers behind one cell of the layer that the query asks
// for; the cell's resolution goes before the query's. NotFound where the cell
// is outside the study area. Cost: the layer, and the incidents of the cell
// and its neighbours.
func (m *Maker) Explain(ctx context.Context, q Query, c grid.Cell) (*Explanation, error) {
	q.Res = c.Res()
	l, err := m.Layer(ctx, q)
	if err != nil {
		return nil, err
	}
	i, inside := l.find(c)
	if !inside {
		return nil, &store.Error{Kind: store.NotFound, Message: fmt.Sprintf("cell %s", c), Err: errOutside}
	}
	e := &Explanation{Layer: l, Place: i, Cell: l.Cells[i]}
	for _, h := range l.Hotspots() {
		if slices.ContainsFunc(h.Cells, func(cell Cell) bool { return cell.Cell == c }) {
			e.Hotspot = &h
		}
	}
	e.Breakdown, err = m.Breakdown(ctx, q, []grid.Cell{c})
	return e, err
}

// Breakdown counts the incidents that a query lets through in some cells,
// ascending and of one resolution, by month, hour of the week and category.
// The query's study area does not narrow it. Cost: a walk over the incidents
// of the cells and their neighbours.
func (m *Maker) Breakdown(ctx context.Context, q Query, cells []grid.Cell) (Breakdown, error) {
	q = q.filled()
	sources, err := m.sources(ctx)
	if err != nil || len(cells) == 0 {
		return Breakdown{}, err
	}
	var out Breakdown
	months := map[time.Time]int{}
	categories := map[string]int{}
	filter := q.filter(sources.mainZone())
	filter.Within = withNeighbours(cells)
	for i, err := range m.store.Incidents(ctx, filter) {
		if err != nil {
			return Breakdown{}, fmt.Errorf("break down %d cells: %w", len(cells), err)
		}
		zone := sources.zone(i.Source)
		if q.NoFallback && i.LocationPrecision == store.FallbackLocation {
			continue
		}
		if !slices.Contains(q.Origins, i.Origin) || q.fit(i, zone) != timeFits || !holds(cells, i.Point) {
			continue
		}
		categories[i.Category]++
		from, to := i.From.In(zone), i.To.In(zone)
		if month := monthOf(from); i.HasTime() && !to.After(month.AddDate(0, 1, 0)) {
			months[utcMonth(from)]++
		}
		if i.HasTime() && i.To.Sub(i.From) <= time.Hour {
			out.HourOfWeek[weekday(from)][from.Hour()]++
		} else {
			out.NoHour++
		}
	}
	out.Months = monthsBetween(months, q, sources)
	for code, n := range categories {
		out.Categories = append(out.Categories, CategoryCount{Category: code, Count: n})
	}
	slices.SortFunc(out.Categories, func(a, b CategoryCount) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Category, b.Category)
	})
	return out, nil
}

// withNeighbours returns the cells and what adjoins them: a point's res-11
// cell may descend from a neighbour of the cell that holds the point.
func withNeighbours(cells []grid.Cell) []grid.Cell {
	var out []grid.Cell
	for _, c := range cells {
		out = append(out, c.Disk(1)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func holds(cells []grid.Cell, p orb.Point) bool {
	cell, err := grid.CellAt(p, cells[0].Res())
	if err != nil {
		return false
	}
	_, found := slices.BinarySearch(cells, cell)
	return found
}

// monthOf returns the start of the local month.
func monthOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())
}

// utcMonth returns the local month as a date that is the same in every zone.
func utcMonth(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// monthsBetween lists the months of the query's time, or where it is open the
// months that the counts span, zeros included.
func monthsBetween(counts map[time.Time]int, q Query, sources sourceIndex) []MonthCount {
	var first, last time.Time
	for month := range counts {
		if first.IsZero() || month.Before(first) {
			first = month
		}
		if month.After(last) {
			last = month
		}
	}
	zone := sources.mainZone()
	if !q.From.IsZero() {
		first = utcMonth(q.From.In(zone))
	}
	if !q.To.IsZero() {
		last = utcMonth(q.To.In(zone).Add(-time.Nanosecond))
	}
	var out []MonthCount
	if first.IsZero() || last.IsZero() {
		return out
	}
	for month := first; !month.After(last); month = month.AddDate(0, 1, 0) {
		out = append(out, MonthCount{Month: month, Count: counts[month]})
	}
	return out
}

// mainZone returns the zone of the source with the most incidents.
func (x sourceIndex) mainZone() *time.Location {
	var main store.Source
	for _, s := range x {
		if s.Incidents > main.Incidents || s.Incidents == main.Incidents && s.Code < main.Code {
			main = s
		}
	}
	return x.zone(main.Code)
}
