package nearrepeat

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
)

// ChainOptions says which events hang together.
type ChainOptions struct {
	Metric    Metric
	DistanceM float64 // pairs closer than this, in metres, above zero
	Days      int     // and fewer days apart than this, above zero: 1 is the same day
}

// Chains returns the near-repeat chains: groups of at least two events, each
// closer to another of its group than DistanceM and fewer than Days days apart
// from it. Events of the same day at the same place hang together too. Each
// chain holds indices of events, ascending; chains come in the order of their
// first events. It fails on options, places or days that are none, and when
// the context ends. Cost: linear in the pairs closer than DistanceM.
func Chains(ctx context.Context, events []Event, opts ChainOptions) ([][]int, error) {
	if err := errors.Join(opts.check(), checkEvents(events, opts.Metric)); err != nil {
		return nil, err
	}
	root := make(forest, len(events))
	for i := range root {
		root[i] = int32(i)
	}
	err := eachPair(ctx, events, opts.Metric, opts.DistanceM, func(i, j int32, _ float64) error {
		if apart := events[i].Day - events[j].Day; apart < opts.Days && apart > -opts.Days {
			root.join(i, j)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	members := map[int32][]int{}
	for i := range events {
		r := root.of(int32(i))
		members[r] = append(members[r], i)
	}
	var chains [][]int
	for _, chain := range members {
		if len(chain) > 1 {
			chains = append(chains, chain)
		}
	}
	slices.SortFunc(chains, func(a, b []int) int { return a[0] - b[0] })
	return chains, nil
}

func (o ChainOptions) check() error {
	var errs []error
	if !(o.DistanceM > 0) || math.IsInf(o.DistanceM, 0) {
		errs = append(errs, fmt.Errorf("distance %v m is not finite and above zero", o.DistanceM))
	}
	if o.Days < 1 {
		errs = append(errs, fmt.Errorf("%d days are not above zero", o.Days))
	}
	return errors.Join(errs...)
}

// forest holds for each event one that it hangs together with, nearer to the
// root of its chain; a root holds itself.
type forest []int32

func (f forest) of(i int32) int32 {
	for f[i] != i {
		f[i] = f[f[i]]
		i = f[i]
	}
	return i
}

func (f forest) join(i, j int32) {
	if a, b := f.of(i), f.of(j); a < b {
		f[b] = a
	} else {
		f[a] = b
	}
}
