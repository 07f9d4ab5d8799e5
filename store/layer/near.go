package layer

import (
	"fmt"
	"strconv"
	"time"

	"atalaya/geo/nearrepeat"
	"atalaya/store"
)

// The defaults of NearQuery, and the most that it takes.
const (
	DefaultNearM    = 200.0
	DefaultNearDays = 14
	MaxNearM        = 5000.0
	MaxNearDays     = 365
)

// NearQuery says which cells a layer of method NearRepeat has at risk: those
// near an incident of the last days.
type NearQuery struct {
	DistanceM float64   // metres; 0 means DefaultNearM
	Days      int       // 0 means DefaultNearDays
	Now       time.Time // the moment the risk is of; zero means the end of the query's time, or else of the data
}

// NearDetails is what a layer of method nearrepeat tells of the whole.
type NearDetails struct {
	DistanceM   float64    `json:"distance_m"`
	WithinDays  int        `json:"within_days"`
	Now         *time.Time `json:"now"` // null where no incident has a time and none was asked for
	Cells       int        `json:"cells_at_risk"`
	Originators int        `json:"originators"` // incidents of the last days before now
	WithoutDay  int        `json:"without_day"` // incidents not known to the day: they put nothing at risk
}

func nearRepeatRecipe() recipe {
	distance, days := fmt.Sprintf("above 0, at most %v metres", MaxNearM), fmt.Sprintf("1 to %d", MaxNearDays)
	return recipe{
		method: NearRepeat,
		parameters: []Parameter{
			{
				Name: "distance_m", Allowed: distance, Help: "How far an incident puts cells at risk.",
				read: func(q *Query, s string, _ *time.Location) error { return decimal(&q.Near.DistanceM, s, 1, MaxNearM) },
				text: func(q Query) string { return number(orNaN(q.Near.DistanceM)) },
			},
			{
				Name: "within_days", Allowed: days, Help: "How many days an incident puts cells at risk.",
				read: func(q *Query, s string, _ *time.Location) error { return whole(&q.Near.Days, s, 1, MaxNearDays) },
				text: func(q Query) string { return unlessZero(q.Near.Days) },
			},
			{
				Name: "now", Allowed: "a year, month, day or RFC 3339 instant", Help: "The moment that the risk is of (default: the end of datetime, or of the data).",
				read: func(q *Query, s string, zone *time.Location) (err error) {
					q.Near.Now, _, err = parseMoment(s, zone)
					return err
				},
				text: func(q Query) string {
					if q.Near.Now.IsZero() {
						return ""
					}
					return q.Near.Now.Format(time.RFC3339)
				},
			},
		},
		fill: func(q *Query) {
			if q.Near.DistanceM == 0 {
				q.Near.DistanceM = DefaultNearM
			}
			if q.Near.Days == 0 {
				q.Near.Days = DefaultNearDays
			}
		},
		check: func(q Query) (out []store.Problem) {
			if m := q.Near.DistanceM; !(m > 0 && m <= MaxNearM) {
				out = append(out, store.Problem{Field: "distance_m", Value: number(m), Allowed: distance, Message: "is no distance"})
			}
			if d := q.Near.Days; d < 1 || d > MaxNearDays {
				out = append(out, store.Problem{Field: "within_days", Value: strconv.Itoa(d), Allowed: days, Message: "is no number of days"})
			}
			return out
		},
		single:  true,
		measure: measureNear,
	}
}

func measureNear(w *board) error {
	w.cluster(w.counts)
	q := w.Query.Near
	details := NearDetails{DistanceM: q.DistanceM, WithinDays: q.Days, Now: w.now()}
	var now time.Time
	if details.Now != nil {
		now = *details.Now
	}
	opts := nearrepeat.RiskOptions{DistanceM: q.DistanceM, For: time.Duration(q.Days) * 24 * time.Hour, Res: w.Query.Res}
	var recent []nearrepeat.Incident
	for _, e := range w.told() {
		if e.from.IsZero() || e.to.Sub(e.from) > 24*time.Hour {
			details.WithoutDay++
			continue
		}
		if age := now.Sub(e.from); age >= 0 && age < opts.For {
			details.Originators++
			recent = append(recent, nearrepeat.Incident{At: e.point, Time: e.from})
		}
	}
	risks, err := nearrepeat.AtRisk(recent, now, opts)
	if err != nil {
		return &store.Error{Kind: store.Invalid, Message: "the layer cannot be made", Problems: []store.Problem{
			{Field: "distance_m", Value: number(q.DistanceM), Message: err.Error(), Allowed: "a shorter distance or a coarser res"},
		}}
	}
	atRisk, until := make([]string, len(w.Cells)), make([]string, len(w.Cells))
	originators := make([]float64, len(w.Cells))
	for n := range atRisk {
		atRisk[n] = "false"
	}
	for _, risk := range risks {
		if n, inside := w.find(risk.Cell); inside {
			atRisk[n], until[n], originators[n] = "true", risk.Until.UTC().Format(time.RFC3339), float64(risk.Originators)
			details.Cells++
		}
	}
	w.Columns = append(w.Columns, Column{Name: "at_risk", Words: atRisk, Bare: true},
		Column{Name: "at_risk_until", Words: until}, Column{Name: "originators", Numbers: originators})
	w.Details = details
	return nil
}

// now returns the moment that a near-repeat layer is of, nil where there is
// none.
func (w *board) now() *time.Time {
	now := w.Query.Near.Now
	if now.IsZero() {
		now = w.builder.facts.Until
	}
	if now.IsZero() {
		now = w.builder.until
	}
	if to := w.Query.To; w.Query.Near.Now.IsZero() && !to.IsZero() && to.Before(now) {
		now = to
	}
	if now.IsZero() {
		return nil
	}
	now = now.UTC()
	return &now
}
