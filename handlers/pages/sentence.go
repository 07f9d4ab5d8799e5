package pages

import (
	"html/template"
	"unicode"
	"unicode/utf8"

	"atalaya/geo/hotspot"
	"atalaya/handlers/messages"
	"atalaya/store/layer"
)

// reason says in one sentence why a cell has its class, with the numbers that
// Gi* compares: the cell and its neighbours against their share of the mean.
func reason(e *layer.Explanation, f filter, h *holdings, say *messages.Catalogue) template.HTML {
	c := e.Cell
	sum := int(c.Sum)
	if c.Class == hotspot.Undefined {
		return say.Strong("reason.undefined", "n", sum, "why", whyUndefined(c.Why, say))
	}
	key := map[hotspot.Class]string{
		hotspot.Hot99: "reason.hot", hotspot.Hot95: "reason.hot", hotspot.Hot90: "reason.maybe_hot",
		hotspot.None:   "reason.unclear",
		hotspot.Cold90: "reason.maybe_cold", hotspot.Cold95: "reason.cold", hotspot.Cold99: "reason.cold",
	}[c.Class]
	if c.Class == hotspot.None {
		return say.Strong(key+pluralForm(sum), "n", sum)
	}
	return say.Strong(key, "n", sum, "kind", kindOf(sum, f, h, say), "period", duration(f, say),
		"area", groundInSentence(f.area, h, say), "expected", c.Expected)
}

func pluralForm(n int) string {
	if n == 1 {
		return ".one"
	}
	return ".other"
}

// whyUndefined puts the reason of the statistic into words of the language; an
// unknown one stays English.
func whyUndefined(why string, say *messages.Catalogue) string {
	for _, known := range []struct {
		err error
		key string
	}{
		{hotspot.ErrFewCells, "why.few_cells"},
		{hotspot.ErrNoVariance, "why.no_variance"},
		{hotspot.ErrWholeArea, "why.whole_area"},
	} {
		if why == known.err.Error() {
			return say.Text(known.key)
		}
	}
	return why
}

// kindOf is what is counted, in the middle of a sentence: incidents, of the
// category where only one is asked for.
func kindOf(n int, f filter, h *holdings, say *messages.Catalogue) string {
	if len(f.categories) != 1 {
		return say.Count("kind.any", n)
	}
	c, _ := h.category(f.categories[0])
	return say.Count("kind.of", n, "category", lowerFirst(c.Name(say.Lang())))
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

// groundInSentence names the study area in the middle of a sentence.
func groundInSentence(id string, h *holdings, say *messages.Catalogue) string {
	if a, ok := h.area(id); ok {
		return areaName(a)
	}
	return say.Text("area.here")
}

// duration is how long the period is: 12 months, 28 days.
func duration(f filter, say *messages.Catalogue) string {
	if months := f.months(); months > 0 {
		return say.Count("period.months", months)
	}
	return say.Count("period.days", f.dayCount())
}

// busiest says on which day and at which hours most incidents happened. It is
// empty where no bin stands out: ten incidents and twice the even share.
func busiest(t dayHours, say *messages.Catalogue) template.HTML {
	day, bin, n := t.peak()
	if n < 10 || n*7*24/binHours < 2*t.total {
		return ""
	}
	return say.Strong("when.busiest", "day", say.Day(day), "hours", hourSpan(bin*binHours, (bin+1)*binHours), "n", n, "total", t.total)
}

// trendSentence compares the last month with the same month a year before;
// without one it tells only the last.
func trendSentence(months []layer.MonthCount, say *messages.Catalogue) string {
	if len(months) == 0 {
		return ""
	}
	now := months[len(months)-1]
	name := say.Month(now.Month)
	if len(months) <= 12 {
		return say.Text("trend.month", "n", small(now.Count, say), "month", name)
	}
	before := months[len(months)-13]
	key := map[int]string{-1: "trend.down", 0: "trend.same", 1: "trend.up"}[change(before.Count, now.Count)]
	return say.Text("trend.year", "n", small(now.Count, say), "before", small(before.Count, say), "month", name, "change", say.Text(key))
}
