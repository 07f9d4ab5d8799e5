package hotspot

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
)

// defaultDraws is enough for one cell of 5,000 to pass AdjustFDR at 0.05.
const defaultDraws = 99_999

// PermutationOptions choose the draws of a conditional permutation test.
type PermutationOptions struct {
	Draws int    // a cell; 99,999 when zero
	Seed  uint64 // the same seed gives the same result on any machine
}

// Permuted is the outcome of a conditional permutation test, one value a cell
// in the order of the counts.
type Permuted struct {
	P         []float64 // two-sided, [Floor, 1]; NaN where undefined
	Mean, Var []float64 // of the statistic over the draws; NaN where P is
	Floor     float64   // the least P that the draws can give, 1/(Draws+1)

	reasons Scores
}

// WhyUndefined tells why cell i has no p, and nil where it has one.
func (p Permuted) WhyUndefined(i int) error { return p.reasons.WhyUndefined(i) }

// LeastAtFloor returns how many cells must share the least p possible before
// AdjustFDR lets any of them pass at alpha: the smallest r for which
// Floor·m/r ≤ alpha, m the cells that have a p. 1 says that a single cell can
// pass. More than m, which is to say Floor > alpha, says that none ever can.
func (p Permuted) LeastAtFloor(alpha float64) int {
	m := 0
	for _, v := range p.P {
		if !math.IsNaN(v) {
			m++
		}
	}
	return int(math.Ceil(p.Floor * float64(m) / alpha * (1 - 1e-12)))
}

// LeastDraws returns the draws with which a single one of m cells can pass
// AdjustFDR at alpha: the least R for which m/(R+1) ≤ alpha.
func LeastDraws(m int, alpha float64) int {
	return int(math.Ceil(float64(m)/alpha*(1-1e-12))) - 1
}

// GiStarPermuted tests Gi* by conditional permutation: the count of the cell
// stays, and those of its neighbours are drawn from all other cells without
// replacement (Anselin 1995). P is (M+1)/(R+1), M the draws at least as far
// from the expectation of R draws as the observed value, on either side.
//
// Undefined as Gi, an island too: its neighbourhood holds nothing to draw.
// Returns the error of a context that ends. Cost: draws times neighbours, on
// all processors. Panics when the lengths differ.
func GiStarPermuted(ctx context.Context, counts []float64, neighbours [][]int32, o PermutationOptions) (Permuted, error) {
	scores, variance := newScores(counts, neighbours)
	n, sd := float64(len(counts)), math.Sqrt(variance)
	return permutation{counts, neighbours, Gi(counts, neighbours), func(i int, sum float64) float64 {
		return population{n: n, mean: scores.Mean, sd: sd}.score(counts[i]+sum, float64(len(neighbours[i])+1))
	}}.run(ctx, o)
}

// LocalMoranPermuted tests local Moran's I in the same way as GiStarPermuted.
// Both rise or fall with the sum over the neighbours, so that P is the same
// where both are defined: I is not where the cell's count is the mean.
func LocalMoranPermuted(ctx context.Context, counts []float64, neighbours [][]int32, o PermutationOptions) (Permuted, error) {
	m := LocalMoran(counts, neighbours, Conditional)
	_, variance := moments(counts)
	return permutation{counts, neighbours, m.Scores, func(i int, sum float64) float64 {
		return (counts[i] - m.Mean) / variance * (sum/float64(len(neighbours[i])) - m.Mean)
	}}.run(ctx, o)
}

// permutation is one statistic to test.
type permutation struct {
	counts     []float64
	neighbours [][]int32
	scores     Scores                                  // defined where the test is; Sum without the cell's own count
	statistic  func(i int, neighbours float64) float64 // of cell i, linear in the sum over its neighbours
}

func (p permutation) run(ctx context.Context, o PermutationOptions) (Permuted, error) {
	if o.Draws <= 0 {
		o.Draws = defaultDraws
	}
	n := len(p.counts)
	out := Permuted{P: make([]float64, n), Mean: make([]float64, n), Var: make([]float64, n), Floor: 1 / float64(o.Draws+1), reasons: p.scores}
	var workers sync.WaitGroup
	step := runtime.GOMAXPROCS(0)
	for first := range step {
		workers.Go(func() {
			for i := first; i < n && ctx.Err() == nil; i += step {
				out.P[i], out.Mean[i], out.Var[i] = p.test(i, o)
			}
		})
	}
	workers.Wait()
	if err := ctx.Err(); err != nil {
		return Permuted{}, fmt.Errorf("permute %d cells: %w", n, err)
	}
	return out, nil
}

// test draws for cell i.
func (p permutation) test(i int, o PermutationOptions) (chance, mean, variance float64) {
	if math.IsNaN(p.scores.Z[i]) {
		return math.NaN(), math.NaN(), math.NaN()
	}
	n := float64(len(p.counts))
	u := urn{counts: p.counts, without: i, mean: (p.scores.Mean*n - p.counts[i]) / (n - 1)}
	far, mean, variance := u.draw(len(p.neighbours[i]), p.scores.Sum[i], o)
	slope := p.statistic(i, 1) - p.statistic(i, 0)
	return float64(far+1) / float64(o.Draws+1), p.statistic(i, mean), slope * slope * variance
}

// urn holds the counts of all cells but one.
type urn struct {
	counts  []float64
	without int
	mean    float64 // of the others
}

// draw returns how many of the sums of k counts lie at least as far from their
// expectation as observed, and the mean and the variance of the sums. Each
// cell has a random stream of its own, so that the order in which the cells
// are worked does not matter.
func (u urn) draw(k int, observed float64, o PermutationOptions) (far int, mean, variance float64) {
	random := rand.New(rand.NewPCG(o.Seed, uint64(u.without))) //nolint:gosec // a statistic, no secret
	picked := make([]int, 0, k)
	centre := float64(k) * u.mean
	limit := math.Abs(observed-centre) * (1 - 1e-12) // rounding must not part equal distances
	var sum, squares float64
	for range o.Draws {
		picked = picked[:0]
		total := 0.0
		// Floyd's sampling: the k indices are equally likely to be any.
		for top := len(u.counts) - 1 - k; top < len(u.counts)-1; top++ {
			j := random.IntN(top + 1)
			if slices.Contains(picked, j) {
				j = top
			}
			picked = append(picked, j)
			if j >= u.without {
				j++
			}
			total += u.counts[j]
		}
		off := total - centre
		if math.Abs(off) >= limit {
			far++
		}
		sum += off
		squares += off * off
	}
	r := float64(o.Draws)
	off := sum / r
	return far, centre + off, max(0, squares/r-off*off)
}
