//nolint:misspell // words of Spanish and of American English are meant
package ingest

// The functions below weigh the words that columns are recognised by, English
// and Spanish: how much a word argues for a field, or against it where it
// weighs less than nothing, and whether it is known at all.

// weigh returns the weight of a word in the name of a column for a field.
func weigh(f Field, word string) (weight int, isKnown bool) {
	switch f {
	case Lon:
		return lonWord(word)
	case Lat:
		return latWord(word)
	case Point:
		return pointWord(word)
	case ID:
		return idWord(word)
	case Time:
		return timeWord(word)
	case TimeTo:
		return timeToWord(word)
	case Date:
		return dateWord(word)
	case Clock, ClockTo:
		return clockWord(word)
	case Category:
		return categoryWord(word)
	case Origin:
		return originWord(word)
	}
	return 0, false
}

func lonWord(word string) (weight int, isKnown bool) {
	switch word {
	case "longitude", "longitud":
		return 20, true
	case "lon", "lng":
		return 18, true
	case "long", "longit":
		return 14, true
	case "coordx", "xcoord":
		return 12, true
	case "x":
		return 8, true
	case "easting", "este":
		return 6, true
	}
	return degreesWord(word)
}

func latWord(word string) (weight int, isKnown bool) {
	switch word {
	case "latitude", "latitud":
		return 20, true
	case "lat":
		return 18, true
	case "latit":
		return 14, true
	case "coordy", "ycoord":
		return 12, true
	case "y":
		return 8, true
	case "northing", "norte":
		return 6, true
	}
	return degreesWord(word)
}

// degreesWord weighs the words of longitudes and latitudes alike.
func degreesWord(word string) (weight int, isKnown bool) {
	switch word {
	case "coord", "coords", "coordinate", "coordenada", "coor", "gps":
		return 4, true
	case "point", "punto", "geo", "wgs84":
		return 3, true
	case "wgs", "decimal", "dd":
		return 2, true
	case "start", "84", "grados":
		return 1, true
	case "station", "estacion":
		return -6, true
	case "officer":
		return -10, true
	case "end":
		return -12, true
	}
	return 0, false
}

func pointWord(word string) (weight int, isKnown bool) {
	switch word {
	case "geometry", "geometria", "geom", "wkt", "latlng", "latlon":
		return 14, true
	case "point", "punto", "coordinates", "coordenadas", "geolocation", "georeferencia":
		return 12, true
	case "location", "ubicacion", "localizacion", "coordinate", "coords":
		return 10, true
	case "shape", "gps", "posicion", "position":
		return 8, true
	case "geo":
		return 6, true
	case "lat", "lon", "lng", "long", "latitud", "longitud", "latitude", "longitude":
		return 5, true
	case "y", "1", "the":
		return 0, true
	}
	return 0, false
}

func idWord(word string) (weight int, isKnown bool) {
	switch word {
	case "folio", "expediente":
		return 14, true
	case "id", "uuid", "guid":
		return 12, true
	case "correlativo", "globalid":
		return 10, true
	case "key", "carpeta", "objectid":
		return 8, true
	case "number", "numero", "num", "nro", "case", "caso", "incident", "incidente", "denuncia", "complaint",
		"cmplnt", "reference", "referencia", "dr", "fid", "gid", "rowid":
		return 6, true
	case "no", "hecho":
		return 5, true
	case "clave", "nr", "num1", "crime", "event", "evento", "delito", "offense", "offence", "report", "reporte",
		"record", "registro", "ref", "dc", "rms", "cad", "ticket", "feature", "suceso", "novedad":
		return 4, true
	case "codigo", "unique", "unico":
		return 3, true
	case "investigacion", "source", "global":
		return 2, true
	case "code":
		return 1, true
	case "de", "del", "of", "the":
		return 0, true
	case "index":
		return -2, true
	case "ogc", "row":
		return -4, true
	case "block", "property":
		return -8, true
	case "cartodb":
		return -9, true
	case "class", "location", "unit", "unidad", "agency", "parent":
		return -10, true
	case "station", "estacion", "comisaria", "type", "tipo", "category", "categoria", "street", "calle",
		"municipio", "departamento", "month", "mes", "year", "anio", "ano", "date", "fecha", "hour", "hora",
		"time", "count", "total", "ucr", "iucr", "nibrs", "fbi", "lsoa", "geoid", "status", "estado":
		return -12, true
	case "beat", "district", "distrito", "zone", "zona", "area", "ward", "sector", "precinct", "weapon", "arma",
		"vehicle", "vehiculo":
		return -15, true
	case "officer", "agente", "badge":
		return -20, true
	}
	return 0, false
}

func categoryWord(word string) (weight int, isKnown bool) {
	switch word {
	case "category", "categoria":
		return 16, true
	case "delito":
		return 14, true
	case "offense", "offence":
		return 12, true
	case "ofns", "crime", "crimen":
		return 10, true
	case "delictivo", "delictiva", "crm", "type", "tipo", "kind", "clasificacion", "classification", "conducta",
		"infraccion", "nature", "naturaleza":
		return 8, true
	case "incidente", "hecho", "primary", "modalidad", "charge", "text":
		return 6, true
	case "incident", "suceso", "novedad":
		return 5, true
	case "event", "evento", "desc", "description", "descripcion", "class", "clase", "falta", "general":
		return 4, true
	case "group", "grupo", "call":
		return 3, true
	case "name", "nombre", "de", "del", "of", "nibrs":
		return 0, true
	case "cd":
		return -1, true
	case "code", "codigo", "ucr":
		return -2, true
	case "part":
		return -3, true
	case "iucr", "fbi":
		return -4, true
	case "mo":
		return -5, true
	case "no", "level":
		return -6, true
	case "last":
		return -8, true
	case "source", "property", "method", "context":
		return -10, true
	case "block", "reported", "response", "resolution", "id", "number", "numero":
		return -12, true
	case "lugar", "place", "vehicle", "vehiculo", "area", "district", "distrito", "zone", "zona", "precinct",
		"sector", "boundary":
		return -14, true
	case "estado", "resultado", "street", "calle", "municipio", "departamento", "agency", "disposition":
		return -16, true
	case "location", "ubicacion", "premis", "premises", "weapon", "arma", "status", "estatus", "outcome", "date",
		"fecha", "time", "hora":
		return -20, true
	}
	return 0, false
}

func originWord(word string) (weight int, isKnown bool) {
	switch word {
	case "origin", "origen":
		return 14, true
	case "initiated", "iniciado", "initiation":
		return 12, true
	case "discovery":
		return 8, true
	case "source", "fuente":
		return 6, true
	case "medio", "conocimiento":
		return 5, true
	case "call", "llamada":
		return 4, true
	case "incident", "incidente":
		return 2, true
	case "caso", "hecho":
		return 1, true
	case "de", "del", "of":
		return 0, true
	}
	return 0, false
}
