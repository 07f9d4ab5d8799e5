package ingest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"atalaya/store"
)

// allowed returns the columns that somebody let through, for this file or for
// an earlier one of its source, as the file has them, and notes who did. A
// column that is not there is a problem only where the caller named it.
func (run *run) allowed(source store.Source) ([]string, error) {
	columns := run.table.columns()
	var problems []store.Problem
	for _, name := range run.opts.Allow {
		if indexOfColumn(columns, strings.TrimSpace(name)) < 0 {
			problems = append(problems, store.Problem{Field: "allow", Value: name, Message: "names no column of the file", Allowed: listed(columns)})
		}
	}
	if len(problems) > 0 {
		return nil, &store.Error{Kind: store.Invalid, Message: "the file cannot be read as asked", Problems: problems}
	}
	var allowed []string
	for _, a := range run.allowances(source) {
		if !slices.Contains(columns, a.Column) {
			continue
		}
		allowed = append(allowed, a.Column)
		run.report.Notes = append(run.report.Notes, fmt.Sprintf("column %q is let through, whatever it looks like: %s decided so on %s",
			a.Column, firstOf(a.By, "somebody"), a.At.Format(time.DateOnly)))
	}
	return allowed, nil
}

// allowances returns what is remembered of a source and what the caller adds.
func (run *run) allowances(source store.Source) []store.Allowance {
	all := slices.Clone(source.Allowed)
	for _, name := range run.opts.Allow {
		i := indexOfColumn(run.table.columns(), strings.TrimSpace(name))
		if i < 0 {
			continue
		}
		column := run.table.columns()[i]
		if !slices.ContainsFunc(all, func(a store.Allowance) bool { return a.Column == column }) {
			all = append(all, store.Allowance{Column: column, By: run.opts.By, At: run.started.UTC()})
		}
	}
	return all
}
