package ingest

import "slices"

// The kinds of data on a person, as in store.PersonalColumn.LooksLike.
const (
	looksLikeEmail    = "email"
	looksLikePhone    = "phone"
	looksLikePlate    = "plate" // or another number of a vehicle
	looksLikeBirth    = "birth_date"
	looksLikeAge      = "age"
	looksLikeSex      = "sex"
	looksLikeDescent  = "descent" // race, ethnicity, nationality, religion
	looksLikeIdentity = "identity_number"
	looksLikeAddress  = "address" // that leads to one door
	looksLikeName     = "name"
	looksLikePerson   = "person" // anything else about one
)

// personalKind tells what data on a person a column of this name looks like;
// empty where it looks like none. Of several, the one that says most counts:
// the age of a victim is an age.
//
// An address is personal but for its coordinates: address_latitude is where
// something happened. The coordinates of a home, or of an officer, are not:
// they are where somebody lives or was. A sex is personal but for that of an offence, and how
// many victims there were is nobody's.
func personalKind(words []string) string {
	var kinds []string
	placed, named, offence, counted, whose := false, false, false, false, len(words) == 1
	home, officer := false, false
	for _, word := range words {
		home, officer = home || isHomeWord(word), officer || isOfficerWord(word)
		kind := personalWord(word)
		switch {
		case kind != "":
			kinds = append(kinds, kind)
		case nameScore(Lon, []string{word}) >= Lon.nameFloor() || nameScore(Lat, []string{word}) >= Lat.nameFloor():
			placed = true
		case isNameWord(word):
			named = true
		case isOfOnePerson(word):
			whose = true
		case isOffenceWord(word):
			offence = true
		case isCountWord(word):
			counted = true
		}
	}
	switch {
	case placed && home:
		return looksLikeAddress
	case placed && officer:
		return looksLikePerson
	case !placed, slices.Contains(words, "y"): // of "calle y número", which is "and"
		if kind := numberedKind(words); kind != "" {
			return kind
		}
	}
	if isOrientation(words) {
		kinds = append(kinds, looksLikePerson)
	}
	if isMotive(words) {
		return ""
	}
	if named && (whose || slices.Contains(kinds, looksLikePerson)) {
		return looksLikeName
	}
	for _, kind := range []string{looksLikeEmail, looksLikePhone, looksLikePlate, looksLikeBirth, looksLikeAge, looksLikeSex,
		looksLikeDescent, looksLikeIdentity, looksLikeName, looksLikeAddress, looksLikePerson} {
		if slices.Contains(kinds, kind) && (kind != looksLikeAddress || !placed) && (kind != looksLikeSex || !offence) &&
			(kind != looksLikePerson || !counted) {
			return kind
		}
	}
	return ""
}

// isPersonal reports whether a column of this name looks like data on a
// person.
func isPersonal(words []string) bool { return personalKind(words) != "" }

// personalWord returns the kind of data on a person that a word names.
func personalWord(word string) string {
	switch word {
	case "email", "mail", "correo", "courriel", "mel":
		return looksLikeEmail
	case "phone", "telephone", "telefono", "tel", "cel", "celular", "mobile", "movil", "whatsapp", "telefone", "fone",
		"portable":
		return looksLikePhone
	case "plate", "plates", "placa", "placas", "matricula", "vin", "niv", "chapa", "chasis", "chassis", "patente", "immatriculation",
		"plaque", "renavam", "vrm":
		return looksLikePlate
	case "birth", "birthdate", "birthday", "dob", "yob", "nacimiento", "nac", "nascimento", "nasc", "naissance", "naiss":
		return looksLikeBirth
	case "age", "ages", "edad", "edades", "idade":
		return looksLikeAge
	case "sex", "sexo", "sexe", "gender", "genero":
		return looksLikeSex
	case "descent", "race", "raza", "raca", "ethnicity", "ethnic", "etnia", "etnico", "ethnie", "piel", "pele", "cutis",
		"nationality", "nacionalidad", "nacionalidade", "nationalite", "religion", "religiao", "lgbti", "lgbt",
		"pertenencia", "idioma", "linguistica":
		return looksLikeDescent
	case "dpi", "cui", "nit", "curp", "rfc", "dui", "ssn", "cedula", "pasaporte", "passport", "passeport", "passaporte",
		"licencia", "license", "licence", "identificacion", "identificacao", "documento", "imei", "cpf", "cnh", "rg", "rut",
		"dni", "nie", "nir", "ine", "permis", "cnpj", "cpfcnpj", "eleitor", "elector", "nif", "cuil", "cuit", "ife", "nss", "nino", "iban",
		"carnet", "carne":
		return looksLikeIdentity
	case "address", "addr", "direccion", "house", "casa", "apartment", "apartamento", "apt", "domicilio", "residencia",
		"residence", "endereco", "adresse", "vivienda", "moradia", "domicile":
		return looksLikeAddress
	case "firstname", "lastname", "fullname", "surname", "nombres", "apellido", "apellidos", "alias", "apodo", "sobrenome",
		"prenom", "prenoms", "apelido", "patronyme":
		return looksLikeName
	case "person", "persona", "personne", "pessoa", "victim", "vict", "victima", "victime", "vitima",
		"suspect", "susp", "sospechoso", "suspeito", "offender", "imputado", "sindicado", "agresor", "agressor",
		"detenido", "arrestee", "complainant", "denunciante", "plaignant", "witness", "testigo", "testemunha", "temoin",
		"owner", "propietario", "proprietario", "proprietaire", "driver", "conductor", "condutor", "conducteur",
		"ofendido", "afectado", "agraviado", "autor", "auteur", "prevenu",
		"facebook", "ip", "occupation", "ocupacion", "ocupacao", "profesion", "profissao", "profession",
		"badge", "shield", "credencial", "parentesco", "civil", "marital", "disability", "discapacidad", "deficiencia", "handicap", "escolaridad", "escolaridade":
		return looksLikePerson
	}
	return ""
}

// isOrientation reports whether words are those for whom somebody loves.
func isOrientation(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		return word == "orientacion" || word == "orientacao" || word == "orientation"
	}) && slices.ContainsFunc(words, func(word string) bool {
		return word == "sexual" || word == "sexuelle"
	})
}

// isMotive reports whether a "móvil" is why, or by which vehicle, somebody did
// it, and no telephone.
func isMotive(words []string) bool {
	return len(words) == 2 && slices.Contains(words, "movil") &&
		slices.ContainsFunc(words, func(word string) bool { return word == "agresor" || word == "crimen" || isOffenceWord(word) })
}

// isNameWord reports whether a word is "name", which areas have too.
func isNameWord(word string) bool {
	return word == "name" || word == "nombre" || word == "nome" || word == "nom"
}

// isOfOnePerson reports whether a word makes a name that of a person.
func isOfOnePerson(word string) bool {
	switch word {
	case "first", "last", "middle", "full", "given", "family", "officer", "primer", "segundo", "completo", "agente",
		"oficial", "mae", "pai", "madre", "padre", "social", "conyuge", "policial", "complet", "famille", "usage":
		return true
	}
	return false
}

// isHomeWord reports whether a word makes coordinates beside it those of where
// somebody lives.
func isHomeWord(word string) bool {
	switch word {
	case "home", "hogar", "domicilio", "residencia", "residence", "domicile", "vivienda", "moradia", "lar", "foyer":
		return true
	}
	return false
}

// isOfficerWord reports whether a word makes coordinates beside it those of
// where police were.
func isOfficerWord(word string) bool {
	switch word {
	case "officer", "oficial", "agente", "policial", "patrol", "patrulla", "patrulha", "patrouille", "unit", "unidad", "unidade", "unite":
		return true
	}
	return false
}

// isOffenceWord reports whether a word makes the sex beside it an offence.
func isOffenceWord(word string) bool {
	switch word {
	case "crime", "crimes", "offense", "offenses", "offence", "offences", "delito", "delitos", "assault", "delit":
		return true
	}
	return false
}

// isCountWord reports whether a word makes a column one of how many.
func isCountWord(word string) bool {
	switch word {
	case "count", "total", "cantidad", "quantidade", "quantite":
		return true
	}
	return false
}
