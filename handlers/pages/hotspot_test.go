package pages_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"atalaya/handlers/pages"

	"github.com/paulmach/orb"
)

func TestAHotspotPageSaysWhyWhereAndWhen(t *testing.T) {
	h := serve(t, newStore(t, town{spots: 3, scattered: 800, synthetic: true}), pages.Assets{})
	id := cellAt(t, spot(0))
	p := get(t, h, "/es/hotspots/"+id+"?cat=robbery", http.StatusOK)
	p.check(t, "es")
	p.says(t, "1 · Sector 01 · El Molino", "▲▲▲ Punto caliente – confianza 99 %",
		"hechos de robo a peatón en 12 meses; lo normal en Ciudad de Prueba sería cerca de",
		"Un grupo así casi nunca sale por azar.", "hace un año:", "Celda H3 "+id)
	if got := text(p.nodes(t, "title")[0]); got != "1 · Sector 01 · El Molino · Atalaya" {
		t.Errorf("title %q", got)
	}
	if got := len(p.nodes(t, "table")); got != 3 {
		t.Errorf("%d tables, want months, days × hours and categories", got)
	}
	for _, want := range []string{`href="geo:14.5`, `href="/es/?cat=robbery"`, `href="/es/map?cat=robbery#sel=` + id + `"`} {
		if !strings.Contains(p.body, want) {
			t.Errorf("no link with %s", want)
		}
	}
	english := get(t, h, "/en/hotspots/"+id, http.StatusOK)
	english.check(t, "en")
	english.says(t, "This place and its surroundings had", "A cluster like this hardly ever happens by chance.")
}

// The breakdown must be of the very incidents that the sentence counts.
func TestTheTablesAddUpToTheSentence(t *testing.T) {
	h := serve(t, newStore(t, town{spots: 3, scattered: 800}), pages.Assets{})
	p := get(t, h, "/en/hotspots/"+cellAt(t, spot(0)), http.StatusOK)
	said := regexp.MustCompile(`surroundings had <strong>(\d+)</strong> incidents`).FindStringSubmatch(p.body)
	if said == nil {
		t.Fatal("no sentence with a count")
	}
	// All incidents are robberies, so one row of categories holds them all.
	for _, table := range p.nodes(t, "table") {
		if attr(table, "class") == "categories" && !strings.Contains(text(table), "Street robbery "+said[1]) && !strings.HasSuffix(text(table), "Street robbery"+said[1]) {
			t.Errorf("the sentence counts %s, the categories say %q", said[1], text(table))
		}
	}
}

func TestACellThatIsNotHotHasAnHonestPage(t *testing.T) {
	h := serve(t, newStore(t, town{spots: 3, scattered: 800}), pages.Assets{})
	quiet := orb.Point{centre.Lon() + 0.04, centre.Lat() + 0.04}
	p := get(t, h, "/en/hotspots/"+cellAt(t, quiet), http.StatusOK)
	p.check(t, "en")
	p.says(t, "Sector 02 · La Ceiba", "No clear difference", "this could be chance. Don't change the plan on this alone.")
	p.silent(t, "hardly ever happens by chance")
}

func TestTooFewIncidentsGiveACellNoClass(t *testing.T) {
	h := serve(t, newStore(t, town{scattered: 25}), pages.Assets{})
	p := get(t, h, "/en/hotspots/"+cellAt(t, centre), http.StatusOK)
	p.check(t, "en")
	p.says(t, "Fewer than 30 incidents: not computed")
	for _, n := range p.nodes(t, "span") {
		if strings.HasPrefix(attr(n, "class"), "badge") {
			t.Errorf("there is a badge: %s", text(n))
		}
	}
}

func TestAPlaceWithoutAPageIs404InTheLanguage(t *testing.T) {
	h := serve(t, newStore(t, town{spots: 1, scattered: 100}), pages.Assets{})
	for _, tt := range []struct{ name, path, lang, want string }{
		{"no cell", "/es/hotspots/casa", "es", "«casa» no es una celda H3 de nivel 5 a 11."},
		{"too coarse a cell", "/en/hotspots/8001fffffffffff", "en", "is not an H3 cell of level 5 to 11"},
		{"outside the area", "/es/hotspots/" + cellAt(t, orb.Point{-90, 15}), "es", "está fuera de Ciudad de Prueba"},
		{"no page", "/en/nothing", "en", "This page does not exist"},
		{"no language", "/fr/", "es", "Esta página no existe"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := get(t, h, tt.path, http.StatusNotFound)
			p.check(t, tt.lang)
			p.says(t, tt.want, "request-7")
		})
	}
}

func TestAFaultNamesTheRequestAndKeepsItsCauseToItself(t *testing.T) {
	h := serve(t, newStore(t, town{}), pages.Assets{})
	p := get(t, h, "/en/broken", http.StatusInternalServerError)
	p.check(t, "en")
	p.says(t, "Something failed", "Request number: request-7", "Try again")
	p.silent(t, "fire")
}
