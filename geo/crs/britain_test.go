package crs_test

import (
	"strings"
	"testing"

	"atalaya/geo/crs"
)

// withTOWGS84 is the British National Grid as GDAL writes it in well-known text.
func withTOWGS84(seven string) string {
	return strings.Replace(prjFiles["EPSG:27700"], `299.3249646]`, `299.3249646],TOWGS84[`+seven+`]`, 1)
}

func TestTheBritishGridIsReadWithTheShiftThatItHasAndNoOther(t *testing.T) {
	const own = "446.448,-125.157,542.06,0.15,0.247,0.842,-20.489"
	if s, err := crs.ParseWKT(withTOWGS84(own)); err != nil || s.Code() != "EPSG:27700" {
		t.Errorf("%s, %v", s, err)
	}
	for _, other := range []string{"0,0,0,0,0,0,0", "375,-111,431", "446.448,-125.157,542.06,-0.15,-0.247,-0.842,-20.489"} {
		if s, err := crs.ParseWKT(withTOWGS84(other)); err == nil || !strings.Contains(err.Error(), "TOWGS84") {
			t.Errorf("%s: read as %s, %v", other, s, err)
		}
	}
}

func TestDegreesOfOSGB36AreNotTakenForThoseOfWGS84(t *testing.T) {
	const degrees = `GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	if s, err := crs.ParseWKT(degrees); err == nil || !strings.Contains(err.Error(), "degrees of OSGB36") {
		t.Errorf("read as %s, %v", s, err)
	}
	if s, err := crs.Parse("EPSG:4277"); err == nil {
		t.Errorf("read as %s", s)
	}
}

func TestASystemTellsWhenItsPlacesAreOffByMetres(t *testing.T) {
	for code, want := range map[string]float64{"EPSG:27700": 5, "EPSG:2154": 0, "EPSG:26910": 0} {
		if got := parse(t, code).ErrorM(); got != want {
			t.Errorf("%s: %v m, want %v", code, got, want)
		}
	}
}
