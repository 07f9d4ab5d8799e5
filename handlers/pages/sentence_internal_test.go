package pages

import (
	"strings"
	"testing"

	"atalaya/geo/hotspot"
	"atalaya/handlers/messages"
	"atalaya/store"
	"atalaya/store/layer"
)

// Every sentence must hold the numbers that it rests on, as Gi* has them: the
// sum of the cell and its neighbours, and what would be usual.
func TestTheReasonHoldsItsNumbers(t *testing.T) {
	h := &holdings{
		categories: []store.Category{{Code: "robbery", NameES: "Robo a peatón", NameEN: "Street robbery"}},
		grounds:    []store.Area{{ID: "city", Name: "Ciudad Demo (sintética)", Kind: store.StudyArea, Synthetic: true}},
	}
	f := filter{area: "city", first: localDay(2025, 11, 1), last: localDay(2026, 10, 31)}
	robbery := f
	robbery.categories = []string{"robbery"}
	for _, tt := range []struct {
		name   string
		class  hotspot.Class
		filter filter
		lang   string
		want   string
	}{
		{"hot, Spanish", hotspot.Hot99, f, "es",
			"En este lugar y sus alrededores hubo 1,146 hechos en 12 meses; lo normal en Ciudad Demo sería cerca de 58. Un grupo así casi nunca sale por azar."},
		{"hot, English", hotspot.Hot95, f, "en",
			"This place and its surroundings had 1,146 incidents in 12 months; about 58 would be usual for Ciudad Demo. A cluster like this hardly ever happens by chance."},
		{"one category", hotspot.Hot99, robbery, "es",
			"En este lugar y sus alrededores hubo 1,146 hechos de robo a peatón en 12 meses; lo normal en Ciudad Demo sería cerca de 58. Un grupo así casi nunca sale por azar."},
		{"possibly hot", hotspot.Hot90, f, "en",
			"This place and its surroundings had 1,146 incidents in 12 months; about 58 would be usual for Ciudad Demo. A cluster like this seldom happens by chance: it may be a hot spot."},
		{"unclear, Spanish", hotspot.None, f, "es", "Hubo 1,146; puede ser casualidad. No cambie el plan solo por esto."},
		{"unclear, English", hotspot.None, f, "en", "1,146 incidents; this could be chance. Don't change the plan on this alone."},
		{"cold", hotspot.Cold95, f, "en",
			"This place and its surroundings had 1,146 incidents in 12 months; about 58 would be usual for Ciudad Demo. So few hardly ever happen by chance."},
		{"undefined", hotspot.Undefined, f, "es", "Hubo 1,146; aquí no se puede calcular: todas las celdas tienen el mismo número de hechos."}, //nolint:misspell // Spanish
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := &layer.Explanation{Layer: &layer.Layer{}, Cell: layer.Cell{Sum: 1146, Expected: 58.3, Class: tt.class, Why: hotspot.ErrNoVariance.Error()}}
			got := string(reason(e, tt.filter, h, messages.For(tt.lang)))
			if !strings.Contains(got, "<strong>1,146</strong>") {
				t.Errorf("the number is not set strong: %s", got)
			}
			plain := strings.NewReplacer("<strong>", "", "</strong>", "", "&#39;", "'").Replace(got)
			if plain != tt.want {
				t.Errorf("got  %s\nwant %s", plain, tt.want)
			}
		})
	}
}

func TestAWarningThatIsNotKnownStaysEnglish(t *testing.T) {
	ask := request{say: messages.For("es"), holdings: &holdings{}}
	l := &layer.Layer{Incidents: layer.Tally{Outside: 275}}
	for _, tt := range []struct{ name, code, want string }{
		{"known", "outside_area", "No se cuentan 275 hechos: están fuera del área."},
		{"said by the banner", "synthetic", ""},
		{"unknown", "new_thing", "something new"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := remark(layer.Warning{Code: tt.code, Message: "something new"}, l, ask); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
