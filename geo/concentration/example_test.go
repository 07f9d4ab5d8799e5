package concentration_test

import (
	"fmt"

	"atalaya/geo/concentration"
)

func Example() {
	places := concentration.Of([]float64{5, 3, 1, 1, 0, 0, 0, 0, 0, 0})
	fmt.Printf("half in %.0f %% of the places, Gini %.2f\n", 100*places.ShareHolding(.5), places.Gini())
	// Output: half in 10 % of the places, Gini 0.74
}
