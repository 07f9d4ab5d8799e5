package density_test

import (
	"errors"
	"math"
	"testing"

	"atalaya/geo/density"
)

func TestRateIsOfAThousandUnlessToldAndUndefinedOfFew(t *testing.T) {
	cases := []struct {
		name               string
		count, denominator float64
		opts               density.RateOptions
		want               float64
		why                error
	}{
		{"per thousand", 3, 600, density.RateOptions{}, 5, nil},
		{"per km²", 3, .5, density.RateOptions{Per: 1}, 6, nil},
		{"at the minimum", 1, 50, density.RateOptions{Minimum: 50}, 20, nil},
		{"below the minimum", 1, 49, density.RateOptions{Minimum: 50}, math.NaN(), density.ErrSmallDenominator},
		{"nobody", 2, 0, density.RateOptions{Minimum: 50}, math.NaN(), density.ErrNoDenominator},
		{"fewer than nobody", 2, -1, density.RateOptions{}, math.NaN(), density.ErrNoDenominator},
		{"unknown", 2, math.NaN(), density.RateOptions{}, math.NaN(), density.ErrNoDenominator},
		{"endless", 2, math.Inf(1), density.RateOptions{}, math.NaN(), density.ErrNoDenominator},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, why := density.Rate(c.count, c.denominator, c.opts)
			near(t, "rate", got, c.want, 1e-12)
			if !errors.Is(why, c.why) {
				t.Errorf("because %v, want %v", why, c.why)
			}
		})
	}
}
