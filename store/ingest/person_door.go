package ingest

import (
	"slices"
	"strings"
)

// numberedKind tells what the number of something leads to, where a column is
// called a number of it ("NUM_EXT", "numero de maison", "tag_no"): to a door,
// or to a vehicle. The two words adjoin, but for "of the", or are one word.
func numberedKind(words []string) string {
	words = slices.DeleteFunc(slices.Clone(words), isFillerWord)
	for i, word := range words {
		if owner, ok := ownerOfNumber(word); ok {
			if kind := ownerKind(owner); kind != "" {
				return kind
			}
		}
		if i == 0 {
			continue
		}
		before := words[i-1]
		if isNumberWord(before) && ownerKind(word) != "" {
			return ownerKind(word)
		}
		if isNumberWord(word) && ownerKind(before) != "" {
			return ownerKind(before)
		}
	}
	return ""
}

// isNumberWord reports whether a word is one for a number.
func isNumberWord(word string) bool {
	switch word {
	case "number", "numero", "numeros", "num", "nro", "nr", "no", "n", "numb", "nbr":
		return true
	}
	return false
}

func isFillerWord(word string) bool {
	switch word {
	case "de", "del", "da", "do", "du", "des", "la", "le", "el", "of", "the", "y", "e", "et", "and":
		return true
	}
	return false
}

// ownerOfNumber takes the word for a number off a word ("numext", "houseno").
func ownerOfNumber(word string) (owner string, ok bool) {
	for _, number := range []string{"numero", "number", "num", "nro", "nbr", "no"} {
		if owner, ok = strings.CutPrefix(word, number); ok && owner != "" {
			return owner, true
		}
		if owner, ok = strings.CutSuffix(word, number); ok && owner != "" {
			return owner, true
		}
	}
	return "", false
}

// ownerKind tells what data on a person the number of something is.
func ownerKind(word string) string {
	switch word {
	case "ext", "exterior", "int", "interior", "puerta", "porta", "porte", "door", "home", "maison", "edificio",
		"predio", "building", "bldg", "batiment", "immeuble", "lote", "lot", "suite", "flat", "appartement", "apto", "depto", "predial",
		"oficial", "imovel", "inmueble", "via", "room", "domiciliar", "domiciliario", "municipal", "civico":
		return looksLikeAddress
	case "tag", "serie", "serial", "chapa", "motor", "engine", "moteur":
		return looksLikePlate
	}
	if isStreetWord(word) || personalWord(word) == looksLikeAddress {
		return looksLikeAddress
	}
	return ""
}

// isStreetWord reports whether a word is one for a street.
func isStreetWord(word string) bool {
	switch word {
	case "street", "st", "road", "calle", "avenida", "rua", "logradouro", "rue", "voie", "vialidad", "calles", "endereco":
		return true
	}
	return false
}

// isDoorBeside reports whether a column holds the numbers of the doors of the
// streets that the column before it names: it is called a number and no more,
// or a height, as Argentina counts doors, where all its values are whole
// numbers, or what Brazil puts behind a number.
func isDoorBeside(sample []record, columns []string, column int) bool {
	words := wordsOf(columns[column])
	if len(words) != 1 {
		return false
	}
	isStreet := func(name string) bool { return slices.ContainsFunc(wordsOf(name), isStreetWord) }
	switch word := words[0]; {
	case isNumberWord(word), word == "ext", word == "exterior", word == "interior", word == "int":
		return column > 0 && isStreet(columns[column-1])
	case word == "complemento":
		return slices.ContainsFunc(columns, isStreet)
	case word == "altura", word == "hauteur":
		return slices.ContainsFunc(columns, isStreet) && !slices.ContainsFunc(sample, func(rec record) bool {
			cell := strings.TrimSpace(cellAt(rec.cells, column))
			return !isBlank(cell) && strings.Trim(strings.TrimSuffix(cell, ".0"), "0123456789") != ""
		})
	}
	return false
}
