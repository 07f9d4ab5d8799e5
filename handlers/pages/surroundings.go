package pages

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/layer"
)

// surroundings is a cell with its neighbours inside the study area, broken
// down: the very incidents that Gi* sums for the cell.
type surroundings struct {
	months     []layer.MonthCount
	hourOfWeek [7][24]int // Monday first
	noHour     int
	categories []layer.CategoryCount // most first
}

// explain returns the numbers of a cell and of its surroundings. NotFound
// where the cell is outside the study area. Cost: seven cells of one layer.
func (p *Pages) explain(ctx context.Context, q layer.Query, cell grid.Cell) (*layer.Explanation, surroundings, error) {
	own, err := p.opts.Maker.Explain(ctx, q, cell)
	if err != nil {
		return nil, surroundings{}, fmt.Errorf("explain cell %s: %w", cell, err)
	}
	all := []*layer.Explanation{own}
	for _, n := range cell.Neighbours() {
		e, err := p.opts.Maker.Explain(ctx, q, n)
		switch {
		case store.KindOf(err) == store.NotFound: // outside the study area
		case err != nil:
			return nil, surroundings{}, fmt.Errorf("explain neighbour %s: %w", n, err)
		default:
			all = append(all, e)
		}
	}
	return own, sum(all), nil
}

// sum adds up what was counted in each of some cells.
func sum(cells []*layer.Explanation) surroundings {
	var s surroundings
	months, categories := map[time.Time]int{}, map[string]int{}
	for _, e := range cells {
		s.noHour += e.NoHour
		for day, hours := range e.HourOfWeek {
			for hour, n := range hours {
				s.hourOfWeek[day][hour] += n
			}
		}
		for _, m := range e.Months {
			months[m.Month] += m.Count
		}
		for _, c := range e.Categories {
			categories[c.Category] += c.Count
		}
	}
	for month, n := range months {
		s.months = append(s.months, layer.MonthCount{Month: month, Count: n})
	}
	slices.SortFunc(s.months, func(a, b layer.MonthCount) int { return a.Month.Compare(b.Month) })
	for code, n := range categories {
		s.categories = append(s.categories, layer.CategoryCount{Category: code, Count: n})
	}
	slices.SortFunc(s.categories, func(a, b layer.CategoryCount) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Category, b.Category)
	})
	return s
}

// yearOfMonths returns the months up to the period's end, at least thirteen of
// them where the data reach so far back, so that the last can be compared with
// the same month a year before.
func (p *Pages) yearOfMonths(ctx context.Context, cell grid.Cell, months []layer.MonthCount, f filter, h *holdings) ([]layer.MonthCount, error) {
	if f.first.IsZero() {
		return months, nil
	}
	first := time.Date(f.last.Year()-1, f.last.Month(), 1, 0, 0, 0, 0, f.last.Location())
	begin := h.summary.From.In(first.Location())
	if !first.Before(f.first) || time.Date(begin.Year(), begin.Month(), 1, 0, 0, 0, 0, begin.Location()).After(first) {
		return months, nil
	}
	f.first = first
	_, longer, err := p.explain(ctx, f.layerQuery(), cell)
	if err != nil {
		return nil, fmt.Errorf("over thirteen months: %w", err)
	}
	return longer.months, nil
}
