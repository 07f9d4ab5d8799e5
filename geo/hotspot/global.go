package hotspot

import "math"

// Global is one statistic of a whole study area, held against the hypothesis
// that the counts lie at random.
type Global struct {
	Value  float64 // of the statistic; NaN where undefined
	E, Var float64 // under the null hypothesis; NaN where Z is
	Z      float64 // above zero where like counts lie together; NaN where undefined
	P      float64 // two-sided, (0, 1]; NaN where Z is
	Why    error   // why Z is undefined; nil where it has a value
}

// GlobalMoranOptions choose the weights and the null hypothesis of global
// Moran's I. The zero value is spdep's default.
type GlobalMoranOptions struct {
	Weights     Weights // RowStandardised when empty
	Normality   bool    // counts drawn from a normal distribution, instead of shuffled
	KeepIslands bool    // cells without neighbours count in N
}

// GlobalMoran returns Moran's I (Cliff and Ord 1981):
//
//	I = (N/S0)·ΣΣw_ij z_i z_j / Σz²,  E = −1/(N−1)
//
// with z = x − x̄. As in spdep's moran.test, islands are not counted in N, but
// in the mean, Σz² and the kurtosis. Neighbours must be mutual. Undefined with
// fewer than 3 cells, fewer than 4 that have neighbours and equal counts; Z
// besides where no rearrangement of the counts changes I, as where every cell
// adjoins every other. Linear in cells; panics when the
// lengths differ.
func GlobalMoran(counts []float64, neighbours [][]int32, o GlobalMoranOptions) Global {
	scores, variance := newScores(counts, neighbours)
	l := newLinkage(neighbours, o.Weights)
	if why := l.whyNone(scores.Why); why != nil {
		return undefined(math.NaN(), why)
	}
	products := 0.0
	weight := weightsOf(neighbours, o.Weights)
	for i, x := range counts {
		products += (x - scores.Mean) * weight[i] * (scores.Sum[i] - float64(len(neighbours[i]))*scores.Mean)
	}
	n := float64(l.linked)
	if o.KeepIslands {
		n = float64(len(counts))
	}
	value := n / l.s0 * products / (variance * float64(len(counts)))
	if o.Normality {
		return judge(value, -1/(n-1), (n*n*l.s1-n*l.s2+3*l.s0*l.s0)/(l.s0*l.s0*(n*n-1)))
	}
	shuffled := n*((n*n-3*n+3)*l.s1-n*l.s2+3*l.s0*l.s0) -
		kurtosis(counts, scores.Mean)*((n*n-n)*l.s1-2*n*l.s2+6*l.s0*l.s0)
	return judge(value, -1/(n-1), shuffled/((n-1)*(n-2)*(n-3)*l.s0*l.s0))
}

// Geary returns Geary's (1954) C, judged under randomisation (Cliff and Ord
// 1981):
//
//	C = (N−1)/(2·S0)·ΣΣw_ij (x_i − x_j)² / Σz²,  E = 1
//
// Z is (E − C)/√Var: above zero where like counts lie together, as with
// Moran's I. Empty weights are RowStandardised. Islands are not counted in N,
// but where spdep's geary.test counts them. Defined where GlobalMoran is;
// linear in cells; panics when the lengths differ.
func Geary(counts []float64, neighbours [][]int32, weights Weights) Global {
	scores, variance := newScores(counts, neighbours)
	l := newLinkage(neighbours, weights)
	if why := l.whyNone(scores.Why); why != nil {
		return undefined(math.NaN(), why)
	}
	squares := 0.0
	weight := weightsOf(neighbours, weights)
	for i, x := range counts {
		for _, j := range neighbours[i] {
			squares += weight[i] * (x - counts[j]) * (x - counts[j])
		}
	}
	n, all := float64(l.linked), float64(len(counts))
	value := (n - 1) / (2 * l.s0) * squares / (variance * all)
	k := kurtosis(counts, scores.Mean) * n / all
	shuffled := (n-1)*l.s1*(n*n-3*all+3-k*(n-1)) -
		(n-1)*l.s2*(n*n+3*all-6-k*(n*n-all+2))/4 +
		l.s0*l.s0*(n*n-3-k*(n-1)*(n-1))
	g := judge(value, 1, 1+shuffled/(all*(n-2)*(n-3)*l.s0*l.s0))
	g.Z = -g.Z
	return g
}

// GeneralG returns Getis and Ord's (1992) general G with binary weights,
// judged under randomisation:
//
//	G = ΣΣw_ij x_i x_j / ΣΣ_{j≠i} x_i x_j,  E = S0/(N(N−1))
//
// Above its expectation high counts lie together, below it low ones. Islands
// are left out altogether. Besides the cases of GlobalMoran it is undefined
// where fewer than 2 cells with neighbours hold incidents, and where a count
// is negative. Linear in cells; panics when the lengths differ.
func GeneralG(counts []float64, neighbours [][]int32) Global {
	scores, _ := newScores(counts, neighbours)
	l := newLinkage(neighbours, Binary)
	if why := l.whyNone(scores.Why); why != nil {
		return undefined(math.NaN(), why)
	}
	var products, m1, m2, m3, m4 float64
	holders := 0
	for i, x := range counts {
		switch {
		case x < 0:
			return undefined(math.NaN(), ErrNegative)
		case len(neighbours[i]) == 0 || x == 0:
			continue
		}
		holders++
		products += x * scores.Sum[i]
		m1 += x
		m2 += x * x
		m3 += x * x * x
		m4 += x * x * x * x
	}
	if holders < 2 {
		return undefined(math.NaN(), ErrOneHolds)
	}
	n, s0 := float64(l.linked), l.s0*l.s0
	pairs := m1*m1 - m2
	b0 := (n*n-3*n+3)*l.s1 - n*l.s2 + 3*s0
	b1 := -((n*n-n)*l.s1 - 2*n*l.s2 + 6*s0)
	b2 := -(2*n*l.s1 - (n+3)*l.s2 + 6*s0)
	b3 := 4*(n-1)*l.s1 - 2*(n+1)*l.s2 + 8*s0
	b4 := l.s1 - l.s2 + s0
	square := (b0*m2*m2 + b1*m4 + b2*m1*m1*m2 + b3*m1*m3 + b4*m1*m1*m1*m1) / (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3))
	return judge(products/pairs, l.s0/(n*(n-1)), square)
}

// whyNone tells why no global statistic is defined; local is the reason of the
// counts.
func (l linkage) whyNone(local error) error {
	switch {
	case local != nil:
		return local
	case l.linked < 4:
		return ErrFewLinked
	}
	return nil
}

// judge holds a statistic against its expectation e and the expectation of its
// square. What rounding leaves of a variance of zero is one.
func judge(value, e, square float64) Global {
	variance := square - e*e
	if !(variance > 1e-12*square) {
		return undefined(value, ErrConstant)
	}
	z := (value - e) / math.Sqrt(variance)
	return Global{Value: value, E: e, Var: variance, Z: z, P: TwoSided(z)}
}

func undefined(value float64, why error) Global {
	return Global{Value: value, E: math.NaN(), Var: math.NaN(), Z: math.NaN(), P: math.NaN(), Why: why}
}
