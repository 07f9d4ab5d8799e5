package ingest

import "strings"

// The words of columns of places, in English, Spanish, Portuguese and French.

func lonWord(word string) (weight int, isKnown bool) {
	switch word {
	case "longitude", "longitud":
		return 20, true
	case "lon", "lng":
		return 18, true
	case "geolon", "geolng", "geolong", "gpslon", "gpslong":
		return 16, true
	case "long", "longit", "longdec", "londec", "longdd", "londd":
		return 14, true
	case "coordx", "xcoord", "coordenadax", "xcoordinate", "xutm", "utmx", "xgtm", "gtmx", "coorx", "geox":
		return 12, true
	case "x", "easting", "eastings", "este", "leste":
		return 8, true
	case "est":
		return 6, true
	case "e", "oeste", "west", "ouest":
		return 4, true
	}
	if strings.HasSuffix(word, "longitude") || strings.HasSuffix(word, "longitud") {
		return 16, true
	}
	return degreesWord(word)
}

func latWord(word string) (weight int, isKnown bool) {
	switch word {
	case "latitude", "latitud":
		return 20, true
	case "lat":
		return 18, true
	case "geolat", "gpslat":
		return 16, true
	case "latit", "latdec", "latdd":
		return 14, true
	case "coordy", "ycoord", "coordenaday", "ycoordinate", "yutm", "utmy", "ygtm", "gtmy", "coory", "geoy":
		return 12, true
	case "y", "northing", "northings", "norte":
		return 8, true
	case "nord":
		return 6, true
	case "n", "north":
		return 4, true
	}
	if strings.HasSuffix(word, "latitude") || strings.HasSuffix(word, "latitud") {
		return 16, true
	}
	return degreesWord(word)
}

// degreesWord weighs the words of longitudes and latitudes alike.
func degreesWord(word string) (weight int, isKnown bool) {
	switch word {
	case "coord", "coords", "coordinate", "coordinates", "coordenada", "coordenadas", "coordonnee", "coordonnees",
		"coor", "gps", "utm", "gtm":
		return 4, true
	case "point", "punto", "ponto", "geo", "wgs84":
		return 3, true
	case "wgs", "decimal", "decimales", "decimais", "decimales84", "dd", "epsg", "lambert", "mercator":
		return 2, true
	case "start", "84", "grados", "graus", "degrees", "degres", "deg", "dms", "gms", "metros", "metres", "meters", "ft", "feet", "pies", "m":
		return 1, true
	case "station", "estacion":
		return -6, true
	case "officer":
		return -10, true
	case "end":
		return -12, true
	case "zone", "zona", "huso", "fuso":
		return 0, true
	}
	return systemWord(word)
}

// systemWord weighs the words that name a coordinate system: utm15n, epsg32615,
// 3857, 15n.
func systemWord(word string) (weight int, isKnown bool) {
	switch zone := strings.TrimRight(word, "ns"); {
	case strings.HasPrefix(word, "utm"), strings.HasPrefix(word, "gtm"):
		return 4, true
	case strings.HasPrefix(word, "epsg"):
		return 2, true
	case zone != "" && allDigits(zone) && (len(zone) <= 2 && len(zone) < len(word) || len(word) == 4 && word > "2100" || len(word) == 5):
		return 1, true
	}
	return 0, false
}

func pointWord(word string) (weight int, isKnown bool) {
	switch word {
	case "geometry", "geometria", "geometrie", "geom", "wkt", "ewkt", "wkb", "ewkb", "geojson", "latlng", "latlon",
		"latlong", "geopoint", "geopunto", "geoponto":
		return 14, true
	case "point", "punto", "ponto", "coordinates", "coordenadas", "coordonnees", "geolocation", "georeferencia":
		return 12, true
	case "location", "ubicacion", "localizacion", "localizacao", "localisation", "emplacement", "coordinate", "coords",
		"coord", "coordenada", "georef", "georreferencia", "georreferenciacion", "geolocalizacion", "geolocalisation":
		return 10, true
	case "shape", "gps", "posicion", "posicao", "position":
		return 8, true
	case "geo":
		return 6, true
	case "lat", "lon", "lng", "long", "latitud", "longitud", "latitude", "longitude":
		return 5, true
	case "y", "1", "the", "2d":
		return 0, true
	case "webmercator":
		return -4, true
	}
	return 0, false
}

// axisOf returns the axis that a word of a column's name names, 0 for others.
func axisOf(word string) axis {
	if weight, _ := degreesWord(word); weight != 0 {
		return 0
	}
	if weight, _ := lonWord(word); weight > 0 {
		return eastward
	}
	if weight, _ := latWord(word); weight > 0 {
		return northward
	}
	return 0
}

// withoutAxis returns the words of a column's name but those of its axis, so
// that two columns of one place are seen to belong together.
func withoutAxis(words []string) string {
	var rest []string
	for _, word := range words {
		if axisOf(word) == 0 {
			rest = append(rest, word)
		}
	}
	return strings.Join(rest, " ")
}

// namesDegrees reports whether a name says longitude or latitude, rather than
// x or y.
func namesDegrees(words []string) bool {
	for _, word := range words {
		lon, _ := lonWord(word)
		lat, _ := latWord(word)
		if max(lon, lat) >= 14 {
			return true
		}
	}
	return false
}

// namesWest reports whether the name of a column of longitudes says that they
// count westward.
func namesWest(words []string) bool {
	for _, word := range words {
		switch word {
		case "w", "o", "west", "oeste", "ouest":
			return true
		}
	}
	return false
}

// isCalledPlace reports whether a column is called like a coordinate or a
// point.
func isCalledPlace(words []string) bool {
	for _, f := range []Field{Lon, Lat, Point} {
		if nameScore(f, words) >= f.nameFloor() {
			return true
		}
	}
	return false
}
