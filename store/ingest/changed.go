package ingest

import "atalaya/store"

// changed returns the columns of the file that the earlier ones of the source
// do not have, and those that only they have; nothing where the file fits.
func (run *run) changed(source store.Source) (added, gone []string) {
	if run.fits(source) {
		return []string{}, []string{}
	}
	columns := run.table.columns()
	return missing(columns, source.Columns), missing(source.Columns, columns)
}

// missing returns the names that are not among others.
func missing(names, others []string) []string {
	there, out := map[string]bool{}, []string{}
	for _, name := range others {
		there[name] = true
	}
	for _, name := range names {
		if !there[name] {
			out = append(out, name)
		}
	}
	return out
}

// changes says what changed in the columns of a source.
func changes(source string, added, gone []string) store.Saying {
	s := say("the columns are not those of the earlier files of source %q", source)
	if len(added) > 0 {
		s = say("%s; new: %s", s, listed(added))
	}
	if len(gone) > 0 {
		s = say("%s; gone: %s", s, listed(gone))
	}
	return s
}
