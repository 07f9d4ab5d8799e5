package concentration_test

import (
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/geo/concentration"
)

func TestOracleConcentrationEqualsEveryCase(t *testing.T) {
	for _, path := range reference.Small(t, "concentration*.csv") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			want := reference.Against(t, path)
			for _, row := range want.Rows {
				var counts []float64
				for text := range strings.SplitSeq(row["counts"], "|") {
					count, err := strconv.ParseFloat(text, 64)
					if err != nil {
						t.Fatal(err)
					}
					counts = append(counts, count)
				}
				p := concentration.Of(counts)
				want.Near(row, "n_units", float64(p.N))
				want.Near(row, "total", p.Total)
				want.Near(row, "gini", p.Gini())
				want.Near(row, "gini_generalised", p.GeneralisedGini())
				want.Near(row, "share_zero_units", p.ZeroShare())
				for column := range row {
					if digits, ok := strings.CutPrefix(column, "share_units_"); ok {
						percent, err := strconv.ParseFloat(strings.TrimSuffix(digits, "pct"), 64)
						if err != nil {
							t.Fatal(err)
						}
						want.Near(row, column, p.ShareHolding(percent/100))
					}
				}
			}
		})
	}
}

// The review of Weisburd (2015) has half of the crime in about 4.5 % of the
// street segments. Cells of a study area hold more than a segment, so only the
// order of the numbers is held here.
func TestOracleConcentrationOfEveryStudyAreaIsSensible(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			var counts []float64
			for _, row := range set.Table(t, "counts.csv") {
				counts = append(counts, row.Float(t, "count"))
			}
			p := concentration.Of(counts)
			if p.Why != nil {
				t.Fatal(p.Why)
			}
			quarter, half := p.ShareHolding(.25), p.ShareHolding(.5)
			t.Logf("25 %% in %.3f and 50 %% in %.3f of %d cells, Gini %.3f, generalised %.3f", quarter, half, p.N, p.Gini(), p.GeneralisedGini())
			if !(quarter > 0 && quarter <= half && half <= .5+1/float64(p.N)) || math.Abs(p.GeneralisedGini()-.5) > .5 {
				t.Errorf("25 %% in %v and 50 %% in %v, generalised Gini %v", quarter, half, p.GeneralisedGini())
			}
		})
	}
}
