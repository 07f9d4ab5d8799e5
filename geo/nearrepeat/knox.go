package nearrepeat

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
)

// Why a band is undefined.
var (
	ErrFewEvents = errors.New("fewer than 2 events")
	ErrNoPairs   = errors.New("no two events are so far apart, or no two days are")
)

// ErrTooManyPairs is what Knox fails with over Options.MaxPairs.
var ErrTooManyPairs = errors.New("too many pairs")

// Options says which bands to count and how to test them.
type Options struct {
	Metric Metric
	// SpaceM holds the upper edges of the bands in metres, ascending, above
	// zero; nil means 1, 200, 400, 600, 800 and 1,000. The first of these is
	// the same place.
	SpaceM []float64
	// Days holds up to 100 upper edges of the bands in days, ascending, 1 to
	// 100,000; nil means 7, 14, 21 and 28.
	Days []int
	// Permutations is how often the days are dealt out anew; 0 means 999, and
	// a negative number none.
	Permutations int
	Seed         uint64 // of the permutations: the same seed gives the same p
	// MaxPairs is the most pairs below the last edge in space that may be kept
	// for the permutations, at 8 bytes each; 0 means 20,000,000.
	MaxPairs int
}

const (
	defaultPermutations = 999
	defaultMaxPairs     = 20_000_000
	maxDays             = 100_000
	maxDayBands         = 100
)

// Table is a Knox table.
type Table struct {
	SpaceM       []float64 // upper edges in metres
	Days         []int     // upper edges in days
	Bands        [][]Band  // [space][time]; the last of each is beyond the last edge
	Events       int
	Pairs        int     // of events: the sum over all bands
	Permutations int     // 0 where no p was asked for
	Floor        float64 // the smallest p that so many permutations can give; NaN for none
}

// Band is one field of a Knox table: pairs at least as far apart, in metres
// and in days, as the edge before, and less than its own.
type Band struct {
	Observed int     // pairs
	Expected float64 // pairs, if place and day had nothing to do with each other
	Ratio    float64 // Observed / Expected; NaN where no pair is expected
	P        float64 // chance of at least as many pairs, (0, 1]; NaN where Ratio is, and without permutations
}

// WhyUndefined tells why a band has no ratio, and nil where it has one.
func (t Table) WhyUndefined(space, days int) error {
	switch {
	case t.Pairs == 0:
		return ErrFewEvents
	case t.Bands[space][days].Expected == 0:
		return ErrNoPairs
	}
	return nil
}

// Knox counts the pairs of events by their distance in space and in time
// (Knox 1964) and holds the counts against what is expected if the days were
// dealt out to the places at random. The expectation is exact: pairs in the
// space band · pairs in the time band / all pairs, over all pairs of events.
// P is from seeded permutations of the days (North and others 2002, and the R
// package NearRepeat):
//
//	p = (1 + number of permutations with at least as many pairs) / (1 + permutations)
//
// It is one-sided, and the same for any number of processors. It fails on
// bands, places or days that are none, with ErrTooManyPairs, and when the
// context ends.
//
// Cost: linear in the pairs below the last edge in space, about 2 ns each for
// each permutation on each processor, and in these 8 bytes each.
func Knox(ctx context.Context, events []Event, opts Options) (Table, error) {
	opts = opts.withDefaults()
	if err := errors.Join(opts.check(), checkEvents(events, opts.Metric)); err != nil {
		return Table{}, err
	}
	t := Table{
		SpaceM: slices.Clone(opts.SpaceM), Days: slices.Clone(opts.Days), Events: len(events),
		Pairs: len(events) * (len(events) - 1) / 2, Permutations: opts.Permutations, Floor: math.NaN(),
	}
	d := dealer{bandOf: bandOfDay(opts.Days), columns: columns(events, opts.Days)}
	observed, err := d.observe(ctx, events, opts)
	if err != nil {
		return Table{}, err
	}
	var reached [][]int
	if opts.Permutations > 0 {
		t.Floor = 1 / float64(1+opts.Permutations)
		if reached, err = d.permute(ctx, observed, opts); err != nil {
			return Table{}, err
		}
	}
	t.fill(observed, d.columns, reached)
	return t, nil
}

// fill works out the bands from the counts, and from how many permutations
// reached each; nil for none.
func (t *Table) fill(observed [][]int, columns []int, reached [][]int) {
	t.Bands = make([][]Band, len(observed))
	for s, row := range observed {
		total := 0
		for _, n := range row {
			total += n
		}
		t.Bands[s] = make([]Band, len(row))
		for c, n := range row {
			b := Band{Observed: n, Expected: float64(total) * float64(columns[c]) / float64(t.Pairs), Ratio: math.NaN(), P: math.NaN()}
			if b.Expected > 0 {
				b.Ratio = float64(n) / b.Expected
				if reached != nil {
					b.P = float64(1+reached[s][c]) / float64(1+t.Permutations)
				}
			}
			t.Bands[s][c] = b
		}
	}
}

func (o Options) withDefaults() Options {
	if o.SpaceM == nil {
		o.SpaceM = []float64{1, 200, 400, 600, 800, 1000}
	}
	if o.Days == nil {
		o.Days = []int{7, 14, 21, 28}
	}
	if o.Permutations == 0 {
		o.Permutations = defaultPermutations
	}
	o.Permutations = max(0, o.Permutations)
	if o.MaxPairs == 0 {
		o.MaxPairs = defaultMaxPairs
	}
	return o
}

func (o Options) check() error {
	var errs []error
	if len(o.SpaceM) == 0 || len(o.Days) == 0 {
		errs = append(errs, errors.New("no bands"))
	}
	if len(o.Days) > maxDayBands {
		errs = append(errs, fmt.Errorf("%d edges in days, at most %d", len(o.Days), maxDayBands))
	}
	for i, edge := range o.SpaceM {
		if !(edge > 0) || math.IsInf(edge, 0) || i > 0 && edge <= o.SpaceM[i-1] {
			errs = append(errs, fmt.Errorf("edges %v m are not ascending, finite and above zero", o.SpaceM))
			break
		}
	}
	for i, edge := range o.Days {
		if edge < 1 || edge > maxDays || i > 0 && edge <= o.Days[i-1] {
			errs = append(errs, fmt.Errorf("edges %v days are not ascending and 1 to %d", o.Days, maxDays))
			break
		}
	}
	return errors.Join(errs...)
}
