package crs_test

import (
	"fmt"

	"atalaya/geo/crs"

	"github.com/paulmach/orb"
)

func Example() {
	system, err := crs.Parse("GTM")
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := system.ToWGS84(499256.5, 1618237.25)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s: longitude %.6f°, latitude %.6f°\n", system, p.Lon(), p.Lat())
	// Output: ESRI:103598 (GTM): longitude -90.506903°, latitude 14.634616°
}

func ExampleGuess() {
	sample := [][2]float64{{490249.2, 5458166.8}, {490258.4, 5458154.9}}
	vancouver := orb.Bound{Min: orb.Point{-123.25, 49.2}, Max: orb.Point{-123.02, 49.31}}
	for _, c := range crs.Guess(sample, vancouver) {
		fmt.Printf("%.2f %s\n", c.Score, c.Evidence)
	}
	fmt.Println(len(crs.Guess(sample, orb.Bound{})) > 100, "without an area")
	// Output:
	// 1.00 as EPSG:32610 (WGS 84 / UTM zone 10N), 2 of 2 points lie where it is used, 2 of them in the source's area
	// true without an area
}
