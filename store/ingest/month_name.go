package ingest

import "atalaya/store"

// monthName reads the name of a month, whole or abbreviated, in English,
// Spanish, Portuguese or French.
func (c *scanner) monthName() (month int, ok bool) {
	if !c.startsWithLetter() {
		return 0, false
	}
	word := c.letters()
	if len(word) < 3 || len(word) > 12 {
		return 0, false
	}
	name := store.Fold(word)
	if month = monthOf(name); month == 0 {
		return 0, false
	}
	c.rest = c.rest[len(word):]
	c.isForeign = !isEnglishMonth(name)
	return month, true
}

// weekday passes the name of a day of the week with what follows it: "sáb.,".
func (c *scanner) weekday() {
	if !c.startsWithLetter() {
		return
	}
	word := c.letters()
	name := store.Fold(word)
	if weekdayOf(name) < 0 {
		return
	}
	next := *c
	next.rest = c.rest[len(word):]
	next.word("-feira")
	before := len(next.rest)
	next.many(".,")
	next.blanks()
	if len(next.rest) < before && (monthOf(name) == 0 || next.startsWithDate()) {
		*c = next
	}
}

// startsWithDate tells the Tuesday of "mar 10/02/2024" and "mar 10 feb 2024"
// from the March of "Mar 10, 2024".
func (c scanner) startsWithDate() bool {
	if _, width := c.number(2); width == 0 {
		return false
	}
	if c.one("/-") {
		return true
	}
	c.blanks()
	return c.startsWithLetter()
}

// monthOf returns the number of a month by its folded name; 0 where it names
// none.
func monthOf(name string) int {
	switch name {
	case "jan", "january", "ene", "enero", "janeiro", "janv", "janvier":
		return 1
	case "feb", "february", "febr", "febrero", "fev", "fevereiro", "fevr", "fevrier":
		return 2
	case "mar", "march", "marzo", "marco", "mars":
		return 3
	case "apr", "april", "abr", "abril", "avr", "avril":
		return 4
	case "may", "mayo", "mai", "maio":
		return 5
	case "jun", "june", "junio", "junho", "juin":
		return 6
	case "jul", "july", "julio", "julho", "juil", "juillet":
		return 7
	case "aug", "august", "ago", "agosto", "aou", "aout":
		return 8
	case "sep", "sept", "september", "septiembre", "set", "setiembre", "setembro", "septembre":
		return 9
	case "oct", "october", "octubre", "out", "outubro", "octobre":
		return 10
	case "nov", "november", "noviembre", "novembro", "novembre":
		return 11
	case "dec", "december", "dic", "diciembre", "dez", "dezembro", "decembre":
		return 12
	}
	return 0
}

// isEnglishMonth reports whether a name of a month can be English.
func isEnglishMonth(name string) bool {
	switch name {
	case "jan", "january", "feb", "february", "mar", "march", "apr", "april", "may", "jun", "june", "jul", "july",
		"aug", "august", "sep", "sept", "september", "oct", "october", "nov", "november", "dec", "december":
		return true
	}
	return false
}

// weekdayOf returns the number of a day of the week by its folded name, 0 for
// Sunday as in time.Weekday; -1 where it names none.
func weekdayOf(name string) int {
	switch name {
	case "sunday", "sun", "domingo", "dom", "dimanche", "dim":
		return 0
	case "monday", "mon", "lunes", "lun", "segunda", "seg", "lundi":
		return 1
	case "tuesday", "tue", "tues", "martes", "mar", "terca", "ter", "mardi":
		return 2
	case "wednesday", "wed", "miercoles", "mie", "quarta", "qua", "mercredi", "mer":
		return 3
	case "thursday", "thu", "thur", "thurs", "jueves", "jue", "quinta", "qui", "jeudi", "jeu":
		return 4
	case "friday", "fri", "viernes", "vie", "sexta", "sex", "vendredi", "ven":
		return 5
	case "saturday", "sat", "sabado", "sab", "samedi", "sam":
		return 6
	}
	return -1
}
