package ingest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"atalaya/store"
)

// part is one of several tables that a container holds: a sheet, a layer, a
// packed file.
type part struct {
	name     string
	size     int64 // rows or bytes, alike among the parts
	isHidden bool
	open     func() (*table, error)
}

// choosePart opens the part that the caller named, else the only one, else the
// largest that has places, visible ones first. kind is what the parts are
// called; a note says which was read and which others there are. Exclusive
// parts are refused where several have places: they may all be meant.
func choosePart(kind, named string, parts []part, isExclusive bool) (*table, error) {
	if len(parts) == 0 {
		return nil, store.Errorf(store.Invalid, "the file has no %s; %s", kind, readable)
	}
	if named != "" {
		i := slices.IndexFunc(parts, func(p part) bool { return strings.EqualFold(p.name, named) })
		if i < 0 {
			return nil, store.Errorf(store.Invalid, "the file has no %s %q; allowed: %s", kind, cut(named), listed(namesOf(parts)))
		}
		return parts[i].open()
	}
	var best *table
	var refusal error
	var chosen part
	var placed []part
	for _, p := range slices.SortedStableFunc(slices.Values(parts), part.compare) {
		t, err := p.open()
		if err != nil && store.KindOf(err) != store.Invalid {
			return nil, err
		}
		if err != nil {
			refusal = cmp.Or(refusal, err)
			continue
		}
		isPlaced := hasPlaces(t)
		if best == nil || isPlaced && len(placed) == 0 {
			best, chosen = t, p
		}
		if isPlaced {
			placed = append(placed, p)
		}
		if isPlaced && !isExclusive {
			break
		}
	}
	switch {
	case best == nil:
		return nil, refusal
	case len(placed) > 1:
		return nil, store.Errorf(store.Invalid, "the file has several with incidents of the kind %s (%s): unpack it and import them one by one, or name one with --sheet",
			kind, listed(slices.Sorted(slices.Values(namesOf(placed)))))
	case len(parts) > 1:
		others := slices.DeleteFunc(namesOf(parts), func(name string) bool { return name == chosen.name })
		best.notes = append(best.notes, fmt.Sprintf("%s %q is read; not read: %s", kind, chosen.name, listed(others)))
	}
	return best, nil
}

// compare puts visible parts before hidden ones and large ones before small.
func (p part) compare(q part) int {
	if p.isHidden != q.isHidden {
		if p.isHidden {
			return 1
		}
		return -1
	}
	return cmp.Compare(q.size, p.size)
}

func namesOf(parts []part) []string {
	names := make([]string, len(parts))
	for i, p := range parts {
		names[i] = p.name
	}
	return names
}

// hasPlaces reports whether the sample of a table shows where its records
// were.
func hasPlaces(t *table) bool {
	m := newProposer(t, setting{}).propose()
	return m.has(Point) || m.has(Lon) && m.has(Lat)
}
