package sentence_test

import (
	"strings"
	"testing"
	"time"

	"atalaya/geo/hotspot"
	"atalaya/geo/trend"
	"atalaya/handlers/messages"
	"atalaya/handlers/sentence"
	"atalaya/store"
	"atalaya/store/layer"
)

func guatemala() *time.Location { return time.FixedZone("America/Guatemala", -6*60*60) }

// groundOf is the city from November 2025 to October 2026.
func groundOf(lang string, q layer.Query) sentence.Ground {
	q.From, q.To = time.Date(2025, 11, 1, 6, 0, 0, 0, time.UTC), time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC)
	return sentence.Ground{
		Say: messages.For(lang), Zone: guatemala(),
		Layer:      &layer.Layer{Query: q, Area: layer.AreaInfo{Name: "Ciudad Demo (sintética)", Label: "Ciudad Demo"}},
		Categories: []store.Category{{Code: "robbery", NameES: "Robo a peatón", NameEN: "Street robbery"}},
	}
}

// plain is HTML as it reads.
func plain(html string) string {
	return strings.NewReplacer("<strong>", "", "</strong>", "", "&#39;", "'").Replace(html)
}

// Every sentence must hold the numbers that it rests on, as Gi* has them: the
// sum of the cell and its neighbours, and what would be usual.
func TestTheReasonHoldsItsNumbers(t *testing.T) {
	var all []string
	robbery := []string{"robbery"}
	for _, tt := range []struct {
		name  string
		class hotspot.Class
		kinds []string
		lang  string
		want  string
	}{
		{"hot, Spanish", hotspot.Hot99, all, "es",
			"En este lugar y sus alrededores hubo 1,146 hechos en 12 meses; lo normal en Ciudad Demo sería cerca de 58. Un grupo así casi nunca sale por azar."},
		{"hot, English", hotspot.Hot95, all, "en",
			"This place and its surroundings had 1,146 incidents in 12 months; about 58 would be usual for Ciudad Demo. A cluster like this hardly ever happens by chance."},
		{"one category", hotspot.Hot99, robbery, "es",
			"En este lugar y sus alrededores hubo 1,146 hechos de robo a peatón en 12 meses; lo normal en Ciudad Demo sería cerca de 58. Un grupo así casi nunca sale por azar."},
		{"possibly hot", hotspot.Hot90, all, "en",
			"This place and its surroundings had 1,146 incidents in 12 months; about 58 would be usual for Ciudad Demo. A cluster like this seldom happens by chance: it may be a hot spot."},
		{"unclear, Spanish", hotspot.None, all, "es", "Hubo 1,146; puede ser casualidad. No cambie el plan solo por esto."},
		{"unclear, English", hotspot.None, all, "en", "1,146 incidents; this could be chance. Don't change the plan on this alone."},
		{"cold", hotspot.Cold95, all, "en",
			"This place and its surroundings had 1,146 incidents in 12 months; about 58 would be usual for Ciudad Demo. So few hardly ever happen by chance."},
		{"undefined", hotspot.Undefined, all, "es", "Hubo 1,146; aquí no se puede calcular: todas las celdas tienen el mismo número de hechos."}, //nolint:misspell // Spanish
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := layer.Cell{Sum: 1146, Expected: 58.3, Class: tt.class, Why: hotspot.ErrNoVariance.Error()}
			got := string(groundOf(tt.lang, layer.Query{Categories: tt.kinds}).Cell(c))
			if !strings.Contains(got, "<strong>1,146</strong>") {
				t.Errorf("the number is not set strong: %s", got)
			}
			if got = plain(got); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestAReasonWithoutItsNumbersSaysSo(t *testing.T) {
	cell := string(groundOf("en", layer.Query{}).Cell(layer.Cell{Sum: 5, Class: hotspot.Hot99, HiddenSum: true}))
	spot := groundOf("en", layer.Query{}).SpotText(layer.Spot{Hotspot: layer.Hotspot{Count: 5, Hidden: true}})
	want := "The numbers of this place are not shown: they could tell of fewer than 3 sensitive incidents."
	if plain(cell) != want || spot != want {
		t.Errorf("got %q and %q, want %q", cell, spot, want)
	}
}

func TestAHotspotIsExplainedByWhatItHolds(t *testing.T) {
	spot := layer.Hotspot{Count: 312, Weight: 41.25, Expected: 39.6}
	since := time.Date(2026, 8, 1, 6, 0, 0, 0, time.UTC)
	hot := func(method layer.Method, lang string, e *layer.Emergence) string {
		return groundOf(lang, layer.Query{Method: method}).SpotText(layer.Spot{Hotspot: spot, Emerging: e})
	}
	const es = "En este lugar y sus alrededores hubo 312 hechos en 12 meses; lo normal en Ciudad Demo sería cerca de 40. Un grupo así casi nunca sale por azar."
	const en = "This place and its surroundings had 312 incidents in 12 months; about 40 would be usual for Ciudad Demo. A cluster like this hardly ever happens by chance."
	of := func(c trend.Category, step trend.Step) *layer.Emergence {
		return &layer.Emergence{Category: c, Hot: 11, Periods: 12, Since: since, Step: step}
	}
	night := groundOf("en", layer.Query{Method: layer.Shift})
	night.Layer.Details = layer.ShiftDetails{Windows: []string{"22:00-06:00"}}
	const inShift = "In the shift (22:00-06:00), this place and its surroundings had about 41 incidents in 12 months, each counted by the part of its time that falls into the shift; about 40 would be usual for Ciudad Demo. A cluster like this hardly ever happens by chance."
	for _, tt := range []struct{ name, got, want string }{
		{"Gi*", hot(layer.GiStar, "es", nil), es},
		{"Gi*, English", hot(layer.GiStar, "en", nil), en},
		{"a shift counts by weight", night.SpotText(layer.Spot{Hotspot: spot}), inShift},
		{"new", hot(layer.Emerging, "es", of(trend.NewHot, trend.Month)), es + " Nuevo: caliente solo desde agosto de 2026."},
		{"new by the week", hot(layer.Emerging, "en", of(trend.ConsecutiveHot, trend.Week)), en + " New: hot only since Aug 1, 2026."},
		{"persistent", hot(layer.Emerging, "es", of(trend.PersistentHot, trend.Month)), es + " Persistente: caliente en 11 de 12 meses."}, //nolint:misspell // Spanish
		{"persistent by the quarter", hot(layer.Emerging, "en", of(trend.PersistentHot, trend.Quarter)), en + " Persistent: hot in 11 of 12 quarters."},
		{"historical", hot(layer.Emerging, "en", of(trend.HistoricalHot, trend.Day)), en + " Earlier: hot in 11 of 12 days, but not in the last."},
		{"p that is not adjusted", groundOf("en", layer.Query{Inference: layer.Inference{Adjust: layer.Unadjusted}}).SpotText(layer.Spot{Hotspot: spot}),
			strings.Replace(en, "hardly ever happens by chance.", "seldom happens by chance: it may be a hot spot.", 1)},
		{"no pattern", hot(layer.Emerging, "en", of(trend.NoPattern, trend.Month)), en},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.got != tt.want {
				t.Errorf("got  %s\nwant %s", tt.got, tt.want)
			}
		})
	}
	if marked := groundOf("en", layer.Query{}).Spot(layer.Spot{Hotspot: spot}); plain(string(marked)) != en || !strings.Contains(string(marked), "<strong>312</strong>") {
		t.Errorf("with marks it reads %s", marked)
	}
}

func TestEveryReasonWhyAScoreIsUndefinedHasSpanishWords(t *testing.T) {
	for _, err := range []error{
		hotspot.ErrFewCells, hotspot.ErrFewLinked, hotspot.ErrNoVariance, hotspot.ErrOthersEqual, hotspot.ErrAtMean,
		hotspot.ErrIsland, hotspot.ErrWholeArea, hotspot.ErrOneHolds, hotspot.ErrNegative, hotspot.ErrConstant,
	} {
		got := string(groundOf("es", layer.Query{}).Cell(layer.Cell{Class: hotspot.Undefined, Why: err.Error()}))
		if strings.Contains(got, err.Error()) || strings.Contains(got, "[") {
			t.Errorf("%v reads %q", err, got)
		}
	}
}

func TestTheBestHoursStandBesideAFlatDay(t *testing.T) {
	b := layer.Best{From: 22, To: 2, Share: 0.583, Flat: 4. / 24, Days: 1<<4 | 1<<5}
	want := "Mostly 22:00–02:00: 58% of the incidents whose hour is known; were every hour alike, 17%. Above all: Friday, Saturday."
	if got := sentence.Best(b, messages.For("en")); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := sentence.Best(layer.Best{Why: "too few"}, messages.For("en")); got != "" {
		t.Errorf("got %q of hours that are not known", got)
	}
}

func TestAPeriodIsToldInMonthsWhereItIsOfMonths(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, guatemala()) }
	for _, tt := range []struct {
		name     string
		from, to time.Time
		want     string
	}{
		{"a year", day(2025, 11, 1), day(2026, 11, 1), "12 meses"},
		{"February", day(2026, 2, 1), day(2026, 3, 1), "1 mes"},
		{"four weeks", day(2026, 2, 2), day(2026, 3, 2), "28 días"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := sentence.Period(tt.from, tt.to, messages.For("es")); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
