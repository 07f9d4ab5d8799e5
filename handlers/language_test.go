package handlers_test

import (
	"encoding/json"
	"fmt"
	"os"
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

func TestAdviceOverHTTPNamesFieldsAndNoFlags(t *testing.T) {
	s := newService(t)
	for lang, want := range map[string]string{
		"es": "necesitan su sistema, crs=EPSG:n; nombre las",
		"en": "need their system, crs=EPSG:n; name the",
	} {
		w := s.must(t, 202, "POST", "/api/v1/uploads?filename=x.csv", "No,FECHA,DELITO,DIRECCION\n1,13/01/2025,Robo,6a avenida 4-20 zona 1\n", "Accept-Language", lang)
		p := decode[uploaded](t, w).Proposal
		if p.Doubts[0].Code != store.DoubtRefused || !strings.Contains(p.Doubts[0].Message, want) || !strings.Contains(p.Doubts[0].Message, " mapping.lon, mapping.lat;") || strings.Contains(w.Body.String(), "--") {
			t.Errorf("%s: %s", lang, w.Body)
		}
	}
	text, err := os.ReadFile("../fixtures/ingest/two_files.zip")
	must(t, err)
	got := decode[problem](t, s.must(t, 400, "POST", "/api/v1/uploads?filename=x.zip", string(text)))
	if !strings.HasSuffix(got.Detail, "name one with sheet") {
		t.Errorf("%q", got.Detail)
	}
	text, err = os.ReadFile("../fixtures/ingest/places_gtm.csv")
	must(t, err)
	w := s.must(t, 202, "POST", "/api/v1/uploads?filename=gtm.csv", string(text))
	if !strings.Contains(w.Body.String(), "say crs where they are in another") || strings.Contains(w.Body.String(), "--") {
		t.Errorf("%s", w.Body)
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
