package crs_test

import (
	"math"
	"strings"
	"testing"

	"atalaya/geo/crs"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// Places as cs2cs of PROJ 9.1.1 (Debian 9.1.1-1+b1, EPSG dataset of December
// 2022) gives them without grids: echo "X Y" | cs2cs -f %.10f CODE EPSG:4326.
// Half of the last digit is 6 micrometres.
func TestPlacesEqualTheGoldenOnes(t *testing.T) {
	for _, c := range []struct {
		code           string
		x, y, lon, lat float64
	}{
		{"ESRI:103598", 499256.5, 1618237.25, -90.5069028334, 14.6346158367},
		{"ESRI:103598", 560000, 1890000, -89.9361691598, 17.0902156121},
		{"EPSG:32615", 765432.1, 1617890.5, -90.5359864527, 14.6213753120},
		{"EPSG:32616", 255000, 1712000, -89.2834927928, 15.4734880804},
		{"EPSG:32610", 490249.2307, 5458166.8328, -123.1340546838, 49.2761804367},
		{"EPSG:26910", 490249.2307, 5458166.8328, -123.1340546838, 49.2761804378},
		{"EPSG:32723", 333000, 7395000, -46.6360738380, -23.5467532372},
		{"EPSG:31983", 333000, 7395000, -46.6360738380, -23.5467532379},
		{"EPSG:3857", -10075000.5, 1646789.25, -90.5052693666, 14.6316838837},
		{"EPSG:3435", 1176352.7, 1900927.4, -87.6278741150, 41.8835012689},
		{"EPSG:26971", 358553, 579403.25, -87.6278744142, 41.8834960459},
		{"EPSG:2263", 987654.3, 211098.7, -73.9877140610, 40.7460930554},
		{"EPSG:32118", 301037.6, 64343, -73.9877144484, 40.7460929434},
		{"EPSG:2248", 1421000.5, 592000.25, -76.6160566352, 39.2915502848},
		{"EPSG:26985", 433100, 180400.5, -76.6163115757, 39.2911769685},
		{"EPSG:2272", 2694000.5, 236000.75, -75.1618678411, 39.9519916302},
		{"EPSG:32129", 821131, 71933, -75.1618912324, 39.9519906040},
		{"EPSG:2232", 3143000.5, 1696000.25, -104.9914773547, 39.7432263322},
		{"EPSG:26954", 957986, 516940, -104.9915062783, 39.7432092536},
		{"EPSG:6539", 987654.3, 211098.7, -73.9877140610, 40.7460930554},
		{"EPSG:2908", 987654.3, 211098.7, -73.9877153577, 40.7461013023},
		{"EPSG:2877", 3143000.5, 1696000.25, -104.9914873708, 39.7432327814},
		{"EPSG:2950", 299500, 5040000, -73.5678194350, 45.4999111024},
		{"EPSG:32188", 299500, 5040000, -73.5678179656, 45.4999019589},
		{"EPSG:2229", 6480000, 1840000, -118.2695921014, 34.0481104078},
		{"EPSG:27700", 530000, 180000, -0.128353940, 51.503990828},
		{"EPSG:27700", 325000, 673000, -3.202386182, 55.944167047},
		{"EPSG:2154", 652000, 6862000, 2.345811959, 48.856248141},
		{"EPSG:2154", 900000, 6250000, 5.464614557, 43.321062281},
		{"EPSG:5367", 491000, 1098000, -84.0820776210, 9.9299678750},
		{"EPSG:6372", 2800000, 830000, -99.1345796584, 19.4411668773},
	} {
		t.Run(c.code, func(t *testing.T) {
			got, err := parse(t, c.code).ToWGS84(c.x, c.y)
			if err != nil {
				t.Fatal(err)
			}
			if d := apartM(got, orb.Point{c.lon, c.lat}); d > toleranceM {
				t.Errorf("%v, want [%v %v], %.4f m apart", got, c.lon, c.lat, d)
			}
		})
	}
}

func TestTheOriginOfASystemIsItsFalseOrigin(t *testing.T) {
	// By definition: on the central meridian at the latitude of origin the
	// coordinates are the false easting and northing. 300,000 m are
	// 300000·3937/1200 = 984,250 US survey feet, 600,000 m twice as many.
	for _, c := range []struct {
		code           string
		lon, lat, x, y float64
	}{
		{"EPSG:32618", -75, 0, 500000, 0},
		{"EPSG:32718", -75, 0, 500000, 10000000},
		{"EPSG:3857", 0, 0, 0, 0},
		{"EPSG:3435", -88 - 20.0/60, 36 + 40.0/60, 984250, 0},
		{"EPSG:2272", -77.75, 39 + 20.0/60, 1968500, 0},
	} {
		p, err := parse(t, c.code).ToWGS84(c.x, c.y)
		if err != nil || apartM(p, orb.Point{c.lon, c.lat}) > 1e-6 {
			t.Errorf("%s: %v, want [%v %v] (%v)", c.code, p, c.lon, c.lat, err)
		}
	}
}

func TestNumbersThatAreNoPlaceAreRefused(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name, code string
		x, y       float64
		want       string
	}{
		{"NaN easting", "32610", nan, 5458166, "x NaN outside"},
		{"NaN northing", "32610", 490249, nan, "y NaN outside"},
		{"infinite easting", "3435", -inf, 1900000, "x -Inf outside"},
		{"infinite northing", "3857", 0, inf, "y +Inf outside"},
		{"zeros in UTM", "32610", 0, 0, "x 0 outside [54603, 945397] m of EPSG:32610 (WGS 84 / UTM zone 10N)"},
		{"zeros in feet", "3435", 0, 0, "ftUS of EPSG:3435"},
		{"zeros in GTM", "GTM", 0, 0, "x 0 outside"},
		{"degrees in UTM", "32610", -123.1, 49.2, "x -123.1 outside"},
		{"twice round the Earth", "32610", 500000, 45458166, "y 4.5458166e+07 outside"},
		{"a longitude too large", "4326", 181, 10, "x 181 outside [-180.00, 180.00] degree of EPSG:4326 (WGS 84)"},
		{"a latitude too large", "4326", 18, 95.2, "y 95.2 outside [-90.00, 90.00]"},
		{"beyond Web Mercator", "3857", 20037600, 0, "x 2.00376e+07 outside"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := parse(t, c.code).ToWGS84(c.x, c.y)
			if err == nil || !strings.Contains(err.Error(), c.want) || p != (orb.Point{}) {
				t.Errorf("%v and error %v, want an error with %q", p, err, c.want)
			}
		})
	}
}

func TestPlacesOutsideASystemAreRefused(t *testing.T) {
	guatemala := parse(t, "GTM")
	for _, p := range []orb.Point{
		{-123.1, 49.2}, {-90.5, -14.6}, {89.5, 14.6}, {-0.5, 0}, {-180.5, 14}, {-90.5, 91}, {math.NaN(), 14}, {-90.5, math.Inf(1)},
	} {
		if x, y, err := guatemala.FromWGS84(p); err == nil {
			t.Errorf("%v became %v, %v", p, x, y)
		}
	}
}

func TestNoSystemRefusesEveryPoint(t *testing.T) {
	var none crs.System
	if p, err := none.ToWGS84(1, 2); err == nil {
		t.Errorf("1, 2 became %v", p)
	}
	if x, y, err := none.FromWGS84(orb.Point{1, 2}); err == nil {
		t.Errorf("1, 2 became %v, %v", x, y)
	}
}

func TestWebMercatorReachesTheAntimeridian(t *testing.T) {
	system := parse(t, "EPSG:3857")
	for _, x := range []float64{20037508.342789244, 20037508.35, -20037508.35} {
		p, err := system.ToWGS84(x, 0)
		if err != nil || math.Abs(p.Lon()) < 179.999999 || math.Abs(p.Lon()) > 180 {
			t.Errorf("x %v: %v (%v)", x, p, err)
		}
	}
}

func TestThereAndBackIsTheSamePlace(t *testing.T) {
	systems := crs.Systems()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.SampledFrom(systems).Draw(t, "system")
		area := s.Area()
		p := orb.Point{
			math.Remainder(rapid.Float64Range(area.Left(), area.Right()).Draw(t, "longitude"), 360),
			rapid.Float64Range(area.Bottom(), area.Top()).Draw(t, "latitude"),
		}
		x, y, err := s.FromWGS84(p)
		if err != nil {
			t.Fatal(err)
		}
		back, err := s.ToWGS84(x, y)
		if err != nil {
			t.Fatal(err)
		}
		// Seven parameters taken back with the other sign leave micrometres,
		// and metres at the edge of where they hold.
		least := 1e-5
		if strings.HasPrefix(s.Name(), "OSGB36") { // its heights differ by 60 m, and its shift by 2e-5 radians
			least = 2e-3
		}
		if d := apartM(back, p); d > least && !isEdge(s, p) {
			t.Fatalf("%s: %v became %v, %v and then %v, %.9f m away", s, p, x, y, back, d)
		}
	})
}

// isEdge reports whether a datum shift begins or ends within a hundred metres.
func isEdge(s crs.System, p orb.Point) bool {
	for _, edge := range []float64{-163.74, -151.27, -141.01, -124.79, -90.45, -81.43, -66.91, -40.73} {
		if math.Abs(p.Lon()-edge) < 1e-3 {
			return strings.HasPrefix(s.Name(), "NAD83") || strings.HasPrefix(s.Name(), "CR05")
		}
	}
	for _, edge := range []float64{2.15, 11.77, 15.56, 23.81, 24.41, 38.21, 49.38, 86.46} {
		if math.Abs(p.Lat()-edge) < 1e-3 {
			return strings.HasPrefix(s.Name(), "NAD83") || strings.HasPrefix(s.Name(), "CR05")
		}
	}
	return false
}

func TestEveryListedSystemHasItsOwnNameAndCode(t *testing.T) {
	names, codes := map[string]bool{}, map[string]bool{}
	for i, s := range crs.Systems() {
		if s.Name() == "" || s.Code() == "" || s.Unit().Name == "" || s.Area().IsEmpty() || names[s.Name()] || codes[s.Code()] {
			t.Errorf("%s: unit %v, area %v, or named twice", s, s.Unit(), s.Area())
		}
		names[s.Name()], codes[s.Code()] = true, true
		if i%4 != 0 {
			continue // each takes milliseconds under the race detector
		}
		for _, spelling := range []string{s.Code(), s.Name()} {
			if back := parse(t, spelling); back.Code() != s.Code() {
				t.Errorf("%q became %s", spelling, back)
			}
		}
	}
}

func BenchmarkToWGS84(b *testing.B) {
	for _, c := range []struct {
		name, code string
		x, y       float64
	}{
		{"UTM", "EPSG:32610", 490249.2307, 5458166.8328},
		{"Lambert", "EPSG:2263", 987654.3, 211098.7},
		{"LambertHARN", "EPSG:2908", 987654.3, 211098.7},
		{"WebMercator", "EPSG:3857", -10075000.5, 1646789.25},
	} {
		b.Run(c.name, func(b *testing.B) {
			system := parse(b, c.code)
			for b.Loop() {
				if _, err := system.ToWGS84(c.x, c.y); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
