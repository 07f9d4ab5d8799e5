package trend_test

import (
	"fmt"
	"time"

	"atalaya/geo/trend"
)

func ExampleMannKendall() {
	months := []float64{2, 3, 3, 5, 4, 6, 8, 7}
	got := trend.MannKendall(months)
	slope, _ := trend.SenSlope(months)
	exact, _ := trend.ExactP(months)
	fmt.Printf("z %.2f, p %.4f (exact %.4f), %.2f incidents more each month\n", got.Z, got.P, exact, slope)
	// Output: z 2.74, p 0.0061 (exact 0.0028), 0.80 incidents more each month
}

func ExampleRateRatio() {
	may := trend.Tally{Count: 20, Length: 31}  // days
	june := trend.Tally{Count: 10, Length: 30} // days
	p, _ := trend.ETest(may, june, trend.Unpooled)
	ratio, _ := trend.RateRatio(may, june, 0.95)
	fmt.Printf("%.2f times June's rate (%.2f to %.2f), p %.2f\n", ratio.Value, ratio.Low, ratio.High, p)
	// Output: 1.94 times June's rate (0.86 to 4.63), p 0.08
}

func ExampleCalendar_Periods() {
	zone, err := time.LoadLocation("America/Sao_Paulo")
	if err != nil {
		fmt.Println(err)
		return
	}
	from := time.Date(2017, time.October, 15, 12, 0, 0, 0, zone)
	days, _ := trend.Calendar{Step: trend.Day, Zone: zone}.Periods(from, from.Add(time.Hour))
	begin, end := days.Bounds(0) // the clock went from 00:00 to 01:00
	fmt.Println(begin.In(zone).Format("15:04"), end.Sub(begin))
	// Output: 01:00 23h0m0s
}
