package trend

import (
	"errors"
	"math"
)

// Why two tallies cannot be compared.
var (
	ErrCount  = errors.New("a count is not in [0, 1,000,000,000]")
	ErrLength = errors.New("a length is not in [1e-30, 1e30]")
)

// Tally is how many incidents fell into one period.
type Tally struct {
	Count  int     // incidents, [0, 1,000,000,000]
	Length float64 // of the period, or its exposure (such as resident-days), [1e-30, 1e30]; one unit for all tallies of a comparison
}

// Rate returns incidents per unit of length.
func (t Tally) Rate() float64 { return float64(t.Count) / t.Length }

func (t Tally) valid() error {
	switch {
	case t.Count < 0 || t.Count > 1_000_000_000:
		return ErrCount
	case t.Length >= 1e-30 && t.Length <= 1e30:
		return nil
	}
	return ErrLength
}

// PoissonZ returns Wheeler's (2016) Poisson z score of the current count,
// 2(√current − √past), for periods of the same length. It takes the past for a
// known mean: with one period of the past, which is as random as the current
// one, a score beyond 3 is 3 to 9 in 100 alarms where nothing changed, and
// TwoSampleZ is to be preferred. Wheeler gives no form for different lengths;
// then the score is TwoSampleZ's. NaN and an error for an invalid tally.
func PoissonZ(current, past Tally) (float64, error) {
	if current.Length != past.Length {
		return TwoSampleZ(current, past)
	}
	z, err := TwoSampleZ(current, past)
	return z * math.Sqrt2, err
}

// TwoSampleZ returns the difference of the square roots of two rates, as a
// standard normal score when both counts are random:
//
//	z = 2(√(a/n₁) − √(b/n₂)) / √(1/n₁ + 1/n₂)
//
// It is 0 when both counts are. hotspot.TwoSided gives its p. NaN and an error
// for an invalid tally.
func TwoSampleZ(current, past Tally) (float64, error) { return rootZ(current, past, 0) }

// AnscombeZ is TwoSampleZ with 3/8 added to both counts, which steadies the
// variance of small ones (Anscombe 1948).
func AnscombeZ(current, past Tally) (float64, error) { return rootZ(current, past, 3./8) }

func rootZ(current, past Tally, added float64) (float64, error) {
	if err := errors.Join(current.valid(), past.valid()); err != nil {
		return math.NaN(), err
	}
	root := func(t Tally) float64 { return math.Sqrt((float64(t.Count) + added) / t.Length) }
	return 2 * (root(current) - root(past)) / math.Sqrt(1/current.Length+1/past.Length), nil
}

// WaldZ returns the difference of two rates over its estimated standard error,
// (a/n₁ − b/n₂)/√(a/n₁² + b/n₂²). It is 0 when both counts are, and too large
// for small ones: prefer ETest. NaN and an error for an invalid tally.
func WaldZ(current, past Tally) (float64, error) {
	if err := errors.Join(current.valid(), past.valid()); err != nil {
		return math.NaN(), err
	}
	if current.Count == 0 && past.Count == 0 {
		return 0, nil
	}
	variance := current.Rate()/current.Length + past.Rate()/past.Length
	return (current.Rate() - past.Rate()) / math.Sqrt(variance), nil
}
