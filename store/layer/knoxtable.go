package layer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"atalaya/geo/nearrepeat"
	"atalaya/store"
)

// NearRepeatNumbers tells whether an incident is followed by another nearby
// sooner than chance has it (Knox 1964), and which hang together so.
type NearRepeatNumbers struct {
	Metric       string     `json:"metric"`      // great_circle
	Events       int        `json:"events"`      // incidents known to the day, without the sensitive ones of cells whose counts are hidden
	WithoutDay   int        `json:"without_day"` // incidents left out: not known to the day
	Pairs        int        `json:"pairs"`       // of events: the sum of observed
	Permutations int        `json:"permutations"`
	Seed         string     `json:"seed"` // a text: it does not fit into the numbers of JavaScript
	Floor        *float64   `json:"p_floor"`
	Bands        []KnoxBand `json:"bands"` // by space, then by time
	Chains       ChainTally `json:"chains"`
}

// KnoxBand is one field of a Knox table: pairs at least From and less than To
// apart; null is without end.
type KnoxBand struct {
	FromM    float64  `json:"from_m"`
	ToM      *float64 `json:"to_m"`
	FromDays int      `json:"from_days"`
	ToDays   *int     `json:"to_days"`
	Observed int      `json:"observed"`
	Expected *float64 `json:"expected"` // exactly, if place and day had nothing to do with each other
	Ratio    *float64 `json:"ratio"`
	P        *float64 `json:"p"` // one-sided, of the permutations
	Why      *string  `json:"why_undefined"`
}

// ChainTally tells how many near-repeat chains there are.
type ChainTally struct {
	DistanceM  float64     `json:"distance_m"`
	WithinDays int         `json:"within_days"`
	Chains     int         `json:"chains"`
	Events     int         `json:"events"`          // in a chain
	Share      *float64    `json:"share_of_events"` // of all events
	Sizes      []ChainSize `json:"sizes"`           // ascending
}

// ChainSize is how many chains have so many events.
type ChainSize struct {
	Size   int `json:"size"`
	Chains int `json:"chains"`
}

type knoxObserver struct {
	query     KnoxQuery
	incidents []counted
}

func (o *knoxObserver) count(i counted) { o.incidents = append(o.incidents, i) }

func (o *knoxObserver) measure(ctx context.Context, w *board) (Numbers, error) {
	k := o.query
	var events []nearrepeat.Event
	withoutDay := 0
	for _, i := range o.incidents {
		switch {
		case i.sensitive && w.isHidden(i.cell):
		case !i.knownToDay():
			withoutDay++
		default:
			events = append(events, nearrepeat.Event{At: i.Point, Day: nearrepeat.DayOf(i.From, i.zone)})
		}
	}
	opts := nearrepeat.Options{SpaceM: k.SpaceM, Days: k.Days, Permutations: k.Permutations, Seed: k.Seed, MaxPairs: maxPairsOfDeal}
	switch {
	case k.Permutations == 0:
		var err error
		if opts.Permutations, err = dealsInTime(ctx, events, opts); err != nil {
			return nil, err
		}
	case k.Permutations > 0:
		opts.MaxPairs = min(maxPairsOfDeal, maxPairDeals/k.Permutations)
		if most := maxEventDeals / max(1, len(events)); k.Permutations > most {
			return nil, statisticError(store.Problem{Field: "permutations", Value: strconv.Itoa(k.Permutations),
				Allowed: fmt.Sprintf("at most %d for %d incidents", most, len(events)), Message: "would take too long"})
		}
	}
	table, err := nearrepeat.Knox(ctx, events, opts)
	if errors.Is(err, nearrepeat.ErrTooManyPairs) {
		return nil, statisticError(store.Problem{Field: "space_m", Value: listed(k.SpaceM), Message: fmt.Sprintf("has more than %d pairs below its last edge", opts.MaxPairs),
			Allowed: "a shorter last edge, fewer permutations, or fewer incidents by area, datetime or category"})
	}
	if err != nil {
		return nil, fmt.Errorf("count pairs: %w", err)
	}
	chains, err := nearrepeat.Chains(ctx, events, nearrepeat.ChainOptions{DistanceM: k.DistanceM, Days: k.WithinDays})
	if err != nil {
		return nil, fmt.Errorf("find chains: %w", err)
	}
	return NearRepeatNumbers{
		Metric: "great_circle", Events: len(events), WithoutDay: withoutDay, Pairs: table.Pairs,
		Permutations: table.Permutations, Seed: strconv.FormatUint(k.Seed, 10), Floor: defined(table.Floor),
		Bands: knoxBands(table), Chains: tallyChains(chains, len(events), k),
	}, nil
}

// dealsInTime returns how many permutations can be dealt in a few seconds:
// DefaultDeals at most, and a negative number where it is fewer than
// fewestDeals.
func dealsInTime(ctx context.Context, events []nearrepeat.Event, opts nearrepeat.Options) (int, error) {
	opts.Permutations = -1
	table, err := nearrepeat.Knox(ctx, events, opts)
	if errors.Is(err, nearrepeat.ErrTooManyPairs) {
		return -1, nil // said once more, with what is allowed, when it is counted
	}
	if err != nil {
		return 0, fmt.Errorf("count pairs: %w", err)
	}
	near := 0
	for _, row := range table.Bands[:len(table.SpaceM)] {
		for _, band := range row {
			near += band.Observed
		}
	}
	deals := min(DefaultDeals, maxPairDeals/max(1, near), maxEventDeals/max(1, len(events)))
	if deals < fewestDeals {
		return -1, nil
	}
	return deals, nil
}

func knoxBands(t nearrepeat.Table) []KnoxBand {
	var out []KnoxBand
	for s, row := range t.Bands {
		for d, b := range row {
			band := KnoxBand{
				Observed: b.Observed, Expected: defined(b.Expected), Ratio: defined(b.Ratio), P: defined(b.P), Why: reason(t.WhyUndefined(s, d)),
			}
			if s > 0 {
				band.FromM = t.SpaceM[s-1]
			}
			if s < len(t.SpaceM) {
				band.ToM = &t.SpaceM[s]
			}
			if d > 0 {
				band.FromDays = t.Days[d-1]
			}
			if d < len(t.Days) {
				band.ToDays = &t.Days[d]
			}
			out = append(out, band)
		}
	}
	return out
}

func tallyChains(chains [][]int, events int, k KnoxQuery) ChainTally {
	t := ChainTally{DistanceM: k.DistanceM, WithinDays: k.WithinDays, Chains: len(chains), Sizes: []ChainSize{}}
	sizes := map[int]int{}
	for _, chain := range chains {
		t.Events += len(chain)
		sizes[len(chain)]++
	}
	for size, n := range sizes {
		t.Sizes = append(t.Sizes, ChainSize{size, n})
	}
	slices.SortFunc(t.Sizes, func(a, b ChainSize) int { return a.Size - b.Size })
	t.Share = defined(float64(t.Events) / float64(events))
	return t
}

func (n NearRepeatNumbers) rows() [][]string {
	out := [][]string{{"from_m", "to_m", "from_days", "to_days", "observed", "expected", "ratio", "p", "why_undefined"}}
	for _, b := range n.Bands {
		toDays := ""
		if b.ToDays != nil {
			toDays = strconv.Itoa(*b.ToDays)
		}
		out = append(out, []string{
			number(b.FromM), numberOf(b.ToM), strconv.Itoa(b.FromDays), toDays,
			strconv.Itoa(b.Observed), numberOf(b.Expected), numberOf(b.Ratio), numberOf(b.P), textOf(b.Why),
		})
	}
	return out
}
