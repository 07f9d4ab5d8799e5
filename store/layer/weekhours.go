package layer

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"atalaya/geo/aoristic"
	"atalaya/geo/grid"
	"atalaya/store"
)

// HoursQuery says of which cells the hours are asked; the zero value means
// all of the layer. Both are of the layer's resolution, and set it where it is
// not given.
type HoursQuery struct {
	Cell    grid.Cell // one cell
	Hotspot grid.Cell // those of the hotspot that holds it
}

// HoursNumbers tells when incidents happen, each spread over the hours in
// which it may have happened (Ratcliffe 2002).
type HoursNumbers struct {
	Of     string      `json:"of"`     // layer, cell or hotspot
	Cells  []grid.Cell `json:"cells"`  // of a cell or a hotspot; empty for the layer
	Hidden bool        `json:"hidden"` // too few sensitive incidents: all below is null
	Known  *TimeKnown  `json:"incidents"`
	// Weights are the incidents in each local hour of the week, Monday first,
	// and Weight their sum: the incidents with a time.
	Weights *HourWeights  `json:"hour_of_week"`
	Weight  *float64      `json:"weight"`
	Shifts  []ShiftWeight `json:"shifts"` // every stored one, by code
}

// HourWeights are weights by [Monday=0][hour], local time.
type HourWeights [7][24]float64

// TimeKnown tells how well the time of incidents is known:
// total = hour + day + longer + without_time.
type TimeKnown struct {
	Total   int `json:"total"`
	Hour    int `json:"known_to_hour"` // no longer than an hour
	Day     int `json:"known_to_day"`  // no longer than a local day
	Longer  int `json:"known_to_longer"`
	Without int `json:"without_time"`
}

// ShiftWeight is how many of the incidents are to be expected in a shift.
type ShiftWeight struct {
	Code   string  `json:"shift"`
	NameES string  `json:"name_es"`
	NameEN string  `json:"name_en"`
	Window string  `json:"window"` // of the local clock: 22:00-06:00, with the days on which it starts: 5,6 22:00-06:00
	Weight float64 `json:"weight"`
	Week   float64 `json:"share_of_week"`
}

func hoursRecipe() statisticRecipe {
	const allowed = "an H3 cell of the study area"
	cell := func(name, help string, of func(*StatisticQuery) *grid.Cell) StatisticParameter {
		return StatisticParameter{
			Name: name, Allowed: allowed, Help: help,
			read: func(q *StatisticQuery, s string, _ *time.Location) (err error) {
				*of(q), err = grid.ParseCell(s)
				return err
			},
			text: func(q StatisticQuery) string {
				if c := *of(&q); c != 0 {
					return c.String()
				}
				return ""
			},
		}
	}
	return statisticRecipe{
		kind: HoursKind,
		parameters: []StatisticParameter{
			cell("cell", "Only the incidents of this cell.", func(q *StatisticQuery) *grid.Cell { return &q.Hours.Cell }),
			cell("hotspot", "Only the incidents of the hotspot that holds this cell.", func(q *StatisticQuery) *grid.Cell { return &q.Hours.Hotspot }),
		},
		fill: func(q *StatisticQuery) {
			if c := max(q.Hours.Cell, q.Hours.Hotspot); c != 0 && q.Layer.Res == 0 {
				q.Layer.Res = c.Res()
			}
		},
		check: func(q StatisticQuery) (out []store.Problem) {
			one, many := q.Hours.Cell, q.Hours.Hotspot
			if one != 0 && many != 0 {
				out = append(out, store.Problem{Field: "hotspot", Value: many.String(), Allowed: "cell or hotspot", Message: "comes together with cell"})
			}
			if c := max(one, many); c != 0 && c.Res() != q.Layer.Res {
				out = append(out, store.Problem{Field: "res", Value: strconv.Itoa(q.Layer.Res), Allowed: strconv.Itoa(c.Res()), Message: "is not the resolution of the cell; leave it out"})
			}
			return out
		},
		observe: newHoursObserver,
	}
}

// hoursObserver sums up at once what is asked of the layer or of one cell.
// Which cells are of a hotspot is known only at the end: incidents wait.
type hoursObserver struct {
	query  HoursQuery
	stored []store.Shift
	shifts []aoristic.Shift
	known  TimeKnown
	week   aoristic.Week
	within []float64 // weight in each shift
	wait   []counted
	tells  bool // of the hour of a sensitive incident in a single cell
}

func newHoursObserver(q StatisticQuery, facts Facts) (observer, error) {
	o := &hoursObserver{query: q.Hours, stored: facts.Shifts, within: make([]float64, len(facts.Shifts))}
	for _, s := range facts.Shifts {
		shift, err := aoristic.NewShift(ShiftWindow(s))
		if err != nil {
			return nil, fmt.Errorf("shift %s: %w", s.Code, err)
		}
		o.shifts = append(o.shifts, shift)
	}
	return o, nil
}

func (o *hoursObserver) count(i counted) {
	switch {
	case o.query.Hotspot != 0:
		o.wait = append(o.wait, i)
	case o.query.Cell == 0 || o.query.Cell == i.cell:
		o.tells = o.tells || o.query.Cell != 0 && i.sensitive
		o.add(i)
	}
}

func (o *hoursObserver) add(i counted) {
	o.known.add(i)
	if !i.HasTime() {
		return
	}
	o.week.Add(i.From, i.To, i.zone)
	for n, shift := range o.shifts {
		o.within[n] += shift.Share(i.From, i.To, i.zone)
	}
}

func (k *TimeKnown) add(i counted) {
	k.Total++
	switch {
	case !i.HasTime():
		k.Without++
	case i.To.Sub(i.From) <= time.Hour:
		k.Hour++
	case i.knownToDay():
		k.Day++
	default:
		k.Longer++
	}
}

// knownToDay reports whether the time of an incident is known, and no longer
// than a local day.
func (i counted) knownToDay() bool {
	return i.HasTime() && !i.To.After(i.From.In(i.zone).AddDate(0, 0, 1))
}

func (o *hoursObserver) measure(_ context.Context, w *board) (Numbers, error) {
	n := HoursNumbers{Of: "layer", Cells: []grid.Cell{}, Shifts: []ShiftWeight{}}
	switch {
	case o.query.Cell != 0:
		n.Of, n.Cells = "cell", []grid.Cell{o.query.Cell}
	case o.query.Hotspot != 0:
		cells, problem := w.cellsOfHotspot(o.query.Hotspot)
		if n.Of, n.Cells = "hotspot", cells; problem != nil {
			return nil, statisticError(*problem)
		}
	default:
		n.Hidden = w.shield.leavesOut() // the layer's own numbers are without them: the difference would tell
	}
	for _, c := range n.Cells {
		i, inside := w.find(c)
		if !inside {
			return nil, statisticError(store.Problem{Field: "cell", Value: c.String(), Allowed: "a cell of the study area", Message: "lies outside the study area of this layer"})
		}
		n.Hidden = n.Hidden || w.Cells[i].Hidden
	}
	if n.Hidden = n.Hidden || o.tells; n.Hidden {
		return n, nil
	}
	for _, i := range o.wait {
		if slices.Contains(n.Cells, i.cell) {
			o.add(i)
		}
	}
	total, weights := float64(o.known.Total-o.known.Without), HourWeightsOf(o.week)
	n.Known, n.Weights, n.Weight = &o.known, &weights, &total
	for s, shift := range o.stored {
		n.Shifts = append(n.Shifts, ShiftWeight{
			Code: shift.Code, NameES: shift.NameES, NameEN: shift.NameEN, Window: windowText(ShiftWindow(shift)),
			Weight: o.within[s], Week: o.shifts[s].WeekShare(),
		})
	}
	return n, nil
}

// cellsOfHotspot returns the cells of the hotspot that holds a cell, highest
// score first.
func (l *Layer) cellsOfHotspot(member grid.Cell) ([]grid.Cell, *store.Problem) {
	hotspots := l.Hotspots()
	for _, h := range hotspots {
		var cells []grid.Cell
		for _, c := range h.Cells {
			cells = append(cells, c.Cell)
		}
		if slices.Contains(cells, member) {
			return cells, nil
		}
	}
	allowed := names(hotspots, func(h Hotspot) string { return h.ID().String() })
	if allowed == "" {
		allowed = "none: this layer has no hotspot"
	}
	return nil, &store.Problem{Field: "hotspot", Value: member.String(), Allowed: allowed, Message: "is no cell of a hotspot of this layer"}
}

// HourWeightsOf returns the hours of a week by day and hour.
func HourWeightsOf(week aoristic.Week) HourWeights {
	var out HourWeights
	for hour, v := range week {
		out[hour/24][hour%24] = v
	}
	return out
}

func (n HoursNumbers) rows() [][]string {
	out := [][]string{{"day", "hour", "weight"}}
	if n.Weights == nil {
		return out
	}
	for day, hours := range n.Weights {
		for hour, v := range hours {
			out = append(out, []string{strconv.Itoa(day + 1), strconv.Itoa(hour), number(v)})
		}
	}
	return out
}
