package store_test

import (
	"strings"
	"testing"

	"atalaya/store"
)

func TestASayingIsFilledInTheOrderOfTheLanguage(t *testing.T) {
	s := store.Saying{Form: "{1} of {2} {3}", Values: []store.Saying{
		{Text: "3"}, {Text: "10"}, {Form: "are {1}", Values: []store.Saying{{Text: "{2}"}}},
	}}
	spanish := strings.NewReplacer("{1} of {2} {3}", "de {2}, {1} {3}", "are {1}", "son {1}").Replace
	for got, want := range map[string]string{
		s.String():                             "3 of 10 are {2}", // a value is no form
		s.In(spanish):                          "de 10, 3 son {2}",
		store.Saying{Text: "x"}.String():       "x",
		store.Saying{Form: "{1} { {"}.String(): "{1} { {", // nothing to fill it with
		store.Saying{}.String():                "",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
