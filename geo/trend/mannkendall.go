package trend

import (
	"errors"
	"math"
	"slices"

	"atalaya/geo/hotspot"
)

// Why a value of this package is undefined.
var (
	ErrShortSeries = errors.New("fewer than 2 steps in the series")
	ErrNotFinite   = errors.New("a value is not a finite number")
)

// Trend is what a test says of the way a series runs.
type Trend struct {
	N    int     // steps
	S    float64 // pairs that rise less pairs that fall
	VarS float64 // variance of S without a trend; 0 in a constant series
	Tau  float64 // Kendall's tau-b with time, [−1, 1]; NaN in a constant series
	Z    float64 // standard normal without a trend; positive where the series rises
	P    float64 // two-sided, (0, 1]
	Why  error   // why Z and P are NaN; nil where they are numbers
}

// MannKendall tests whether a series, oldest first, rises or falls (Mann 1945;
// Kendall 1975, with ties):
//
//	S = Σ_{i<j} sign(x_j − x_i)
//	Var(S) = (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18,  t over groups of equal values
//	Z = (S − sign S)/√Var(S)
//
// A constant series has Z 0, P 1 and an undefined Tau. Z and P are undefined
// with fewer than 2 steps and where a value is not finite. With 4 steps or
// fewer P is never below 0.089. Cost: n²/2 comparisons.
func MannKendall(series []float64) Trend {
	return mannKendall(series, make([]float64, len(series)))
}

// mannKendall is MannKendall with room for len(series) numbers to sort in.
func mannKendall(series, room []float64) Trend {
	n := float64(len(series))
	if why := whyNoTrend(series); why != nil {
		return undefinedTrend(len(series), why)
	}
	t := Trend{N: len(series)}
	tied, tiedPairs := 0.0, 0.0
	for rest := sorted(series, room); len(rest) > 0; rest = rest[run(rest):] {
		g := float64(run(rest))
		tied += g * (g - 1) * (2*g + 5)
		tiedPairs += g * (g - 1) / 2
	}
	t.S = float64(concordance(series))
	t.VarS = (n*(n-1)*(2*n+5) - tied) / 18
	pairs := n * (n - 1) / 2
	if pairs == tiedPairs {
		t.Tau = math.NaN()
	} else {
		t.Tau = t.S / math.Sqrt(pairs*(pairs-tiedPairs))
	}
	t.Z, t.P = normal(t.S, t.VarS)
	return t
}

// normal returns the continuity-corrected score of S and its p.
func normal(s, variance float64) (z, p float64) {
	if s == 0 || variance == 0 {
		return 0, 1
	}
	z = (s - math.Copysign(1, s)) / math.Sqrt(variance)
	return z, hotspot.TwoSided(z)
}

func undefinedTrend(n int, why error) Trend {
	nan := math.NaN()
	return Trend{N: n, S: nan, VarS: nan, Tau: nan, Z: nan, P: nan, Why: why}
}

func whyNoTrend(series []float64) error {
	for _, x := range series {
		if !finite(x) {
			return ErrNotFinite
		}
	}
	if len(series) < 2 {
		return ErrShortSeries
	}
	return nil
}

func finite(x float64) bool { return x-x == 0 }

// concordance returns the pairs that rise less the pairs that fall.
func concordance(series []float64) int {
	s := 0
	for j, later := range series {
		for _, earlier := range series[:j] {
			if later > earlier {
				s++
			} else if later < earlier {
				s--
			}
		}
	}
	return s
}

// sorted returns the series in ascending order, in room.
func sorted(series, room []float64) []float64 {
	copy(room, series)
	slices.Sort(room)
	return room
}

// run returns how many values at the beginning of a sorted series are equal.
func run(ascending []float64) int {
	n := 1
	for n < len(ascending) && ascending[n] == ascending[0] {
		n++
	}
	return n
}
