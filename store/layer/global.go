package layer

import (
	"context"
	"strconv"

	"atalaya/geo/hotspot"
)

// GlobalNumbers tells whether the incidents of a layer lie together at all.
// The cells of a ring are among those that it is computed over.
type GlobalNumbers struct {
	Cells      int          `json:"cells"`                    // n: those that the statistics are over, zeros included
	Islands    int          `json:"cells_without_neighbours"` // of these; no statistic counts them in its n
	Incidents  int          `json:"incidents"`                // in the study area
	Statistics []GlobalTest `json:"statistics"`
}

// GlobalTest is one statistic of a whole study area, held against the
// hypothesis that the counts lie at random. Undefined is null.
type GlobalTest struct {
	Statistic   string          `json:"statistic"` // moran_i, geary_c or general_g
	Weights     hotspot.Weights `json:"weights"`
	Hypothesis  string          `json:"hypothesis"` // randomisation or normality
	Value       *float64        `json:"value"`
	Expectation *float64        `json:"expectation"`
	Variance    *float64        `json:"variance"`
	Z           *float64        `json:"z"` // above zero where like counts lie together
	P           *float64        `json:"p"` // two-sided
	Why         *string         `json:"why_undefined"`
}

func globalRecipe() statisticRecipe {
	return statisticRecipe{kind: GlobalKind, observe: func(StatisticQuery, Facts) (observer, error) { return globalObserver{}, nil }}
}

type globalObserver struct{}

func (globalObserver) count(counted) {}

func (globalObserver) measure(_ context.Context, w *board) (Numbers, error) {
	const randomisation, normality = "randomisation", "normality"
	n := GlobalNumbers{Cells: len(w.cells), Incidents: w.Incidents.Used}
	for _, around := range w.neighbours {
		if len(around) == 0 {
			n.Islands++
		}
	}
	add := func(statistic string, weights hotspot.Weights, hypothesis string, g hotspot.Global) {
		n.Statistics = append(n.Statistics, GlobalTest{
			Statistic: statistic, Weights: weights, Hypothesis: hypothesis, Value: defined(g.Value),
			Expectation: defined(g.E), Variance: defined(g.Var), Z: defined(g.Z), P: defined(g.P), Why: reason(g.Why),
		})
	}
	for _, weights := range []hotspot.Weights{hotspot.RowStandardised, hotspot.Binary} {
		add("moran_i", weights, randomisation, hotspot.GlobalMoran(w.counts, w.neighbours, hotspot.GlobalMoranOptions{Weights: weights}))
		add("moran_i", weights, normality, hotspot.GlobalMoran(w.counts, w.neighbours, hotspot.GlobalMoranOptions{Weights: weights, Normality: true}))
	}
	add("geary_c", hotspot.RowStandardised, randomisation, hotspot.Geary(w.counts, w.neighbours, hotspot.RowStandardised))
	add("general_g", hotspot.Binary, randomisation, hotspot.GeneralG(w.counts, w.neighbours))
	return n, nil
}

func (n GlobalNumbers) rows() [][]string {
	out := [][]string{{"statistic", "weights", "hypothesis", "value", "expectation", "variance", "z", "p", "why_undefined", "cells", "cells_without_neighbours", "incidents"}}
	for _, t := range n.Statistics {
		out = append(out, []string{
			t.Statistic, string(t.Weights), t.Hypothesis, numberOf(t.Value), numberOf(t.Expectation), numberOf(t.Variance),
			numberOf(t.Z), numberOf(t.P), textOf(t.Why), strconv.Itoa(n.Cells), strconv.Itoa(n.Islands), strconv.Itoa(n.Incidents),
		})
	}
	return out
}

// reason returns an error's text for JSON, null where there is none.
func reason(err error) *string {
	if err == nil {
		return nil
	}
	text := err.Error()
	return &text
}

// numberOf and textOf write what may be undefined, and nothing where it is.
func numberOf(v *float64) string {
	if v == nil {
		return ""
	}
	return number(*v)
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
