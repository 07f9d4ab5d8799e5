package layer

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"atalaya/geo/concentration"
	"atalaya/geo/grid"
	"atalaya/geo/trend"
	"atalaya/store"
)

// yearStep is a step that only concentrations have.
const yearStep trend.Step = "year"

// ConcentrationQuery says of which parts of a layer the concentration is
// asked, beside the whole.
type ConcentrationQuery struct {
	By   string     // category or period; empty means the whole only
	Step trend.Step // length of the periods; empty means a year, with By period
}

// ConcentrationNumbers tells how few of the cells hold how many of the
// incidents.
type ConcentrationNumbers struct {
	By   string `json:"by"` // category, period or nothing
	Step string `json:"step"`
	// Whole is of the whole layer, and Rows of its parts: their incidents and
	// WithoutPeriod add up to those of the whole.
	Whole         ConcentrationRow   `json:"whole"`
	Rows          []ConcentrationRow `json:"rows"`
	WithoutPeriod int                `json:"without_period"` // not known to be in one period
	// Lorenz is the share of incidents over the share of cells, fullest first,
	// at most 101 points; empty where the whole is undefined or hidden.
	Lorenz []LorenzPoint `json:"lorenz"`
}

// ConcentrationRow is the concentration of some incidents over all cells of
// the study area. Undefined is null.
type ConcentrationRow struct {
	Category  string   `json:"category,omitempty"`
	From      string   `json:"from,omitempty"` // local date
	To        string   `json:"to,omitempty"`   // excluded
	Complete  *bool    `json:"complete,omitempty"`
	Incidents int      `json:"incidents"`
	Cells     int      `json:"cells"`
	Share25   *float64 `json:"share_25"` // least share of the cells that hold 25 % of the incidents
	Share50   *float64 `json:"share_50"`
	Share80   *float64 `json:"share_80"`
	Gini      *float64 `json:"gini"`
	General   *float64 `json:"generalised_gini"`
	Zero      *float64 `json:"share_zero"` // of the cells, without an incident
	Hidden    bool     `json:"hidden"`     // too few sensitive incidents in some cell: it could be worked out
	Why       *string  `json:"why_undefined"`
}

// LorenzPoint is a point of a Lorenz curve.
type LorenzPoint struct {
	Cells     float64 `json:"cells"`
	Incidents float64 `json:"incidents"`
}

// maxRows is the most periods that are told apart.
const maxRows = 1000

func concentrationRecipe() statisticRecipe {
	by, steps := []string{"category", "period"}, []trend.Step{trend.Week, trend.Month, trend.Quarter, yearStep}
	return statisticRecipe{
		kind: ConcentrationKind,
		parameters: []StatisticParameter{
			{
				Name: "by", Allowed: join(by), Help: "Parts of the layer that have a row each.",
				read: func(q *StatisticQuery, s string, _ *time.Location) error { return choose(&q.Concentration.By, s, by) },
				text: func(q StatisticQuery) string { return q.Concentration.By },
			},
			{
				Name: "step", Allowed: join(steps) + "; with by=period", Help: "How long the periods are.",
				read: func(q *StatisticQuery, s string, _ *time.Location) error {
					return choose(&q.Concentration.Step, s, steps)
				},
				text: func(q StatisticQuery) string { return string(q.Concentration.Step) },
			},
		},
		fill: func(q *StatisticQuery) {
			if q.Concentration.By == "period" && q.Concentration.Step == "" {
				q.Concentration.Step = yearStep
			}
		},
		check: func(q StatisticQuery) []store.Problem {
			if c := q.Concentration; c.By != "period" && c.Step != "" {
				return []store.Problem{{Field: "step", Value: string(c.Step), Allowed: "with by=period", Message: "has no periods that it is the length of"}}
			}
			return nil
		},
		observe: func(q StatisticQuery, facts Facts) (observer, error) {
			return &concentrationObserver{query: q, home: facts.Home, whole: newHeap(), parts: map[string]*heap{}}, nil
		},
	}
}

// heap is some incidents by the cell that they lie in.
type heap struct {
	incidents int
	cells     map[grid.Cell]int
	sensitive map[grid.Cell]int
}

func newHeap() *heap { return &heap{cells: map[grid.Cell]int{}, sensitive: map[grid.Cell]int{}} }

func (h *heap) add(i counted) {
	h.incidents++
	h.cells[i.cell]++
	if i.sensitive {
		h.sensitive[i.cell]++
	}
}

// small returns how many sensitive incidents lie by one or two in a cell: they
// could be worked out from numbers of the heap.
func (h *heap) small() (incidents int) {
	for _, n := range h.sensitive {
		if n < SmallestCount {
			incidents += n
		}
	}
	return incidents
}

// concentrationObserver sorts incidents by category, or by the first day of
// the local period that holds all of their time.
type concentrationObserver struct {
	query         StatisticQuery
	home          *time.Location
	whole         *heap
	parts         map[string]*heap
	withoutPeriod int
}

func (o *concentrationObserver) count(i counted) {
	o.whole.add(i)
	key := i.Category
	switch o.query.Concentration.By {
	case "":
		return
	case "period":
		var whole bool
		if key, whole = periodOf(o.query.Concentration.Step, i); !whole {
			o.withoutPeriod++
			return
		}
	}
	if o.parts[key] == nil {
		o.parts[key] = newHeap()
	}
	o.parts[key].add(i)
}

func (o *concentrationObserver) measure(_ context.Context, w *board) (Numbers, error) {
	c := o.query.Concentration
	n := ConcentrationNumbers{By: c.By, Step: string(c.Step), Rows: []ConcentrationRow{}, WithoutPeriod: o.withoutPeriod, Lorenz: []LorenzPoint{}}
	var places concentration.Places
	n.Whole, places = w.concentrate(o.whole)
	if !n.Whole.Hidden {
		n.Lorenz = thinned(places.Lorenz())
	}
	keys := slices.Sorted(maps.Keys(o.parts))
	if c.By != "period" {
		for _, category := range keys {
			row, _ := w.concentrate(o.parts[category])
			row.Category = category
			n.Rows = append(n.Rows, row)
		}
		return n, nil
	}
	periods, err := periodsBetween(c.Step, keys)
	if err != nil {
		return nil, err
	}
	for _, period := range periods {
		h := o.parts[period.key()]
		if h == nil {
			h = newHeap()
		}
		row, _ := w.concentrate(h)
		complete := w.covers(period, o.home)
		row.From, row.To, row.Complete = period.key(), period.to.Format(time.DateOnly), &complete
		n.Rows = append(n.Rows, row)
	}
	return n, nil
}

// concentrate measures how a heap lies over the cells of the study area.
func (w *board) concentrate(h *heap) (ConcentrationRow, concentration.Places) {
	counts := make([]float64, len(w.Cells))
	for i, c := range w.Cells {
		counts[i] = float64(h.cells[c.Cell])
	}
	small := h.small()
	row := ConcentrationRow{Incidents: h.incidents - small, Cells: len(counts), Hidden: small > 0}
	places := concentration.Of(counts)
	if row.Hidden {
		why := fmt.Sprintf("fewer than %d sensitive incidents of a cell could be worked out", SmallestCount)
		row.Why = &why
		return row, places
	}
	row.Share25, row.Share50, row.Share80 = defined(places.ShareHolding(0.25)), defined(places.ShareHolding(0.5)), defined(places.ShareHolding(0.8))
	row.Gini, row.General, row.Zero = defined(places.Gini()), defined(places.GeneralisedGini()), defined(places.ZeroShare())
	row.Why = reason(places.Why)
	return row, places
}

// thinned returns a Lorenz curve, or where it has more corners than 101 its
// points over each hundredth of the cells.
func thinned(curve []concentration.Point) []LorenzPoint {
	const hundred = 100
	out := []LorenzPoint{}
	if len(curve) <= hundred+1 {
		for _, p := range curve {
			out = append(out, LorenzPoint{p.Places, p.Incidents})
		}
		return out
	}
	i := 0
	for k := range hundred + 1 {
		at := float64(k) / hundred
		for curve[i+1].Places < at {
			i++
		}
		a, b := curve[i], curve[i+1]
		out = append(out, LorenzPoint{at, a.Incidents + (at-a.Places)/(b.Places-a.Places)*(b.Incidents-a.Incidents)})
	}
	return out
}

func (n ConcentrationNumbers) rows() [][]string {
	out := [][]string{{"category", "from", "to", "complete", "incidents", "cells", "share_25", "share_50", "share_80", "gini", "generalised_gini", "share_zero", "hidden", "why_undefined"}}
	all := n.Rows
	if n.By == "" {
		all = []ConcentrationRow{n.Whole}
	}
	for _, r := range all {
		complete := ""
		if r.Complete != nil {
			complete = strconv.FormatBool(*r.Complete)
		}
		out = append(out, []string{
			r.Category, r.From, r.To, complete, strconv.Itoa(r.Incidents), strconv.Itoa(r.Cells), numberOf(r.Share25), numberOf(r.Share50),
			numberOf(r.Share80), numberOf(r.Gini), numberOf(r.General), numberOf(r.Zero), strconv.FormatBool(r.Hidden), textOf(r.Why),
		})
	}
	return out
}
