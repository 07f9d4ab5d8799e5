package ingest

import "atalaya/store"

// originOf returns who brought an incident to light, where the words of a
// cell say so, in English, Spanish, Portuguese or French.
func originOf(cell string) (store.Origin, bool) {
	if len(cell) > maxNameBytes {
		return "", false
	}
	for _, word := range wordsOf(cell) {
		if origin, ok := originOfWord(word); ok {
			return origin, true
		}
	}
	return "", false
}

// originOfWord returns the origin that a word tells.
func originOfWord(word string) (store.Origin, bool) {
	switch word {
	case "police", "officer", "proactive", "patrol", "policia", "policial", "oficio", "flagrancia", "operativo",
		"patrullaje", "operacao", "ronda", "patrulhamento", "flagrante", "patrouille":
		return store.PoliceInitiated, true
	case "public", "citizen", "caller", "phone", "911", "denuncia", "ciudadano", "ciudadana", "llamada",
		"reportado", "110", "cidadao", "cidada", "chamada", "190", "plainte", "appel", "citoyen", "citoyenne":
		return store.Reported, true
	case "unknown", "desconocido", "ignorado", "desconhecido", "inconnu":
		return store.UnknownOrigin, true
	}
	return "", false
}
