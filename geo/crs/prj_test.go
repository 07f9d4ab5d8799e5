package crs_test

import (
	"strings"
	"testing"

	"atalaya/geo/crs"
)

const (
	esriNAD83 = `GEOGCS["GCS_North_American_1983",DATUM["D_North_American_1983",SPHEROID["GRS_1980",6378137.0,298.257222101]],` +
		`PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	esriWGS84 = `GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],` +
		`PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`
	footUS = `UNIT["Foot_US",0.3048006096012192]`
)

// prjFiles are by the code they have in lists; those in no list by a name.
var prjFiles = map[string]string{
	"EPSG:4326": esriWGS84,
	"EPSG:3435": `PROJCS["NAD_1983_StatePlane_Illinois_East_FIPS_1201_Feet",` + esriNAD83 + `,PROJECTION["Transverse_Mercator"],` +
		`PARAMETER["False_Easting",984250.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-88.33333333333333],` +
		`PARAMETER["Scale_Factor",0.999975],PARAMETER["Latitude_Of_Origin",36.66666666666666],` + footUS + `]`,
	"EPSG:2248": `PROJCS["NAD_1983_StatePlane_Maryland_FIPS_1900_Feet",` + esriNAD83 + `,PROJECTION["Lambert_Conformal_Conic"],` +
		`PARAMETER["False_Easting",1312333.333333333],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-77.0],` +
		`PARAMETER["Standard_Parallel_1",38.3],PARAMETER["Standard_Parallel_2",39.45],PARAMETER["Latitude_Of_Origin",37.66666666666666],` + footUS + `]`,
	"EPSG:2877": `PROJCS["NAD_1983_HARN_StatePlane_Colorado_Central_FIPS_0502_Feet",GEOGCS["GCS_North_American_1983_HARN",` +
		`DATUM["D_North_American_1983_HARN",SPHEROID["GRS_1980",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],` +
		`PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",3000000.0],PARAMETER["False_Northing",1000000.0],` +
		`PARAMETER["Central_Meridian",-105.5],PARAMETER["Standard_Parallel_1",38.45],PARAMETER["Standard_Parallel_2",39.75],` +
		`PARAMETER["Latitude_Of_Origin",37.8333333333333],` + footUS + `]`,
	"EPSG:3857": `PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",` + esriWGS84 + `,PROJECTION["Mercator_Auxiliary_Sphere"],` +
		`PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],` +
		`PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]`,
	"ESRI:103598": `PROJCS["mi proyección", ` + esriWGS84 + `, PROJECTION["Transverse_Mercator"], PARAMETER["latitude_of_origin",0],
		PARAMETER["central_meridian",-90.5], PARAMETER["scale_factor",0.9998], PARAMETER["false_easting",500000],
		PARAMETER["false_northing",0], UNIT["metre",1,AUTHORITY["EPSG","9001"]], AXIS["Easting",EAST], AXIS["Northing",NORTH]]`,
	"EPSG:32610": `COMPD_CS["with heights",PROJCS["x",` + esriWGS84 + `,PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",5e5],` +
		`PARAMETER["False_Northing",0],PARAMETER["Central_Meridian",-123.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0],UNIT["Meter",1.0]],` +
		`VERT_CS["EGM96 height",VERT_DATUM["EGM96 geoid",2005],UNIT["metre",1]]]`,
	"EPSG:27700": `PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],` +
		`PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",400000.0],` +
		`PARAMETER["False_Northing",-100000.0],PARAMETER["Central_Meridian",-2.0],PARAMETER["Scale_Factor",0.9996012717],PARAMETER["Latitude_Of_Origin",49.0],UNIT["Meter",1.0]]`,
	"EPSG:2154": `PROJCS["RGF_1993_Lambert_93",GEOGCS["GCS_RGF_1993",DATUM["D_RGF_1993",SPHEROID["GRS_1980",6378137.0,298.257222101]],` +
		`PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Lambert_Conformal_Conic"],PARAMETER["False_Easting",700000.0],` +
		`PARAMETER["False_Northing",6600000.0],PARAMETER["Central_Meridian",3.0],PARAMETER["Standard_Parallel_1",49.0],` +
		`PARAMETER["Standard_Parallel_2",44.0],PARAMETER["Latitude_Of_Origin",46.5],UNIT["Meter",1.0]]`,
	// Alberta's ten degree zone, and a county's cone with one parallel.
	"10TM": `PROJCS["NAD_1983_10TM_AEP_Forest",` + esriNAD83 + `,PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],` +
		`PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-115.0],PARAMETER["Scale_Factor",0.9992],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`,
	"one parallel": `PROJCS["county",` + esriNAD83 + `,PROJECTION["Lambert_Conformal_Conic_1SP"],PARAMETER["latitude_of_origin",45.15],` +
		`PARAMETER["central_meridian",-90.5],PARAMETER["scale_factor",1.0000627],PARAMETER["false_easting",170000],PARAMETER["false_northing",60000],UNIT["Foot",0.3048]]`,
	"southern cone": `PROJCS["south",` + esriWGS84 + `,PROJECTION["Lambert_Conformal_Conic_2SP"],PARAMETER["latitude_of_origin",-32],` +
		`PARAMETER["central_meridian",135],PARAMETER["standard_parallel_1",-28],PARAMETER["standard_parallel_2",-36],` +
		`PARAMETER["false_easting",1000000],PARAMETER["false_northing",2000000],UNIT["metre",1]]`,
}

func TestParseWKTFindsTheListedSystemByItsParameters(t *testing.T) {
	for name, text := range prjFiles {
		t.Run(name, func(t *testing.T) {
			s, err := crs.ParseWKT(text)
			if err != nil {
				t.Fatal(err)
			}
			want := ""
			if strings.Contains(name, ":") {
				want = name
			}
			if s.Code() != want {
				t.Errorf("%s, want code %q", s, want)
			}
		})
	}
}

func TestGDALsWebMercatorIsToldFromTheEllipsoids(t *testing.T) {
	ellipsoid := `PROJCS["m",` + esriWGS84 + `,PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],` +
		`PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1]]`
	if s, err := crs.ParseWKT(ellipsoid); err == nil {
		t.Errorf("the ellipsoid's became %s", s)
	}
	sphere := strings.TrimSuffix(ellipsoid, "]") + `,EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"]]`
	if s, err := crs.ParseWKT(sphere); err != nil || s.Code() != "EPSG:3857" {
		t.Errorf("GDAL's became %s (%v)", s, err)
	}
}

func TestParseWKTRefusesWhatItCannotRead(t *testing.T) {
	illinois := prjFiles["EPSG:3435"]
	maryland := prjFiles["EPSG:2248"]
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "no well-known text"},
		{"a code", "EPSG:3435", "no bracket"},
		{"well-known text 2", `PROJCRS["x",BASEGEOGCRS["y"]]`, "PROJCRS is not read (allowed: PROJCS, GEOGCS"},
		{"a local system", `LOCAL_CS["station",UNIT["metre",1]]`, "LOCAL_CS is not read"},
		{"an old datum", strings.Replace(illinois, "D_North_American_1983", "D_North_American_1927", 1), `datum "D_North_American_1927" is not read (allowed: WGS 84, NAD83`},
		{"a datum's name on another spheroid", strings.Replace(illinois, "6378137.0,298.257222101", "6378206.4,294.9786982", 1), "[6.3782064e+06 294.9786982] is not read (allowed: GRS 1980"},
		{"an infinite spheroid", strings.Replace(illinois, "298.257222101", "inf", 1), "is not read (allowed: GRS 1980"},
		{"a spheroid that is no number", strings.Replace(illinois, "298.257222101", "nan", 1), "is not read (allowed: GRS 1980"},
		{"angles that are no number", strings.Replace(illinois, "0.0174532925199433", "nan", 1), "unit of angles"},
		{"a shift", strings.Replace(illinois, `298.257222101]`, `298.257222101],TOWGS84[1,0,0,0,0,0,0]`, 1), "TOWGS84 [1 0 0 0 0 0 0] is not read"},
		{"another prime meridian", strings.Replace(illinois, `"Greenwich",0.0`, `"Paris",2.33722917`, 1), `prime meridian "Paris"`},
		{"gons", strings.Replace(illinois, "0.0174532925199433", "0.015707963267949", 1), "unit of angles"},
		{"a unit without a size", strings.Replace(illinois, footUS, `UNIT["Foot_US"]`, 1), `unit of length "Foot_US" [] is not read`},
		{"no unit", strings.Replace(illinois, ","+footUS, "", 1), "unit of length"},
		{"another projection", strings.Replace(illinois, "Transverse_Mercator", "Albers", 1), `projection "Albers" is not read (allowed: Transverse_Mercator`},
		{"no projection", strings.Replace(illinois, `PROJECTION["Transverse_Mercator"],`, "", 1), `projection "" is not read`},
		{"no central meridian", strings.Replace(illinois, `PARAMETER["Central_Meridian",-88.33333333333333],`, "", 1), "central_meridian NaN is missing"},
		{"a parameter without a number", strings.Replace(illinois, "984250.0", "wide", 1), `parameter "False_Easting" [] is not`},
		{"a parameter that is NaN", strings.Replace(illinois, "984250.0", "NaN", 1), `parameter "False_Easting" [NaN] is not`},
		{"a parameter twice", strings.Replace(illinois, "False_Northing", "False_Easting", 1), "is there twice"},
		{"a parameter of another projection", strings.Replace(illinois, "False_Northing", "Azimuth", 1), "[azimuth] are not read"},
		{"a scale of nought", strings.Replace(illinois, "0.999975", "0", 1), "scale_factor 0 outside [0.5, 2]"},
		{"parallels without a cone", strings.Replace(maryland, "38.3", "-39.45", 1), "make no cone"},
		{"a cone without an origin", strings.Replace(maryland, "Latitude_Of_Origin", "Latitude", 1), "latitude_of_origin NaN"},
		{"no geographic system", strings.Replace(illinois, esriNAD83+",", "", 1), "GEOGCS is missing"},
		{"cut short", illinois[:len(illinois)-1], "comma or bracket missing"},
		{"cut in a quote", illinois[:20], "quote is not closed"},
		{"something behind", illinois + "x", "after the end"},
		{"an abyss", strings.Repeat("A[", 1000), "levels of brackets"},
		{"a flood", strings.Repeat(" ", 70_000) + illinois, "bytes are more than the 65536 allowed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := crs.ParseWKT(c.text)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s and error %v, want an error with %q", s, err, c.want)
			}
		})
	}
}

func FuzzParseWKT(f *testing.F) {
	for _, text := range prjFiles {
		f.Add(text)
	}
	f.Add(`A["""",1e9,(B[]),C("x",NORTH)]`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := crs.ParseWKT(text)
		if err != nil {
			return
		}
		area := s.Area()
		x, y, err := s.FromWGS84(area.Center())
		if err != nil {
			t.Fatalf("the centre of the area of %s: %v", s, err)
		}
		if back, err := s.ToWGS84(x, y); err != nil || apartM(back, area.Center()) > 0.001 {
			t.Errorf("%s: %v became %v (%v)", s, area.Center(), back, err)
		}
	})
}
