package crs

import "strconv"

// catalogue returns every listed system. The order is that of preference where
// several give the same places.
func catalogue() []definition {
	var all []definition
	all = append(all, world()...)
	all = append(all, national()...)
	all = append(all, statePlane()...)
	all = append(all, canadianMTM()...)
	return append(all, utm()...)
}

// world returns the systems of the whole Earth and the geographic ones.
func world() []definition {
	const webMercatorLat = 85.06
	all := []definition{
		{name: wgs84.String(), code: epsg(4326), unit: degree(), area: box(-180, -90, 180, 90)},
		{name: "WGS 84 / Pseudo-Mercator", code: epsg(3857), unit: metre(), params: params{method: webMercator},
			area: box(-180, -webMercatorLat, 180, webMercatorLat)},
	}
	for _, g := range []struct {
		datum datum
		code  int
	}{{nad83, 4269}, {nad83HARN, 4152}, {nad83NSRS2007, 4759}, {nad83In2011, 6318}, {nad83CSRS, 4617},
		{sirgas2000, 4674}, {etrs89, 4258}, {magnaSIRGAS, 4686}, {mexicoITRF2008, 6365}, {mexicoITRF92, 4483},
		{costaRica2005, 5365}, {costaRicaSIRGAS, 8907}, {rgf93, 4171}} {
		all = append(all, definition{name: g.datum.String(), code: epsg(g.code), datum: g.datum,
			unit: degree(), area: box(-180, -90, 180, 90)})
	}
	return all
}

// national returns systems that one country uses. GTM has a code of ESRI's
// only.
func national() []definition {
	costaRica := tm(-84, 0, 0.9999, 500000, 0)
	mexico := conformal(-102, 12, 17.5, 29.5, 2500000, 0)
	mexicoArea := box(-122.19, 12.1, -84.64, 32.72)
	costaRicaArea := box(-86.5, 2.21, -81.43, 11.77)
	return []definition{
		{"GTM", "ESRI:103598", wgs84, metre(), box(-92.29, 13.69, -88.19, 17.83), tm(-90.5, 0, 0.9998, 500000, 0)},
		{"CR05 / CRTM05", epsg(5367), costaRica2005, metre(), costaRicaArea, costaRica},
		{"CR-SIRGAS / CRTM05", epsg(8908), costaRicaSIRGAS, metre(), costaRicaArea, costaRica},
		{"MAGNA-SIRGAS / Origen-Nacional", epsg(9377), magnaSIRGAS, metre(), box(-84.77, -4.23, -66.87, 15.51), tm(-73, 4, 0.9992, 5000000, 2000000)},
		{"OSGB36 / British National Grid", epsg(27700), osgb36, metre(), box(-9.01, 49.75, 2.01, 61.01), tm(-2, 49, 0.9996012717, 400000, -100000)},
		{"RGF93 v1 / Lambert-93", epsg(2154), rgf93, metre(), box(-9.86, 41.15, 10.38, 51.56), conformal(3, 46.5, 49, 44, 700000, 6600000)},
		{"Mexico ITRF2008 / LCC", epsg(6372), mexicoITRF2008, metre(), mexicoArea, mexico},
		{"Mexico ITRF92 / LCC", epsg(6362), mexicoITRF92, metre(), mexicoArea, mexico},
	}
}

func epsg(code int) string { return "EPSG:" + strconv.Itoa(code) }

// tm returns the parameters of a transverse Mercator: degrees and metres.
func tm(lon0, lat0, scale, falseEasting, falseNorthing float64) params {
	return params{method: transverseMercator, lon0: lon0, lat0: lat0, scale: scale,
		falseEasting: falseEasting, falseNorthing: falseNorthing}
}

// conformal returns the parameters of a Lambert conformal conic with two
// standard parallels: degrees and metres.
func conformal(lon0, lat0, parallel1, parallel2, falseEasting, falseNorthing float64) params {
	return params{method: conformalConic, lon0: lon0, lat0: lat0, scale: 1, parallel1: parallel1, parallel2: parallel2,
		falseEasting: falseEasting, falseNorthing: falseNorthing}
}

// dm returns degrees and minutes as degrees; the minutes go the way of the
// degrees.
func dm(deg, minutes float64) float64 {
	if deg < 0 {
		return deg - minutes/60
	}
	return deg + minutes/60
}
