package handlers_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"atalaya/store"
)

func TestAProposalIsInTheLanguageOfTheReader(t *testing.T) {
	s := newService(t)
	body := "id,latitude,longitude,date\n1,14.61,-90.51,01/02/2025\n2,ns,-90.5,03/04/2025\n3,14.6,-90.5,05/06/2025\n"
	for lang, want := range map[string]struct{ doubt, evidence, reject string }{
		"es": {"ninguna columna dice qué pasó: ningún hecho tendría categoría", `se llama "latitude"; 2 de 3 valores están en [-90, 90]`, "la latitud no es un número; se admiten grados de WGS 84"},
		"en": {"no column tells what: all incidents would be of no category", `named "latitude"; 2 of 3 values are in [-90, 90]`, "the latitude is no number; allowed: degrees of WGS 84"},
	} {
		w := s.must(t, 202, "POST", "/api/v1/uploads?source=src&filename=x.csv", body, "Content-Type", "text/csv", "Accept-Language", lang)
		if w.Header().Get("Content-Language") != lang || w.Header().Get("Vary") == "" {
			t.Errorf("%s: %v", lang, w.Header())
		}
		for range 2 { // as it is answered at once, and as it is kept
			if strings.Contains(w.Body.String(), `"said"`) {
				t.Errorf("%s shows how it is put together", w.Body)
			}
			var u store.Upload
			if err := json.Unmarshal(w.Body.Bytes(), &u); err != nil {
				t.Fatal(err)
			}
			p := u.Proposal
			if !hasDoubt(p.Doubts, want.doubt) || p.Rejects[0].Message != want.reject {
				t.Errorf("%s: %+v, %+v", lang, p.Doubts, p.Rejects)
			}
			for _, f := range p.Mapping {
				if f.Field == "lat" && !strings.HasPrefix(f.Evidence, want.evidence) {
					t.Errorf("%s: %s", lang, f.Evidence)
				}
			}
			w = s.must(t, 200, "GET", fmt.Sprintf("/api/v1/uploads/%d", u.ID), "", "Accept-Language", lang)
		}
	}
}

func hasDoubt(doubts []store.Doubt, message string) bool {
	for _, d := range doubts {
		if d.Message == message {
			return true
		}
	}
	return false
}
