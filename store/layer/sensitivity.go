package layer

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"atalaya/geo/grid"
	"atalaya/store"
)

// Sensitivity tells what becomes of a place at one resolution: a cell that is
// hot at one alone may owe that to where borders of cells happen to lie.
type Sensitivity struct {
	Res   int
	Layer *Layer    // nil where there is none
	Cell  grid.Cell // that holds the centre of the cell explained; 0 without a resolution
	Place int       // of Cell in Layer.Cells; -1 where it lies outside the study area
	Why   string    // why there is no layer or no place; empty where there is one
}

// sensitivity looks at the resolution before the cell's, at its own and at the
// one after.
func (m *Maker) sensitivity(ctx context.Context, q Query, c grid.Cell) ([]Sensitivity, error) {
	var out []Sensitivity
	for res := c.Res() - 1; res <= c.Res()+1; res++ {
		s := Sensitivity{Res: res, Place: -1}
		if res < MinRes || res > MaxRes {
			s.Why = fmt.Sprintf("layers have resolutions %d to %d", MinRes, MaxRes)
			out = append(out, s)
			continue
		}
		var err error
		if s.Cell, err = grid.CellAt(c.Center(), res); err != nil {
			return nil, fmt.Errorf("explain cell %s at resolution %d: %w", c, res, err)
		}
		q.Res = res
		var refusal *store.Error
		switch s.Layer, err = m.Layer(ctx, q); {
		case errors.As(err, &refusal) && refusal.Kind == store.Invalid:
			s.Layer, s.Why = nil, whyRefused(refusal)
		case err != nil:
			return nil, err
		default:
			if i, inside := s.Layer.find(s.Cell); inside {
				s.Place = i
			} else {
				s.Why = errOutside.Error()
			}
		}
		out = append(out, s)
	}
	return out, nil
}

// whyRefused tells in one line what is wrong with a query.
func whyRefused(e *store.Error) string {
	var out []string
	for _, p := range e.Problems {
		out = append(out, p.Field+" "+p.Message)
	}
	if len(out) == 0 {
		return e.Message
	}
	return strings.Join(out, "; ")
}
