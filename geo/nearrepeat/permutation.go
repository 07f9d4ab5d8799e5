package nearrepeat

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// dealer counts pairs by band for any deal of the days to the places.
type dealer struct {
	bandOf  []uint8  // time band of a difference in days, the last of all beyond
	columns []int    // pairs of events in each time band: the same for every deal
	days    []int32  // of the events
	pairs   [][]pair // below the last edge in space, by space band
}

type pair struct{ i, j int32 }

// bandOfDay returns the time band of each difference in days up to the last
// edge.
func bandOfDay(edges []int) []uint8 {
	out := make([]uint8, edges[len(edges)-1]+1)
	band := 0
	for d := range out {
		if band < len(edges) && d >= edges[band] {
			band++
		}
		out[d] = uint8(band)
	}
	return out
}

// columns returns the number of pairs of events in each time band, wherever
// they lie.
func columns(events []Event, edges []int) []int {
	days := make([]int, len(events))
	for i, e := range events {
		days[i] = e.Day
	}
	slices.Sort(days)
	out := make([]int, len(edges)+1)
	below := 0
	for band, edge := range edges {
		closer, first := 0, 0
		for i, d := range days {
			for d-days[first] >= edge {
				first++
			}
			closer += i - first
		}
		out[band] = closer - below
		below = closer
	}
	out[len(edges)] = len(events)*(len(events)-1)/2 - below
	return out
}

// observe finds the pairs and returns the counts of the events as they are.
// Pairs are kept where there will be permutations.
func (d *dealer) observe(ctx context.Context, events []Event, opts Options) ([][]int, error) {
	d.days = make([]int32, len(events))
	for i, e := range events {
		d.days[i] = int32(e.Day)
	}
	d.pairs = make([][]pair, len(opts.SpaceM))
	limits := make([]float64, len(opts.SpaceM))
	for s, edge := range opts.SpaceM {
		limits[s] = opts.Metric.sizeOf(edge)
	}
	counts := d.table()
	kept := 0
	err := eachPair(ctx, events, opts.Metric, opts.SpaceM[len(opts.SpaceM)-1], func(i, j int32, size float64) error {
		s := 0
		for size >= limits[s] {
			s++
		}
		counts[s][d.band(d.days, pair{i, j})]++
		if opts.Permutations == 0 {
			return nil
		}
		if kept++; kept > opts.MaxPairs {
			return fmt.Errorf("more than %d within %v m: %w", opts.MaxPairs, opts.SpaceM[len(opts.SpaceM)-1], ErrTooManyPairs)
		}
		d.pairs[s] = append(d.pairs[s], pair{i, j})
		return nil
	})
	d.beyond(counts)
	return counts, err
}

// table returns zero counts for every band, those beyond included.
func (d *dealer) table() [][]int {
	counts := make([][]int, len(d.pairs)+1)
	for s := range counts {
		counts[s] = make([]int, len(d.columns))
	}
	return counts
}

func (d *dealer) band(days []int32, p pair) uint8 {
	apart := int(days[p.i]) - int(days[p.j])
	if apart < 0 {
		apart = -apart
	}
	return d.bandOf[min(apart, len(d.bandOf)-1)]
}

// beyond works out the last space band from what the others leave of each time
// band.
func (d *dealer) beyond(counts [][]int) {
	last := counts[len(counts)-1]
	copy(last, d.columns)
	for _, row := range counts[:len(counts)-1] {
		for c, n := range row {
			last[c] -= n
		}
	}
}

// permute returns how many of the permutations reached the observed count of
// each band. Each permutation has its own random numbers, so that it does not
// matter which processor works on it.
func (d *dealer) permute(ctx context.Context, observed [][]int, opts Options) ([][]int, error) {
	workers := min(runtime.GOMAXPROCS(0), opts.Permutations)
	partial := make([][][]int, workers)
	var all sync.WaitGroup
	for w := range workers {
		partial[w] = d.table()
		all.Go(func() {
			counts, days := d.table(), make([]int32, len(d.days))
			for p := w; p < opts.Permutations && ctx.Err() == nil; p += workers {
				copy(days, d.days)
				random := rand.New(rand.NewPCG(opts.Seed, uint64(p))) //nolint:gosec // a p value must repeat; its randomness keeps no secret
				random.Shuffle(len(days), func(i, j int) { days[i], days[j] = days[j], days[i] })
				d.count(days, counts)
				for s, row := range counts {
					for c, n := range row {
						if n >= observed[s][c] {
							partial[w][s][c]++
						}
					}
				}
			}
		})
	}
	all.Wait()
	reached := d.table()
	for _, part := range partial {
		for s, row := range part {
			for c, n := range row {
				reached[s][c] += n
			}
		}
	}
	return reached, ctx.Err()
}

// count counts the pairs by band for one deal of the days.
func (d *dealer) count(days []int32, counts [][]int) {
	for s, pairs := range d.pairs {
		row := counts[s]
		clear(row)
		for _, p := range pairs {
			row[d.band(days, p)]++
		}
	}
	d.beyond(counts)
}
