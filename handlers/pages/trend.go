package pages

import "math"

// change tells whether after is clearly more (1) or less (-1) than before, or
// neither (0), by the conditional test of two Poisson counts over equal times:
// given their sum, each half is as likely, and a two-sided p of at most 0.05
// is clear (Przyborowski and Wilenski 1940, Biometrika 31:313).
func change(before, after int) int {
	n, least := before+after, min(before, after)
	// The lower tail of Binomial(n, 1/2), from logarithms so that no term
	// overflows.
	tail := 0.0
	for k := range least + 1 {
		tail += math.Exp(logChoose(n, k) - float64(n)*math.Ln2)
	}
	switch {
	case before == after || 2*tail > 0.05:
		return 0
	case after > before:
		return 1
	}
	return -1
}

func logChoose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}
