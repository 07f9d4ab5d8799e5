package grid_test

import (
	"fmt"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

func Example() {
	cell, err := grid.CellAt(orb.Point{-90.5069, 14.6349}, 9)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("cell %s, %.4f km², %d neighbours\n", cell, cell.AreaKM2(), len(cell.Neighbours()))
	// Output: cell 896d2911a2fffff, 0.1067 km², 6 neighbours
}
