//nolint:misspell // words of Spanish and of American English are meant
package ingest

// isPersonal reports whether a column of this name looks like data on a
// person. Such a column is never a field and never part of a content key.
//
// An address is personal but for its coordinates: address_latitude is where
// something happened.
func isPersonal(words []string) bool {
	addressed, placed, named, whose := false, false, false, len(words) == 1
	for _, word := range words {
		switch {
		case isPersonalWord(word):
			return true
		case isAddressWord(word):
			addressed = true
		case nameScore(Lon, []string{word}) >= Lon.nameFloor() || nameScore(Lat, []string{word}) >= Lat.nameFloor():
			placed = true
		case word == "name" || word == "nombre":
			named = true
		case isOfOnePerson(word):
			whose = true
		}
	}
	return addressed && !placed || named && whose
}

// isPersonalWord reports whether a word is one of data on a person, English
// or Spanish.
func isPersonalWord(word string) bool {
	switch word {
	case // who
		"firstname", "lastname", "fullname", "surname", "nombres", "apellido", "apellidos", "alias", "apodo",
		"person", "persona", "victim", "vict", "victima", "suspect", "susp", "sospechoso", "offender", "imputado",
		"sindicado", "agresor", "detenido", "arrestee", "complainant", "denunciante", "witness", "testigo",
		"owner", "propietario", "driver", "conductor", "ofendido", "afectado", "agraviado":
		return true
	case // numbers given to a person
		"dpi", "cui", "nit", "curp", "rfc", "dui", "ssn", "cedula", "pasaporte", "passport", "licencia", "license",
		"licence", "identificacion", "documento", "imei":
		return true
	case // how to reach one
		"phone", "telephone", "telefono", "tel", "cel", "celular", "mobile", "movil", "email", "mail", "correo",
		"domicilio", "residencia", "facebook", "whatsapp", "ip":
		return true
	case // what one is
		"age", "edad", "birth", "birthdate", "dob", "nacimiento", "sex", "sexo", "gender", "genero", "descent",
		"race", "raza", "ethnicity", "etnia", "nationality", "nacionalidad", "religion", "occupation", "ocupacion",
		"profesion", "civil", "marital", "disability", "discapacidad":
		return true
	case // what one drives
		"plate", "plates", "placa", "placas", "matricula", "vin", "chasis":
		return true
	}
	return false
}

// isOfOnePerson reports whether a word makes a name that of a person: an area
// has a name too.
func isOfOnePerson(word string) bool {
	switch word {
	case "first", "last", "middle", "full", "given", "family", "officer", "primer", "segundo", "completo", "agente",
		"oficial":
		return true
	}
	return false
}

// isAddressWord reports whether a word is one of an address that leads to one
// door.
func isAddressWord(word string) bool {
	switch word {
	case "address", "addr", "direccion", "house", "casa", "apartment", "apartamento", "apt":
		return true
	}
	return false
}
