package layer

import (
	"errors"
	"fmt"
	"math"
	"time"

	"atalaya/geo/trend"
)

// Turn is which way a month goes, held against the same month a year before.
type Turn string

// The turns; clear is a p of at most 0.05.
const (
	Up      Turn = "up"
	Down    Turn = "down"
	NoClear Turn = "unclear" // it may be chance
)

// YearChange holds a month against the same month a year before.
type YearChange struct {
	Month       time.Time // as in MonthCount
	Now, Before int       // incidents
	Turn        Turn
	P           float64     // of the E-test, two-sided; lengths of months allowed for
	Ratio       trend.Ratio // of the rates, with its 95 % interval
}

// NewYearChange compares two months of one place. Nothing in either is no
// clear change.
func NewYearChange(now, before MonthCount) (YearChange, error) {
	c := YearChange{Month: now.Month, Now: now.Count, Before: before.Count, Turn: NoClear}
	a, b := now.tally(), before.tally()
	var err error
	if c.P, err = trend.ETest(a, b, trend.Unpooled); err != nil {
		return c, fmt.Errorf("compare months: %w", err)
	}
	if c.Ratio, err = trend.RateRatio(a, b, ratioLevel); err != nil && !errors.Is(err, trend.ErrNoPast) && !errors.Is(err, trend.ErrNoCount) {
		return c, fmt.Errorf("compare months: %w", err)
	}
	if c.P <= changeAlpha {
		c.Turn = Down
		if a.Rate() > b.Rate() {
			c.Turn = Up
		}
	}
	return c, nil
}

// tally returns the count with the days of the month.
func (m MonthCount) tally() trend.Tally {
	return trend.Tally{Count: m.Count, Length: m.Month.AddDate(0, 1, 0).Sub(m.Month).Hours() / 24}
}

// Course is how the incidents of a hotspot go from month to month.
type Course struct {
	Months   []MonthCount // complete local months of the asked time, oldest first
	Trend    trend.Trend  // of their counts
	PerMonth float64      // Sen's slope; NaN with fewer than two months
	Year     *YearChange  // the last of Months and the same month a year before; nil where either is not complete, or holds too few sensitive incidents to be shown
}

// courseOf follows the moments of a hotspot over the months that the data cover
// whole.
func (b *Builder) courseOf(m *moments) (Course, error) {
	c := Course{}
	months, asked := b.completeMonths()
	counts := make([]float64, 0, len(months))
	count := func(month time.Time) MonthCount { return MonthCount{month, m.months[monthNumber(month)]} }
	for _, month := range months[asked:] {
		c.Months = append(c.Months, count(month))
		counts = append(counts, float64(c.Months[len(c.Months)-1].Count))
	}
	c.Trend = trend.MannKendall(counts)
	var err error
	if c.PerMonth, err = trend.SenSlope(counts); err != nil {
		c.PerMonth = math.NaN()
	}
	if len(c.Months) == 0 {
		return c, nil
	}
	now := c.Months[len(c.Months)-1]
	before := now.Month.AddDate(-1, 0, 0)
	if before.Before(months[0]) || m.isFew(now.Month) || m.isFew(before) {
		return c, nil
	}
	change, err := NewYearChange(now, count(before))
	c.Year = &change
	return c, err
}

// isFew reports whether one or two sensitive incidents could be read from a
// month.
func (m *moments) isFew(month time.Time) bool {
	n := m.sensitive[monthNumber(month)]
	return n > 0 && n < SmallestCount
}

// completeMonths returns the local months up to the end of the asked time that
// the data cover whole, and the place of the first that the asked time holds.
func (b *Builder) completeMonths() (months []time.Time, asked int) {
	since, until := b.known()
	end := b.query.To
	if end.IsZero() || end.After(until) {
		end = until.Add(1)
	}
	calendar := trend.Calendar{Step: trend.Month, Zone: b.facts.Home}
	periods, err := calendar.Periods(since, end)
	if err != nil || since.IsZero() {
		return nil, 0
	}
	all := *b // whatever time was asked for: the months before it count, too
	all.query.From, all.query.To = time.Time{}, time.Time{}
	first, last := periods.Complete(all.coverage(periods))
	for i := first; i < last; i++ {
		from, to := periods.Bounds(i)
		if !b.query.To.IsZero() && to.After(b.query.To) {
			break
		}
		if from.Before(b.query.From) {
			asked++
		}
		months = append(months, utcMonth(from.In(b.facts.Home)))
	}
	return months, asked
}

// monthNumber is the number of a month as stepNumber has it.
func monthNumber(month time.Time) int { return stepNumber(trend.Month, month) }
