package layer

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"atalaya/store"
)

// methods lists the methods there are.
func methods() []Method { return []Method{GiStar, Count} }

// origins lists the origins there are.
func origins() []store.Origin {
	return []store.Origin{store.Reported, store.PoliceInitiated, store.UnknownOrigin}
}

// ParseOrigins reads origins separated by commas.
func ParseOrigins(s string) ([]store.Origin, error) {
	var out []store.Origin
	for part := range strings.SplitSeq(s, ",") {
		origin := store.Origin(strings.TrimSpace(part))
		if !slices.Contains(origins(), origin) {
			return nil, fmt.Errorf("%q is no origin", part)
		}
		out = append(out, origin)
	}
	return out, nil
}

// OriginsAllowed and MethodsAllowed list the values, for messages.
func OriginsAllowed() string { return join(origins()) }

// MethodsAllowed lists the values of Query.Method, for messages.
func MethodsAllowed() string { return join(methods()) }

// FallbackAllowed says what ParseFallback takes, for messages.
const FallbackAllowed = "include, exclude"

// ParseFallback reads whether incidents at fallback points are left out.
func ParseFallback(s string) (leftOut bool, err error) {
	switch s {
	case "include":
		return false, nil
	case "exclude":
		return true, nil
	}
	return false, fmt.Errorf("%q is neither include nor exclude", s)
}

func join[T ~string](values []T) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return strings.Join(out, ", ")
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
	if !slices.Contains(methods(), q.Method) {
		add("method", string(q.Method), MethodsAllowed(), "is no method")
	}
	if q.Res < MinRes || q.Res > MaxRes {
		add("res", strconv.Itoa(q.Res), fmt.Sprintf("%d to %d", MinRes, MaxRes), "is no resolution of layers")
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
		add("datetime", q.datetime(), DatetimeAllowed, "is reversed or empty")
	}
	for _, o := range q.Origins {
		if !slices.Contains(origins(), o) {
			add("origin", string(o), OriginsAllowed(), "is no origin")
		}
	}
	if q.Hours > allHours {
		add("hours", q.Hours.String(), HoursAllowed, "is no set of hours")
	}
	if q.Days > allDays {
		add("dow", q.Days.String(), DaysAllowed, "is no set of days")
	}
	return out
}

// datetime returns the query's interval as RFC 3339, and nothing where it is
// open at both ends.
func (q Query) datetime() string {
	if q.From.IsZero() && q.To.IsZero() {
		return ""
	}
	end := func(t time.Time) string {
		if t.IsZero() {
			return ".."
		}
		return t.UTC().Format(time.RFC3339)
	}
	return end(q.From) + "/" + end(q.To)
}

// Parameters returns the query as the API's parameters, name and value in
// fixed order, those that narrow nothing left out.
func (q Query) Parameters() [][2]string {
	all := [][2]string{
		{"method", string(q.Method)},
		{"res", strconv.Itoa(q.Res)},
		{"area", strings.Join(q.Areas, ",")},
		{"bbox", ""},
		{"datetime", q.datetime()},
		{"category", strings.Join(q.Categories, ",")},
		{"origin", strings.ReplaceAll(join(q.Origins), " ", "")},
		{"fallback", ""},
		{"hours", q.Hours.String()},
		{"dow", q.Days.String()},
	}
	if q.Bound != nil {
		all[3][1] = q.Bound.String()
	}
	if q.NoFallback {
		all[7][1] = "exclude"
	}
	return slices.DeleteFunc(all, func(p [2]string) bool { return p[1] == "" })
}

// fingerprint names a layer: the same data and the same query have the same
// one. A study area given outright is in it by its cells.
func fingerprint(version store.DataVersion, q Query) string {
	h := sha256.New() // writing to it never fails
	_, _ = fmt.Fprintln(h, version.Number, version.At.UnixNano(), q.Parameters())
	if q.Study != nil {
		_, _ = fmt.Fprintln(h, q.Study.Name, q.Study.Cells, q.Study.Geometry)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
