package layer

import (
	"fmt"
	"time"

	"atalaya/geo/density"
	"atalaya/store"
)

// maxBandwidthM is the widest bandwidth that a layer is made with, metres.
const maxBandwidthM = 50_000

// DensityQuery says how a layer of method Density spreads incidents.
type DensityQuery struct {
	Kernel     density.Kernel
	BandwidthM float64 // metres; 0 means density.DefaultBandwidthM
}

// DensityDetails is what a layer of method density tells of the whole.
type DensityDetails struct {
	Kernel     string  `json:"kernel"`
	BandwidthM float64 `json:"bandwidth_m"`
	CellM      float64 `json:"cell_width_m"` // of the average cell of the resolution
	Unit       string  `json:"unit"`
	Sum        float64 `json:"incidents_on_cells"` // sum of density × area: what lies within the study area of the spread incidents
}

// standIns are sources at the centres of the hidden cells, which hold the mean
// of their sensitive incidents.
func (w *board) standIns() []density.Source {
	var out []density.Source
	for _, g := range w.shield.groups {
		if g.leftOut {
			continue
		}
		sum := 0
		for _, i := range g.cells {
			sum += w.shield.held[i].count
		}
		for _, i := range g.cells {
			out = append(out, density.Source{At: w.cells[i].Center(), Weight: float64(sum) / float64(len(g.cells))})
		}
	}
	return out
}

func densityRecipe() recipe {
	kernels := []string{density.Quartic.String(), density.Gaussian.String()}
	return recipe{
		method: Density,
		parameters: []Parameter{
			{
				Name: "kernel", Allowed: join(kernels), Help: "Shape in which an incident is spread.",
				read: func(q *Query, s string, _ *time.Location) error {
					var word string
					err := choose(&word, s, kernels)
					if word == density.Gaussian.String() {
						q.Density.Kernel = density.Gaussian
					}
					return err
				},
				text: func(q Query) string {
					if q.Method != Density && q.Density.Kernel == density.Quartic {
						return ""
					}
					return q.Density.Kernel.String()
				},
			},
			{
				Name: "bandwidth_m", Allowed: fmt.Sprintf("1 to %d metres", maxBandwidthM), Help: "How far an incident is spread.",
				read: func(q *Query, s string, _ *time.Location) error {
					return decimal(&q.Density.BandwidthM, s, 1, maxBandwidthM)
				},
				text: func(q Query) string { return number(orNaN(q.Density.BandwidthM)) },
			},
		},
		fill: func(q *Query) {
			if q.Density.BandwidthM == 0 && q.Res >= MinRes && q.Res <= MaxRes {
				q.Density.BandwidthM = density.DefaultBandwidthM(q.Density.Kernel, q.Res)
			}
		},
		check: func(q Query) []store.Problem {
			if h := q.Density.BandwidthM; !(h >= 1 && h <= maxBandwidthM) {
				return []store.Problem{{Field: "bandwidth_m", Value: number(h), Allowed: fmt.Sprintf("1 to %d metres", maxBandwidthM), Message: "is no bandwidth"}}
			}
			return nil
		},
		single: true,
		measure: func(w *board) error {
			w.withoutStatistic()
			q := w.Query.Density
			sources := w.standIns()
			for _, e := range w.told() {
				sources = append(sources, density.Source{At: e.point, Weight: 1})
			}
			values, err := density.OnCells(w.builder.study, sources, density.Options{Kernel: q.Kernel, BandwidthM: q.BandwidthM})
			if err != nil {
				return fmt.Errorf("make layer: %w", err)
			}
			details := DensityDetails{Kernel: q.Kernel.String(), BandwidthM: q.BandwidthM, CellM: density.CellWidthM(w.Query.Res), Unit: "incidents per km²"}
			for n, v := range values {
				details.Sum += v * w.Cells[n].AreaKM2
			}
			w.Columns = append(w.Columns, Column{Name: "density", Numbers: values})
			w.Details = details
			if density.Narrow(q.BandwidthM, w.Query.Res) {
				w.warn("narrow_bandwidth", "a bandwidth of %.0f m is below the width of a cell, %.0f m: densities then show where cell centres lie, not where incidents do", q.BandwidthM, details.CellM)
			}
			return nil
		},
	}
}
