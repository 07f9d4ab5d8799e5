package ingest

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"atalaya/geo/crs"
	"atalaya/store"
)

// SourceCode derives the code of a source from a file's name: its base
// without extensions and without digits, so that the export of next month is
// of the same source. "2024-01 Robos.csv.gz" is robos; what has no letters is
// file.
func SourceCode(file string) string {
	base := path.Base(strings.ReplaceAll(file, `\`, "/"))
	for {
		ext := path.Ext(base)
		if len(ext) < 2 || len(ext) > 8 || ext == base || strings.ContainsAny(ext, " -_") {
			break
		}
		base = strings.TrimSuffix(base, ext)
	}
	var b strings.Builder
	separator := ""
	for _, r := range store.Fold(base) {
		switch {
		case r >= 'a' && r <= 'z':
			if b.Len() > 0 {
				b.WriteString(separator)
			}
			separator = ""
			b.WriteRune(r)
		case r == '_':
			separator = "_"
		case separator == "":
			separator = "-"
		}
	}
	code := b.String()
	if code == "" {
		return unnamedSource
	}
	return strings.TrimRight(code[:min(len(code), store.MaxCode)], "-_")
}

// unnamedSource is what SourceCode makes of a name without letters. Files of
// two agencies would meet there, so nothing is imported into it.
const unnamedSource = "file"

// checkNamed refuses an import that does not say where its file comes from.
func (o Options) checkNamed() error {
	if o.Source != "" || SourceCode(o.File) != unnamedSource {
		return nil
	}
	return &store.Error{Kind: store.Invalid, Message: "the file does not say where it comes from", Problems: []store.Problem{{
		Field: "source", Message: "is missing, and the file's name gives none", Allowed: "a code for the agency or system: lower-case letters, digits, hyphens, underscores",
	}}}
}

// Check refuses options that cannot be, whatever the file: all of them at
// once, as problems of one store.Invalid.
func (o Options) Check() error {
	var problems []store.Problem
	if o.Source != "" && !store.IsCode(o.Source, "-_") {
		problems = append(problems, store.Problem{Field: "source", Value: o.Source, Message: "is no code of a source",
			Allowed: fmt.Sprintf("1 to %d lower-case letters, digits, hyphens and underscores", store.MaxCode)})
	}
	if o.TimeZone != "" && !isZone(o.TimeZone) {
		problems = append(problems, zoneProblem(o.TimeZone))
	}
	if o.CRS != "" {
		if _, err := parseSystem(o.CRS); err != nil {
			problems = append(problems, store.Problem{Field: "crs", Value: o.CRS, Message: "is no coordinate system that is read", Allowed: crs.Allowed})
		}
	}
	if o.Rows != "" && o.Rows != OffencesPerIncident && o.Rows != IncidentPerRow {
		problems = append(problems, store.Problem{Field: "rows", Value: o.Rows, Message: "is not what rows can be",
			Allowed: OffencesPerIncident + ", " + IncidentPerRow})
	}
	if len(problems) > 0 {
		return &store.Error{Kind: store.Invalid, Message: "the file cannot be read as asked", Problems: problems}
	}
	return nil
}

// prepareSource finds or creates the source of the file and plans the reading
// with what is remembered of it.
func (run *run) prepareSource(ctx context.Context, l store.Loader) (store.Source, error) {
	code := run.report.Source
	source, err := l.Source(code)
	isNew := store.KindOf(err) == store.NotFound
	if err != nil && !isNew {
		return source, err
	}
	if isNew {
		source = store.Source{Code: code, Name: code}
	}
	added, gone := run.changed(source)
	hasChanged := len(added)+len(gone) > 0
	if hasChanged && run.opts.Source == "" && len(run.opts.Map) == 0 {
		return source, store.Errorf(store.Conflict, "%s; nothing is taken, so that nothing is misread: name the source (--source) if the file is of it all the same or of another one, or say which column is what (--map)",
			changes(code, added, gone))
	}
	if err := run.plan(ctx, source); err != nil {
		return source, err
	}
	if hasChanged {
		run.report.Notes = append(run.report.Notes, changes(code, added, gone).String())
	}
	if !isNew && source.TimeZone != run.report.TimeZone {
		run.report.Notes = append(run.report.Notes, fmt.Sprintf("the time zone of the source was %s and is %s from now on", source.TimeZone, run.report.TimeZone))
	}
	if isNew { // incidents refer to it
		source.TimeZone = run.report.TimeZone
		return source, l.PutSource(source)
	}
	return source, nil
}

// fits reports whether the file has the columns that the source is known by.
// Features leave out what they have not, so for them the mapped ones do.
func (run *run) fits(source store.Source) bool {
	columns := run.table.columns()
	if source.Columns == nil || sameNames(source.Columns, columns) {
		return true
	}
	if !run.table.geojson || !slices.Contains(source.Columns, geometryColumn) {
		return false
	}
	for _, column := range source.Mapping {
		if !slices.Contains(columns, column) {
			return false
		}
	}
	return true
}

// rememberSource stores what the next file of the source is read with. Putting
// what is there already changes nothing.
func (run *run) rememberSource(l store.Loader, source store.Source) error {
	next := source
	next.TimeZone, next.Mapping, next.Allowed = run.report.TimeZone, run.report.Mapping, run.allowances(source)
	next.Rows = run.mapping.rows
	if next.CRS = firstOf(run.opts.CRS, source.CRS); run.mapping.where.forgetsSystem {
		next.CRS = ""
	}
	if run.table.headed && (source.Columns == nil || !run.fits(source)) {
		next.Columns = run.table.columns()
	}
	if next.Rows != firstOf(run.opts.Rows, source.Rows) {
		run.report.Notes = append(run.report.Notes, "rows that share an id name different offences: the files of the source are read so from now on, and each adds to the offences that are there (rows=offences)")
	}
	return l.PutSource(next)
}

// sameNames reports whether two headers name the same columns in any order.
func sameNames(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

func isZone(name string) bool {
	_, err := time.LoadLocation(name)
	return err == nil && name != "Local"
}

func zoneProblem(name string) store.Problem {
	return store.Problem{Field: "timezone", Value: name, Message: "is no time zone", Allowed: "an IANA name such as America/Guatemala"}
}

func badZone(name string) error {
	return &store.Error{Kind: store.Invalid, Message: "the file cannot be read as asked", Problems: []store.Problem{zoneProblem(name)}}
}
