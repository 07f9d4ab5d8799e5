package pages

import (
	"html/template"
	"math"

	"atalaya/handlers/messages"
	"atalaya/handlers/sentence"
	"atalaya/store/layer"
)

// clearTrend is the largest p of a trend that is told.
const clearTrend = 0.05

// duration is how long the period is: 12 months, 28 days.
func duration(f filter, say *messages.Catalogue) string {
	return sentence.Period(f.first, f.last.AddDate(0, 0, 1), say)
}

func pluralForm(n int) string {
	if n == 1 {
		return ".one"
	}
	return ".other"
}

// groundInSentence names the study area in the middle of a sentence.
func groundInSentence(id string, h *holdings, say *messages.Catalogue) string {
	if a, ok := h.area(id); ok {
		return a.Label()
	}
	return say.Text("area.here")
}

// busiest says on which day and at which hours most incidents happened. It is
// empty where no bin stands out: ten incidents and twice the even share.
func busiest(t dayHours, say *messages.Catalogue) template.HTML {
	day, bin, n := t.peak()
	if n < 10 || n*7*24/binHours < 2*t.total {
		return ""
	}
	return say.Strong("when.busiest", "day", say.Day(day), "hours", sentence.Hours(bin*binHours, (bin+1)*binHours), "n", n, "total", t.total)
}

// trendSentence compares the last month with the same month a year before;
// without one it tells only the last.
func trendSentence(months []layer.MonthCount, say *messages.Catalogue) string {
	if len(months) == 0 {
		return ""
	}
	now := months[len(months)-1]
	if len(months) <= 12 {
		return say.Text("trend.month", "n", small(now.Count, say), "month", say.Month(now.Month))
	}
	change, err := layer.NewYearChange(now, months[len(months)-13])
	if err != nil {
		return ""
	}
	return yearSentence(change, say)
}

func yearSentence(c layer.YearChange, say *messages.Catalogue) string {
	key := map[layer.Turn]string{layer.Down: "trend.down", layer.NoClear: "trend.same", layer.Up: "trend.up"}[c.Turn]
	return say.Text("trend.year", "n", small(c.Now, say), "before", small(c.Before, say), "month", say.Month(c.Month), "change", say.Text(key))
}

// courseSentences tells how the incidents of a whole hotspot go: its last month
// against the year before, and its months where they clearly rise or fall.
func courseSentences(c layer.Course, say *messages.Catalogue) []string {
	var out []string
	if c.Year != nil {
		out = append(out, yearSentence(*c.Year, say))
	}
	if c.Trend.P <= clearTrend && c.PerMonth != 0 {
		key := "trend.rising"
		if c.PerMonth < 0 {
			key = "trend.falling"
		}
		out = append(out, say.Text(key, "period", say.Count("period.months", len(c.Months)), "n", math.Abs(c.PerMonth)))
	}
	return out
}
