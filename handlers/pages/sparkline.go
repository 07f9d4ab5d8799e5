package pages

import (
	"math"
	"strconv"
	"strings"

	"atalaya/handlers/messages"
	"atalaya/store/layer"
)

// sparkline is the counts of months as a line: the text beside it says what it
// shows.
type sparkline struct {
	Width, Height float64
	Line          string // points of a polyline
	LastX, LastY  float64
	Months        []monthRow
	First, Last   string // names of the first and last month
	Highest       string
}

// monthRow is a month as text.
type monthRow struct{ Month, Count string }

// newSparkline draws months from left to right over a base line of zero.
// Counts too few to be told lie on the base line.
func newSparkline(months []layer.MonthCount, say *messages.Catalogue) *sparkline {
	if len(months) < 2 {
		return nil
	}
	const width, height, margin = 320, 72, 6
	highest := 1
	for _, m := range months {
		highest = max(highest, m.Count)
	}
	s := &sparkline{Width: width, Height: height, Highest: small(highest, say)}
	step := (width - 2*margin) / float64(len(months)-1)
	var points []string
	for i, m := range months {
		n := m.Count
		if n < fewCount {
			n = 0
		}
		s.LastX = tenth(margin + step*float64(i))
		s.LastY = tenth(height - margin - (height-2*margin)*float64(n)/math.Max(float64(highest), fewCount))
		points = append(points, decimal(s.LastX)+","+decimal(s.LastY))
		s.Months = append(s.Months, monthRow{Month: say.Month(m.Month), Count: small(m.Count, say)})
	}
	s.Line = strings.Join(points, " ")
	s.First, s.Last = s.Months[0].Month, s.Months[len(months)-1].Month
	return s
}

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
