package pages

import (
	"context"
	"fmt"
	"slices"
	"time"

	"atalaya/geo/grid"
	"atalaya/store/layer"
)

// surroundings returns a cell and its neighbours inside the study area,
// ascending: the very cells whose incidents Gi* sums for the cell.
func surroundings(l *layer.Layer, cell grid.Cell) []grid.Cell {
	return slices.DeleteFunc(cell.Disk(1), func(c grid.Cell) bool {
		_, inside := l.Cell(c)
		return !inside
	})
}

// yearOfMonths returns the months up to the period's end, at least thirteen of
// them where the data reach so far back, so that the last can be compared with
// the same month a year before.
func (p *Pages) yearOfMonths(ctx context.Context, cells []grid.Cell, months []layer.MonthCount, f filter, h *holdings) ([]layer.MonthCount, error) {
	if f.first.IsZero() {
		return months, nil
	}
	first := time.Date(f.last.Year()-1, f.last.Month(), 1, 0, 0, 0, 0, f.last.Location())
	begin := h.summary.From.In(first.Location())
	if !first.Before(f.first) || time.Date(begin.Year(), begin.Month(), 1, 0, 0, 0, 0, begin.Location()).After(first) {
		return months, nil
	}
	f.first = first
	longer, err := p.opts.Maker.Breakdown(ctx, f.layerQuery(), cells)
	if err != nil {
		return nil, fmt.Errorf("over thirteen months: %w", err)
	}
	return longer.Months, nil
}
