// Package trend tells how cells change with time: which way a series runs,
// where hot spots emerge, last or fade, and whether two periods differ by more
// than chance.
//
//	months := trend.Calendar{Step: trend.Month, Zone: zone}.Periods(from, to)
//	hot := trend.EmergingHotSpots(cube, neighbours, trend.EmergingOptions{})
//	category := hot.Locations[cell].Category // such as trend.IntensifyingHot
//	p, err := trend.ETest(trend.Tally{Count: 9, Length: 31}, trend.Tally{Count: 4, Length: 30}, trend.Unpooled)
//	ratio, err := trend.RateRatio(current, past, 0.95) // never a percentage alone
//
// Assumptions: a cube holds every cell of the study area at every step, zeros
// included, and no period that is incomplete (Periods.Complete tells which
// are). Steps count as equally spaced and equally long; counts of months
// differ by up to a tenth for their length alone, and the two-period tests
// take lengths for that reason. Undefined values are NaN with a reason; no
// function returns an infinity or reads a clock.
//
// The neighbourhoods of consecutive steps overlap, which makes the scores of a
// cell depend on each other and the p of their trend too small: beside it
// stands the trend of the raw counts, and HamedRao may take its place.
//
// Sources: Mann 1945, doi:10.2307/1907187; Kendall 1975, Rank Correlation
// Methods; Sen 1968, doi:10.1080/01621459.1968.10480934; Hamed and Rao 1998,
// doi:10.1016/S0022-1694(97)00125-X; Przyborowski and Wilenski 1940,
// doi:10.1093/biomet/31.3-4.313; Krishnamoorthy and Thomson 2004,
// doi:10.1016/S0378-3758(02)00408-1; Anscombe 1948,
// doi:10.1093/biomet/35.3-4.246; Clopper and Pearson 1934,
// doi:10.1093/biomet/26.4.404; Wheeler 2016, doi:10.1177/1461355716642781;
// Esri, "How Emerging Hot Spot Analysis works", for the categories. Proven
// against R 4.2 and an independent recomputation.
package trend
