package layer_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"atalaya/geo/grid"
	"atalaya/geo/hotspot"
	"atalaya/store"
	"atalaya/store/layer"
)

// A layer of Gi* with control of the false discovery rate, from the counts of a
// Builder to the classes, without reading incidents and without writing JSON:
// time and memory a cell are to be the same for 50,000 and 500,000 cells.
func BenchmarkALayerOfGiStarIsLinearInCells(b *testing.B) {
	for _, steps := range []int{128, 407} { // 49,537 and 498,169 cells
		cells, incidents := field(b, steps)
		q := layer.Query{Res: 10, Study: &layer.Study{Cells: cells}}
		b.Run(fmt.Sprintf("layer of %d cells", len(cells)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				builder := built(b, q, incidents)
				b.StartTimer()
				l, err := builder.Finish(store.DataVersion{})
				if err != nil || len(l.Cells) != len(cells) {
					b.Fatal(len(l.Cells), err)
				}
			}
			perCell(b, len(cells))
		})
		// The baseline has nothing but a map of counts, and looks every
		// neighbour up by its cell.
		counts := map[grid.Cell]int{}
		for _, i := range incidents {
			counts[cellAt10(b, i)]++
		}
		b.Run(fmt.Sprintf("map and disk of %d cells", len(cells)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				byMap(cells, counts)
			}
			perCell(b, len(cells))
		})
	}
}

func TestTheBaselineOfTheBenchmarkGivesTheSameScores(t *testing.T) {
	cells, incidents := field(t, 12)
	l, err := built(t, layer.Query{Res: 10, Study: &layer.Study{Cells: cells}}, incidents).Finish(store.DataVersion{})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[grid.Cell]int{}
	for _, i := range incidents {
		counts[cellAt10(t, i)]++
	}
	want := byMap(cells, counts)
	for _, c := range l.Cells {
		if z, p := want[c.Cell][0], want[c.Cell][1]; !same(c.Z, z) || !same(c.PFDR, p) {
			t.Fatalf("cell %s: z %v, adjusted p %v; want %v, %v", c.Cell, c.Z, c.PFDR, z, p)
		}
	}
}

// byMap returns the Gi* score and its adjusted p of every cell.
func byMap(cells []grid.Cell, counts map[grid.Cell]int) map[grid.Cell][2]float64 {
	inside := make(map[grid.Cell]bool, len(cells))
	sum, squares := 0.0, 0.0
	for _, c := range cells {
		inside[c] = true
		x := float64(counts[c])
		sum += x
		squares += x * x
	}
	n := float64(len(cells))
	mean := sum / n
	sd := math.Sqrt(squares/n - mean*mean)
	z, p := make([]float64, len(cells)), make([]float64, len(cells))
	for i, c := range cells {
		w, x := 0.0, 0.0
		for _, o := range c.Disk(1) {
			if inside[o] {
				w++
				x += float64(counts[o])
			}
		}
		z[i] = (x - w*mean) / (sd * math.Sqrt((n*w-w*w)/(n-1)))
		p[i] = hotspot.TwoSided(z[i])
	}
	out := make(map[grid.Cell][2]float64, len(cells))
	for i, adjusted := range hotspot.AdjustFDR(p) {
		out[cells[i]] = [2]float64{z[i], adjusted}
	}
	return out
}

// field returns the cells of resolution 10 within so many steps of the middle
// of the city, and an incident for every other one.
func field(tb testing.TB, steps int) (cells []grid.Cell, incidents []store.Incident) {
	tb.Helper()
	centre, err := grid.CellAt(downtown, 10)
	if err != nil {
		tb.Fatal(err)
	}
	cells = centre.Disk(steps)
	slices.Sort(cells)
	for n := range len(cells) / 2 {
		at := cells[n*7919%len(cells)*(n%5)/5].Center()
		incidents = append(incidents, store.Incident{Source: "s", SourceID: strconv.Itoa(n), Origin: store.Reported, Point: at})
	}
	return cells, incidents
}

func built(tb testing.TB, q layer.Query, incidents []store.Incident) *layer.Builder {
	tb.Helper()
	b, err := layer.NewBuilder(q, layer.Facts{Zone: inUTC})
	if err != nil {
		tb.Fatal(err)
	}
	for _, i := range incidents {
		if err := b.Add(i); err != nil {
			tb.Fatal(err)
		}
	}
	return b
}

func cellAt10(tb testing.TB, i store.Incident) grid.Cell {
	tb.Helper()
	c, err := grid.CellAt(i.Point, 10)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

func perCell(b *testing.B, cells int) {
	b.Helper()
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(cells), "ns/cell")
}
