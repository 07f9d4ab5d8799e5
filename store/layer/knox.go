package layer

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"atalaya/store"
)

// The defaults of KnoxQuery, and the most that it takes.
const (
	DefaultDeals   = 999
	MaxDeals       = 99_999
	maxBandEdges   = 20
	samePlaceM     = 0.001
	fewestDeals    = 99
	maxPairDeals   = 1_000_000_000 // pairs times permutations: some 4 s
	maxEventDeals  = 1_000_000_000 // events times permutations
	maxPairsOfDeal = 20_000_000    // kept for the permutations, at 8 bytes each
)

// KnoxQuery says how pairs of incidents are told apart by their distance in
// space and time, and which make a chain.
type KnoxQuery struct {
	SpaceM       []float64 // upper edges of the bands, metres, ascending; nil means 0.001 (the same place), 100, 200, 300, 400 and 500
	Days         []int     // upper edges, days, ascending; nil means 1 (the same day), 7, 14 and 28
	Permutations int       // how often the days are dealt out anew; 0 means DefaultDeals, or fewer where these would take too long; a negative number none
	Seed         uint64    // of the permutations
	DistanceM    float64   // pairs closer than this make a chain, metres; 0 means DefaultNearM
	WithinDays   int       // if they are also fewer days apart than this; 0 means DefaultNearDays
}

func knoxRecipe() statisticRecipe {
	space := fmt.Sprintf("up to %d ascending distances, %v to %v metres, separated by commas", maxBandEdges, samePlaceM, MaxNearM)
	days := fmt.Sprintf("up to %d ascending whole numbers, 1 to %d, separated by commas", maxBandEdges, MaxNearDays)
	deals := fmt.Sprintf("0, or 99 to %d; at most %d times the pairs below the last of space_m", MaxDeals, maxPairDeals)
	return statisticRecipe{
		kind: NearRepeatKind,
		parameters: []StatisticParameter{
			{
				Name: "space_m", Allowed: space, Help: "Upper edges of the bands in space, metres.",
				read: func(q *StatisticQuery, s string, _ *time.Location) error {
					return numberList(&q.NearRepeat.SpaceM, s, func(v *float64, part string) error {
						return decimal(v, part, samePlaceM, MaxNearM)
					})
				},
				text: func(q StatisticQuery) string { return listed(q.NearRepeat.SpaceM) },
			},
			{
				Name: "days", Allowed: days, Help: "Upper edges of the bands in time, days: 1 is the same day.",
				read: func(q *StatisticQuery, s string, _ *time.Location) error {
					return numberList(&q.NearRepeat.Days, s, func(v *int, part string) error { return whole(v, part, 1, MaxNearDays) })
				},
				text: func(q StatisticQuery) string { return listed(q.NearRepeat.Days) },
			},
			{
				Name: "permutations", Allowed: deals, Help: "How often the days are dealt out anew for p; 0 is no p.",
				read: func(q *StatisticQuery, s string, _ *time.Location) error {
					if s == "0" {
						q.NearRepeat.Permutations = -1
						return nil
					}
					return whole(&q.NearRepeat.Permutations, s, fewestDeals, MaxDeals)
				},
				text: func(q StatisticQuery) string {
					if q.NearRepeat.Permutations == 0 {
						return ""
					}
					return strconv.Itoa(max(0, q.NearRepeat.Permutations))
				},
			},
			{
				Name: "seed", Allowed: "0 to 18446744073709551615", Help: "Seed of the permutations.",
				read: func(q *StatisticQuery, s string, _ *time.Location) (err error) {
					q.NearRepeat.Seed, err = strconv.ParseUint(s, 10, 64)
					return err
				},
				text: func(q StatisticQuery) string { return strconv.FormatUint(q.NearRepeat.Seed, 10) },
			},
			{
				Name: "distance_m", Allowed: fmt.Sprintf("1 to %v metres", MaxNearM), Help: "Pairs closer than this make a chain, metres.",
				read: func(q *StatisticQuery, s string, _ *time.Location) error {
					return decimal(&q.NearRepeat.DistanceM, s, 1, MaxNearM)
				},
				text: func(q StatisticQuery) string { return number(q.NearRepeat.DistanceM) },
			},
			{
				Name: "within_days", Allowed: fmt.Sprintf("1 to %d", MaxNearDays), Help: "If they are also fewer days apart than this.",
				read: func(q *StatisticQuery, s string, _ *time.Location) error {
					return whole(&q.NearRepeat.WithinDays, s, 1, MaxNearDays)
				},
				text: func(q StatisticQuery) string { return strconv.Itoa(q.NearRepeat.WithinDays) },
			},
		},
		fill: func(q *StatisticQuery) {
			k := &q.NearRepeat
			if k.SpaceM == nil {
				k.SpaceM = []float64{samePlaceM, 100, 200, 300, 400, 500}
			}
			if k.Days == nil {
				k.Days = []int{1, 7, 14, 28}
			}
			if k.DistanceM == 0 {
				k.DistanceM = DefaultNearM
			}
			if k.WithinDays == 0 {
				k.WithinDays = DefaultNearDays
			}
		},
		check: func(q StatisticQuery) (out []store.Problem) {
			k := q.NearRepeat
			if len(k.SpaceM) > maxBandEdges {
				out = append(out, store.Problem{Field: "space_m", Value: listed(k.SpaceM), Allowed: space, Message: fmt.Sprintf("has %d edges", len(k.SpaceM))})
			}
			if len(k.Days) > maxBandEdges {
				out = append(out, store.Problem{Field: "days", Value: listed(k.Days), Allowed: days, Message: fmt.Sprintf("has %d edges", len(k.Days))})
			}
			return out
		},
		observe: func(q StatisticQuery, _ Facts) (observer, error) { return &knoxObserver{query: q.NearRepeat}, nil },
	}
}

func listed[T any](values []T) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = fmt.Sprint(v)
	}
	return strings.Join(out, ",")
}
