package trend

import (
	"math"

	"atalaya/geo/hotspot"
)

// window holds what the counts of a window come to. For whole counts the sums
// are exact, so they do not depend on the order of the cells.
type window struct {
	n, sum, squares float64
	least, most     float64
}

// windowsOf returns the window of every step.
func windowsOf(counts [][]float64, o CubeOptions) []window {
	slices := make([]window, len(counts))
	cube := window{}
	for t, row := range counts {
		slices[t] = windowOf(row)
		cube = cube.with(slices[t])
	}
	if o.Window == WindowSlice {
		return slices
	}
	out := make([]window, len(counts))
	for t := range out {
		if o.Window != WindowNeighbourhood {
			out[t] = cube
			continue
		}
		for _, w := range slices[max(0, t-o.previous()) : t+1] {
			out[t] = out[t].with(w)
		}
	}
	return out
}

func windowOf(counts []float64) window {
	w := window{n: float64(len(counts)), least: math.Inf(1), most: math.Inf(-1)}
	for _, x := range counts {
		w.sum += x
		w.squares += x * x
		w.least, w.most = min(w.least, x), max(w.most, x)
	}
	return w
}

// with returns the window that holds both.
func (w window) with(other window) window {
	if w.n == 0 {
		return other
	}
	return window{n: w.n + other.n, sum: w.sum + other.sum, squares: w.squares + other.squares,
		least: min(w.least, other.least), most: max(w.most, other.most)}
}

// score writes the scores of one step and their p. sums holds the sum of every
// cell with its neighbours at each step of the neighbourhood, the scored step
// last, where the scores go. It returns why every score is undefined.
func (w window) score(sums [][]float64, p []float64, neighbours [][]int32) error {
	z := sums[len(sums)-1]
	variance := (w.n*w.squares - w.sum*w.sum) / (w.n * w.n)
	mean, s := w.sum/w.n, math.Sqrt(variance)
	var why error
	switch {
	case w.n < 3:
		why = hotspot.ErrFewCells
	case !finite(variance):
		why = ErrNotFinite
	case w.least == w.most || variance <= 0:
		why = hotspot.ErrNoVariance
	}
	for i := range z {
		W := float64((len(neighbours[i]) + 1) * len(sums))
		if why != nil || W >= w.n {
			z[i], p[i] = math.NaN(), math.NaN()
			continue
		}
		sum := 0.0
		for _, row := range sums {
			sum += row[i]
		}
		z[i] = (sum - W*mean) / (s * math.Sqrt((w.n*W-W*W)/(w.n-1)))
		p[i] = hotspot.TwoSided(z[i])
	}
	return why
}
