package layer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"

	"atalaya/store"
)

// origins lists the origins there are.
func origins() []store.Origin {
	return []store.Origin{store.Reported, store.PoliceInitiated, store.UnknownOrigin}
}

// filled returns the query with its defaults and in canonical order, so that
// two queries that mean the same are the same.
func (q Query) filled() Query {
	if q.Method == "" {
		q.Method = GiStar
	}
	if q.Res == 0 {
		q.Res = DefaultRes
	}
	if len(q.Origins) == 0 {
		q.Origins = []store.Origin{store.Reported, store.UnknownOrigin}
	}
	q.Origins = sorted(q.Origins)
	q.Categories = sorted(q.Categories)
	q.Areas = sorted(q.Areas)
	if r, known := recipeOf(q.Method); known && r.fill != nil {
		r.fill(&q)
	}
	return q
}

func sorted[T ~string](values []T) []T {
	out := slices.Clone(values)
	slices.Sort(out)
	return slices.Compact(out)
}

// problems returns what is wrong with a filled query, whatever the data.
func (q Query) problems() []store.Problem {
	var out []store.Problem
	add := func(field, value, allowed, message string) {
		out = append(out, store.Problem{Field: field, Value: value, Allowed: allowed, Message: message})
	}
	if q.Res < MinRes || q.Res > MaxRes {
		add("res", strconv.Itoa(q.Res), fmt.Sprintf("%d to %d", MinRes, MaxRes), "is no resolution of layers")
	}
	if q.Ring < 0 || q.Ring > MaxRing {
		add("ring", strconv.Itoa(q.Ring), fmt.Sprintf("0 to %d", MaxRing), "is no width of a ring")
	}
	if q.Ring > 0 && len(q.Areas) == 0 && q.Bound == nil && q.Study == nil {
		add("ring", strconv.Itoa(q.Ring), "with area or bbox", "has no study area to lie around")
	}
	if q.Bound != nil {
		if err := q.Bound.check(); err != nil {
			add("bbox", q.Bound.String(), BoundAllowed, err.Error())
		}
		if len(q.Areas) > 0 {
			add("bbox", q.Bound.String(), "area or bbox", "comes together with area")
		}
	}
	if !q.From.IsZero() && !q.To.IsZero() && !q.From.Before(q.To) {
		add("datetime", interval(q.From, q.To), DatetimeAllowed, "is reversed or empty")
	}
	for _, o := range q.Origins {
		if !slices.Contains(origins(), o) {
			add("origin", string(o), join(origins()), "is no origin")
		}
	}
	if q.Hours > allHours {
		add("hours", q.Hours.String(), HoursAllowed, "is no set of hours")
	}
	if q.Days > allDays {
		add("dow", q.Days.String(), DaysAllowed, "is no set of days")
	}
	r, known := recipeOf(q.Method)
	if !known {
		add("method", string(q.Method), join(Methods()), "is no method")
		return out
	}
	for _, p := range Parameters() {
		if p.Methods != nil && !slices.Contains(p.Methods, q.Method) && (p.text(q) != "" || slices.Contains(q.asked, p.Name)) {
			add(p.Name, p.text(q), "with method "+join(p.Methods), "is no parameter of method "+string(q.Method))
		}
	}
	if r.check != nil {
		out = append(out, r.check(q)...)
	}
	return out
}

// Parameters returns the query as the API's parameters, name and value in
// fixed order, those that narrow nothing left out.
func (q Query) Parameters() [][2]string {
	var out [][2]string
	for _, p := range Parameters() {
		if text := p.text(q); text != "" {
			out = append(out, [2]string{p.Name, text})
		}
	}
	return out
}

// fingerprint names a layer: the same data and the same query have the same
// one. What is given outright is in it as it is.
func fingerprint(version store.DataVersion, q Query) string {
	h := sha256.New() // writing to it never fails
	_, _ = fmt.Fprintln(h, version.Number, version.At.UnixNano(), q.Parameters())
	if q.Study != nil {
		_, _ = fmt.Fprintln(h, q.Study.Name, q.Study.Cells, q.Study.Geometry)
	}
	if q.Shift.Code == "" {
		_, _ = fmt.Fprintln(h, q.Shift.Windows)
	}
	if e := q.Rate.Exposure; e != nil && q.Rate.Denominator == "" {
		_, _ = fmt.Fprintln(h, e.Name, e.Unit, e.Zones)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// digest returns a hash of values, 32 hexadecimal digits.
func digest(values ...any) string {
	sum := sha256.Sum256(fmt.Appendln(nil, values...))
	return hex.EncodeToString(sum[:16])
}
