package sqlite

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// maxSpans is how many ranges of cells a query looks up in the index. With
// more, all rows are looked at and their cells searched for in the ranges.
const maxSpans = 500

// filter is an IncidentFilter made ready: SQL for what columns tell, Go for
// the rest.
type filter struct {
	where string // conditions, or nothing
	args  []any
	bound *orb.Bound
	spans []cells // ascending, apart; only when there are too many for SQL
}

// cells are the indices from first to last.
type cells struct{ first, last grid.Cell }

// newFilter fails with Invalid, naming every field that cannot be right.
func newFilter(f store.IncidentFilter) (filter, error) {
	if err := invalid("read incidents", checkFilter(f)); err != nil {
		return filter{}, err
	}
	ready := filter{bound: f.Bound}
	var terms []string
	add := func(term string, args ...any) {
		terms = append(terms, term)
		ready.args = append(ready.args, args...)
	}
	if !f.From.IsZero() {
		add(`(occurred_to > ? OR occurred_to IS NULL)`, timeText(f.From))
	}
	if !f.To.IsZero() {
		add(`(occurred_from < ? OR occurred_from IS NULL)`, ceilText(f.To))
	}
	if len(f.Categories) > 0 {
		add(`category IN (`+placeholders(len(f.Categories))+`)`, anys(f.Categories)...)
	}
	if len(f.Sources) > 0 {
		add(`+source IN (`+placeholders(len(f.Sources))+`)`, anys(f.Sources)...)
	}
	if f.Upload != 0 {
		add(`upload = ?`, f.Upload)
	}
	if len(f.Within) > 0 {
		spans, err := descendants(f.Within)
		if err != nil {
			return filter{}, err
		}
		if len(spans) > maxSpans {
			ready.spans = spans
		} else {
			var bounds []any
			for _, s := range spans {
				bounds = append(bounds, int64(s.first), int64(s.last))
			}
			values := strings.Repeat("(?, ?), ", len(spans)-1) + "(?, ?)"
			add(`fid IN (WITH span (first, last) AS (VALUES `+values+`)
				SELECT i.fid FROM span CROSS JOIN incident i WHERE i.cell BETWEEN first AND last)`, bounds...)
		}
	}
	if len(terms) > 0 {
		ready.where = " WHERE " + strings.Join(terms, " AND ")
	}
	return ready, nil
}

// keeps applies what SQL did not.
func (f filter) keeps(i store.Incident) bool {
	if f.bound != nil && !f.bound.Contains(i.Point) {
		return false
	}
	if f.spans == nil {
		return true
	}
	_, found := slices.BinarySearchFunc(f.spans, i.Cell, func(s cells, c grid.Cell) int {
		switch {
		case s.last < c:
			return -1
		case s.first > c:
			return 1
		}
		return 0
	})
	return found
}

// descendants returns the ranges that the cells' descendants lie in, merged
// where they adjoin or overlap.
func descendants(within []grid.Cell) ([]cells, error) {
	spans := make([]cells, 0, len(within))
	for _, c := range within {
		first, last, err := c.Descendants(store.CellRes)
		if err != nil {
			return nil, err
		}
		spans = append(spans, cells{first, last})
	}
	slices.SortFunc(spans, func(a, b cells) int { return cmp.Compare(a.first, b.first) })
	merged := spans[:1]
	for _, s := range spans[1:] {
		if end := &merged[len(merged)-1]; s.first <= end.last {
			end.last = max(end.last, s.last)
		} else {
			merged = append(merged, s)
		}
	}
	return merged, nil
}

func checkFilter(f store.IncidentFilter) []store.Problem {
	var problems []store.Problem
	add := func(field string, value any, message, allowed string) {
		problems = append(problems, store.Problem{Field: field, Value: fmt.Sprint(value), Message: message, Allowed: allowed})
	}
	if !f.From.IsZero() && !f.To.IsZero() && !f.From.Before(f.To) {
		add("to", f.To, fmt.Sprint("is not after the start, ", f.From), "a later time, or none")
	}
	for field, t := range map[string]time.Time{"from": f.From, "to": f.To} {
		if year := t.UTC().Year(); year < 1 || year > 9999 {
			add(field, t, "cannot be compared", "a time in the years 1 to 9999")
		}
	}
	if b := f.Bound; b != nil {
		for _, corner := range []orb.Point{b.Min, b.Max} {
			if err := grid.CheckPoint(corner); err != nil {
				add("bound", corner, err.Error(), "longitude in [-180, 180], latitude in [-90, 90]")
			}
		}
		if b.Min[0] > b.Max[0] || b.Min[1] > b.Max[1] {
			add("bound", *b, "is turned round", "west < east and south < north")
		}
	}
	for _, c := range f.Within {
		if !c.Valid() || c.Res() > store.CellRes {
			add("within", c, "is not a cell that can be looked in", "H3 cells of resolution 0 to 11")
		}
	}
	return problems
}

func anys(texts []string) []any {
	out := make([]any, len(texts))
	for i, t := range texts {
		out[i] = t
	}
	return out
}
