package messages

import "golang.org/x/text/language"

// Preferred returns the language of Languages that an Accept-Language header
// likes best, and Default where it names none of them or cannot be read.
func Preferred(header string) string {
	tags := make([]language.Tag, 0, len(Languages()))
	for _, lang := range Languages() {
		tags = append(tags, language.Make(lang))
	}
	wanted, _, err := language.ParseAcceptLanguage(header)
	if err != nil || len(wanted) == 0 {
		return Default
	}
	_, i, confidence := language.NewMatcher(tags).Match(wanted...)
	if confidence == language.No {
		return Default
	}
	return Languages()[i]
}
