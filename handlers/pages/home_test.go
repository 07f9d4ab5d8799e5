package pages_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strings"
	"testing"

	"atalaya/handlers/pages"
	"atalaya/store"

	"github.com/paulmach/orb"
	"golang.org/x/net/html"
)

func cards(t *testing.T, p page) []*html.Node {
	t.Helper()
	var out []*html.Node
	for _, n := range p.nodes(t, "li") {
		if attr(n, "class") == "card" {
			out = append(out, n)
		}
	}
	return out
}

func TestTheListRanksHotspotsWithWordsAndNumbers(t *testing.T) {
	h := serve(t, newStore(t, town{spots: 12, scattered: 400, synthetic: true, police: 7}), pages.Assets{})
	p := get(t, h, "/es/", http.StatusOK)
	p.check(t, "es")
	p.says(t, "12 puntos calientes claros.", "1 nov 2025 – 31 oct 2026", "Ciudad de Prueba", "Hechos hasta el 31 oct 2026, cargados el 23 nov 2026, 09:00",
		"Datos de demostración: sintéticos, no describen ningún lugar real",
		"iniciados por la policía (Posesión de drogas)", "Huella de este cálculo:")
	list := cards(t, p)
	if len(list) != 12 {
		t.Fatalf("%d cards, want 12", len(list))
	}
	first := text(list[0])
	for _, want := range []string{"1 Sector 02 · La Ceiba", "▲▲▲ Punto caliente – confianza 99 %", "lo normal en tantas celdas sería cerca de"} {
		if !strings.Contains(first, want) {
			t.Errorf("first card does not say %q: %s", want, first)
		}
	}
	english := get(t, h, "/en/", http.StatusOK)
	english.check(t, "en")
	english.says(t, "12 clear hot spots.", "Hot spot – 99% confidence", "Nov 1, 2025 – Oct 31, 2026", "they describe no real place")
}

func TestAListOfTwelveIsUnder30KB(t *testing.T) {
	h := serve(t, newStore(t, town{spots: 12, scattered: 400}), pages.Assets{})
	p := get(t, h, "/es/", http.StatusOK)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(p.body)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if len(cards(t, p)) != 12 || packed.Len() > 30<<10 {
		t.Errorf("%d cards in %d bytes packed, want 12 in at most %d", len(cards(t, p)), packed.Len(), 30<<10)
	}
}

func TestTheFilterChangesTheListWithoutJavaScript(t *testing.T) {
	h := serve(t, newStore(t, town{spots: 3, scattered: 400}), pages.Assets{})
	p := get(t, h, "/en/?cat=robbery&from=2026-01-01&to=2026-06-30&hours=22-4&dow=1-5&area=city&res=8", http.StatusOK)
	p.check(t, "en")
	p.says(t, "Street robbery · Jan 1, 2026 – Jun 30, 2026 · Mon, Tue, Wed, Thu, Fri · hours 22-4 · Ciudad de Prueba")
	chosen := map[string]string{}
	for _, n := range p.nodes(t, "option") {
		for _, a := range n.Attr {
			if a.Key == "selected" {
				chosen[attr(n.Parent, "name")] = attr(n, "value")
			}
		}
	}
	for name, want := range map[string]string{"cat": "robbery", "hours": "22-4", "dow": "1-5", "area": "city", "res": "8"} {
		if chosen[name] != want {
			t.Errorf("%s shows %q, want %q", name, chosen[name], want)
		}
	}
	const query = "?cat=robbery&from=2026-01-01&to=2026-06-30&area=city&res=8&hours=22-4&dow=1-5"
	found := false
	for _, n := range p.nodes(t, "a") {
		found = found || attr(n, "hreflang") == "es" && attr(n, "href") == "/es/"+query
	}
	if !found {
		t.Errorf("no link to Spanish with the same state, %s", query)
	}
}

func TestWhatTheAddressGotWrongIsNotedAndTheRestWorks(t *testing.T) {
	h := serve(t, newStore(t, town{spots: 3, scattered: 400}), pages.Assets{})
	p := get(t, h, "/en/?cat=%3Cscript%3E&res=99", http.StatusOK)
	p.check(t, "en")
	p.says(t, "left aside", "cat=<script>: there is no crime with that code", "res=99: cell sizes go from 5 to 11", "3 clear hot spots.")
	if strings.Contains(p.body, "<script>") {
		t.Error("markup of the address came through")
	}
}

func TestPagesOfALongListFollowEachOther(t *testing.T) {
	h := serve(t, newStore(t, town{spots: 22, scattered: 100}), pages.Assets{})
	first, second := get(t, h, "/en/?res=9", http.StatusOK), get(t, h, "/en/?res=9&page=2", http.StatusOK)
	if a, b := len(cards(t, first)), len(cards(t, second)); a != 20 || b == 0 {
		t.Errorf("%d and %d cards, want 20 and some", a, b)
	}
	if !strings.Contains(first.body, `href="/en/?res=9&amp;page=2"`) {
		t.Error("the first page does not lead to the second")
	}
	if got := text(cards(t, second)[0]); !strings.HasPrefix(got, "21 ") {
		t.Errorf("the second page begins with %q, want rank 21", got)
	}
}

func TestStatesOfTheList(t *testing.T) {
	for _, tt := range []struct {
		name  string
		town  town
		query string
		want  []string
	}{
		{"an empty store", town{}, "", []string{"Todavía no hay datos", "atalaya import hechos.csv"}},
		{"too few incidents", town{scattered: 40}, "?from=2026-10-01&to=2026-10-31", []string{"Menos de 30 hechos: no se calcula", "Ver todo el periodo"}},
		{"no hot spot", town{scattered: 2000}, "?from=2024-11-01&to=2026-10-31&res=8", []string{"No hay puntos calientes claros con estos filtros", "de 2,000 hechos que pasan los filtros."}},
		{"an inferred area", town{spots: 3, scattered: 400, noAreas: true}, "", []string{"Área calculada de los datos", "No se dio un área de estudio", "Lugar 14.5"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := serve(t, newStore(t, tt.town), pages.Assets{})
			p := get(t, h, "/es/"+tt.query, http.StatusOK)
			p.check(t, "es")
			p.says(t, tt.want...)
			p.silent(t, "Datos de demostración")
		})
	}
}

func TestALayerThatCannotBeMadeLeavesTheFilter(t *testing.T) {
	st := newStore(t, town{scattered: 100, noAreas: true})
	country := orb.Bound{Min: orb.Point{-92.3, 13.7}, Max: orb.Point{-88.2, 17.9}}
	area := store.Area{ID: "country", Name: "Country", Kind: store.StudyArea, Geometry: orb.MultiPolygon{country.ToPolygon()}}
	if err := st.PutAreas(t.Context(), area); err != nil {
		t.Fatal(err)
	}
	h := serve(t, st, pages.Assets{})
	p := get(t, h, "/en/?res=11&area=country", http.StatusBadRequest)
	p.check(t, "en")
	p.says(t, "This could not be computed", "too large at resolution 11", "Apply")
}
