package layer

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"atalaya/geo/hotspot"
	"atalaya/geo/trend"
	"atalaya/store"
)

// MaxPast is the most past periods that a change is held against.
const MaxPast = 60

// ChangeQuery says what a layer of method Change holds its time against.
type ChangeQuery struct {
	From, To time.Time // the time before, From ≤ t < To; zero means Past periods right before the query's time
	Past     int       // how many periods as long as the query's time, right before it; 0 means 1
}

// Direction is what became of a cell.
type Direction string

// The directions; clear is an adjusted p of at most 0.05.
const (
	Appeared Direction = "new"     // clearly more, and none before
	Rising   Direction = "rising"  // clearly more
	Falling  Direction = "falling" // clearly fewer
	Gone     Direction = "gone"    // clearly fewer, and none now
	Unclear  Direction = "unclear" // it may be chance
)

// ChangeDetails is what a layer of method change tells of the whole.
type ChangeDetails struct {
	Now         Period            `json:"now"`
	Before      []Period          `json:"before"` // latest first
	Overall     *Comparison       `json:"overall"`
	Directions  map[Direction]int `json:"directions"` // direction → cells; those whose count is hidden have none
	Overspread  int               `json:"cells_negative_binomial"`
	LevelOfRate float64           `json:"confidence_level"` // of ratio_low and ratio_high
}

// Comparison is the change of the whole study area.
type Comparison struct {
	Z     *float64 `json:"change_z"`
	P     *float64 `json:"change_p"`
	Ratio *float64 `json:"ratio"` // rate now over rate before
	Low   *float64 `json:"ratio_low"`
	High  *float64 `json:"ratio_high"`
}

// span is an interval of time, From ≤ t < To.
type span struct{ From, To time.Time }

func (s span) days() float64 { return s.To.Sub(s.From).Hours() / 24 }

const (
	ratioLevel  = 0.95
	changeAlpha = 0.05
)

var errNothing = errors.New("no incident now or before")

func changeRecipe() recipe {
	return recipe{
		method: Change,
		parameters: []Parameter{
			{
				Name: "previous", Allowed: DatetimeAllowed, Help: "The time before that the layer's is held against.",
				read: func(q *Query, s string, zone *time.Location) (err error) {
					q.Change.From, q.Change.To, err = ParseDatetime(s, zone)
					return err
				},
				text: func(q Query) string { return interval(q.Change.From, q.Change.To) },
			},
			{
				Name: "past", Allowed: fmt.Sprintf("1 to %d", MaxPast), Help: "How many periods of the same length, right before, are the time before; from 5 on their own variation is allowed for.",
				read: func(q *Query, s string, _ *time.Location) error { return whole(&q.Change.Past, s, 1, MaxPast) },
				text: func(q Query) string { return unlessZero(q.Change.Past) },
			},
		},
		fill: func(q *Query) {
			if q.Change.Past == 0 && q.Change.From.IsZero() && q.Change.To.IsZero() {
				q.Change.Past = 1
			}
		},
		check: checkChange,
		place: func(b *Builder, i store.Incident, zone *time.Location) placed {
			at := placed{fits: b.query.fit(i, zone), weight: 1}
			for k, past := range b.past {
				if at.fits != timeMisses {
					break
				}
				then := b.query
				then.From, then.To = past.From, past.To
				at.fits, at.slot = then.fit(i, zone), -1-k
			}
			return at
		},
		measure: measureChange,
	}
}

func checkChange(q Query) (out []store.Problem) {
	add := func(field, value, allowed, message string) {
		out = append(out, store.Problem{Field: field, Value: value, Allowed: allowed, Message: message})
	}
	if q.From.IsZero() || q.To.IsZero() {
		add("datetime", interval(q.From, q.To), "a time with a start and an end: 2025-01/2026-01", "is open: a change is of one time against another")
	}
	c := q.Change
	switch given := !c.From.IsZero() || !c.To.IsZero(); {
	case given && c.Past != 0:
		add("past", strconv.Itoa(c.Past), "past or previous", "comes together with previous")
	case given && (c.From.IsZero() || c.To.IsZero()):
		add("previous", interval(c.From, c.To), "a time with a start and an end", "is open")
	case given && !c.From.Before(c.To):
		add("previous", interval(c.From, c.To), DatetimeAllowed, "is reversed or empty")
	case given && c.From.Before(q.To) && q.From.Before(c.To):
		add("previous", interval(c.From, c.To), "a time apart from datetime", "overlaps datetime")
	case !given && (c.Past < 1 || c.Past > MaxPast):
		add("past", strconv.Itoa(c.Past), fmt.Sprintf("1 to %d", MaxPast), "is no number of past periods")
	}
	return out
}

// past returns the times before that a query of method Change is held against,
// latest first; none for the other methods. A time of whole local months is
// held against months, one of whole local days against days.
func (q Query) past(home *time.Location) []span {
	switch {
	case q.Method != Change || q.From.IsZero() || q.To.IsZero():
		return nil
	case !q.Change.From.IsZero():
		return []span{{q.Change.From, q.Change.To}}
	}
	from, to := q.From.In(home), q.To.In(home)
	back := func(t time.Time, k int) time.Time { return t.Add(-time.Duration(k) * q.To.Sub(q.From)) }
	isDay := func(t time.Time) bool { return t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, home)) }
	if isDay(from) && isDay(to) {
		days := int(math.Round(to.Sub(from).Hours() / 24))
		back = func(t time.Time, k int) time.Time { return t.AddDate(0, 0, -k*days) }
		if months := 12*(to.Year()-from.Year()) + int(to.Month()) - int(from.Month()); from.Day() == 1 && to.Day() == 1 {
			back = func(t time.Time, k int) time.Time { return t.AddDate(0, -k*months, 0) }
		}
	}
	var out []span
	for k := range q.Change.Past {
		out = append(out, span{back(from, k+1).UTC(), back(from, k).UTC()})
	}
	return out
}

func measureChange(w *board) error {
	w.cluster(w.counts)
	now := span{w.Query.From, w.Query.To}
	before := make([][]float64, len(w.builder.past)) // [period][cell of the ground]
	details := ChangeDetails{
		Now: Period{now.From, now.To, w.Incidents.Used}, Before: []Period{}, Directions: map[Direction]int{}, LevelOfRate: ratioLevel,
	}
	all := make([]trend.Tally, len(before))
	for k, past := range w.builder.past {
		before[k] = w.binned(-1 - k)
		all[k].Length = past.days()
		all[k].Count = w.total(before[k])
		details.Before = append(details.Before, Period{past.From, past.To, all[k].Count})
	}
	cells := len(w.Cells)
	previous, z, p := make([]float64, cells), make([]float64, cells), make([]float64, cells)
	ratio, low, high := make([]float64, cells), make([]float64, cells), make([]float64, cells)
	test, directions := make([]string, cells), make([]string, cells)
	tallies := make([]trend.Tally, len(before))
	for n, i := range w.shown {
		if w.shield.hidden[i] {
			z[n], p[n], previous[n] = math.NaN(), math.NaN(), math.NaN()
			ratio[n], low[n], high[n] = math.NaN(), math.NaN(), math.NaN()
			continue
		}
		for k := range before {
			tallies[k] = trend.Tally{Count: int(before[k][i]), Length: all[k].Length}
		}
		c, err := compare(trend.Tally{Count: w.Cells[n].Count, Length: now.days()}, tallies)
		if err != nil {
			return fmt.Errorf("make layer: cell %s: %w", w.cells[i], err)
		}
		previous[n], z[n], p[n], test[n] = float64(c.previous), c.z, c.p, c.test
		ratio[n], low[n], high[n] = c.ratio.Value, c.ratio.Low, c.ratio.High
		if c.test == negativeBinomial {
			details.Overspread++
		}
		if math.IsNaN(p[n]) && w.Cells[n].Why == "" {
			w.Cells[n].Why = errNothing.Error()
		}
	}
	fdr := hotspot.AdjustFDR(p)
	for n, i := range w.shown {
		if w.shield.hidden[i] {
			continue
		}
		d := directionOf(w.Cells[n].Count, int(previous[n]), z[n], fdr[n])
		directions[n] = string(d)
		details.Directions[d]++
	}
	w.Columns = append(w.Columns,
		Column{Name: "previous", Numbers: previous}, Column{Name: "change_z", Numbers: z},
		Column{Name: "change_p", Numbers: p}, Column{Name: "change_p_fdr", Numbers: fdr},
		Column{Name: "change", Words: directions}, Column{Name: "change_test", Words: test},
		Column{Name: "ratio", Numbers: ratio}, Column{Name: "ratio_low", Numbers: low}, Column{Name: "ratio_high", Numbers: high},
	)
	overall, err := compare(trend.Tally{Count: w.Incidents.Used, Length: now.days()}, all)
	if err != nil {
		return fmt.Errorf("make layer: %w", err)
	}
	details.Overall = &Comparison{
		Z: defined(overall.z), P: defined(overall.p),
		Ratio: defined(overall.ratio.Value), Low: defined(overall.ratio.Low), High: defined(overall.ratio.High),
	}
	w.Details = details
	return nil
}

// The tests of a change.
const (
	eTest            = "e_test"       // Krishnamoorthy and Thomson's statistic
	scoreTest        = "e_test_score" // the score statistic
	negativeBinomial = "negative_binomial"
)

// comparison is one count held against the past.
type comparison struct {
	previous int
	z, p     float64 // NaN where nothing happened now or before
	test     string  // empty then
	ratio    trend.Ratio
}

// compare tests a count against past periods: by the E-test against their sum,
// or by the negative binomial score where five or more of them vary more than
// Poisson counts do. Krishnamoorthy and Thomson's statistic estimates the
// variance of the shorter time from its own count alone, which hides a rise
// where the times are unlike: 34 incidents against 21 in five such periods have
// a p of 5e-4 by it, 3e-14 by the score statistic and 1e-13 by the exact test.
// So it serves times that differ by at most a tenth, as months do.
func compare(now trend.Tally, past []trend.Tally) (comparison, error) {
	var before trend.Tally
	for _, t := range past {
		before.Count += t.Count
		before.Length += t.Length
	}
	nan := math.NaN()
	c := comparison{previous: before.Count, z: nan, p: nan, ratio: trend.Ratio{Value: nan, Low: nan, High: nan}}
	if now.Count == 0 && before.Count == 0 {
		return c, nil
	}
	var err error
	if c.ratio, err = trend.RateRatio(now, before, ratioLevel); err != nil && !errors.Is(err, trend.ErrNoPast) {
		return c, err
	}
	if alarm, err := trend.DispersedZ(now, past); err == nil && alarm.Overdispersed {
		c.z, c.p, c.test = alarm.Z, alarm.P, negativeBinomial
		return c, nil
	}
	if c.z, err = trend.TwoSampleZ(now, before); err != nil {
		return c, err
	}
	variance := trend.Unpooled
	c.test = eTest
	if ratio := now.Length / before.Length; ratio < 0.9 || ratio > 1/0.9 {
		variance, c.test = trend.Pooled, scoreTest
	}
	c.p, err = trend.ETest(now, before, variance)
	return c, err
}

func directionOf(now, before int, z, p float64) Direction {
	switch isClear := p <= changeAlpha; {
	case !isClear:
		return Unclear
	case z > 0 && before == 0:
		return Appeared
	case z > 0:
		return Rising
	case now == 0:
		return Gone
	}
	return Falling
}
