package ingest

import (
	"strings"
	"unicode"

	"atalaya/store"
)

// holdsCrime reports whether a text has a word for a common crime in it, in
// Spanish, English, Portuguese or French.
func holdsCrime(s string) bool {
	if len(s) > maxRejectValue {
		return false
	}
	for word := range strings.FieldsFuncSeq(store.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if isCrimeWord(word) {
			return true
		}
	}
	return false
}

// isCrimeWord reports whether a folded word names a common crime.
func isCrimeWord(word string) bool {
	switch word {
	case "robo", "robos", "hurto", "hurtos", "homicidio", "homicidios", "feminicidio", "femicidio", "asesinato", "lesion", "lesiones",
		"secuestro", "extorsion", "violacion", "amenaza", "amenazas", "estafa", "fraude", "asalto", "agresion", "allanamiento",
		"narcomenudeo", "vandalismo", "danos", "despojo", "sicariato",
		"assault", "assaults", "battery", "robbery", "burglary", "larceny", "theft", "stealing", "shoplifting", "homicide", "murder",
		"manslaughter", "rape", "arson", "fraud", "forgery", "kidnapping", "vandalism", "carjacking", "narcotics", "harassment", "trespass",
		"roubo", "roubos", "furto", "furtos", "latrocinio", "lesao", "estupro", "estelionato", "sequestro", "ameaca", "receptacao", "trafico",
		"vol", "vols", "cambriolage", "cambriolages", "meurtre", "viol", "agression", "escroquerie", "menaces",
		"violences", "degradations":
		return true
	}
	return false
}
