package hotspot

// Weights are how much each neighbour of a cell counts in a global statistic.
type Weights string

// The weights: 1/k for each of k neighbours (style W of spdep), or 1 (style B).
const (
	RowStandardised Weights = "row_standardised"
	Binary          Weights = "binary"
)

// linkage sums up the weights of a study area (Cliff and Ord 1981): S0 = ΣΣw_ij, S1 = ΣΣ(w_ij + w_ji)²/2, S2 = Σ_i(Σ_j w_ij + Σ_j w_ji)².
// The neighbours of each other are taken to be mutual.
type linkage struct {
	linked     int // cells that have neighbours
	s0, s1, s2 float64
}

func newLinkage(neighbours [][]int32, weights Weights) linkage {
	var l linkage
	weight := weightsOf(neighbours, weights)
	for i := range neighbours {
		if len(neighbours[i]) == 0 {
			continue
		}
		l.linked++
		out, in := 0.0, 0.0
		for _, j := range neighbours[i] {
			both := weight[i] + weight[j]
			l.s1 += both * both / 2
			out += weight[i]
			in += weight[j]
		}
		l.s0 += out
		l.s2 += (out + in) * (out + in)
	}
	return l
}

// weightsOf returns the weight that each neighbour of a cell has for it.
func weightsOf(neighbours [][]int32, weights Weights) []float64 {
	out := make([]float64, len(neighbours))
	for i := range out {
		out[i] = 1
		if weights != Binary && len(neighbours[i]) > 0 {
			out[i] = 1 / float64(len(neighbours[i]))
		}
	}
	return out
}
