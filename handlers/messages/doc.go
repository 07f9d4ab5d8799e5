// Package messages holds every text that people see, in Spanish and English,
// and writes numbers and dates as each language does.
//
//	say := messages.For("es")
//	say.Text("list.title")
//	say.Count("list.found", 14)
//	say.Text("state.few.head", "limit", 30)
//	say.Date(day)
//
// The catalogues es.json and en.json are flat: key → text with named
// placeholders in braces. A key that ends in .one or .other is a plural form.
// What the reader of files finds comes as a store.Saying, whose English form is
// its key: forms_es.json has the Spanish one, and Say says it.
//
// The map in web reads the same files and uses the keys that begin with "map.".
//
// Assumptions: Spanish is that of Guatemala (1,234.5, as in English), times
// come in the time zone that they are to be shown in. Number forms are those
// of CLDR through golang.org/x/text; month and day names follow CLDR's es and
// en.
package messages
