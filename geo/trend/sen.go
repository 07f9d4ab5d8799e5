package trend

import (
	"math"
	"slices"
)

// SenSlope returns how much a series changes in one step: the median of the
// slopes between all pairs of steps (Sen 1968), in the unit of the series a
// step. NaN and an error with fewer than 2 steps and where a value is not
// finite. Cost: n²/2 slopes, sorted.
func SenSlope(series []float64) (float64, error) {
	if why := whyNoTrend(series); why != nil {
		return math.NaN(), why
	}
	slopes := make([]float64, 0, len(series)*(len(series)-1)/2)
	for j, later := range series {
		for i, earlier := range series[:j] {
			slopes = append(slopes, (later-earlier)/float64(j-i))
		}
	}
	slices.Sort(slopes)
	middle := len(slopes) / 2
	if len(slopes)%2 == 1 {
		return slopes[middle], nil
	}
	return slopes[middle-1]/2 + slopes[middle]/2, nil
}
