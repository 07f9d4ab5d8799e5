package pages

import (
	"fmt"

	"atalaya/handlers/messages"
)

// fewCount is the smallest count that a breakdown of one cell tells; below it
// stands "<3", zero included, so that nobody is singled out.
const fewCount = 3

// binHours is how many hours a column of the day × hour table spans.
const binHours = 4

// dayHours is the table of days by bins of hours.
type dayHours struct {
	counts [7][24 / binHours]int
	total  int
}

// newDayHours sums hours of the week, Monday first.
func newDayHours(hourOfWeek [7][24]int) dayHours {
	var t dayHours
	for day, hours := range hourOfWeek {
		for hour, n := range hours {
			t.counts[day][hour/binHours] += n
			t.total += n
		}
	}
	return t
}

// peak returns the bin with most incidents, the earliest of equals.
func (t dayHours) peak() (day, bin, n int) {
	for d, row := range t.counts {
		for b, count := range row {
			if count > n {
				day, bin, n = d, b, count
			}
		}
	}
	return day, bin, n
}

// dayRow is a row of the table as it is shown.
type dayRow struct {
	Day, Short string
	Cells      []shadedCount
}

// shadedCount is a count and its step of the scale.
type shadedCount struct {
	Text  string
	Shade int // 0 to 4
}

// rows writes the table.
func (t dayHours) rows(say *messages.Catalogue) []dayRow {
	out := make([]dayRow, 0, len(t.counts))
	for day, counts := range t.counts {
		row := dayRow{Day: say.Day(day), Short: say.ShortDay(day)}
		for _, n := range counts {
			row.Cells = append(row.Cells, shadedCount{Text: small(n, say), Shade: shadeOf(n)})
		}
		out = append(out, row)
	}
	return out
}

// columns writes the heads of the table: 00–04.
func (t dayHours) columns() []string {
	var out []string
	for from := 0; from < 24; from += binHours {
		out = append(out, fmt.Sprintf("%02d–%02d", from, from+binHours))
	}
	return out
}

// shadeOf puts a count on the scale of five fixed steps: under 3, 3–5, 6–9,
// 10–19, 20 and more.
func shadeOf(n int) int {
	for step, least := range []int{fewCount, 6, 10, 20} {
		if n < least {
			return step
		}
	}
	return 4
}

// small writes a count of a breakdown.
func small(n int, say *messages.Catalogue) string {
	if n < fewCount {
		return say.Text("count.few", "limit", fewCount)
	}
	return say.Number(n)
}
