package layer

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"atalaya/store"
)

// Parameter is one thing that a request may say of a layer, the same over HTTP
// (?res=9) and on the command line (--res 9).
type Parameter struct {
	Name    string
	Allowed string   // what may stand there, in a few words
	Help    string   // one sentence
	Methods []Method // the methods that have it; nil means all

	read func(q *Query, text string, zone *time.Location) error
	text func(q Query) string // as Parameters writes it; empty where it narrows nothing
}

// Read sets what the parameter says, and nothing where it fails; dates are
// read in zone.
func (p Parameter) Read(q *Query, text string, zone *time.Location) error {
	was := *q
	if err := p.read(q, text, zone); err != nil {
		*q = was
		return err
	}
	q.asked = append(slices.Clip(q.asked), p.Name)
	return nil
}

// Parameters lists everything that a request may say of a layer, in the order
// in which a layer repeats it: what all methods have, then what is a method's
// own.
func Parameters() []Parameter {
	all := commonParameters()
	for _, r := range recipes() {
		for _, p := range r.parameters {
			if i := slices.IndexFunc(all, func(o Parameter) bool { return o.Name == p.Name }); i >= 0 {
				all[i].Methods = append(all[i].Methods, r.method)
				continue
			}
			p.Methods = []Method{r.method}
			all = append(all, p)
		}
	}
	return all
}

func commonParameters() []Parameter {
	return []Parameter{
		{
			Name: "method", Allowed: join(Methods()), Help: "Statistic of the layer.",
			read: func(q *Query, s string, _ *time.Location) error { return choose(&q.Method, s, Methods()) },
			text: func(q Query) string { return string(q.Method) },
		},
		{
			Name: "res", Allowed: fmt.Sprintf("%d to %d", MinRes, MaxRes), Help: "H3 resolution.",
			read: func(q *Query, s string, _ *time.Location) error { return whole(&q.Res, s, MinRes, MaxRes) },
			text: func(q Query) string { return strconv.Itoa(q.Res) },
		},
		{
			Name: "area", Allowed: "ids of stored areas, separated by commas", Help: "Study area: the union of stored areas.",
			read: func(q *Query, s string, _ *time.Location) error { return list(&q.Areas, s) },
			text: func(q Query) string { return strings.Join(q.Areas, ",") },
		},
		{
			Name: "bbox", Allowed: BoundAllowed, Help: "Study area: a box in degrees.",
			read: func(q *Query, s string, _ *time.Location) (err error) { q.Bound, err = ParseBound(s); return err },
			text: func(q Query) string {
				if q.Bound == nil {
					return ""
				}
				return q.Bound.String()
			},
		},
		{
			Name: "ring", Allowed: fmt.Sprintf("0 to %d", MaxRing), Help: "Steps around the study area whose cells lend their incidents to the cells at its edge.",
			read: func(q *Query, s string, _ *time.Location) error { return whole(&q.Ring, s, 0, MaxRing) },
			text: func(q Query) string { return unlessZero(q.Ring) },
		},
		{
			Name: "datetime", Allowed: DatetimeAllowed, Help: "When it happened; the end is excluded.",
			read: func(q *Query, s string, zone *time.Location) (err error) {
				q.From, q.To, err = ParseDatetime(s, zone)
				return err
			},
			text: func(q Query) string { return interval(q.From, q.To) },
		},
		{
			Name: "category", Allowed: "codes of stored categories, separated by commas", Help: "Categories to count; sensitive ones only where they are named.",
			read: func(q *Query, s string, _ *time.Location) error { return list(&q.Categories, s) },
			text: func(q Query) string { return strings.Join(q.Categories, ",") },
		},
		{
			Name: "origin", Allowed: join(origins()), Help: "Origins to count.",
			read: func(q *Query, s string, _ *time.Location) error {
				var words []string
				if err := list(&words, s); err != nil {
					return err
				}
				for _, word := range words {
					var o store.Origin
					if err := choose(&o, word, origins()); err != nil {
						return err
					}
					q.Origins = append(q.Origins, o)
				}
				return nil
			},
			text: func(q Query) string { return strings.ReplaceAll(join(q.Origins), " ", "") },
		},
		{
			Name: "fallback", Allowed: "include, exclude", Help: "Incidents at fallback points, where sources put what they cannot place.",
			read: func(q *Query, s string, _ *time.Location) error {
				var word string
				err := choose(&word, s, []string{"include", "exclude"})
				q.NoFallback = word == "exclude"
				return err
			},
			text: func(q Query) string {
				if q.NoFallback {
					return "exclude"
				}
				return ""
			},
		},
		{
			Name: "hours", Allowed: HoursAllowed, Help: "Local hours.",
			read: func(q *Query, s string, _ *time.Location) (err error) { q.Hours, err = ParseHours(s); return err },
			text: func(q Query) string { return q.Hours.String() },
		},
		{
			Name: "dow", Allowed: DaysAllowed, Help: "Local days of the week.",
			read: func(q *Query, s string, _ *time.Location) (err error) { q.Days, err = ParseDays(s); return err },
			text: func(q Query) string { return q.Days.String() },
		},
	}
}

// choose reads one of a few words.
func choose[T ~string](into *T, text string, allowed []T) error {
	if !slices.Contains(allowed, T(text)) {
		return errors.New("is none of these")
	}
	*into = T(text)
	return nil
}

// list reads words separated by commas.
func list(into *[]string, text string) error {
	parts := strings.Split(text, ",")
	for i, part := range parts {
		if parts[i] = strings.TrimSpace(part); parts[i] == "" {
			return errors.New("has an empty part between its commas")
		}
	}
	*into = parts
	return nil
}

// whole reads a whole number.
func whole(into *int, text string, low, high int) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < low || n > high {
		return fmt.Errorf("is no whole number from %d to %d", low, high)
	}
	*into = n
	return nil
}

// decimal reads a number.
func decimal(into *float64, text string, low, high float64) error {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || !(v >= low && v <= high) {
		return fmt.Errorf("is no number from %v to %v", low, high)
	}
	*into = v
	return nil
}

func join[T ~string](values []T) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return strings.Join(out, ", ")
}

func unlessZero(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// interval writes an interval as RFC 3339, and nothing where it is open at
// both ends.
func interval(from, to time.Time) string {
	if from.IsZero() && to.IsZero() {
		return ""
	}
	end := func(t time.Time) string {
		if t.IsZero() {
			return ".."
		}
		return t.UTC().Format(time.RFC3339)
	}
	return end(from) + "/" + end(to)
}
