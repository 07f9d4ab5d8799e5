package layer

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"atalaya/geo/aoristic"
	"atalaya/geo/grid"
)

// Breakdown is the incidents of some cells by month, hour of the week and
// category.
type Breakdown struct {
	Months     []MonthCount  // local months from the first to the last of the asked time, zeros included
	HourOfWeek [7][24]int    // [Monday=0][hour], local; incidents known to the hour
	NoHour     int           // incidents not known to the hour
	Aoristic   aoristic.Week // every incident with a time, spread over the hours in which it may have happened
	NoTime     int           // incidents without a time: in no hour of Aoristic
	// Categories are most first. What is of a sensitive category with fewer
	// than SmallestCount incidents is not listed but in Unlisted, with as much
	// of the smallest others as keeps it from being worked out.
	Categories []CategoryCount
	Unlisted   int
	Sensitive  int // how many of the incidents are of sensitive categories
}

// Breakdown counts the incidents that a layer of the query counts in some
// cells, ascending and of one resolution, which goes before the query's. The
// query's study area does not narrow it. Cost: a walk over the incidents of
// the cells and their neighbours.
func (m *Maker) Breakdown(ctx context.Context, q Query, cells []grid.Cell) (Breakdown, error) {
	if len(cells) == 0 {
		return Breakdown{}, nil
	}
	q.Res, q.Study, q.Areas, q.Bound, q.Ring = cells[0].Res(), &Study{Cells: cells}, nil, nil, 0
	q = q.filled()
	sources, err := m.sources(ctx)
	if err != nil {
		return Breakdown{}, err
	}
	version, err := m.store.Version(ctx)
	if err != nil {
		return Breakdown{}, fmt.Errorf("break down %d cells: %w", len(cells), err)
	}
	facts, err := m.facts(ctx, sources, version)
	if err != nil {
		return Breakdown{}, err
	}
	if q, err = m.resolve(ctx, q); err != nil {
		return Breakdown{}, err
	}
	b, err := NewBuilder(q, facts)
	if err != nil {
		return Breakdown{}, err
	}
	var all []counted
	b.watch = func(i counted) { all = append(all, i) }
	b.recipe.measure = nil // counts are all that is asked
	filter := q.filter(facts.Home)
	filter.Within = withNeighbours(cells)
	if err := m.walk(ctx, b, filter); err != nil {
		return Breakdown{}, err
	}
	if _, err := b.Finish(version); err != nil {
		return Breakdown{}, err
	}
	if q.Method == Emerging { // periods that are not whole have been taken out
		all = slices.DeleteFunc(all, func(i counted) bool { return i.slot < b.first || i.slot >= b.first+len(b.periods) })
	}
	return breakDown(all, q, facts.Home), nil
}

func breakDown(all []counted, q Query, home *time.Location) Breakdown {
	var out Breakdown
	months := map[time.Time]int{}
	categories, sensitive := map[string]int{}, map[string]bool{}
	for _, i := range all {
		categories[i.Category]++
		sensitive[i.Category] = i.sensitive
		if i.sensitive {
			out.Sensitive++
		}
		if !i.HasTime() {
			out.NoTime++
			out.NoHour++
			continue
		}
		out.Aoristic.Add(i.From, i.To, i.zone)
		from, to := i.From.In(i.zone), i.To.In(i.zone)
		if month := monthOf(from); !to.After(month.AddDate(0, 1, 0)) {
			months[utcMonth(from)]++
		}
		if i.To.Sub(i.From) <= time.Hour {
			out.HourOfWeek[weekday(from)][from.Hour()]++
		} else {
			out.NoHour++
		}
	}
	out.Months = monthsBetween(months, q, home)
	out.Categories, out.Unlisted = listCategories(categories, sensitive)
	return out
}

// listCategories lists categories, most first, but for those of too few
// sensitive incidents. What is not listed is of two categories at least and of
// SmallestCount incidents, or is all there is.
func listCategories(counts map[string]int, sensitive map[string]bool) (listed []CategoryCount, unlisted int) {
	hidden := 0
	for code, n := range counts {
		if sensitive[code] && n < SmallestCount {
			hidden++
			unlisted += n
			continue
		}
		listed = append(listed, CategoryCount{Category: code, Count: n})
	}
	slices.SortFunc(listed, func(a, b CategoryCount) int {
		return cmp.Or(b.Count-a.Count, strings.Compare(a.Category, b.Category))
	})
	for hidden > 0 && (hidden < 2 || unlisted < SmallestCount) && len(listed) > 0 {
		last := len(listed) - 1
		unlisted += listed[last].Count
		listed, hidden = listed[:last], hidden+1
	}
	return listed, unlisted
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
func monthsBetween(counts map[time.Time]int, q Query, zone *time.Location) []MonthCount {
	var first, last time.Time
	for month := range counts {
		if first.IsZero() || month.Before(first) {
			first = month
		}
		if month.After(last) {
			last = month
		}
	}
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
