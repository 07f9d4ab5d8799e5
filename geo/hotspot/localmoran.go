package hotspot

import "math"

// Randomisation is the null hypothesis that local Moran's I is held against.
type Randomisation string

// The null hypotheses: the count of the cell stays and the others are
// shuffled, or all counts are.
const (
	Conditional Randomisation = "conditional"
	Total       Randomisation = "total"
)

// Quadrant tells a cell's own count and that of its neighbours, each High
// above its mean and Low otherwise.
type Quadrant string

// The quadrants of the Moran scatter plot, the cell's own side first.
const (
	HighHigh          Quadrant = "High-High"
	HighLow           Quadrant = "High-Low"
	LowHigh           Quadrant = "Low-High"
	LowLow            Quadrant = "Low-Low"
	QuadrantUndefined Quadrant = "undefined"
)

// MoranScores are the scores of local Moran's I, in the order of the counts.
type MoranScores struct {
	Scores

	I        []float64  // above zero amid its like; NaN where undefined
	E, Var   []float64  // of I under the null hypothesis; NaN where I is
	Quadrant []Quadrant // undefined where I is
}

// LocalMoran returns local Moran's I of every cell with row-standardised
// weights (Anselin 1995):
//
//	I_i = (z_i/m₂)·Σ_j z_j/k_i,  j over the k_i neighbours of i
//
// with z = x − x̄ and m₂ = Σz²/N. Conditional expectation and variance, those of
// an empty r too, are from Sokal, Oden and Thomson (1998, equations A7 and A8),
// the Total ones from Anselin (1995). The conditional Z is that of Gi, with the
// sign of z_i.
//
// The neighbours of a cell are High when their mean is above the mean of these
// means over all cells, an island's taken as 0: the split "mean" of spdep.
//
// I is undefined with fewer than 3 cells, without variance and without
// neighbours; Z besides where the neighbourhood is the whole area and, when
// conditional, where the cell's count is the mean or all others are equal.
// Cost: linear in cells. Panics when the lengths differ.
func LocalMoran(counts []float64, neighbours [][]int32, r Randomisation) MoranScores {
	scores, variance := newScores(counts, neighbours)
	n := len(counts)
	m := MoranScores{Scores: scores, I: make([]float64, n), E: make([]float64, n), Var: make([]float64, n), Quadrant: make([]Quadrant, n)}
	if m.Why != nil {
		for i := range counts {
			m.undefine(i, m.Why)
		}
		return m
	}
	null := moranNull{n: float64(n), m2: variance, kurtosis: kurtosis(counts, m.Mean), total: r == Total}
	alone := loner(counts)
	split := m.meanLag(neighbours)
	for i := range counts {
		k := len(neighbours[i])
		if k == 0 {
			m.undefine(i, ErrIsland)
			continue
		}
		z, lag := counts[i]-m.Mean, m.Sum[i]/float64(k)
		m.I[i] = z / variance * (lag - m.Mean)
		m.E[i], m.Var[i] = null.moments(z, float64(k))
		m.Quadrant[i] = quadrantOf(z > 0, lag > split)
		switch {
		case k >= n-1:
			m.Scores.undefine(i, ErrWholeArea)
		case r != Total && z == 0:
			m.Scores.undefine(i, ErrAtMean)
		case r != Total && i == alone:
			m.Scores.undefine(i, ErrOthersEqual)
		default:
			m.define(i, (m.I[i]-m.E[i])/math.Sqrt(m.Var[i]))
		}
	}
	return m
}

func (m *MoranScores) undefine(i int, why error) {
	m.Scores.undefine(i, why)
	m.I[i], m.E[i], m.Var[i], m.Quadrant[i] = math.NaN(), math.NaN(), math.NaN(), QuadrantUndefined
}

// meanLag returns the mean over all cells of the mean count of the neighbours,
// a hair above it so that rounding does not lift an equal one over it.
func (m *MoranScores) meanLag(neighbours [][]int32) float64 {
	sum := 0.0
	for i := range neighbours {
		if k := len(neighbours[i]); k > 0 {
			sum += m.Sum[i] / float64(k)
		}
	}
	mean := sum / float64(len(neighbours))
	return mean + 1e-12*math.Abs(mean)
}

// moranNull is the distribution of local Moran's I under its null hypothesis.
type moranNull struct {
	n, m2, kurtosis float64
	total           bool
}

// moments returns the expectation and the variance of the I of a cell that
// lies z above the mean and has k neighbours of weight 1/k.
func (h moranNull) moments(z, k float64) (e, variance float64) {
	n := h.n
	if h.total {
		a := (n - h.kurtosis) / (n - 1)
		b := (2*h.kurtosis - n) / ((n - 1) * (n - 2))
		e = -1 / (n - 1)
		return e, a/k + b*(1-1/k) - e*e
	}
	own := z * z / (n - 1)
	return -own / h.m2, z / h.m2 * z / h.m2 * n / (n - 2) * (1/k - 1/(n-1)) * (h.m2 - own)
}

// kurtosis returns N·Σz⁴/(Σz²)².
func kurtosis(x []float64, mean float64) float64 {
	var z2, z4 float64
	for _, v := range x {
		z := (v - mean) * (v - mean)
		z2 += z
		z4 += z * z
	}
	return float64(len(x)) * z4 / (z2 * z2)
}

func quadrantOf(high, amidHigh bool) Quadrant {
	switch {
	case high && amidHigh:
		return HighHigh
	case high:
		return HighLow
	case amidHigh:
		return LowHigh
	}
	return LowLow
}
