package layer

import (
	"math/bits"
	"strconv"
	"strings"
	"time"

	"atalaya/geo/aoristic"
	"atalaya/store"
)

// ShiftQuery says which shift a layer of method Shift is of. Without either,
// the hours and days of the query are the shift.
type ShiftQuery struct {
	Code    string            // of a stored shift
	Windows []aoristic.Window // the shift given outright; a Maker fills it from Code
}

// ShiftDetails is what a layer of method shift tells of the whole.
type ShiftDetails struct {
	Shift   string   `json:"shift"`   // code; empty where hours and dow say it
	Windows []string `json:"windows"` // of the local clock: 22:00-06:00, with the days on which they start: 5,6 22:00-06:00
	Weight  float64  `json:"weight"`  // sum over the cells: how many incidents are to be expected in the shift
	Week    float64  `json:"share_of_week"`
}

// shiftWeight is the column of what a cell has in the shift.
const shiftWeight = "shift_weight"

// shiftRecipe counts each incident with the part of its interval that lies in
// the shift (Ratcliffe 2002): the weights of shifts that share out the week add
// up to the incidents.
func shiftRecipe() recipe {
	return recipe{
		method: Shift,
		parameters: []Parameter{{
			Name: "shift", Allowed: "the code of a stored shift", Help: "Shift of the force; else hours and dow say it.",
			read: func(q *Query, s string, _ *time.Location) error { q.Shift.Code = s; return nil },
			text: func(q Query) string { return q.Shift.Code },
		}},
		check: func(q Query) []store.Problem {
			byClock := q.Hours != 0 || q.Days != 0
			switch given := q.Shift.Code != "" || len(q.Shift.Windows) > 0; {
			case given && byClock:
				return []store.Problem{{Field: "shift", Value: q.Shift.Code, Allowed: "shift, or hours and dow", Message: "comes together with hours or dow"}}
			case !given && !byClock:
				return []store.Problem{{Field: "shift", Value: "", Allowed: "shift, or hours and dow", Message: "is not given"}}
			}
			return nil
		},
		place: func(b *Builder, i store.Incident, zone *time.Location) placed {
			q := b.query
			q.Hours, q.Days = 0, 0
			at := placed{fits: q.fit(i, zone)}
			switch {
			case at.fits == timeMisses:
			case !i.HasTime():
				at.fits = timeUnclear
			default:
				if at.weight = b.shift.Share(i.From, i.To, zone); at.weight == 0 {
					at.fits = timeMisses
				}
			}
			return at
		},
		measure: func(w *board) error {
			weights := w.binned(0)
			w.cluster(weights)
			w.Columns = append(w.Columns, w.numbers(shiftWeight, weights))
			details := ShiftDetails{Shift: w.Query.Shift.Code, Windows: []string{}, Week: w.builder.shift.WeekShare()}
			for _, v := range w.shownOf(weights) {
				details.Weight += v
			}
			for _, window := range w.Query.windows() {
				details.Windows = append(details.Windows, windowText(window))
			}
			w.Details = details
			return nil
		},
	}
}

// windows returns the shift of the query, from its hours and days where it
// names none: hours in a row make one window.
func (q Query) windows() []aoristic.Window {
	if len(q.Shift.Windows) > 0 {
		return q.Shift.Windows
	}
	days := aoristicDays(q.Days)
	if q.Hours == 0 {
		return []aoristic.Window{{Days: days}}
	}
	var out []aoristic.Window
	for hour := range 24 {
		if !q.Hours.Has(hour) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].End == 60*hour {
			out[n-1].End += 60
			continue
		}
		out = append(out, aoristic.Window{Start: 60 * hour, End: 60 * (hour + 1), Days: days})
	}
	return out
}

// aoristicDays turns a set whose bit 0 is Monday into one whose bit 0 is
// Sunday.
func aoristicDays(d Days) aoristic.Days {
	return aoristic.Days(d<<1&127 | d>>6&1)
}

func windowText(w aoristic.Window) string {
	clock := func(minute int) string {
		return strconv.Itoa(minute/60 + 100)[1:] + ":" + strconv.Itoa(minute%60 + 100)[1:]
	}
	text := clock(w.Start) + "-" + clock(w.End)
	if w.Days == 0 {
		return text
	}
	var days []string
	for n := range 7 {
		if bits.RotateLeft8(uint8(w.Days), -((n+1)%7))&1 == 1 {
			days = append(days, strconv.Itoa(n+1))
		}
	}
	return strings.Join(days, ",") + " " + text
}
