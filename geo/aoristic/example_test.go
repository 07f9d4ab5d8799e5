package aoristic_test

import (
	"fmt"
	"time"

	"atalaya/geo/aoristic"
)

func Example() {
	// A house was empty from Friday 18:00 to Saturday 02:00.
	from := time.Date(2024, 5, 17, 18, 0, 0, 0, time.UTC)
	to := time.Date(2024, 5, 18, 2, 0, 0, 0, time.UTC)
	night, err := aoristic.NewShift(aoristic.Window{Start: 22 * 60, End: 6 * 60})
	if err != nil {
		fmt.Println(err)
		return
	}
	week := aoristic.HourOfWeek(from, to, time.UTC)
	fmt.Printf("Friday 18:00: %.3f, night shift: %.2f\n", week[4*24+18], night.Share(from, to, time.UTC))
	// Output: Friday 18:00: 0.125, night shift: 0.50
}
