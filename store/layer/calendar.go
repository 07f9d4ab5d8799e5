package layer

import (
	"fmt"
	"time"

	"atalaya/geo/trend"
	"atalaya/store"
)

// period is a stretch of a local calendar, [from, to): dates, as midnights in
// UTC whatever the zone.
type period struct{ from, to time.Time }

// key names the period by its first day.
func (p period) key() string { return p.from.Format(time.DateOnly) }

// periodAt returns the week, month, quarter or year that holds a local date.
func periodAt(step trend.Step, local time.Time) period {
	year, month, day := local.Date()
	date := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	switch step {
	case trend.Week:
		monday := day - weekday(local)
		return period{date(year, month, monday), date(year, month, monday+7)}
	case trend.Month:
		return period{date(year, month, 1), date(year, month+1, 1)}
	case trend.Quarter:
		first := month - (month-1)%3
		return period{date(year, first, 1), date(year, first+3, 1)}
	default:
		return period{date(year, 1, 1), date(year+1, 1, 1)}
	}
}

// periodOf returns the key of the local period that holds all of an
// incident's interval, and whether one does.
func periodOf(step trend.Step, i counted) (key string, whole bool) {
	if !i.HasTime() {
		return "", false
	}
	p := periodAt(step, i.From.In(i.zone))
	return p.key(), !i.To.After(i.From) || periodAt(step, i.To.Add(-1).In(i.zone)) == p
}

// periodsBetween returns all periods from the first to the last of ascending
// keys.
func periodsBetween(step trend.Step, keys []string) ([]period, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	first, err := time.Parse(time.DateOnly, keys[0])
	if err != nil {
		return nil, fmt.Errorf("period %s: %w", keys[0], err)
	}
	var out []period
	for p := periodAt(step, first); p.key() <= keys[len(keys)-1]; p = periodAt(step, p.to) {
		if out = append(out, p); len(out) > maxRows {
			return nil, statisticError(store.Problem{Field: "step", Value: string(step), Allowed: "a longer step or a shorter datetime", Message: fmt.Sprintf("makes more than %d periods", maxRows)})
		}
	}
	return out, nil
}

// covers reports whether the data and the asked time cover a period whole, the
// data being taken to reach a tenth of it beyond the last incident and before
// the first.
func (w *board) covers(p period, home *time.Location) bool {
	at := func(date time.Time) time.Time {
		return time.Date(date.Year(), date.Month(), date.Day(), 0, 0, 0, 0, home)
	}
	from, to := at(p.from), at(p.to)
	since, until := w.builder.known()
	slack := to.Sub(from) / 10
	asked := (w.Query.From.IsZero() || !from.Before(w.Query.From)) && (w.Query.To.IsZero() || !to.After(w.Query.To))
	return asked && !from.Before(since.Add(-slack)) && !to.After(until.Add(slack))
}
