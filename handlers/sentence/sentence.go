package sentence

import (
	"html/template"
	"math"
	"time"
	"unicode"
	"unicode/utf8"

	"atalaya/handlers/messages"
	"atalaya/store"
	"atalaya/store/layer"
)

// Ground is what the sentences about one layer have in common, in one language.
type Ground struct {
	Say        *messages.Catalogue
	Layer      *layer.Layer
	Categories []store.Category // that there are, for their names
	Zone       *time.Location   // that periods are told in
}

// Told puts to hotspots why they are some, in both languages.
func Told(spots *layer.Spots, categories []store.Category, zone *time.Location) layer.Told {
	es := Ground{Say: messages.For("es"), Layer: spots.Layer, Categories: categories, Zone: zone}
	en := es
	en.Say = messages.For("en")
	return layer.Told{Spots: spots, Say: func(s layer.Spot) (string, string) { return es.SpotText(s), en.SpotText(s) }}
}

// Area names the study area in the middle of a sentence.
func (g Ground) Area() string {
	if name := g.Layer.Area.Label; name != "" {
		return name
	}
	return g.Say.Text("area.here")
}

// Kind is what is counted, in the middle of a sentence and of that number:
// incidents, of the category where only one is asked for.
func (g Ground) Kind(n int) string {
	codes := g.Layer.Query.Categories
	if len(codes) != 1 {
		return g.Say.Count("kind.any", n)
	}
	name := codes[0]
	for _, c := range g.Categories {
		if c.Code == name {
			name = lowerFirst(c.Name(g.Say.Lang()))
		}
	}
	return g.Say.Count("kind.of", n, "category", name)
}

// lowerFirst writes a name in the middle of a sentence; an abbreviation stays.
func lowerFirst(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[size:])
	if unicode.IsUpper(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[size:]
}

// period is how long the asked time is.
func (g Ground) period() string {
	q := g.Layer.Query
	if q.From.IsZero() || q.To.IsZero() {
		return g.Say.Text("period.all")
	}
	return Period(q.From.In(g.Zone), q.To.In(g.Zone), g.Say)
}

// Period is how long a local time with its end excluded is: 12 months, 28 days.
func Period(from, to time.Time, say *messages.Catalogue) string {
	if months := Months(from, to); months > 0 {
		return say.Count("period.months", months)
	}
	return say.Count("period.days", int(math.Round(to.Sub(from).Hours()/24)))
}

// Months is how many whole calendar months a local time spans, its end
// excluded; 0 where it does not begin and end with one.
func Months(from, to time.Time) int {
	for _, t := range []time.Time{from, to} {
		if !t.Equal(time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, t.Location())) {
			return 0
		}
	}
	return (to.Year()-from.Year())*12 + int(to.Month()) - int(from.Month())
}

// sentence is a text of the catalogue with what fills it.
type sentence struct {
	key  string
	args []any
}

func (s sentence) text(say *messages.Catalogue) string          { return say.Text(s.key, s.args...) }
func (s sentence) strong(say *messages.Catalogue) template.HTML { return say.Strong(s.key, s.args...) }

// compared says n against what would be usual.
func (g Ground) compared(key string, n any, rounded int, expected float64) sentence {
	return sentence{key, []any{"n", n, "kind", g.Kind(rounded), "period", g.period(), "area", g.Area(), "expected", expected}}
}
