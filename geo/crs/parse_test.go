package crs_test

import (
	"strings"
	"testing"

	"atalaya/geo/crs"
)

func TestParseTakesEverySpelling(t *testing.T) {
	for text, want := range map[string]string{
		"EPSG:32610":                     "EPSG:32610",
		"epsg:32610":                     "EPSG:32610",
		" 32610 ":                        "EPSG:32610",
		"urn:ogc:def:crs:EPSG::32610":    "EPSG:32610",
		"urn:ogc:def:crs:EPSG:9.2:32610": "EPSG:32610",
		"http://www.opengis.net/def/crs/EPSG/0/32":     "",
		"http://www.opengis.net/def/crs/EPSG/0/26971":  "EPSG:26971",
		"https://www.opengis.net/def/crs/EPSG/0/3857":  "EPSG:3857",
		"http://www.opengis.net/def/crs/OGC/1.3/CRS84": "EPSG:4326",
		"urn:ogc:def:crs:OGC:1.3:CRS84":                "EPSG:4326",
		"OGC:CRS84":                                    "EPSG:4326",
		"CRS84":                                        "EPSG:4326",
		"WGS84":                                        "EPSG:4326",
		"wgs 84":                                       "EPSG:4326",
		"900913":                                       "EPSG:3857",
		"ESRI:102100":                                  "EPSG:3857",
		"EPSG:102100":                                  "EPSG:3857",
		"Web Mercator":                                 "EPSG:3857",
		"GTM":                                          "ESRI:103598",
		"gtm":                                          "ESRI:103598",
		"103598":                                       "ESRI:103598",
		"CRTM05":                                       "EPSG:5367",
		"UTM 10N":                                      "EPSG:32610",
		"UTM zone 15 N":                                "EPSG:32615",
		"WGS 84 / UTM zone 23S":                        "EPSG:32723",
		"WGS_1984_UTM_Zone_10N":                        "",
		"NAD83 / UTM zone 10N":                         "EPSG:26910",
		"Illinois East (ftUS)":                         "EPSG:3435",
		"NAD83(2011) / Maryland (ftUS)":                "EPSG:6488",
		"utah north (ft)":                              "EPSG:2280",
		"utah north (ftUS)":                            "EPSG:3560",
	} {
		t.Run(text, func(t *testing.T) {
			s, err := crs.Parse(text)
			if want == "" {
				if err == nil {
					t.Fatalf("became %s", s)
				}
				return
			}
			if err != nil || s.Code() != want {
				t.Errorf("%s (%v), want %s", s, err, want)
			}
		})
	}
}

func TestParseSaysWhatIsAllowed(t *testing.T) {
	for _, text := range []string{"", " ", ":", "EPSG:", "EPSG:4267", "27701", "UTM", "UTM 61N", "UTM 0N", "zone", "urn:ogc:def:crs:", "urn:ogc:def:crs:EPSG", "north", strings.Repeat("x", 1000)} {
		s, err := crs.Parse(text)
		if err == nil {
			t.Errorf("%q became %s", text, s)
			continue
		}
		if !strings.Contains(err.Error(), "allowed: EPSG:4326") || len(err.Error()) > 1000 {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"EPSG:32610", "urn:ogc:def:crs:EPSG::32610", "http://www.opengis.net/def/crs/EPSG/0/26971", "GTM", "UTM 10N", "urn:ogc:def:crs:", "://www.opengis.net/def/crs/"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := crs.Parse(text)
		if (err == nil) != (s.Code() != "") {
			t.Errorf("%q: %s and error %v", text, s, err)
		}
	})
}
