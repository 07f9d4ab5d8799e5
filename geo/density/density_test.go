package density_test

import (
	"math"
	"strings"
	"testing"

	"atalaya/geo/density"
	"atalaya/geo/grid"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

var kernels = []density.Kernel{density.Quartic, density.Gaussian}

func near(t interface {
	Helper()
	Errorf(format string, args ...any)
}, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) != math.IsNaN(want) || math.Abs(got-want) > tolerance {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

func TestKernelsEqualTheDensitiesWorkedByHand(t *testing.T) {
	// Quartic, h = 100 m: at 0 m 3/(π·10⁴) = 9.549297e-5; at 50 m times (1 − ¼)² = 0.5625.
	near(t, "quartic at 0", density.Quartic.PerM2(0, 100), 3/(math.Pi*1e4), 1e-18)
	near(t, "quartic at 50", density.Quartic.PerM2(50, 100), .5625*3/(math.Pi*1e4), 1e-18)
	near(t, "quartic at h", density.Quartic.PerM2(100, 100), 0, 0)
	// Gaussian: at 0 m 1/(2π·10⁴) = 1.591549e-5; at 100 m times exp(−½) = 0.60653.
	near(t, "gaussian at 0", density.Gaussian.PerM2(0, 100), 1/(2*math.Pi*1e4), 1e-18)
	near(t, "gaussian at h", density.Gaussian.PerM2(100, 100), math.Exp(-.5)/(2*math.Pi*1e4), 1e-18)
}

func TestTheVolumeOfAKernelIsOne(t *testing.T) {
	// ∫ K(r)·2πr dr by the midpoint rule over rings of h/1000.
	for _, k := range kernels {
		volume := 0.0
		for i := range 8000 {
			r := (float64(i) + .5) / 10
			volume += k.PerM2(r, 100) * 2 * math.Pi * r / 10
		}
		near(t, k.String(), volume, 1, 1e-5)
	}
}

// disk returns the cells within k steps of the cell of resolution 9 at a point.
func disk(t interface{ Fatal(args ...any) }, p orb.Point, k int) []grid.Cell {
	cell, err := grid.CellAt(p, 9)
	if err != nil {
		t.Fatal(err)
	}
	return cell.Disk(k)
}

// drawPlace draws a place on Earth, often where coordinates are awkward.
func drawPlace(t *rapid.T) orb.Point {
	return rapid.OneOf(
		rapid.Just(orb.Point{-90.5069, 14.6349}), rapid.Just(orb.Point{180, -16.5}), rapid.Just(orb.Point{-180, 67}), rapid.Just(orb.Point{12, 90}),
		rapid.Custom(func(t *rapid.T) orb.Point {
			return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lng"), rapid.Float64Range(-89, 89).Draw(t, "lat")}
		}),
	).Draw(t, "place")
}

func TestOnCellsEqualsTheSumOverAllSources(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cells := disk(t, drawPlace(t), rapid.IntRange(0, 5).Draw(t, "steps"))
		var sources []density.Source
		for range rapid.IntRange(0, 40).Draw(t, "sources") {
			at := rapid.SampledFrom(cells).Draw(t, "cell").Center()
			moved := orb.Point{at[0], max(-90, at[1]-rapid.Float64Range(0, .001).Draw(t, "south"))}
			sources = append(sources, density.Source{At: moved, Weight: rapid.Float64Range(-2, 5).Draw(t, "weight")})
		}
		opts := density.Options{Kernel: rapid.SampledFrom(kernels).Draw(t, "kernel"), BandwidthM: rapid.Float64Range(50, 3000).Draw(t, "bandwidth")}
		got, err := density.OnCells(cells, sources, opts)
		if err != nil {
			t.Fatal(err)
		}
		allowed := 0.0
		for _, s := range sources {
			allowed += math.Abs(s.Weight) * opts.Kernel.PerM2(0, opts.BandwidthM) * 1e6 * 1e-9
			if opts.Kernel == density.Gaussian {
				allowed += math.Abs(s.Weight) * opts.Kernel.PerM2(4*opts.BandwidthM, opts.BandwidthM) * 1e6
			}
		}
		for i, c := range cells {
			near(t, c.String(), got[i], density.At(c.Center(), sources, opts)*1e6, allowed)
		}
	})
}

func TestDensityTimesAreaIsTheNumberOfIncidentsAwayFromTheEdge(t *testing.T) {
	for _, p := range []orb.Point{{-90.5069, 14.6349}, {180, -16.5}, {151.2, -33.9}} {
		cells := disk(t, p, 12)
		for _, k := range kernels {
			counts := make([]float64, len(cells))
			for i, c := range cells {
				if grid.DistanceM(c.Center(), p) < 600 {
					counts[i] = 2
				}
			}
			total, sum := 0.0, 0.0
			densities, err := density.CountsOnCells(cells, counts, density.Options{Kernel: k})
			if err != nil {
				t.Fatal(err)
			}
			for i, c := range cells {
				total += counts[i]
				sum += densities[i] * c.AreaKM2()
			}
			t.Logf("%v at %v: %v of %v", k, p, sum, total)
			near(t, k.String(), sum/total, 1, 0.01)
		}
	}
}

func TestDensityIsLinearInTheWeightsAndFreeOfTheirOrder(t *testing.T) {
	cells := disk(t, orb.Point{-90.5069, 14.6349}, 4)
	rapid.Check(t, func(t *rapid.T) {
		opts := density.Options{Kernel: rapid.SampledFrom(kernels).Draw(t, "kernel")}
		draw := rapid.SliceOfN(rapid.Float64Range(0, 100), len(cells), len(cells))
		a, b := draw.Draw(t, "a"), draw.Draw(t, "b")
		sources := make([]density.Source, len(cells))
		for i, c := range cells {
			sources[i] = density.Source{At: c.Center(), Weight: a[i] + 3*b[i]}
		}
		ofA, _ := density.CountsOnCells(cells, a, opts)
		ofB, _ := density.CountsOnCells(cells, b, opts)
		ofBoth, err := density.OnCells(cells, rapid.Permutation(sources).Draw(t, "order"), opts)
		if err != nil {
			t.Fatal(err)
		}
		for i := range cells {
			near(t, "density", ofBoth[i], ofA[i]+3*ofB[i], 1e-9*(1+ofBoth[i]))
		}
	})
}

func TestPlanarDensityDoesNotChangeWhenAllMove(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := rapid.IntRange(-1000, 1000)
		dx, dy := float64(draw.Draw(t, "dx")), float64(draw.Draw(t, "dy"))
		opts := density.Options{Kernel: rapid.SampledFrom(kernels).Draw(t, "kernel"), BandwidthM: float64(rapid.IntRange(1, 900).Draw(t, "h"))}
		var here, there []density.Source
		for range 10 {
			x, y := float64(draw.Draw(t, "x")), float64(draw.Draw(t, "y"))
			here = append(here, density.Source{At: orb.Point{x, y}, Weight: 1})
			there = append(there, density.Source{At: orb.Point{x + dx, y + dy}, Weight: 1})
		}
		near(t, "density", density.PlanarAt(orb.Point{dx, dy}, there, opts), density.PlanarAt(orb.Point{}, here, opts), 0)
	})
}

func TestOnCellsRefusesWhatIsNone(t *testing.T) {
	cells := disk(t, orb.Point{-90.5069, 14.6349}, 1)
	good := density.Source{At: orb.Point{-90.5, 14.6}, Weight: 1}
	cases := []struct {
		name    string
		sources []density.Source
		width   float64
		want    []string
	}{
		{"negative bandwidth", nil, -1, []string{"bandwidth -1 m"}},
		{"no number as bandwidth", nil, math.NaN(), []string{"bandwidth NaN m"}},
		{"endless bandwidth", nil, math.Inf(1), []string{"bandwidth +Inf m"}},
		{"places and weights", []density.Source{{At: orb.Point{0, 99}}, good, {At: good.At, Weight: math.NaN()}}, 100, []string{"source 1: latitude 99", "source 3: weight NaN"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := density.OnCells(cells, c.sources, density.Options{BandwidthM: c.width})
			for _, want := range c.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error %v, want %q in it", err, want)
				}
			}
		})
	}
	if got, err := density.OnCells(nil, []density.Source{good}, density.Options{}); err != nil || len(got) != 0 {
		t.Errorf("no cells: %v, error %v", got, err)
	}
}

func TestTheDefaultBandwidthReachesTwoRingsOfCells(t *testing.T) {
	// Resolution 9: A = 0.105333 km² on average, √(2·105,333/√3) = 348.75 m; ·2.5 = 871.9 m.
	near(t, "cell width", density.CellWidthM(9), 348.75, .02)
	near(t, "quartic", density.DefaultBandwidthM(density.Quartic, 9), 871.9, .1)
	for res := grid.MinRes; res <= grid.MaxRes; res++ {
		for _, k := range kernels {
			if density.Narrow(density.DefaultBandwidthM(k, res), res) {
				t.Errorf("%v at %d: the default is narrow", k, res)
			}
		}
		if !density.Narrow(.99*density.CellWidthM(res), res) {
			t.Errorf("resolution %d: below the width of a cell is not narrow", res)
		}
	}
}
