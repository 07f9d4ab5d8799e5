package trend

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mathext"
)

// Why a ratio has no value or no interval.
var (
	ErrNoPast  = errors.New("no incident in the past period: the ratio has no upper bound")
	ErrNoCount = errors.New("no incident in either period")
	ErrLevel   = errors.New("the confidence level is not between 0 and 1")
)

// CTest returns the two-sided p of two Poisson counts with the same rate, given
// their sum (Przyborowski and Wilenski 1940): the current count is then
// binomial, and p is twice its smaller tail, at most 1. It is exact, and
// holds back more than ETest with small counts. When both counts are 0, p is 1.
// NaN and an error for an invalid tally.
func CTest(current, past Tally) (float64, error) {
	if err := errors.Join(current.valid(), past.valid()); err != nil {
		return math.NaN(), err
	}
	a, b := float64(current.Count), float64(past.Count)
	share := current.Length / (current.Length + past.Length)
	least, most := 1.0, 1.0
	if past.Count > 0 {
		least = mathext.RegIncBeta(b, a+1, past.Length/(current.Length+past.Length)) // P(X ≤ a)
	}
	if current.Count > 0 {
		most = mathext.RegIncBeta(a, b+1, share) // P(X ≥ a)
	}
	return min(1, 2*min(least, most)), nil
}

// Ratio is how many times as high the current rate is as the past one, with
// its confidence interval.
type Ratio struct {
	Value     float64 // current rate over past rate; NaN when the past has no incident
	Low, High float64 // bounds of the interval; High is NaN where there is none
}

// RateRatio returns the ratio of two Poisson rates and its exact interval at a
// confidence level such as 0.95 (Clopper and Pearson 1934, for the binomial
// share of the current count in the sum). The interval holds the true ratio at
// least that often. Without incidents in the past Value and High are NaN, Low
// stands and the error is ErrNoPast; without any incident all are NaN and it is
// ErrNoCount. NaN and an error for an invalid tally or level.
func RateRatio(current, past Tally, level float64) (Ratio, error) {
	nan := math.NaN()
	none := Ratio{nan, nan, nan}
	if err := errors.Join(current.valid(), past.valid()); err != nil {
		return none, err
	}
	if !(level > 0 && level < 1) {
		return none, ErrLevel
	}
	if current.Count == 0 && past.Count == 0 {
		return none, ErrNoCount
	}
	a, b := float64(current.Count), float64(past.Count)
	tail, scale := (1-level)/2, past.Length/current.Length
	r := Ratio{Value: nan, Low: 0, High: nan}
	if current.Count > 0 {
		share := mathext.InvRegIncBeta(a, b+1, tail)
		r.Low = share / (1 - share) * scale
	}
	if past.Count == 0 {
		return r, ErrNoPast
	}
	share := mathext.InvRegIncBeta(b, a+1, tail) // of the past
	r.Value = current.Rate() / past.Rate()
	r.High = (1 - share) / share * scale
	return r, nil
}
