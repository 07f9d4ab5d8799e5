package grid_test

import (
	"math"
	"testing"

	"atalaya/geo/grid"
)

func TestTheWidthOfAHexagonIsTheDistanceOfNeighbouringCentres(t *testing.T) {
	// A regular hexagon of side 1 km is √3 = 1.7320508 km wide and 3√3/2 = 2.5980762 km² large.
	if got := grid.WidthM(1.5 * math.Sqrt(3)); math.Abs(got-1000*math.Sqrt(3)) > 1e-9 {
		t.Errorf("%v m, want 1732.0508", got)
	}
	for _, name := range []string{"896d2911a2fffff", "8928308280fffff", "89be0e35dcbffff"} {
		cell, err := grid.ParseCell(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range cell.Neighbours() {
			if ratio := grid.DistanceM(cell.Center(), n.Center()) / grid.WidthM(cell.AreaKM2()); ratio < .85 || ratio > 1.15 {
				t.Errorf("%s to %s: %v widths", cell, n, ratio)
			}
		}
	}
}
