package messages_test

import (
	"testing"

	"atalaya/handlers/messages"
)

func TestTheLanguageIsTheOneThatTheHeaderLikesBest(t *testing.T) {
	for header, want := range map[string]string{
		"":                      "es",
		"en":                    "en",
		"en-US,en;q=0.9":        "en",
		"es-MX;q=0.8,en;q=0.5":  "es",
		"fr, en;q=0.1":          "en",
		"fr":                    "es",
		"not a language;;q=two": "es",
	} {
		if got := messages.Preferred(header); got != want {
			t.Errorf("%q: %s, want %s", header, got, want)
		}
	}
}
