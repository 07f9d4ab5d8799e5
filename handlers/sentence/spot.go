package sentence

import (
	"fmt"
	"html/template"
	"math"
	"strings"

	"atalaya/geo/trend"
	"atalaya/handlers/messages"
	"atalaya/store/layer"
)

// Spot says why a place is a hotspot: what its cells hold against what would be
// usual and, of method emerging, how long it has been hot.
func (g Ground) Spot(s layer.Spot) template.HTML {
	var parts []string
	for _, part := range g.spot(s) {
		parts = append(parts, string(part.strong(g.Say)))
	}
	return template.HTML(strings.Join(parts, " ")) //nolint:gosec // every part is escaped
}

// SpotText is Spot without marks.
func (g Ground) SpotText(s layer.Spot) string {
	var parts []string
	for _, part := range g.spot(s) {
		parts = append(parts, part.text(g.Say))
	}
	return strings.Join(parts, " ")
}

func (g Ground) spot(s layer.Spot) []sentence {
	q, key := g.Layer.Query, "reason.hot"
	if q.Inference.Adjust == layer.Unadjusted {
		key = "reason.maybe_hot" // of many cells, some are that hot by chance
	}
	out := []sentence{g.compared(key, s.Count, s.Count, s.Expected)}
	switch {
	case s.Hidden:
		out[0] = hidden()
	case q.Method == layer.Shift:
		out[0] = g.compared("reason.shift", s.Weight, int(math.Round(s.Weight)), s.Expected)
		if d, ok := g.Layer.Details.(layer.ShiftDetails); ok {
			out[0].args = append(out[0].args, "shift", strings.Join(d.Windows, "; "))
		}
	}
	if e := s.Emerging; e != nil {
		if more, told := g.emerging(*e); told {
			out = append(out, more)
		}
	}
	return out
}

// emerging says how a place came to be hot; nothing of one without a pattern.
func (g Ground) emerging(e layer.Emergence) (told sentence, ok bool) {
	key := map[trend.Category]string{
		trend.NewHot: "emerging.new", trend.ConsecutiveHot: "emerging.new",
		trend.PersistentHot: "emerging.persistent", trend.IntensifyingHot: "emerging.intensifying", trend.DiminishingHot: "emerging.diminishing",
		trend.SporadicHot: "emerging.sporadic", trend.OscillatingHot: "emerging.sporadic", trend.HistoricalHot: "emerging.historical",
	}[e.Category]
	if key == "" {
		return sentence{}, false
	}
	since := ""
	switch at := e.Since.In(g.Zone); {
	case e.Since.IsZero():
	case e.Step == trend.Month:
		since = g.Say.Month(at)
	default:
		since = g.Say.Date(at)
	}
	periods := map[trend.Step]string{
		trend.Day: "period.days", trend.Week: "period.weeks", trend.Month: "period.months", trend.Quarter: "period.quarters",
	}[e.Step]
	return sentence{key, []any{"n", e.Hot, "periods", g.Say.Count(periods, e.Periods), "since", since}}, true
}

// Best says at which hours, and on which days where they differ, the incidents
// of a hotspot happen most; empty where that is not known.
func Best(b layer.Best, say *messages.Catalogue) string {
	if b.Why != "" {
		return ""
	}
	percent := func(v float64) int { return int(math.Round(100 * v)) }
	text := say.Text("when.best", "hours", Hours(b.From, b.To), "share", percent(b.Share), "flat", percent(b.Flat))
	var days []string
	for day := range 7 {
		if b.Days != 0 && b.Days.Has(day) {
			days = append(days, say.Day(day))
		}
	}
	if len(days) > 0 {
		text += " " + say.Text("when.best_days", "days", strings.Join(days, ", "))
	}
	return text
}

// Hours writes a stretch of the day: 18:00–22:00.
func Hours(from, to int) string { return fmt.Sprintf("%02d:00–%02d:00", from, to) }
