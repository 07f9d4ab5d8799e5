package crs

import "fmt"

// canadianMTM returns the modified transverse Mercator zones that Canadian
// cities use, three degrees wide.
func canadianMTM() []definition {
	var all []definition
	for _, z := range []struct {
		zone        int
		lon0        float64
		nad83, csrs int // codes
		area        [4]float64
	}{
		{1, -53, 32181, 26898, [4]float64{-54.5, 46.56, -52.54, 49.89}},
		{2, -56, 32182, 26899, [4]float64{-57.5, 46.81, -54.49, 54.71}},
		{3, -58.5, 32183, 2945, [4]float64{-60, 47.5, -57.1, 55.38}},
		{4, -61.5, 32184, 2946, [4]float64{-63, 47.16, -60, 58.92}},
		{5, -64.5, 32185, 2947, [4]float64{-66, 47.95, -63, 60.52}},
		{6, -67.5, 32186, 2948, [4]float64{-69, 47.31, -66, 59}},
		{7, -70.5, 32187, 2949, [4]float64{-72, 45.01, -69, 61.8}},
		{8, -73.5, 32188, 2950, [4]float64{-75, 44.98, -72, 62.53}},
		{9, -76.5, 32189, 2951, [4]float64{-78, 43.63, -75, 62.65}},
		{10, -79.5, 32190, 2952, [4]float64{-81, 42.26, -78, 62.45}},
		{11, -82.5, 32191, 26891, [4]float64{-83.6, 41.67, -81, 46}},
		{12, -81, 32192, 26892, [4]float64{-82.5, 46, -79.5, 55.21}},
		{13, -84, 32193, 26893, [4]float64{-85.5, 46, -82.5, 55.59}},
		{14, -87, 32194, 26894, [4]float64{-88.5, 47.17, -85.5, 56.7}},
		{15, -90, 32195, 26895, [4]float64{-91.5, 47.97, -88.5, 56.9}},
		{16, -93, 32196, 26896, [4]float64{-94.5, 48.06, -91.5, 55.2}},
		{17, -96, 32197, 26897, [4]float64{-95.16, 48.69, -94.5, 53.24}},
	} {
		params := tm(z.lon0, 0, 0.9999, 304800, 0)
		area := box(z.area[0], z.area[1], z.area[2], z.area[3])
		all = append(all,
			definition{fmt.Sprintf("NAD83 / MTM zone %d", z.zone), epsg(z.nad83), nad83, metre(), area, params},
			definition{fmt.Sprintf("NAD83(CSRS) / MTM zone %d", z.zone), epsg(z.csrs), nad83CSRS, metre(), area, params})
	}
	return all
}
