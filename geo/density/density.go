package density

import (
	"errors"
	"fmt"
	"math"

	"atalaya/geo/grid"
	"atalaya/geo/internal/near"

	"github.com/paulmach/orb"
)

// maxBandwidthM is wider than any country asks for.
const maxBandwidthM = 1_000_000

// Source is what is spread: an incident, or the incidents of a cell at its
// centre.
type Source struct {
	At     orb.Point // longitude and latitude; for PlanarAt x and y in metres
	Weight float64   // number of incidents, finite
}

// Options says how to spread.
type Options struct {
	Kernel     Kernel
	BandwidthM float64 // h in metres, up to 1,000 km; 0 means DefaultBandwidthM of the cells
}

// At returns the density per square metre at a point, by great-circle
// distance: Σ w·K(d). The bandwidth is above zero. Nothing is cut off. Cost:
// linear in the sources.
func At(p orb.Point, sources []Source, opts Options) float64 {
	return sum(p, sources, opts, grid.DistanceM)
}

// PlanarAt is At for points on a plane, in metres.
func PlanarAt(p orb.Point, sources []Source, opts Options) float64 {
	return sum(p, sources, opts, func(a, b orb.Point) float64 { return math.Hypot(a.X()-b.X(), a.Y()-b.Y()) })
}

func sum(p orb.Point, sources []Source, opts Options, distance func(a, b orb.Point) float64) float64 {
	total := 0.0
	for _, s := range sources {
		total += s.Weight * opts.Kernel.PerM2(distance(p, s.At), opts.BandwidthM)
	}
	return total
}

// CountsOnCells returns the density per square kilometre at the centre of each
// cell of incidents that are taken to lie at the centres of the cells, as
// OnCells has it. Incidents move by up to 0.58 cell widths for that. It panics
// when the lengths differ.
func CountsOnCells(cells []grid.Cell, counts []float64, opts Options) ([]float64, error) {
	if len(cells) != len(counts) {
		panic("density: cells and counts differ in length")
	}
	var sources []Source
	for i, c := range counts {
		if c != 0 {
			sources = append(sources, Source{At: cells[i].Center(), Weight: c})
		}
	}
	return OnCells(cells, sources, opts)
}

// OnCells returns the density per square kilometre at the centre of each cell.
// A Gaussian ends at 4 bandwidths: a value is too low by at most the weight
// beyond times exp(−8)/(2πh²), and 0.034 % of all is lost. It fails on a
// bandwidth, a point or a weight that is none.
//
// Cost: linear in cells and sources while the bandwidth holds the same number
// of them; about 2 ns (Gaussian 8 ns) for each source within three times the
// area of the bandwidth, for each cell.
func OnCells(cells []grid.Cell, sources []Source, opts Options) ([]float64, error) {
	out := make([]float64, len(cells))
	if len(cells) == 0 {
		return out, nil
	}
	if opts.BandwidthM == 0 {
		opts.BandwidthM = DefaultBandwidthM(opts.Kernel, cells[0].Res())
	}
	if !(opts.BandwidthM > 0 && opts.BandwidthM <= maxBandwidthM) {
		return nil, fmt.Errorf("bandwidth %v m outside (0, %d]", opts.BandwidthM, maxBandwidthM)
	}
	if err := checkSources(sources); err != nil {
		return nil, err
	}
	centres := make([]near.Position, len(cells))
	for i, c := range cells {
		centres[i] = near.OnSphere(c.Center())
	}
	places := make([]near.Position, len(sources))
	for i, s := range sources {
		places[i] = near.OnSphere(s.At)
	}
	const perKM2 = 1e6
	reach := opts.Kernel.reachM(opts.BandwidthM)
	for own, around := range near.Groups(centres, places, reach) {
		for _, i := range own {
			total := 0.0
			for _, j := range around {
				if d2 := near.Arc2(centres[i].Chord2(places[j])); d2 < reach*reach {
					total += sources[j].Weight * opts.Kernel.at(d2, opts.BandwidthM)
				}
			}
			out[i] = total * perKM2
		}
	}
	return out, nil
}

func checkSources(sources []Source) error {
	var errs []error
	for i, s := range sources {
		if err := grid.CheckPoint(s.At); err != nil {
			errs = append(errs, fmt.Errorf("source %d: %w", i+1, err))
		}
		if math.IsNaN(s.Weight) || math.IsInf(s.Weight, 0) {
			errs = append(errs, fmt.Errorf("source %d: weight %v is not finite", i+1, s.Weight))
		}
	}
	return errors.Join(errs...)
}
