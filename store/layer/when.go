package layer

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"atalaya/store"
)

// Hours is a set of local hours of the day: bit h is the hour from h:00 to
// h+1:00. The zero value means all.
type Hours uint32

// Days is a set of local days of the week: bit 0 is Monday, bit 6 Sunday. The
// zero value means all.
type Days uint8

const (
	allHours Hours = 1<<24 - 1
	allDays  Days  = 1<<7 - 1
)

// Has reports whether the set holds the hour, 0 to 23.
func (h Hours) Has(hour int) bool { return h == 0 || h>>hour&1 == 1 }

// Has reports whether the set holds the day, Monday 0 to Sunday 6.
func (d Days) Has(day int) bool { return d == 0 || d>>day&1 == 1 }

// String lists the hours: "18,19,20"; empty for all.
func (h Hours) String() string { return listBits(uint32(h), 24, 0) }

// String lists the days, Monday 1 to Sunday 7: "5,6"; empty for all.
func (d Days) String() string { return listBits(uint32(d), 7, 1) }

func listBits(set uint32, n, first int) string {
	var out []string
	for i := range n {
		if set>>i&1 == 1 {
			out = append(out, strconv.Itoa(i+first))
		}
	}
	return strings.Join(out, ",")
}

// HoursAllowed, DaysAllowed and DatetimeAllowed say in a few words what the
// parsers take, for messages.
const (
	HoursAllowed    = "hours 0 to 23, singly, as ranges that may cross midnight, or both: 18-23,0-4"
	DaysAllowed     = "days 1 (Monday) to 7 (Sunday), singly, as ranges, or both: 5-7"
	DatetimeAllowed = "a year, month, day or RFC 3339 instant, or two of them as start/end with the end excluded, .. for an open end: 2025-01/2026-01"
)

// ParseHours reads a set of hours: "18-23", "22-4" (crosses midnight: 22, 23,
// 0, 1, 2, 3, 4), "0,1,2". A full set is the zero value.
func ParseHours(s string) (Hours, error) {
	set, err := parseRanges(s, 0, 23)
	if err != nil || Hours(set) == allHours {
		return 0, err
	}
	return Hours(set), nil
}

// ParseDays reads a set of days of the week, Monday 1 to Sunday 7: "1-5",
// "6,7", "6-1". A full set is the zero value.
func ParseDays(s string) (Days, error) {
	set, err := parseRanges(s, 1, 7)
	if err != nil || Days(set) == allDays {
		return 0, err
	}
	return Days(set), nil
}

// parseRanges returns the set of the numbers low to high that s names, the
// number low as bit 0.
func parseRanges(s string, low, high int) (uint32, error) {
	var set uint32
	for part := range strings.SplitSeq(s, ",") {
		from, to, isRange := strings.Cut(strings.TrimSpace(part), "-")
		if !isRange {
			to = from
		}
		a, errA := strconv.Atoi(from)
		b, errB := strconv.Atoi(to)
		if errA != nil || errB != nil || a < low || a > high || b < low || b > high {
			return 0, fmt.Errorf("%q is no number or range in [%d, %d]", part, low, high)
		}
		for n := a; ; n++ {
			if n > high {
				n = low
			}
			set |= 1 << (n - low)
			if n == b {
				break
			}
		}
	}
	return set, nil
}

// ParseDatetime reads a time or an interval. A year, month or day is read in
// loc and stands for its start; on its own it stands for the whole of itself.
// The end of an interval is excluded, ".." or nothing is an open end. Both
// ends are returned in UTC, an open one as the zero time.
func ParseDatetime(s string, loc *time.Location) (from, to time.Time, err error) {
	start, end, isInterval := strings.Cut(s, "/")
	if !isInterval {
		from, to, err = parseMoment(s, loc)
		return from, to, err
	}
	if from, err = parseEnd(start, loc); err != nil {
		return time.Time{}, time.Time{}, err
	}
	if to, err = parseEnd(end, loc); err != nil {
		return time.Time{}, time.Time{}, err
	}
	if from.IsZero() && to.IsZero() {
		return time.Time{}, time.Time{}, fmt.Errorf("an interval needs a start or an end")
	}
	if !from.IsZero() && !to.IsZero() && !from.Before(to) {
		return time.Time{}, time.Time{}, fmt.Errorf("the interval is reversed or empty: %s is not before %s", start, end)
	}
	return from, to, nil
}

func parseEnd(s string, loc *time.Location) (time.Time, error) {
	if s == "" || s == ".." {
		return time.Time{}, nil
	}
	from, _, err := parseMoment(s, loc)
	return from, err
}

// parseMoment returns the interval that a year, month, day or instant spans.
func parseMoment(s string, loc *time.Location) (from, to time.Time, err error) {
	for _, form := range []struct {
		layout              string
		years, months, days int
	}{{"2006", 1, 0, 0}, {"2006-01", 0, 1, 0}, {time.DateOnly, 0, 0, 1}} {
		if t, err := time.ParseInLocation(form.layout, s, loc); err == nil {
			return t.UTC(), t.AddDate(form.years, form.months, form.days).UTC(), nil
		}
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t.UTC(), t.Add(time.Second).UTC(), nil
	}
	return time.Time{}, time.Time{}, fmt.Errorf("%q is no date or time", s)
}

// usable tells how an incident's interval lies to the asked time.
type usable int

const (
	timeFits    usable = iota // wholly inside
	timeMisses                // wholly outside
	timeUnclear               // unknown, or partly inside
)

// fit tells whether an incident happened in the query's interval, hours and
// days, as far as its own interval lets that be known.
func (q Query) fit(i store.Incident, loc *time.Location) usable {
	bounded := !q.From.IsZero() || !q.To.IsZero()
	byClock := q.Hours != 0 || q.Days != 0
	if !bounded && !byClock {
		return timeFits
	}
	if !i.HasTime() {
		return timeUnclear
	}
	if !q.To.IsZero() && !i.From.Before(q.To) || !q.From.IsZero() && !i.To.After(q.From) {
		return timeMisses
	}
	whole := (q.From.IsZero() || !i.From.Before(q.From)) && (q.To.IsZero() || !i.To.After(q.To))
	if !byClock {
		if whole {
			return timeFits
		}
		return timeUnclear
	}
	clock := q.fitClock(i, loc)
	if clock == timeFits && !whole {
		return timeUnclear
	}
	return clock
}

// fitClock looks at each local hour that the incident's interval touches;
// after a week of them all have been seen.
func (q Query) fitClock(i store.Incident, loc *time.Location) usable {
	inside, outside := false, false
	at := i.From.In(loc)
	for range 7*24 + 1 {
		if q.Hours.Has(at.Hour()) && q.Days.Has(weekday(at)) {
			inside = true
		} else {
			outside = true
		}
		if inside && outside {
			return timeUnclear
		}
		at = at.Add(time.Hour - time.Duration(at.Minute())*time.Minute - time.Duration(at.Second())*time.Second - time.Duration(at.Nanosecond()))
		if !at.Before(i.To) {
			break
		}
	}
	if inside {
		return timeFits
	}
	return timeMisses
}

// weekday returns Monday as 0 and Sunday as 6.
func weekday(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }
