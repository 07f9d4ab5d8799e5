package ingest

import (
	"cmp"
	"slices"

	"atalaya/store"
)

// policeInitiated proposes which categories of the file are what police find
// by looking for it, by their texts. Those whose origin somebody has set are
// not proposed. The ones with the most incidents come first.
func (m *meanings) policeInitiated() []store.PoliceCategory {
	found := []store.PoliceCategory{}
	for _, one := range m.of {
		origin := m.origin[one.code]
		if one.incidents > 0 && (origin == "" || origin == store.UnknownOrigin) && soundsPoliceInitiated(one.raw) {
			found = append(found, store.PoliceCategory{Category: one.code, Raw: one.raw, Incidents: one.incidents})
		}
	}
	slices.SortFunc(found, func(a, b store.PoliceCategory) int {
		return cmp.Or(cmp.Compare(b.Incidents, a.Incidents), cmp.Compare(a.Raw, b.Raw))
	})
	return found
}

// soundsPoliceInitiated reports whether the text of a category names what
// comes to light because police look: drugs, weapons carried, traffic stops,
// drunkenness, prostitution, gambling, resistance, warrants. What is done to
// somebody, with a weapon or under drugs, does not.
func soundsPoliceInitiated(raw string) bool {
	carried, weapon, drunk, public, resisted, police := false, false, false, false, false, false
	found := false
	for _, word := range wordsOf(raw) {
		switch {
		case isDoneToSomebody(word):
			return false
		case isFoundByLooking(word):
			found = true
		}
		carried = carried || isCarrying(word)
		weapon = weapon || isWeapon(word)
		drunk = drunk || isDrunkenness(word)
		public = public || isPublicWord(word)
		resisted = resisted || isResistance(word)
		police = police || isPoliceWord(word)
	}
	return found || carried && weapon || drunk && public || resisted && police
}

// isFoundByLooking reports whether a word alone names what police find.
func isFoundByLooking(word string) bool {
	switch word {
	case "drug", "drugs", "narcotic", "narcotics", "cocaine", "marijuana", "cannabis", "heroin", "paraphernalia",
		"droga", "drogas", "narcotico", "narcoticos", "narcotrafico", "narcomenudeo", "narcoactividad", "estupefaciente",
		"estupefacientes", "entorpecente", "entorpecentes", "cocaina", "marihuana", "maconha", "drogue", "drogues",
		"stupefiant", "stupefiants",
		"stop", "frisk", "dui", "dwi", "owi", "alcoholemia", "checkpoint", "alcoolemie",
		"prostitution", "prostitucion", "prostituicao", "racolage", "soliciting", "vice",
		"gambling", "apuestas", "loitering", "vagrancy", "vagancia", "vadiagem", "curfew",
		"resisting", "desacato", "flagrancia", "flagrante",
		"warrant", "warrants", "captura", "aprehension", "mandado", "contraband", "contrabando", "contrebande":
		return true
	}
	return false
}

// isDoneToSomebody reports whether a word names a deed with a victim, who
// tells of it.
func isDoneToSomebody(word string) bool {
	switch word {
	case "robbery", "theft", "burglary", "assault", "rape", "homicide", "murder", "robo", "hurto", "asalto", "violacion",
		"homicidio", "asesinato", "lesiones", "amenazas", "roubo", "furto", "estupro", "lesao", "vol", "vols", "viol",
		"meurtre", "agression", "violences", "aggravated", "extorsion", "secuestro":
		return true
	}
	return false
}

func isCarrying(word string) bool {
	switch word {
	case "possession", "possess", "possessing", "carry", "carrying", "concealed", "unlawful", "illegal", "violation",
		"violations", "portacion", "porte", "tenencia", "posesion", "ilegal", "ilicita", "portar", "posse", "port",
		"detention", "transport", "law", "offenses", "offences":
		return true
	}
	return false
}

func isWeapon(word string) bool {
	switch word {
	case "weapon", "weapons", "firearm", "firearms", "gun", "handgun", "knife", "arma", "armas", "arme", "armes",
		"municion", "municiones", "municoes":
		return true
	}
	return false
}

func isDrunkenness(word string) bool {
	switch word {
	case "drunk", "drunkenness", "drunken", "intoxication", "intoxicated", "drinking", "ebriedad", "ebrio", "ebrios",
		"embriaguez", "licor", "alcohol", "alcoolica", "ivresse", "influence", "influencia":
		return true
	}
	return false
}

func isPublicWord(word string) bool {
	switch word {
	case "public", "publica", "publico", "via", "calle", "publique", "driving", "conducir", "conduccion", "conduite",
		"volante", "dirigir", "etat", "manifeste", "consumo", "escandalo":
		return true
	}
	return false
}

func isResistance(word string) bool {
	switch word {
	case "resist", "obstruct", "obstructing", "obstruction", "interference", "interfere", "disobeying", "resistencia",
		"desobediencia", "atentado", "rebellion", "outrage", "desobeissance", "resistance":
		return true
	}
	return false
}

func isPoliceWord(word string) bool {
	switch word {
	case "police", "officer", "arrest", "justice", "peace", "policia", "autoridad", "agente", "agentes", "arresto",
		"autoridade", "policial", "agent", "autorite", "depositaire":
		return true
	}
	return false
}
