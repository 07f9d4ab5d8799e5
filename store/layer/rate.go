package layer

import (
	"fmt"
	"math"
	"time"

	"atalaya/geo/density"
	"atalaya/store"
)

// DefaultMinimum is the least denominator of a cell that a rate is told of.
const DefaultMinimum = 100.0

// RateQuery says what incidents are held against. Without a denominator a rate
// is incidents per km².
type RateQuery struct {
	Denominator string    // ID of a stored denominator
	Exposure    *Exposure // the denominator given outright; a Maker fills it from Denominator
	Minimum     float64   // least denominator of a cell; 0 means DefaultMinimum
}

// Exposure is a denominator on the ground.
type Exposure struct {
	Name, Unit string
	Zones      []density.Zone
}

// NewExposure returns the parts of a denominator as rates need them.
func NewExposure(name, unit string, parts []store.DenominatorPart) *Exposure {
	e := &Exposure{Name: name, Unit: unit, Zones: make([]density.Zone, len(parts))}
	for i, part := range parts {
		e.Zones[i] = density.Zone{Geometry: part.Geometry, Value: part.Value}
	}
	return e
}

// RateDetails is what a layer of method rate tells of the whole.
type RateDetails struct {
	Name    string   `json:"name"`
	Unit    string   `json:"unit"`
	Per     float64  `json:"per"`     // units of the denominator that a rate is of
	Minimum float64  `json:"minimum"` // least denominator of a cell
	Inside  float64  `json:"inside"`  // denominator in the study area
	Outside float64  `json:"outside"`
	Overall *float64 `json:"overall"` // rate of the whole study area
	Below   int      `json:"cells_below_minimum"`
}

// ratePer is how many units of the denominator a rate is of.
const ratePer = 1000

func rateRecipe() recipe {
	return recipe{
		method: Rate,
		parameters: []Parameter{
			{
				Name: "denominator", Allowed: "the id of a stored denominator", Help: "What incidents are held against; without it, km².",
				read: func(q *Query, s string, _ *time.Location) error { q.Rate.Denominator = s; return nil },
				text: func(q Query) string { return q.Rate.Denominator },
			},
			{
				Name: "minimum", Allowed: "a number above 0", Help: "Least denominator of a cell that a rate is told of.",
				read: func(q *Query, s string, _ *time.Location) error {
					return decimal(&q.Rate.Minimum, s, math.SmallestNonzeroFloat64, math.MaxFloat64)
				},
				text: func(q Query) string { return number(orNaN(q.Rate.Minimum)) },
			},
		},
		fill: func(q *Query) {
			if (q.Rate.Denominator != "" || q.Rate.Exposure != nil) && q.Rate.Minimum == 0 {
				q.Rate.Minimum = DefaultMinimum
			}
		},
		check: func(q Query) []store.Problem {
			switch hasOne := q.Rate.Denominator != "" || q.Rate.Exposure != nil; {
			case !hasOne && q.Rate.Minimum != 0:
				return []store.Problem{{Field: "minimum", Value: number(q.Rate.Minimum), Allowed: "with denominator", Message: "has no denominator that it is the least of"}}
			case hasOne && !(q.Rate.Minimum > 0):
				return []store.Problem{{Field: "minimum", Value: number(q.Rate.Minimum), Allowed: "a number above 0", Message: "is no least denominator"}}
			}
			return nil
		},
		measure: measureRate,
	}
}

func measureRate(w *board) error {
	w.withoutStatistic()
	exposure := w.Query.Rate.Exposure
	if exposure == nil || len(w.Cells) == 0 {
		return nil
	}
	shared, err := density.Apportion(w.builder.study, exposure.Zones, density.ApportionOptions{})
	if err != nil {
		return &store.Error{Kind: store.Invalid, Message: fmt.Sprintf("denominator %s cannot be spread over the cells: %v", exposure.Name, err)}
	}
	details := RateDetails{
		Name: exposure.Name, Unit: exposure.Unit, Per: ratePer, Minimum: w.Query.Rate.Minimum,
		Inside: shared.Inside, Outside: shared.Outside,
	}
	rates := make([]float64, len(w.Cells))
	for n := range w.Cells {
		c := &w.Cells[n]
		var why error
		rates[n], why = density.Rate(float64(c.Count), shared.Cells[n], density.RateOptions{Per: ratePer, Minimum: details.Minimum})
		if why != nil {
			c.Why = why.Error()
			details.Below++
		}
	}
	overall, _ := density.Rate(float64(w.Incidents.Used), shared.Inside, density.RateOptions{Per: ratePer}) // NaN tells it
	details.Overall = defined(overall)
	w.Columns = append(w.Columns, Column{Name: "denominator", Numbers: shared.Cells}, Column{Name: "rate_per_1000", Numbers: rates})
	w.Details = details
	if details.Below > 0 {
		w.warn("small_denominator", "%d cells have no rate: fewer than %v %s in each", details.Below, details.Minimum, details.Unit)
	}
	return nil
}
