package ingest

import (
	"strconv"
	"strings"

	"atalaya/store"
)

// isEmail reports whether a text is an address of electronic mail.
func isEmail(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	dot := strings.LastIndexByte(domain, '.')
	return ok && local != "" && dot > 0 && len(domain)-dot > 2 && !strings.ContainsAny(s, " \t,;") && strings.Count(s, "@") == 1
}

// isPhone reports whether a text is a telephone number that is written like
// one: with its country, or in the groups of the US, Guatemala, Brazil, France
// or the UK. Bare digits could be anything.
func isPhone(s string) bool {
	digits, groups := 0, strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" -.()/", r) })
	for i, group := range groups {
		if i == 0 {
			group = strings.TrimPrefix(group, "+")
		}
		if strings.Trim(group, "0123456789") != "" {
			return false
		}
		digits += len(group)
	}
	if strings.HasPrefix(s, "+") || strings.HasPrefix(s, "00") && len(groups) > 1 {
		return digits >= 9 && digits <= 15
	}
	var lengths []byte
	for _, group := range groups {
		lengths = strconv.AppendInt(lengths, int64(len(group)), 10)
	}
	switch string(lengths) {
	case "334", "1334": // (312) 555-0147
		return groups[len(groups)-3][0] >= '2'
	case "44": // 5555-1234
		return strings.Contains(s, "-") && s[0] >= '3' && s[0] <= '7'
	case "254", "244": // (11) 95555-1234
		return strings.HasPrefix(s, "(")
	case "22222", "56", "533", "434", "344": // 06 12 34 56 78; 07700 900123
		return s[0] == '0'
	}
	return false
}

// plateMark returns the letters of a number plate, which differ from plate to
// plate, and whether a text is one: of Guatemala, Mexico, Brazil, Argentina,
// Spain, France or the UK.
func plateMark(s string) (letters string, ok bool) {
	s = strings.ToUpper(strings.Map(dropMarks, s))
	for _, plate := range []struct{ shape, mark string }{
		{"A999AAA", "....***"}, {"AA999AAA", ".....***"}, // P-123ABC, TC-123ABC
		{"AAA9A99", "***"}, {"AAA9999", "***"}, {"AAA999A", "***"}, // Mercosur; Brazil, Mexico
		{"AA999AA", "**...**"}, {"9999AAA", "....***"}, {"AA99AAA", "....***"}, // Argentina, France; Spain; UK
	} {
		if !hasShape(s, plate.shape) {
			continue
		}
		var mark strings.Builder
		for i := range len(plate.mark) {
			if plate.mark[i] == '*' {
				mark.WriteByte(s[i])
			}
		}
		return mark.String(), true
	}
	return "", false
}

// isDoor reports whether a text leads to one door: a number and a street.
// Blocks ("1200 BLOCK S MAIN ST", "XX") and round hundreds do not.
func isDoor(s string) bool {
	words := strings.FieldsFunc(store.Fold(s), func(r rune) bool { return strings.ContainsRune(" ,.#", r) })
	street, door := false, false
	for i, word := range words {
		switch word {
		case "block", "blk", "bloque", "cuadra", "quadra", "near", "cerca", "km", "pres":
			return false
		case "st", "street", "ave", "av", "avenue", "rd", "road", "blvd", "dr", "drive", "ln", "lane", "way", "pl", "ct",
			"calle", "avenida", "diagonal", "carrera", "cra", "jiron", "pasaje", "rua", "travessa", "alameda", "estrada",
			"rue", "boulevard", "chemin", "impasse", "allee":
			street = true
			continue
		}
		digits := strings.TrimRight(word, "abc")
		switch {
		case len(digits) > 5 || strings.Trim(digits, "0123456789-") != "" || strings.HasPrefix(digits, "-"):
		case digits == "" || strings.HasSuffix(digits, "00"):
		case i == 0, i == len(words)-1, strings.Contains(digits, "-"), strings.Contains(s, "#"), strings.Contains(s, ","):
			door = true
		}
	}
	return street && door
}

// isFullName reports whether a text looks like the name of a person: two to
// six words of which one is a common given name and none belongs to a place, a
// law or a sentence.
func isFullName(s string) bool {
	if len(s) > 60 || strings.ContainsAny(s, "0123456789/()@#:;\"") {
		return false
	}
	words := strings.FieldsFunc(store.Fold(s), func(r rune) bool { return r == ' ' || r == ',' || r == '.' })
	given := false
	for _, word := range words {
		switch word {
		case "san", "santa", "santo", "sao", "saint", "sainte", "st", "calle", "avenida", "ave", "street", "road", "rua", "rue",
			"place", "plaza", "parque", "park", "colonia", "barrio", "aldea", "villa", "zona", "puerto", "ciudad", "city",
			"centro", "arma", "armas", "arme", "near", "on", "church", "school", "hospital",
			"a", "al", "com", "con", "contra", "em", "en", "par", "por", "sin", "against", "by", "to", "with", "act", "law", "lei", "ley", "loi":
			return false
		}
		given = given || isGivenName(word)
	}
	return given && len(words) >= 2 && len(words) <= 6
}

// isGivenName reports whether a word is one of the commonest given names of
// Spanish, English, Portuguese and French.
func isGivenName(word string) bool {
	switch word {
	case "maria", "jose", "juan", "luis", "carlos", "ana", "jorge", "pedro", "marta", "martha", "francisco", "miguel", "rosa",
		"antonio", "manuel", "mario", "oscar", "edgar", "julio", "cesar", "carmen", "sandra", "claudia", "patricia", "silvia",
		"ricardo", "fernando", "roberto", "eduardo", "alejandro", "alejandra", "andrea", "gabriela", "diego", "javier",
		"sergio", "daniela", "karla", "lucia", "sofia", "hector", "hugo", "ramon", "rafael", "raul", "byron", "wilmer",
		"elmer", "marvin", "walter", "erick", "brenda", "evelyn", "glenda", "wendy", "gloria", "blanca", "irma", "elena",
		"isabel", "teresa", "margarita", "guadalupe", "juana", "marcos", "pablo", "andres", "angel", "jesus", "enrique",
		"john", "james", "robert", "michael", "william", "david", "richard", "joseph", "thomas", "charles", "christopher",
		"daniel", "matthew", "anthony", "mark", "donald", "steven", "andrew", "kenneth", "george", "joshua", "kevin", "brian",
		"edward", "ronald", "timothy", "jason", "jeffrey", "ryan", "jacob", "gary", "nicholas", "eric", "jonathan",
		"stephen", "larry", "justin", "scott", "brandon", "benjamin", "samuel", "mary", "jennifer", "linda", "elizabeth",
		"barbara", "susan", "jessica", "sarah", "karen", "lisa", "nancy", "betty", "margaret", "ashley", "kimberly", "emily",
		"donna", "michelle", "carol", "amanda", "melissa", "deborah", "stephanie", "rebecca", "laura", "sharon", "cynthia",
		"kathleen", "amy", "angela", "emma", "oliver", "harry", "olivia", "mohammed", "muhammad",
		"joao", "paulo", "lucas", "marcelo", "bruno", "gabriel", "mateus", "matheus", "felipe", "rodrigo", "gustavo",
		"thiago", "tiago", "adriana", "juliana", "fernanda", "aline", "camila", "beatriz", "vitoria", "leticia", "larissa",
		"mariana", "luiz", "rita", "francisca", "antonia", "cristina", "joana", "ines", "vinicius", "caio",
		"jean", "pierre", "michel", "jacques", "philippe", "alain", "bernard", "christophe", "nicolas", "patrick", "laurent",
		"frederic", "pascal", "thierry", "olivier", "julien", "sebastien", "stephane", "guillaume", "francois", "mathieu",
		"marie", "nathalie", "isabelle", "sylvie", "catherine", "francoise", "valerie", "christine", "sophie", "celine",
		"aurelie", "camille", "lea", "chloe", "manon", "monique", "jacqueline", "helene", "brigitte":
		return true
	}
	return false
}

// isSexWord reports whether a folded text says which sex a person is of, or
// that it is not known.
func isSexWord(folded string) bool {
	switch folded {
	case "m", "f", "h", "x", "u", "male", "female", "masculino", "femenino", "feminino", "masculin", "feminin", "hombre",
		"mujer", "homem", "mulher", "homme", "femme", "varon", "unknown", "ignorado", "desconocido", "inconnu", "nonbinary",
		"non-binary", "no binario", "nao informado", "masc", "fem":
		return true
	}
	return false
}

// isDescentWord reports whether a folded text says what descent a person is of.
func isDescentWord(folded string) bool {
	switch folded {
	case "white", "black", "hispanic", "asian", "latino", "latina", "african american", "american indian", "native american",
		"pacific islander", "black or african american", "white hispanic", "black hispanic", "asian or pacific islander",
		"ladino", "ladina", "maya", "xinca", "garifuna", "indigena", "mestizo", "mestiza", "afrodescendiente", "blanco", "blanca",
		"negro", "negra", "k'iche'", "q'eqchi'", "kaqchikel", "mam",
		"branco", "branca", "preto", "preta", "pardo", "parda", "amarela", "caucasian", "mixed", "arab":
		return true
	}
	return false
}
