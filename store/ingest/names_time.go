//nolint:misspell // words of Spanish and of American English are meant
package ingest

// occasionWord weighs the words of every field of time: those of the event
// itself for, those of the paperwork after it against.
func occasionWord(word string) (weight int, isKnown bool) {
	switch word {
	case "occurred", "occurrence", "occurence", "occur", "occ", "ocurrido", "ocurrencia", "ocurrio", "hecho",
		"hechos":
		return 8, true
	case "suceso", "comision", "committed":
		return 6, true
	case "evento", "event", "incident", "incidente", "offense", "offence":
		return 5, true
	case "crime", "delito", "cmplnt", "start", "begin", "inicio", "inicial":
		return 4, true
	case "from", "fr", "desde":
		return 3, true
	case "dispatch", "call":
		return 2, true
	case "first", "local", "at", "on":
		return 1, true
	case "utc", "de", "del", "la", "el", "of", "the", "and", "y":
		return 0, true
	case "denuncia", "recepcion", "received":
		return -6, true
	case "registro", "entry", "entered", "captura":
		return -7, true
	case "reported", "report", "rptd", "rpt", "reporte", "registered", "created", "creation", "creacion", "data",
		"last", "arrival", "response":
		return -8, true
	case "arrest":
		return -10, true
	case "closed", "close", "cierre", "cleared", "print", "impresion", "export":
		return -14, true
	case "updated", "update", "modified", "modificacion", "actualizacion", "edited", "edit", "loaded", "load":
		return -16, true
	}
	return 0, false
}

func timeWord(word string) (weight int, isKnown bool) {
	switch word {
	case "datetime", "fechahora":
		return 14, true
	case "timestamp":
		return 12, true
	case "date", "fecha":
		return 10, true
	case "time", "dt", "month", "mes", "when":
		return 8, true
	case "hora":
		return 6, true
	case "dia":
		return 4, true
	case "day":
		return 2, true
	}
	return 0, false
}

func timeToWord(word string) (weight int, isKnown bool) {
	switch word {
	case "datetime", "fechahora":
		return 10, true
	case "timestamp":
		return 8, true
	case "date", "fecha", "time", "dt":
		return 6, true
	case "hora":
		return 4, true
	}
	return 0, false
}

func dateWord(word string) (weight int, isKnown bool) {
	switch word {
	case "date", "fecha":
		return 10, true
	case "dt", "datetime":
		return 8, true
	case "timestamp":
		return 6, true
	case "dia":
		return 4, true
	case "day":
		return 2, true
	}
	return 0, false
}

func clockWord(word string) (weight int, isKnown bool) {
	switch word {
	case "time", "hora", "clock", "hhmm":
		return 10, true
	case "tm", "hour":
		return 8, true
	}
	return 0, false
}

// isEndWord reports whether a word makes a time the end of an interval.
func isEndWord(word string) bool {
	switch word {
	case "end", "to", "until", "thru", "through", "finish", "fin", "final", "hasta", "termino", "finalizacion":
		return true
	}
	return false
}

// isSpanishWord reports whether a word tells that a column of times was named
// in Spanish, and so is written day first.
func isSpanishWord(word string) bool {
	switch word {
	case "fecha", "hora", "dia", "mes", "hecho", "hechos", "fechahora", "inicio", "fin", "desde", "hasta",
		"ocurrido", "ocurrencia", "suceso", "evento", "delito", "del":
		return true
	}
	return false
}
