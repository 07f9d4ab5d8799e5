package hotspot

import "math"

// GiStar returns the Getis-Ord Gi* z score of every cell with binary weights,
// the cell itself included (Ord and Getis 1995, equation 14):
//
//	z_i = (Σ_j x_j − W·x̄) / (s·√((N·W − W²)/(N−1))),  j over i and its neighbours
//
// W is the number of cells in that sum, x̄ the mean and s² = Σx²/N − x̄² the
// variance over all N cells: the weights' scale cancels, and s divides by N.
// Counts may be any finite numbers. Scores are undefined with fewer than 3
// cells, without variance, and where the neighbourhood is the whole area.
//
// Cost: linear in cells, about 30 ms for 500,000. Panics when the lengths differ.
func GiStar(counts []float64, neighbours [][]int32) Scores {
	scores, variance := newScores(counts, neighbours)
	all := population{n: float64(len(counts)), mean: scores.Mean, sd: math.Sqrt(variance)}
	for i := range counts {
		scores.Sum[i] += counts[i]
		w := len(neighbours[i]) + 1
		switch {
		case scores.Why != nil:
		case w >= len(counts):
			scores.undefine(i, ErrWholeArea)
		default:
			scores.define(i, all.score(scores.Sum[i], float64(w)))
		}
	}
	return scores
}

// Gi returns the Getis-Ord Gi z score of every cell with binary weights, the
// cell itself left out (Ord and Getis 1995):
// the formula of GiStar with the sum over the neighbours, and N, mean and
// variance over the other cells. It tells whether the surroundings of a cell
// are hot, not the cell: a busy cell amid quiet ones comes out cold.
//
// Besides the cases of GiStar, a cell is undefined without neighbours and
// where all the others have the same count. Cost as GiStar. Panics when the
// lengths differ.
func Gi(counts []float64, neighbours [][]int32) Scores {
	scores, variance := newScores(counts, neighbours)
	if scores.Why != nil {
		return scores
	}
	n := float64(len(counts))
	alone := loner(counts)
	for i := range counts {
		switch k := len(neighbours[i]); {
		case k == 0:
			scores.undefine(i, ErrIsland)
		case k >= len(counts)-1:
			scores.undefine(i, ErrWholeArea)
		case i == alone:
			scores.undefine(i, ErrOthersEqual)
		default:
			z := counts[i] - scores.Mean
			others := population{n: n - 1, mean: scores.Mean - z/(n-1), sd: math.Sqrt((n*variance - z*z*n/(n-1)) / (n - 1))}
			scores.define(i, others.score(scores.Sum[i], float64(k)))
		}
	}
	return scores
}

// population is what a sum of counts is drawn from.
type population struct{ n, mean, sd float64 }

// score standardises the sum of w counts drawn without replacement.
func (p population) score(sum, w float64) float64 {
	return (sum - w*p.mean) / (p.sd * math.Sqrt((p.n*w-w*w)/(p.n-1)))
}
