package layer

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"atalaya/geo/trend"
	"atalaya/store"
)

// EmergingQuery says how a layer of method Emerging divides time and judges.
type EmergingQuery struct {
	Step     trend.Step    // empty means trend.Month
	Window   trend.Window  // empty means trend.WindowCube
	Wording  trend.Wording // empty means trend.CurrentWording
	Alpha    float64       // largest p of a hot step and of a trend; 0 means 0.05
	Unadjust bool          // flags steps by p without control of the false discovery rate
	LagDays  int           // how long reports take to come in, days
}

// EmergingDetails is what a layer of method emerging tells of the whole.
type EmergingDetails struct {
	Step       trend.Step      `json:"step"`
	Window     trend.Window    `json:"window"`
	Wording    trend.Wording   `json:"wording"`
	Alpha      float64         `json:"alpha"`
	Adjusted   bool            `json:"adjusted"` // the false discovery rate is controlled
	Periods    []Period        `json:"periods"`  // oldest first
	LeftOut    int             `json:"periods_left_out"`
	Categories []CategoryCells `json:"categories"` // those that some cell has; their cells add up to the layer's
}

// Period is one step of a cube.
type Period struct {
	From  time.Time `json:"from"`
	To    time.Time `json:"to"` // excluded
	Count int       `json:"count"`
}

// CategoryCells is how many cells are of a category.
type CategoryCells struct {
	Category trend.Category `json:"category"`
	Cells    int            `json:"cells"`
}

// maxPeriods is the most periods of a cube, and maxBins the most bins: a
// period of a cell each.
const (
	maxPeriods = 1000
	maxBins    = 20_000_000
)

func emergingRecipe() recipe {
	steps := []trend.Step{trend.Day, trend.Week, trend.Month, trend.Quarter}
	windows := []trend.Window{trend.WindowCube, trend.WindowNeighbourhood, trend.WindowSlice}
	wordings := []trend.Wording{trend.CurrentWording, trend.LegacyWording}
	return recipe{
		method: Emerging,
		parameters: []Parameter{
			{
				Name: "step", Allowed: join(steps), Help: "How long the periods are.",
				read: func(q *Query, s string, _ *time.Location) error { return choose(&q.Emerging.Step, s, steps) },
				text: func(q Query) string { return string(q.Emerging.Step) },
			},
			{
				Name: "window", Allowed: join(windows), Help: "What a cell in a period is compared with.",
				read: func(q *Query, s string, _ *time.Location) error { return choose(&q.Emerging.Window, s, windows) },
				text: func(q Query) string { return string(q.Emerging.Window) },
			},
			{
				Name: "wording", Allowed: join(wordings), Help: "Which edition of the categories' definitions counts.",
				read: func(q *Query, s string, _ *time.Location) error { return choose(&q.Emerging.Wording, s, wordings) },
				text: func(q Query) string { return string(q.Emerging.Wording) },
			},
			{
				Name: "alpha", Allowed: "a number from 0.001 to 0.2", Help: "Largest p of a hot period and of a trend.",
				read: func(q *Query, s string, _ *time.Location) error { return decimal(&q.Emerging.Alpha, s, 0.001, 0.2) },
				text: func(q Query) string { return number(orNaN(q.Emerging.Alpha)) },
			},
			{
				Name: "steps_by", Allowed: "fdr, raw", Help: "Whether periods are hot by the p after control of the false discovery rate or by the p itself.",
				read: func(q *Query, s string, _ *time.Location) error {
					var word string
					err := choose(&word, s, []string{"fdr", "raw"})
					q.Emerging.Unadjust = word == "raw"
					return err
				},
				text: func(q Query) string {
					if q.Emerging.Unadjust {
						return "raw"
					}
					return ""
				},
			},
			{
				Name: "lag", Allowed: "0 to 365 days", Help: "How many days reports take to come in.",
				read: func(q *Query, s string, _ *time.Location) error { return whole(&q.Emerging.LagDays, s, 0, 365) },
				text: func(q Query) string { return unlessZero(q.Emerging.LagDays) },
			},
		},
		fill: func(q *Query) {
			e := &q.Emerging
			if e.Step == "" {
				e.Step = trend.Month
			}
			if e.Window == "" {
				e.Window = trend.WindowCube
			}
			if e.Wording == "" {
				e.Wording = trend.CurrentWording
			}
			if e.Alpha == 0 {
				e.Alpha = 0.05
			}
		},
		check: func(q Query) (out []store.Problem) {
			e := q.Emerging
			add := func(field, value, allowed string, ok bool) {
				if !ok {
					out = append(out, store.Problem{Field: field, Value: value, Allowed: allowed, Message: "is none of these"})
				}
			}
			add("step", string(e.Step), join(steps), slices.Contains(steps, e.Step))
			add("window", string(e.Window), join(windows), slices.Contains(windows, e.Window))
			add("wording", string(e.Wording), join(wordings), slices.Contains(wordings, e.Wording))
			add("alpha", number(e.Alpha), "a number from 0.001 to 0.2", e.Alpha >= 0.001 && e.Alpha <= 0.2)
			add("lag", strconv.Itoa(e.LagDays), "0 to 365 days", e.LagDays >= 0 && e.LagDays <= 365)
			return out
		},
		place: func(b *Builder, i store.Incident, zone *time.Location) placed {
			at := placed{fits: b.query.fit(i, zone), weight: 1}
			if at.fits != timeFits {
				return at
			}
			var whole bool
			if at.slot, whole = stepWithin(b.query.Emerging.Step, i, zone); !whole {
				at.fits = timeUnclear
			}
			return at
		},
		settle:  settleEmerging,
		measure: measureEmerging,
	}
}

// orNaN makes a zero undefined.
func orNaN(v float64) float64 {
	if v == 0 {
		return math.NaN()
	}
	return v
}

// stepWithin returns the number of the local period that holds all of an
// incident's interval, and whether one does. The periods of all zones are
// numbered alike: days from 1 January of the year 0, the others from there.
func stepWithin(step trend.Step, i store.Incident, zone *time.Location) (n int, whole bool) {
	if !i.HasTime() {
		return 0, false
	}
	n = stepNumber(step, i.From.In(zone))
	return n, !i.To.After(i.From) || stepNumber(step, i.To.Add(-1).In(zone)) == n
}

func stepNumber(step trend.Step, local time.Time) int {
	const yearZero = 719_528 // days from 1 January 0 to 1 January 1970
	year, month, day := local.Date()
	days := int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/86_400) + yearZero
	switch step {
	case trend.Week:
		return (days + 5) / 7 // 1 January of the year 0 was a Saturday
	case trend.Month:
		return 12*year + int(month) - 1
	case trend.Quarter:
		return 4*year + (int(month)-1)/3
	default:
		return days
	}
}

// settleEmerging fixes the periods of the cube: from the first to the last
// with an incident, or as asked, without those that the data do not cover
// whole. What lies in these is taken out of the counts.
func settleEmerging(b *Builder) error {
	since, until := b.known()
	from, to := b.query.From, b.query.To
	if from.IsZero() {
		from = since
	}
	if to.IsZero() {
		to = until
	}
	b.first, b.periods = 0, nil
	if to.After(from) && !from.IsZero() {
		calendar := trend.Calendar{Step: b.query.Emerging.Step, Zone: b.facts.Home}
		periods, err := calendar.Periods(from, to)
		if err != nil {
			return fmt.Errorf("make layer: %w", err)
		}
		start, end := periods.Complete(b.coverage(periods))
		b.tally.PeriodsLeftOut = periods.Len() - (end - start)
		if n := end - start; n > maxPeriods {
			return invalidStep(b.query, fmt.Sprintf("makes %d periods", n), fmt.Sprintf("at most %d periods: a longer step or a shorter datetime", maxPeriods))
		}
		for i := start; i < end; i++ {
			p := Period{}
			p.From, p.To = periods.Bounds(i)
			b.periods = append(b.periods, p)
		}
		if len(b.periods) > 0 {
			b.first = stepNumber(b.query.Emerging.Step, b.periods[0].From.In(b.facts.Home))
		}
	}
	for at, n := range b.bins {
		if t := at.slot - b.first; t >= 0 && t < len(b.periods) {
			continue
		}
		delete(b.bins, at)
		delete(b.sensitive, at)
		left := int(n.incidents())
		b.counts[at.cell] -= left
		if _, lends := slices.BinarySearch(b.ring, at.cell); lends {
			b.tally.Lent -= left
			continue
		}
		b.tally.Used -= left
		b.tally.Incomplete += left
	}
	return nil
}

func invalidStep(q Query, message, allowed string) error {
	return &store.Error{Kind: store.Invalid, Message: "the layer cannot be made", Problems: []store.Problem{
		{Field: "step", Value: string(q.Emerging.Step), Message: message, Allowed: allowed},
	}}
}

// Where little happens the data go on for a while after their last incident,
// unseen. Incidents that come at random leave a silence longer than
// silences/rate once in a hundred times: as far beyond the last incident, and
// before the first, the data may reach.
const silences = 4.605 // −ln 0.01

// coverage returns what the data, and the query, cover of periods: as far as
// the data may reach, but not over the periods of the first and the last
// incident unless the query's time ends there; what it asks for beyond makes no
// data. Nothing is known later than the data were last changed. A tenth of a
// period may be missing: months differ by as much.
func (b *Builder) coverage(p trend.Periods) trend.Known {
	since, until := b.known()
	q := b.query
	n := b.facts.Incidents
	if n == 0 {
		n = b.seen
	}
	silence := time.Duration(silences / float64(max(n, 1)) * float64(until.Sub(since)))
	first, last := since.Add(-silence), until.Add(silence)
	if !b.read.IsZero() {
		last = earliest(last, b.read)
	}
	if i, found := p.Index(since); found && q.From.Before(first) {
		start, _ := p.Bounds(i)
		first = latest(first, start)
	}
	if i, found := p.Index(until.Add(-1)); found && (q.To.IsZero() || q.To.After(last)) {
		_, end := p.Bounds(i)
		last = earliest(last, end)
	}
	start, end := p.Bounds(0)
	tenth := end.Sub(start) / 10
	first, last = earliest(first, since.Add(-tenth)), latest(last, until.Add(tenth))
	last = last.AddDate(0, 0, -q.Emerging.LagDays)
	if !q.To.IsZero() {
		last = earliest(last, q.To)
	}
	return trend.Known{From: latest(first, q.From), Until: last}
}

func earliest(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func measureEmerging(w *board) error {
	e := w.Query.Emerging
	if bins := len(w.cells) * len(w.builder.periods); bins > maxBins {
		return invalidStep(w.Query, fmt.Sprintf("makes %d bins of cells and periods", bins), fmt.Sprintf("at most %d bins: a longer step, a coarser res or a shorter datetime", maxBins))
	}
	w.cluster(w.counts)
	cube := make([][]float64, len(w.builder.periods))
	details := EmergingDetails{
		Step: e.Step, Window: e.Window, Wording: e.Wording, Alpha: e.Alpha, Adjusted: !e.Unadjust,
		Periods: slices.Clone(w.builder.periods), LeftOut: w.Incidents.PeriodsLeftOut, Categories: []CategoryCells{},
	}
	for t := range cube {
		cube[t] = w.binned(w.builder.first + t)
		details.Periods[t].Count = w.total(cube[t])
	}
	found := trend.EmergingHotSpots(cube, w.neighbours, trend.EmergingOptions{
		CubeOptions:     trend.CubeOptions{Window: e.Window},
		ClassifyOptions: trend.ClassifyOptions{Alpha: e.Alpha, Wording: e.Wording},
		Unadjusted:      e.Unadjust,
	})
	columns := []Column{
		{Name: "emerging"}, {Name: "trend_z"}, {Name: "trend_p"}, {Name: "hot_steps"}, {Name: "cold_steps"},
		{Name: "flags"}, {Name: "count_trend_z"}, {Name: "count_trend_p"},
	}
	cells := map[trend.Category]int{}
	for n, i := range w.shown {
		at := found.Locations[i]
		cells[at.Category]++
		why := cmp.Or(at.Why, at.Trend.Why, at.Counts.Why)
		if at.Why != nil {
			at.Category = ""
		}
		if why != nil && w.Cells[n].Why == "" {
			w.Cells[n].Why = why.Error()
		}
		for c, v := range []any{
			string(at.Category), at.Trend.Z, at.Trend.P, float64(at.Hot), float64(at.Cold),
			string(at.Flags), at.Counts.Z, at.Counts.P,
		} {
			switch v := v.(type) {
			case string:
				columns[c].Words = append(columns[c].Words, v)
			case float64:
				columns[c].Numbers = append(columns[c].Numbers, v)
			}
		}
	}
	w.Columns = append(w.Columns, columns...)
	for _, category := range trend.Categories() {
		if n := cells[category]; n > 0 {
			details.Categories = append(details.Categories, CategoryCells{category, n})
		}
	}
	w.Details = details
	if found.Caution != nil {
		w.warn("short_series", "%v", found.Caution)
	}
	return nil
}
