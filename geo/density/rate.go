package density

import (
	"errors"
	"math"
)

// Why a rate is undefined.
var (
	ErrNoDenominator    = errors.New("no denominator")
	ErrSmallDenominator = errors.New("the denominator is below the minimum")
)

// RateOptions says what a rate is of.
type RateOptions struct {
	Per     float64 // units of the denominator; 0 means 1,000
	Minimum float64 // least denominator for which a rate means anything; 0 means any above zero
}

// Rate returns the incidents for each Per units of the denominator, such as
// inhabitants, households or square kilometres. It is NaN, with the reason,
// where the denominator is zero, negative or not finite, and where it is below
// the minimum: two incidents among three inhabitants are no rate.
func Rate(count, denominator float64, opts RateOptions) (float64, error) {
	per := opts.Per
	if per == 0 {
		per = 1000
	}
	switch {
	case !(denominator > 0) || math.IsInf(denominator, 0):
		return math.NaN(), ErrNoDenominator
	case denominator < opts.Minimum:
		return math.NaN(), ErrSmallDenominator
	}
	return count / denominator * per, nil
}
