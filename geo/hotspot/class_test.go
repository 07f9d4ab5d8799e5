package hotspot_test

import (
	"math"
	"testing"

	"atalaya/geo/hotspot"
)

func TestClassesFollowTheAdjustedPAndTheSign(t *testing.T) {
	cases := []struct {
		z, p float64
		want hotspot.Class
	}{
		{4, 0.01, hotspot.Hot99}, {4, 0.010001, hotspot.Hot95}, {3, 0.05, hotspot.Hot95},
		{2, 0.10, hotspot.Hot90}, {2, 0.1001, hotspot.None}, {0, 1, hotspot.None},
		{-2, 0.10, hotspot.Cold90}, {-3, 0.05, hotspot.Cold95}, {-4, 0.001, hotspot.Cold99},
		{math.NaN(), 0.001, hotspot.Undefined}, {3, math.NaN(), hotspot.Undefined},
	}
	for _, c := range cases {
		if got := hotspot.ClassOf(c.z, c.p); got != c.want {
			t.Errorf("z %v, p %v: %s, want %s", c.z, c.p, got, c.want)
		}
	}
}
