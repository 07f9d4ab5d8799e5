package layer

import (
	"math"
	"strconv"
)

// Column is one value of every cell, in the order of Layer.Cells.
type Column struct {
	Name    string
	Numbers []float64 // NaN where undefined
	Words   []string  // instead of Numbers; empty where undefined; needs no escaping
	Bare    bool      // the words are true and false
}

func (c Column) property(i int) property {
	if c.Words != nil {
		return property{c.Name, c.Words[i], !c.Bare}
	}
	return property{c.Name, number(c.Numbers[i]), false}
}

// property is one value of a cell as GeoJSON and CSV write it. Text is empty
// where the value is undefined, and needs no escaping.
type property struct {
	name, text string
	isWord     bool // a string in JSON
}

// properties appends the values of cell i in column order. Statistics keep
// every digit.
func (l *Layer) properties(out []property, i int) []property {
	c := l.Cells[i]
	own := func(text string) string { return unless(c.Hidden, text) }
	around := func(v float64) string { return unless(c.HiddenSum, number(v)) }
	out = append(out,
		property{"cell", c.Cell.String(), true},
		property{"count", own(strconv.Itoa(c.Count)), false},
		property{"n_neighbours", strconv.Itoa(c.Neighbours), false},
		property{"area_km2", number(c.AreaKM2), false},
		property{"rate", own(number(c.Rate)), false},
		property{"gistar_z", around(c.Z), false},
		property{"gistar_p", around(c.P), false},
		property{"gistar_p_fdr", around(c.PFDR), false},
		property{"class", string(c.Class), true},
		property{"rank", unlessZero(c.Rank), false},
		property{"edge", strconv.FormatBool(c.Edge), false},
		property{"sum", around(c.Sum), false},
		property{"expected", number(c.Expected), false},
		property{"why_undefined", c.Why, true},
	)
	for _, column := range l.Columns {
		p := column.property(i)
		p.text = unless(c.HiddenSum, p.text)
		out = append(out, p)
	}
	return out
}

// names returns the names of the properties, in their order.
func (l *Layer) names() []string {
	one := Layer{Cells: []Cell{{}}}
	var out []string
	for _, p := range one.properties(nil, 0) {
		out = append(out, p.name)
	}
	for _, c := range l.Columns {
		out = append(out, c.Name)
	}
	return out
}

func unless(hidden bool, text string) string {
	if hidden {
		return ""
	}
	return text
}

// number writes a value with every digit, and nothing where it is undefined.
func number(v float64) string {
	const exact = 1 << 53 // whole numbers below it are exact
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return ""
	case v == math.Trunc(v) && math.Abs(v) < exact:
		return strconv.FormatInt(int64(v), 10)
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
