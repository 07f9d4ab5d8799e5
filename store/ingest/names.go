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
	case Year, Month, Day, Hour, Minute:
		return partWord(f, word)
	case Category:
		return categoryWord(word)
	case Origin:
		return originWord(word)
	}
	return 0, false
}

func idWord(word string) (weight int, isKnown bool) {
	switch word {
	case "folio", "expediente", "radicado", "protocolo", "boletim":
		return 14, true
	case "id", "uuid", "guid", "identifiant", "urn", "ccnumber", "ccno", "caseno", "casenum", "casenumber", "caseid", "incidentno",
		"incidentnumber", "reportno", "reportnumber", "drno", "numbo", "nrobo":
		return 12, true
	case "correlativo", "globalid":
		return 10, true
	case "key", "carpeta", "objectid", "dossier", "averiguacion", "nunc", "spoa", "bo", "atestado", "sumario":
		return 8, true
	case "number", "numero", "num", "nro", "case", "caso", "ocorrencia", "processo", "procedure", "incident", "incidente", "denuncia", "complaint",
		"cmplnt", "reference", "referencia", "dr", "fid", "gid", "rowid", "occurrence", "cfs", "proces", "proceso", "pv":
		return 6, true
	case "no", "hecho": // alone, "No" may be an answer
		return 5, true
	case "clave", "nr", "num1", "crime", "event", "evento", "delito", "offense", "offence", "report", "reporte",
		"record", "registro", "ref", "dc", "rms", "cad", "ticket", "feature", "suceso", "novedad":
		return 4, true
	case "codigo", "unique", "unico", "n", "file", "go", "causa":
		return 3, true
	case "investigacion", "source", "global":
		return 2, true
	case "code":
		return 1, true
	case "de", "del", "da", "do", "du", "of", "the":
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
		"municipio", "departamento", "departement", "commune", "bairro", "rue", "rua", "month", "mes", "year", "anio", "ano", "date", "fecha", "hour", "hora",
		"time", "data", "count", "total", "ucr", "iucr", "nibrs", "fbi", "lsoa", "geoid", "status", "estado":
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
	case "category", "categoria", "categorie":
		return 16, true
	case "delito":
		return 14, true
	case "offense", "offence", "infraction", "infracao", "delit":
		return 12, true
	case "ofns", "crime", "crimen", "tipificacion", "tipificacao":
		return 10, true
	case "delictivo", "delictiva", "crm", "type", "tipo", "kind", "clasificacion", "classification", "conducta",
		"infraccion", "nature", "naturaleza", "natureza", "rubrica", "qualification":
		return 8, true
	case "incidente", "hecho", "primary", "modalidad", "modalidade", "charge", "text", "libelle", "literal":
		return 6, true
	case "incident", "suceso", "novedad", "ocorrencia", "fato", "faits":
		return 5, true
	case "event", "evento", "desc", "description", "descripcion", "class", "clase", "falta", "general":
		return 4, true
	case "group", "grupo", "call":
		return 3, true
	case "name", "nombre", "nome", "nom", "de", "del", "da", "do", "du", "of", "nibrs":
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
	case "block", "report", "reported", "response", "resolution", "id", "number", "numero":
		return -12, true
	case "lugar", "place", "vehicle", "vehiculo", "area", "district", "distrito", "zone", "zona", "precinct",
		"sector", "boundary", "via", "voie", "logradouro", "local", "sitio", "escena", "scene", "site", "dia", "lieu":
		return -14, true
	case "estado", "resultado", "street", "calle", "municipio", "departamento", "agency", "disposition":
		return -16, true
	case "location", "ubicacion", "premis", "premise", "premises", "weapon", "arma", "status", "estatus", "outcome", "date",
		"fecha", "time", "hora":
		return -20, true
	}
	return 0, false
}

func originWord(word string) (weight int, isKnown bool) {
	switch word {
	case "origin", "origen", "origem", "origine":
		return 14, true
	case "initiated", "iniciado", "initiation":
		return 12, true
	case "discovery":
		return 8, true
	case "source", "fuente", "fonte":
		return 6, true
	case "medio", "conocimiento":
		return 5, true
	case "call", "llamada":
		return 4, true
	case "incident", "incidente":
		return 2, true
	case "caso", "hecho":
		return 1, true
	case "de", "del", "da", "do", "du", "of":
		return 0, true
	}
	return 0, false
}
