package hotspot_test

import (
	"context"
	"slices"
	"testing"

	"atalaya/geo/grid"
	"atalaya/geo/hotspot"

	"github.com/paulmach/orb"
)

func BenchmarkGiStarAndFDROverHalfAMillionCells(b *testing.B) {
	cells, counts := disk(b)
	b.Run("neighbours given", func(b *testing.B) {
		neighbours := grid.Adjacency(cells)
		b.ReportAllocs()
		for b.Loop() {
			hotspot.AdjustFDR(hotspot.GiStar(counts, neighbours).P)
		}
		perCell(b, len(cells))
	})
	// The baseline looks every neighbour up by its cell, as one would with
	// nothing but a map of counts.
	b.Run("disk and map a cell", func(b *testing.B) {
		place := make(map[grid.Cell]int32, len(cells))
		for i, c := range cells {
			place[c] = int32(i)
		}
		b.ReportAllocs()
		for b.Loop() {
			neighbours := make([][]int32, len(cells))
			for i, c := range cells {
				for _, other := range c.Disk(1) {
					if j, ok := place[other]; ok && other != c {
						neighbours[i] = append(neighbours[i], j)
					}
				}
			}
			hotspot.AdjustFDR(hotspot.GiStar(counts, neighbours).P)
		}
		perCell(b, len(cells))
	})
}

func BenchmarkOverHalfAMillionCells(b *testing.B) {
	cells, counts := disk(b)
	neighbours := grid.Adjacency(cells)
	p := hotspot.GiStar(counts, neighbours).P
	for _, c := range []struct {
		name string
		run  func()
	}{
		{"GiStar", func() { hotspot.GiStar(counts, neighbours) }},
		{"Gi", func() { hotspot.Gi(counts, neighbours) }},
		{"LocalMoran", func() { hotspot.LocalMoran(counts, neighbours, hotspot.Conditional) }},
		{"GlobalMoran", func() { hotspot.GlobalMoran(counts, neighbours, hotspot.GlobalMoranOptions{}) }},
		{"AdjustFDR", func() { hotspot.AdjustFDR(p) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.run()
			}
			perCell(b, len(cells))
		})
	}
}

func BenchmarkGiStarOver10000Cells(b *testing.B) {
	counts := remainders(10_000)
	neighbours := chain(len(counts))
	for b.Loop() {
		hotspot.GiStar(counts, neighbours)
	}
	perCell(b, len(counts))
}

func BenchmarkGiStarPermuted999TimesOver1000Cells(b *testing.B) {
	counts := remainders(1000)
	neighbours := chain(len(counts))
	for b.Loop() {
		if _, err := hotspot.GiStarPermuted(context.Background(), counts, neighbours, hotspot.PermutationOptions{Draws: 999}); err != nil {
			b.Fatal(err)
		}
	}
	perCell(b, len(counts))
}

// disk returns 1 + 3·408·409 cells about Guatemala City in ascending order, and
// their counts.
func disk(b *testing.B) (cells []grid.Cell, counts []float64) {
	b.Helper()
	centre, err := grid.CellAt(orb.Point{-90.5, 14.6}, 10)
	if err != nil {
		b.Fatal(err)
	}
	cells = centre.Disk(408)
	slices.Sort(cells)
	return cells, remainders(len(cells))
}

func remainders(n int) []float64 {
	counts := make([]float64, n)
	for i := range counts {
		counts[i] = float64(i * 7919 % 13)
	}
	return counts
}

func perCell(b *testing.B, cells int) {
	b.Helper()
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(cells), "ns/cell")
}
