package ingest_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"atalaya/geo/crs"
	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

// capital is about where Guatemala City is.
func capital() orb.Bound {
	return orb.Bound{Min: orb.Point{-90.7, 14.5}, Max: orb.Point{-90.4, 14.8}}
}

// places returns a file of 40 rows around Guatemala City, each coordinate as
// the format makes it of longitude and latitude.
func places(header string, row func(lon, lat float64) string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "id,%s\n", header)
	for i := range 40 {
		lon, lat := -90.55+0.0023*float64(i%7)+0.000017*float64(i), 14.6+0.0031*float64(i%11)+0.000013*float64(i)
		fmt.Fprintf(&b, "%d,%s\n", i+1, row(lon, lat))
	}
	return b.String()
}

// reads reads a file that must give the 40 places, each within 5 cm.
func reads(t *testing.T, text string, opts ingest.Options) store.Report {
	t.Helper()
	if opts.TimeZone == "" {
		opts.TimeZone = "America/Guatemala"
	}
	all, report, err := readText(t, text, opts)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 40 {
		t.Fatalf("took %d of 40: %v %v", len(all), report.Reasons, report.FirstRejects)
	}
	for i, got := range all {
		want := orb.Point{-90.55 + 0.0023*float64(i%7) + 0.000017*float64(i), 14.6 + 0.0031*float64(i%11) + 0.000013*float64(i)}
		if d := grid.DistanceM(want, got.Point); d > 0.05 {
			t.Fatalf("row %d lies at %v, %.2f m off", i+2, got.Point, d)
		}
	}
	return report
}

func dms(v float64, positive, negative string) string {
	letter := positive
	if v < 0 {
		v, letter = -v, negative
	}
	seconds := math.Round(v*3600*1000) / 1000
	return fmt.Sprintf("%d°%02d'%06.3f''%s", int(seconds)/3600, int(seconds)/60%60, math.Mod(seconds, 60), letter)
}

func TestCoordinatesAreReadAsAgenciesWriteThem(t *testing.T) {
	gtm, err := crs.Parse("GTM")
	if err != nil {
		t.Fatal(err)
	}
	projected := func(lon, lat float64) (x, y float64) {
		x, y, err := gtm.FromWGS84(orb.Point{lon, lat})
		if err != nil {
			t.Fatal(err)
		}
		return x, y
	}
	for _, c := range []struct {
		name, header string
		row          func(lon, lat float64) string
		opts         ingest.Options
		crs          string
	}{
		{"Spanish names", "Longitud,Latitud", func(lon, lat float64) string { return fmt.Sprintf("%f,%f", lon, lat) }, ingest.Options{}, ""},
		{"Portuguese names", "Coordenada X,Coordenada Y", func(lon, lat float64) string { return fmt.Sprintf("%f,%f", lon, lat) }, ingest.Options{}, ""},
		{"French names", "longitude_wgs84,latitude_wgs84", func(lon, lat float64) string { return fmt.Sprintf("%f,%f", lon, lat) }, ingest.Options{}, ""},
		{"one column in French", "Coordonnées", func(lon, lat float64) string { return fmt.Sprintf(`"%f, %f"`, lat, lon) }, ingest.Options{}, ""},
		{"decimal commas", "longitud,latitud", func(lon, lat float64) string {
			return strings.ReplaceAll(fmt.Sprintf("\"%f\";\"%f\"", lon, lat), ".", ",")
		}, ingest.Options{}, ""},
		{"exponents with commas", "longitud,latitud", func(lon, lat float64) string {
			return strings.ReplaceAll(fmt.Sprintf("\"%.8E\"|\"%.8E\"", lon, lat), ".", ",")
		}, ingest.Options{}, ""},
		{"degrees, minutes, seconds", "longitud,latitud", func(lon, lat float64) string {
			return fmt.Sprintf("%s,%s", dms(lon, "E", "W"), dms(lat, "N", "S"))
		}, ingest.Options{}, ""},
		{"degrees in Spanish, the letter before a blank", "longitud,latitud", func(lon, lat float64) string {
			return fmt.Sprintf("%s,%s", dms(lon, " Este", " Oeste"), dms(lat, " Norte", " Sur"))
		}, ingest.Options{}, ""},
		{"degrees in one column", "ubicación", func(lon, lat float64) string {
			return fmt.Sprintf("%s %s", dms(lat, "N", "S"), dms(lon, "E", "O"))
		}, ingest.Options{}, ""},
		{"WKT", "geom", func(lon, lat float64) string { return fmt.Sprintf("SRID=4326;POINT Z (%f %f 1500)", lon, lat) }, ingest.Options{}, ""},
		{"words", "ubicacion", func(lon, lat float64) string { return fmt.Sprintf("Lat: %f Lon: %f", lat, lon) }, ingest.Options{}, ""},
		{"longitude first in a bare pair", "punto", func(lon, lat float64) string { return fmt.Sprintf(`"%f, %f"`, lon, lat) }, ingest.Options{}, ""},
		{"swapped columns", "longitud,latitud", func(lon, lat float64) string { return fmt.Sprintf("%f,%f", lat, lon) }, ingest.Options{}, ""},
		{"swapped in WKT", "geom", func(lon, lat float64) string { return fmt.Sprintf("POINT(%f %f)", lat, lon) }, ingest.Options{}, ""},
		{"the minus of the longitude lost", "longitud,latitud", func(lon, lat float64) string { return fmt.Sprintf("%f,%f", -lon, lat) }, ingest.Options{}, ""},
		{"longitudes that count westward", "Longitud Oeste,Latitud Norte", func(lon, lat float64) string { return fmt.Sprintf("%f,%f", -lon, lat) }, ingest.Options{TimeZone: "UTC"}, ""},
		{"swapped and the minus lost", "longitud,latitud", func(lon, lat float64) string { return fmt.Sprintf("%f,%f", lat, -lon) }, ingest.Options{}, ""},
		{"decimal points lost", "longitud,latitud", func(lon, lat float64) string { return fmt.Sprintf("%.0f,%.0f", lon*1e6, lat*1e6) }, ingest.Options{}, ""},
		{"decimal points lost, the zeros behind them too", "longitud,latitud", func(lon, lat float64) string {
			trim := func(v float64) string {
				return strings.TrimRight(strings.ReplaceAll(fmt.Sprintf("%.6f", v), ".", ""), "0")
			}
			return trim(lon) + "," + trim(lat)
		}, ingest.Options{Near: capital()}, ""},
		{"metres named by the caller", "x,y", func(lon, lat float64) string {
			x, y := projected(lon, lat)
			return fmt.Sprintf("%.3f,%.3f", x, y)
		}, ingest.Options{CRS: "GTM", TimeZone: "UTC"}, "ESRI:103598"},
		{"metres told by the names", "COORD_X_GTM,COORD_Y_GTM", func(lon, lat float64) string {
			x, y := projected(lon, lat)
			return fmt.Sprintf("%.3f,%.3f", x, y)
		}, ingest.Options{TimeZone: "UTC"}, "ESRI:103598"},
		{"metres told by the source's area", "x,y", func(lon, lat float64) string {
			x, y := projected(lon, lat)
			return fmt.Sprintf("%.3f,%.3f", x, y)
		}, ingest.Options{TimeZone: "UTC", Near: capital()}, "ESRI:103598"},
		{"metres told by the city of the time zone", "x,y", func(lon, lat float64) string {
			x, y := projected(lon, lat)
			return fmt.Sprintf("%.3f,%.3f", x, y)
		}, ingest.Options{}, "ESRI:103598"},
		{"the northing first", "x,y", func(lon, lat float64) string {
			x, y := projected(lon, lat)
			return fmt.Sprintf("%.3f,%.3f", y, x)
		}, ingest.Options{CRS: "GTM"}, "ESRI:103598"},
		{"thousands parted by commas", "este,norte", func(lon, lat float64) string {
			x, y := projected(lon, lat)
			return fmt.Sprintf(`"%s","%s"`, grouped(x, ",", "."), grouped(y, ",", "."))
		}, ingest.Options{}, "ESRI:103598"},
		{"thousands parted by points, decimal comma", "este,norte", func(lon, lat float64) string {
			x, y := projected(lon, lat)
			return fmt.Sprintf(`"%s","%s"`, grouped(x, ".", ","), grouped(y, ".", ","))
		}, ingest.Options{}, "ESRI:103598"},
		{"thousands parted by blanks", "este,norte", func(lon, lat float64) string {
			x, y := projected(lon, lat)
			return fmt.Sprintf(`"%s","%s"`, grouped(x, " ", ","), grouped(y, " ", ","))
		}, ingest.Options{}, "ESRI:103598"},
		{"EWKT of the Web Mercator", "geom", func(lon, lat float64) string {
			x, y := mercator(lon, lat)
			return fmt.Sprintf("SRID=3857;POINT(%.3f %.3f)", x, y)
		}, ingest.Options{}, "EPSG:3857"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := places(c.header, c.row)
			for _, delimiter := range []string{";", "|"} {
				if strings.Contains(text, `"`+delimiter+`"`) { // the numbers have commas
					text = strings.NewReplacer("id,", "id;", "longitud,", "longitud;", ",\"", ";\"", delimiter, ";").Replace(text)
				}
			}
			report := reads(t, text, c.opts)
			if want := c.crs; want != "" && report.CRS != want || want == "" && report.CRS != "EPSG:4326" {
				t.Errorf("system %s, want %q", report.CRS, want)
			}
			if c.crs != "" && c.crs != "EPSG:3857" && report.Evidence["crs"] == "" {
				t.Errorf("no evidence for the system: %v", report.Evidence)
			}
		})
	}
}

// grouped writes a number with three decimals and marks between its thousands.
func grouped(v float64, mark, decimal string) string {
	whole, fraction, _ := strings.Cut(fmt.Sprintf("%.3f", v), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + mark + whole[i:]
	}
	return whole + decimal + fraction
}

// mercator is Snyder (1987), equations 7-1 and 7-2, on the sphere.
func mercator(lon, lat float64) (x, y float64) {
	const radius = 6378137
	return radius * lon * math.Pi / 180, radius * math.Log(math.Tan(math.Pi/4+lat*math.Pi/360))
}

// The same numbers must not be taken two ways: with the columns named by the
// caller they stand as they are.
func TestColumnsThatTheCallerNamesAreReadAsTheyStand(t *testing.T) {
	text := places("longitud,latitud", func(lon, lat float64) string { return fmt.Sprintf("%f,%f", -lon, lat) })
	all, _, err := readText(t, text, ingest.Options{TimeZone: "America/Guatemala", Map: map[string]string{"lon": "longitud", "lat": "latitud"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 40 || all[0].Point[0] != 90.55 {
		t.Errorf("got %d, first %v", len(all), all[0].Point)
	}
}

func TestProjectedCoordinatesOfUnknownSystemAreRefusedWithTheCandidates(t *testing.T) {
	text := places("x,y", func(lon, lat float64) string { return fmt.Sprintf("%.2f,%.2f", 490000+lon, 5458000+lat) })
	_, _, err := readText(t, text, ingest.Options{TimeZone: "America/Guatemala"})
	wantError(t, err, store.Invalid, "projected coordinates")
	wantError(t, err, store.Invalid, "--crs EPSG:326")
	_, _, err = readText(t, text, ingest.Options{CRS: "EPSG:4326"})
	wantError(t, err, store.Invalid, "EPSG:4326 (WGS 84) is degrees, but")
	_, _, err = readText(t, text, ingest.Options{CRS: "EPSG:2263"})
	wantError(t, err, store.Invalid, `40 of 40 places in "x" and "y" cannot be in EPSG:2263`)
}

func TestRowsOffTheAreaOfTheFileAreRejectedWithTheDistanceOrTheFix(t *testing.T) {
	text := places("lon,lat", func(lon, lat float64) string { return fmt.Sprintf("%f,%f", lon, lat) }) +
		"41,14.6012,-90.5432\n42,90.5432,14.6012\n43,-80.5,14.6\n44,-90.5432,-14.6012\n45,-90.9,14.9\n"
	all, report, err := readText(t, text, ingest.Options{TimeZone: "America/Guatemala"})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 41 { // the last is 40 km off: no reason to doubt it
		t.Errorf("took %d", len(all))
	}
	if diff := cmp.Diff(map[string]int{ingest.SwappedCoordinates: 1, ingest.FarAway: 3}, report.Reasons); diff != "" {
		t.Error(diff)
	}
	for i, want := range []string{
		"fits the area at latitude 14.601200, longitude -90.543200: probably its latitude and longitude are swapped",
		"probably the minus of its longitude is lost",
		"km off the area where nearly all places of the file are",
		"probably the minus of its latitude is lost",
	} {
		if got := report.FirstRejects[i].Message; !strings.Contains(got, want) {
			t.Errorf("row %d: %q, want %q", report.FirstRejects[i].Row, got, want)
		}
	}
}

// Feet stand in the columns of degrees in two rows and nothing in one; the
// point column knows better. Where it says something else in one row of a
// hundred, it is still trusted; in one of three it is not.
func TestARivalColumnStandsInWhereItAgrees(t *testing.T) {
	rows := func(wrong float64) string {
		i := 0
		return places("lon,lat,the_geom", func(lon, lat float64) string {
			i++
			point := fmt.Sprintf("POINT (%f %f)", lon, lat)
			switch {
			case i == 7:
				return ",," + point
			case i == 8 || i == 9:
				return fmt.Sprintf("%f,%f,%s", 2695436.23, 276543.98, point)
			case wrong > 0 && i%3 == 0:
				return fmt.Sprintf("%f,%f,POINT (%f %f)", lon, lat, lon+wrong, lat)
			}
			return fmt.Sprintf("%f,%f,%s", lon, lat, point)
		})
	}
	report := reads(t, rows(0), ingest.Options{})
	if report.Mapping["rival_point"] != "the_geom" || !strings.Contains(strings.Join(report.Notes, ";"), `take it from "the_geom" (3)`) {
		t.Errorf("got %v, notes %q", report.Mapping, report.Notes)
	}
	_, report, err := readText(t, rows(0.01), ingest.Options{TimeZone: "America/Guatemala"})
	if err != nil {
		t.Fatal(err)
	}
	if report.Mapping["rival_point"] != "" || report.Taken != 37 {
		t.Errorf("got %v, %d taken", report.Mapping, report.Taken)
	}
}

// 1,000 incidents at places of their own and 60 at the station: 60 ≥ 20,
// 60/1060 = 5.7 % ≥ 0.5 %, and 60 ≥ 10 times the usual 1.
func TestAPointWhereIncidentsPileUpIsFlaggedAndItsIncidentsMarked(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,lon,lat\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "%d,%.7f,%.7f\n", i, -90.5+0.0001234*float64(i%97), 14.6+0.0001234*float64(i/97))
	}
	for i := range 60 {
		fmt.Fprintf(&b, "s%d,-90.5133,14.6419\n", i)
	}
	all, report, err := readText(t, b.String(), ingest.Options{TimeZone: "America/Guatemala"})
	if err != nil {
		t.Fatal(err)
	}
	want := []store.FallbackPoint{{Lon: -90.5133, Lat: 14.6419, Incidents: 60, Share: 60.0 / 1060}}
	if diff := cmp.Diff(want, report.FallbackPoints); diff != "" {
		t.Error(diff)
	}
	marked := 0
	for _, i := range all {
		if i.LocationPrecision == store.FallbackLocation {
			marked++
		}
	}
	if marked != 60 {
		t.Errorf("%d incidents are marked", marked)
	}
}

// Every place repeats, as where an agency moves incidents to the middle of
// their street: none is a fallback point.
func TestPointsOfAFileThatSnapsEverythingAreNoFallbackPoints(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,lon,lat\n")
	for i := range 600 {
		fmt.Fprintf(&b, "%d,%.4f,%.4f\n", i, -90.5+0.01*float64(i%100), 14.6)
	}
	b.WriteString(strings.Repeat("x,-90.5133,14.6419\n", 100))
	_, report, err := readText(t, b.String(), ingest.Options{TimeZone: "America/Guatemala", Map: map[string]string{"id": ""}})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.FallbackPoints) != 0 {
		t.Errorf("got %v", report.FallbackPoints)
	}
}

func TestRoundedCoordinatesAreKeptAsPlacesOfABlock(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,lon,lat\n")
	for i := range 30 {
		fmt.Fprintf(&b, "%d,%.3f,%.3f\n", i, -90.5+0.001*float64(i), 14.6+0.001*float64(i))
	}
	all, report, err := readText(t, b.String(), ingest.Options{TimeZone: "America/Guatemala"})
	if err != nil {
		t.Fatal(err)
	}
	if all[0].LocationPrecision != store.BlockLocation || !strings.Contains(strings.Join(report.Notes, ";"), "three decimals") {
		t.Errorf("got %q, notes %q", all[0].LocationPrecision, report.Notes)
	}
}

// The first file of a source is in degrees; the second, in metres and of a
// time zone that tells nothing, is read by where the first one was.
func TestTheSystemOfALaterFileIsToldByTheEarlierIncidentsOfItsSource(t *testing.T) {
	st := openStore(t)
	degrees := places("lon,lat", func(lon, lat float64) string { return fmt.Sprintf("%f,%f", lon, lat) })
	opts := ingest.Options{Source: "pnc", TimeZone: "UTC"}
	if _, err := importText(t, st, degrees, opts); err != nil {
		t.Fatal(err)
	}
	utm, err := crs.Parse("EPSG:32615")
	if err != nil {
		t.Fatal(err)
	}
	metres := places("x,y", func(lon, lat float64) string {
		x, y, err := utm.FromWGS84(orb.Point{lon, lat})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%.3f,%.3f", x, y)
	})
	opts.Map = map[string]string{"id": ""} // the ids are those of the first file
	report, err := importText(t, st, metres, opts)
	if err != nil {
		t.Fatal(err)
	}
	if report.CRS != "EPSG:32615" || report.Taken != 40 {
		t.Errorf("read in %s, %d taken: %v", report.CRS, report.Taken, report.Evidence)
	}
	for i := range report.BBox {
		if want := []float64{-90.55, 14.6, -90.535, 14.6315}[i]; math.Abs(report.BBox[i]-want) > 0.001 {
			t.Errorf("box %v", report.BBox)
		}
	}
}
