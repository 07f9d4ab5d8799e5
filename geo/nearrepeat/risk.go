package nearrepeat

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

// Incident is a place and a moment; of an interval, the moment from which the
// risk is counted.
type Incident struct {
	At   orb.Point // longitude and latitude
	Time time.Time
}

// RiskOptions says how far and how long an incident raises the risk. There are
// no defaults: read them off a Knox table of the same kind of incident.
type RiskOptions struct {
	DistanceM float64       // up to 30 cell widths, above zero
	For       time.Duration // above zero
	Res       int           // of the cells, 0 to 15
}

// Risk is a cell at risk.
type Risk struct {
	Cell        grid.Cell
	Originators int       // incidents that put it at risk
	Until       time.Time // the last of them, and For
}

// maxWidths keeps the cells around one incident to some thousands.
const maxWidths = 30

// AtRisk returns the cells at risk of a near repeat at a moment, ascending: for
// every incident less than For before now and not after it, the cell that
// holds it and those whose centre is closer than DistanceM. It fails on
// options and places that are none. Cost: about 1 µs for each cell around each
// incident.
func AtRisk(incidents []Incident, now time.Time, opts RiskOptions) ([]Risk, error) {
	if err := opts.check(); err != nil {
		return nil, err
	}
	var errs []error
	risks := map[grid.Cell]Risk{}
	for i, incident := range incidents {
		age := now.Sub(incident.Time)
		if age < 0 || age >= opts.For {
			continue
		}
		own, err := grid.CellAt(incident.At, opts.Res)
		if err != nil {
			errs = append(errs, fmt.Errorf("incident %d: %w", i+1, err))
			continue
		}
		until := incident.Time.Add(opts.For)
		for _, cell := range own.Disk(rings(own, opts.DistanceM)) {
			if cell != own && grid.DistanceM(incident.At, cell.Center()) >= opts.DistanceM {
				continue
			}
			risk := risks[cell]
			risk.Cell = cell
			risk.Originators++
			if until.After(risk.Until) {
				risk.Until = until
			}
			risks[cell] = risk
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	out := make([]Risk, 0, len(risks))
	for _, risk := range risks {
		out = append(out, risk)
	}
	slices.SortFunc(out, func(a, b Risk) int {
		if a.Cell < b.Cell {
			return -1
		}
		return 1
	})
	return out, nil
}

// rings returns how many steps from a cell every centre within a distance of a
// point in it lies at most. In a grid of regular hexagons k steps are at least
// 0.87·k widths, and a point is up to 0.58 widths off the centre; 0.65 and 0.6
// allow for how H3 bends them.
func rings(c grid.Cell, distanceM float64) int {
	return int(math.Ceil((distanceM/grid.WidthM(c.AreaKM2()) + 0.6) / 0.65))
}

func (o RiskOptions) check() error {
	if err := grid.CheckRes(o.Res); err != nil {
		return err
	}
	var errs []error
	if most := maxWidths * grid.WidthM(grid.AvgAreaKM2(o.Res)); !(o.DistanceM > 0 && o.DistanceM <= most) {
		errs = append(errs, fmt.Errorf("distance %v m outside (0, %.0f], for cells of resolution %d", o.DistanceM, most, o.Res))
	}
	if o.For <= 0 {
		errs = append(errs, fmt.Errorf("duration %v is not above zero", o.For))
	}
	return errors.Join(errs...)
}
