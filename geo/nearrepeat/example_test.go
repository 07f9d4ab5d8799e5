package nearrepeat_test

import (
	"context"
	"fmt"

	"atalaya/geo/nearrepeat"

	"github.com/paulmach/orb"
)

func Example() {
	events := []nearrepeat.Event{
		{orb.Point{-90.5069, 14.6349}, 0}, {orb.Point{-90.5060, 14.6349}, 2}, // 97 m and 2 days
		{orb.Point{-90.4069, 14.6349}, 0}, {orb.Point{-90.4069, 14.5349}, 90},
	}
	table, err := nearrepeat.Knox(context.Background(), events, nearrepeat.Options{Seed: 1})
	if err != nil {
		fmt.Println(err)
		return
	}
	near := table.Bands[1][0]
	fmt.Printf("%d pair within %.0f m and %d days, %.2f expected\n", near.Observed, table.SpaceM[1], table.Days[0], near.Expected)
	// Output: 1 pair within 200 m and 7 days, 0.50 expected
}
