package crs

// datum is one that can be taken to WGS 84 without a grid.
type datum int

const (
	wgs84 datum = iota
	nad83
	nad83HARN
	nad83NSRS2007
	nad83In2011
	nad83CSRS
	sirgas2000
	etrs89
	magnaSIRGAS
	mexicoITRF2008
	mexicoITRF92
	costaRica2005
	costaRicaSIRGAS
	rgf93
	osgb36
)

// String returns the name that systems of the datum begin with.
func (d datum) String() string {
	return [...]string{
		wgs84:           "WGS 84",
		nad83:           "NAD83",
		nad83HARN:       "NAD83(HARN)",
		nad83NSRS2007:   "NAD83(NSRS2007)",
		nad83In2011:     "NAD83(2011)",
		nad83CSRS:       "NAD83(CSRS)",
		sirgas2000:      "SIRGAS 2000",
		etrs89:          "ETRS89",
		magnaSIRGAS:     "MAGNA-SIRGAS",
		mexicoITRF2008:  "Mexico ITRF2008",
		mexicoITRF92:    "Mexico ITRF92",
		costaRica2005:   "CR05",
		costaRicaSIRGAS: "CR-SIRGAS",
		rgf93:           "RGF93 v1",
		osgb36:          "OSGB36",
	}[d]
}

// datumsOfWKT returns the names that well-known text has for each datum,
// letters and digits only.
func datumsOfWKT() [][]string {
	return [][]string{
		wgs84:           {"wgs1984", "wgs84", "worldgeodeticsystem1984", "worldgeodeticsystem1984ensemble"},
		nad83:           {"northamericandatum1983", "northamerican1983", "nad83", "nad1983"},
		nad83HARN:       {"nad83highaccuracyreferencenetwork", "northamerican1983harn", "nad83harn"},
		nad83NSRS2007:   {"nad83nationalspatialreferencesystem2007", "nad1983nsrs2007"},
		nad83In2011:     {"nad83nationalspatialreferencesystem2011", "nad19832011"},
		nad83CSRS:       {"nad83canadianspatialreferencesystem", "northamerican1983csrs"},
		sirgas2000:      {"sistemadereferenciageocentricoparalasamericas2000", "sirgas2000"},
		etrs89:          {"europeanterrestrialreferencesystem1989", "europeanterrestrialreferencesystem1989ensemble", "etrs1989", "etrs89"},
		magnaSIRGAS:     {"marcogeocentriconacionaldereferencia", "magna"},
		mexicoITRF2008:  {"mexicoitrf2008"},
		mexicoITRF92:    {"mexicoitrf92", "mexicandatumof1993"},
		costaRica2005:   {"costarica2005"},
		costaRicaSIRGAS: {"crsirgas"},
		rgf93:           {"reseaugeodesiquefrancais1993", "reseaugeodesiquefrancais1993v1", "rgf1993", "rgf93"},
		osgb36:          {"ordnancesurveyofgreatbritain1936", "osgb1936", "osgb36"},
	}
}

func (d datum) ellipsoid() ellipsoid {
	switch d {
	case wgs84, costaRica2005:
		return ellipsoidWGS84()
	case osgb36:
		return ellipsoidAiry()
	}
	return ellipsoidGRS80()
}
