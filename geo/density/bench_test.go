package density_test

import (
	"testing"

	"atalaya/geo/density"
	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

// 10,000 cells, of which one in three has incidents. The baseline sums over all
// pairs.
func BenchmarkQuarticOver10000Cells(b *testing.B)  { benchmarkOnCells(b, density.Quartic) }
func BenchmarkGaussianOver10000Cells(b *testing.B) { benchmarkOnCells(b, density.Gaussian) }

func BenchmarkBaselineAllPairsOver10000Cells(b *testing.B) {
	cells, counts := city(b)
	sources := make([]density.Source, 0, len(cells))
	for i, c := range counts {
		if c > 0 {
			sources = append(sources, density.Source{At: cells[i].Center(), Weight: c})
		}
	}
	opts := density.Options{BandwidthM: density.DefaultBandwidthM(density.Quartic, 9)}
	for b.Loop() {
		for _, c := range cells {
			density.At(c.Center(), sources, opts)
		}
	}
}

func benchmarkOnCells(b *testing.B, k density.Kernel) {
	b.Helper()
	cells, counts := city(b)
	for b.Loop() {
		if _, err := density.CountsOnCells(cells, counts, density.Options{Kernel: k}); err != nil {
			b.Fatal(err)
		}
	}
}

func city(b *testing.B) ([]grid.Cell, []float64) {
	b.Helper()
	cells := disk(b, orb.Point{-90.5069, 14.6349}, 58)[:10_000]
	counts := make([]float64, len(cells))
	for i := range counts {
		counts[i] = float64(max(0, i*7919%13-8))
	}
	return cells, counts
}
