package ingest_test

import (
	"math"
	"strings"
	"testing"

	"atalaya/store/ingest"
)

// The places are those of cs2cs (PROJ 9.1.1) for the first row of each file:
// echo "530500 180500" | cs2cs -f %.6f EPSG:27700 EPSG:4326.
func TestNationalGridsOfEuropeAreReadAndTellTheirMetres(t *testing.T) {
	const british = "Id,Date,Type,Easting,Northing\n1,2024-03-01,Theft,530500,180500\n2,2024-03-02,Theft,531200,181100\n3,2024-03-03,Theft,529900,179800\n"
	const french = "Id,Date,Type,X,Y\n1,2024-03-01,Vol,652000,6862000\n2,2024-03-02,Vol,651200,6861100\n3,2024-03-03,Vol,653000,6862900\n"
	for _, c := range []struct {
		name, text, crs, zone string
		lon, lat              float64
		isOff                 bool
	}{
		{"the British grid, named", british, "EPSG:27700", "Europe/London", -0.120969, 51.508369, true},
		{"the British grid, told by London", british, "", "Europe/London", -0.120969, 51.508369, true},
		{"Lambert-93, told by Paris", french, "", "Europe/Paris", 2.345812, 48.856248, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			all, report, err := readText(t, c.text, ingest.Options{CRS: c.crs, TimeZone: c.zone})
			if err != nil || len(all) != 3 {
				t.Fatalf("%d incidents, %v", len(all), err)
			}
			if p := all[0].Point; math.Abs(p[0]-c.lon) > 1e-6 || math.Abs(p[1]-c.lat) > 1e-6 {
				t.Errorf("%v in %s, want %v, %v", p, report.CRS, c.lon, c.lat)
			}
			if got := strings.Contains(report.Evidence["crs"], "5 m off"); got != c.isOff {
				t.Errorf("evidence %q", report.Evidence["crs"])
			}
		})
	}
}
