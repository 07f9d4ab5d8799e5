package hotspot

import "math"

// Class is how sure it is that a cell is hot or cold.
type Class string

// The classes, by the p value after control of the false discovery rate: 99
// is p ≤ 0.01, 95 is p ≤ 0.05, 90 is p ≤ 0.10.
const (
	Hot99     Class = "hot_99"
	Hot95     Class = "hot_95"
	Hot90     Class = "hot_90"
	None      Class = "none"
	Cold90    Class = "cold_90"
	Cold95    Class = "cold_95"
	Cold99    Class = "cold_99"
	Undefined Class = "undefined"
)

// Classes lists every class, hottest first.
func Classes() []Class {
	return []Class{Hot99, Hot95, Hot90, None, Cold90, Cold95, Cold99, Undefined}
}

// ClassOf returns the class of a cell with the score z and the adjusted
// two-sided p. NaN in either is Undefined.
func ClassOf(z, p float64) Class {
	if math.IsNaN(z) || math.IsNaN(p) {
		return Undefined
	}
	hot := z > 0
	switch {
	case p <= 0.01:
		return pick(hot, Hot99, Cold99)
	case p <= 0.05:
		return pick(hot, Hot95, Cold95)
	case p <= 0.10:
		return pick(hot, Hot90, Cold90)
	}
	return None
}

// Hot reports whether the class is hot at 95 % or better.
func (c Class) Hot() bool { return c == Hot99 || c == Hot95 }

func pick(hot bool, ifHot, ifCold Class) Class {
	if hot {
		return ifHot
	}
	return ifCold
}
