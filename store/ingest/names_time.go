package ingest

import "strings"

// isOfTime reports whether a field says when.
func (f Field) isOfTime() bool {
	switch f {
	case Time, TimeTo, Date, Clock, ClockTo, Year, Month, Day, Hour, Minute:
		return true
	}
	return false
}

// splitTimeWords parts words that are written together, fechahecho is fecha,
// hecho, and makes the last of several occurrences the end of an interval.
func splitTimeWords(words []string) []string {
	out := make([]string, 0, len(words)+1)
	for i, word := range words {
		if word == "last" && i+1 < len(words) && strings.HasPrefix(words[i+1], "occ") {
			word = "end"
		}
		if noun, rest, isJoined := cutNoun(word); isJoined {
			out = append(out, noun)
			word = rest
		}
		out = append(out, word)
	}
	return out
}

// cutNoun cuts a noun of time from the front or the end of a word, where a
// known word is left.
func cutNoun(word string) (noun, rest string, isJoined bool) {
	for _, noun := range []string{"fecha", "data", "hora", "date", "time", "heure", "fec", "ano", "mes", "year", "month"} {
		rest, isJoined := strings.CutPrefix(word, noun)
		if !isJoined {
			rest, isJoined = strings.CutSuffix(word, noun)
		}
		if _, isKnown := occasionWord(rest); isJoined && len(rest) > 2 && (isKnown || isEndWord(rest)) {
			return noun, rest, true
		}
	}
	return "", word, false
}

// occasionWord weighs the words of every field of time: those of the event
// itself for, those of the paperwork after it against.
func occasionWord(word string) (weight int, isKnown bool) {
	switch word {
	case "occurred", "occurrence", "occurence", "occur", "occ", "ocurrido", "ocurrencia", "ocurrio", "hecho",
		"hechos", "ocorrencia", "ocorrido", "ocorreu", "fato", "faits", "fait", "survenue":
		return 8, true
	case "suceso", "comision", "committed", "commission", "ocorr", "ocurr":
		return 6, true
	case "evento", "event", "incident", "incidente", "offense", "offence", "siniestro", "infraction":
		return 5, true
	case "crime", "delito", "cmplnt", "start", "begin", "inicio", "inicial", "debut":
		return 4, true
	case "from", "fr", "desde", "depuis", "earliest":
		return 3, true
	case "dispatch", "call":
		return 2, true
	case "first", "local", "at", "on":
		return 1, true
	case "utc", "de", "del", "do", "da", "des", "du", "la", "el", "le", "les", "of", "the", "and", "y", "e", "et", "bo":
		return 0, true
	case "denuncia", "recepcion", "received", "plainte", "depot", "comunicacao", "recebimento", "notificacion", "filed":
		return -6, true
	case "registro", "entry", "entered", "captura", "ingreso", "enregistrement", "lavratura", "elaboracao":
		return -7, true
	case "reported", "report", "reporte", "rptd", "rpt", "registered", "created", "creation", "creacion", "last",
		"ultima", "arrival", "response", "inserted", "registrado", "reportado", "reporting":
		return -8, true
	case "arrest", "arresto", "detencion":
		return -10, true
	case "as", "approved", "audiencia", "resolution", "disposition":
		return -12, true
	case "closed", "close", "cierre", "cleared", "clearance", "print", "impresion", "export", "emissao", "corte":
		return -14, true
	case "updated", "update", "modified", "modificacion", "actualizacion", "atualizacao", "edited", "edit", "loaded",
		"load", "carga", "publicacion", "publication", "modificado", "actualizado":
		return -16, true
	}
	return 0, false
}

// isPaperwork reports whether the words of a column of times say that it tells
// when the incident was reported or recorded, not when it happened.
func isPaperwork(words []string) bool {
	for _, word := range splitTimeWords(words) {
		if weight, _ := occasionWord(word); weight < 0 {
			return true
		}
	}
	return false
}

// partWord weighs the words of a part of a date or of a time of day that
// stands in a column of its own.
func partWord(f Field, word string) (weight int, isKnown bool) {
	switch word {
	case "year", "ano", "anio", "annee", "yr", "yyyy":
		return ownWord(f == Year)
	case "month", "mes", "mois", "mm":
		return ownWord(f == Month)
	case "day", "dia", "jour", "dd":
		return ownWord(f == Day)
	case "hour", "hora", "heure", "hr", "hh", "franja":
		return ownWord(f == Hour)
	case "minute", "minuto", "minutos", "minutes", "min", "mins", "mi":
		return ownWord(f == Minute)
	case "name", "nombre", "nome", "nom", "number", "numero", "estatistica", "estadistico":
		return 0, true
	case "week", "semana", "semaine", "weekday", "fiscal", "model", "modelo", "vehicle", "vehiculo", "range", "rango",
		"grupo", "group", "count", "total", "quarter", "trimestre":
		return -30, true
	}
	return 0, false
}

func ownWord(isOwn bool) (weight int, isKnown bool) {
	if isOwn {
		return 12, true
	}
	return -12, true
}

func timeWord(word string) (weight int, isKnown bool) {
	switch word {
	case "datetime", "fechahora", "datahora":
		return 14, true
	case "timestamp", "horodatage":
		return 12, true
	case "date", "fecha", "data", "epoch":
		return 10, true
	case "time", "dt", "month", "mes", "mois", "when", "fec", "fch", "unix":
		return 8, true
	case "hora", "heure", "momento", "periodo":
		return 6, true
	case "dia", "jour":
		return 4, true
	case "day":
		return 2, true
	}
	return 0, false
}

func timeToWord(word string) (weight int, isKnown bool) {
	switch word {
	case "datetime", "fechahora", "datahora":
		return 10, true
	case "timestamp", "horodatage":
		return 8, true
	case "date", "fecha", "data", "time", "dt", "fec", "fch":
		return 6, true
	case "hora", "heure":
		return 4, true
	}
	return 0, false
}

func dateWord(word string) (weight int, isKnown bool) {
	switch word {
	case "date", "fecha", "data":
		return 10, true
	case "dt", "datetime", "fec", "fch":
		return 8, true
	case "timestamp":
		return 6, true
	case "dia", "jour":
		return 4, true
	case "day":
		return 2, true
	}
	return 0, false
}

func clockWord(word string) (weight int, isKnown bool) {
	switch word {
	case "time", "hora", "heure", "clock", "hhmm":
		return 10, true
	case "tm", "hour", "hr", "horario", "franja":
		return 8, true
	}
	return 0, false
}

// isEndWord reports whether a word makes a time the end of an interval.
func isEndWord(word string) bool {
	switch word {
	case "end", "to", "until", "thru", "through", "finish", "fin", "final", "hasta", "termino", "finalizacion",
		"ate", "fim", "jusqu", "latest":
		return true
	}
	return false
}

// isRomanceWord reports whether a word of a column's name is Spanish,
// Portuguese or French, in which dates are written day first.
func isRomanceWord(word string) bool {
	switch word {
	case "fecha", "hora", "dia", "mes", "ano", "anio", "hecho", "hechos", "fechahora", "inicio", "desde", "hasta", "ocurrido",
		"ocurrencia", "suceso", "evento", "delito", "delitos", "del", "tipo", "calle", "municipio", "departamento", "colonia",
		"barrio", "denuncia", "latitud", "longitud", "comisaria",
		"ocorrencia", "fato", "bairro", "logradouro", "rubrica", "natureza", "cidade",
		"heure", "jour", "mois", "annee", "faits", "commune", "quartier", "lieu", "rue":
		return true
	}
	return false
}
