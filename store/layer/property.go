package layer

import (
	"math"
	"strconv"
)

// property is one value of a cell as GeoJSON and CSV write it. Text is empty
// where the value is undefined, and needs no escaping.
type property struct {
	name, text string
	isWord     bool // a string in JSON
}

// properties returns the values of a cell in column order. Statistics keep
// every digit.
func properties(c Cell) [13]property {
	rank := ""
	if c.Rank > 0 {
		rank = strconv.Itoa(c.Rank)
	}
	return [13]property{
		{"cell", c.Cell.String(), true},
		{"count", strconv.Itoa(c.Count), false},
		{"n_neighbours", strconv.Itoa(c.Neighbours), false},
		{"area_km2", number(c.AreaKM2), false},
		{"rate", number(c.Rate), false},
		{"gistar_z", number(c.Z), false},
		{"gistar_p", number(c.P), false},
		{"gistar_p_fdr", number(c.PFDR), false},
		{"class", string(c.Class), true},
		{"rank", rank, false},
		{"edge", strconv.FormatBool(c.Edge), false},
		{"sum", strconv.Itoa(c.Sum), false},
		{"expected", number(c.Expected), false},
	}
}

func number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}
