package density_test

import (
	"fmt"

	"atalaya/geo/density"
	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

func Example() {
	cell, err := grid.CellAt(orb.Point{-90.5069, 14.6349}, 9)
	if err != nil {
		fmt.Println(err)
		return
	}
	// 4 incidents in the cell: 4·3/(π·0.8719²) per km² at its centre.
	perKM2, err := density.CountsOnCells([]grid.Cell{cell}, []float64{4}, density.Options{Kernel: density.Quartic})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.2f incidents per km²\n", perKM2[0])
	// Output: 5.02 incidents per km²
}
