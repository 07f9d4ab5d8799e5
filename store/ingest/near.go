package ingest

import (
	"context"
	"time"

	"atalaya/store"

	"github.com/paulmach/orb"
)

// setting returns what is known of the places of the file before it is read.
// The system that the source's files are in counts where the file names none.
func (run *run) setting(location *time.Location, remembered string) (setting, error) {
	_, offset := time.Date(2024, 1, 1, 0, 0, 0, 0, location).Zone()
	at := setting{longitude: float64(offset) / 240, zone: run.report.TimeZone, near: run.opts.Near}
	at.by = say(namedByCaller)
	name := run.opts.CRS
	if name == "" && run.table.crs == "" {
		at.by, name = say("as somebody said of this source"), remembered
	}
	if name != "" {
		system, err := parseSystem(name)
		if err != nil {
			return at, err // Options.Check has seen it, now or then
		}
		at.system = &system
	}
	return at, nil
}

// findNear asks the store where the source's incidents lie, where the caller
// does not say it.
func (run *run) findNear(ctx context.Context, st store.Store) error {
	if isKnownBound(run.opts.Near) {
		return nil
	}
	near, err := nearOf(ctx, st, run.report.Source)
	run.opts.Near = near
	return err
}

// nearOf returns where the incidents of a source are known to lie: the box of
// what its earlier uploads brought, or of all areas where it has none yet; the
// zero box where nothing is known.
func nearOf(ctx context.Context, st store.Store, source string) (orb.Bound, error) {
	uploads, err := st.Uploads(ctx)
	if err != nil {
		return orb.Bound{}, err
	}
	near := emptyBound()
	for _, u := range uploads {
		if r := u.Report; u.Status == store.Done && r.Source == source && len(r.BBox) == 4 {
			near = join(near, orb.Bound{Min: orb.Point{r.BBox[0], r.BBox[1]}, Max: orb.Point{r.BBox[2], r.BBox[3]}})
		}
	}
	if !near.IsEmpty() {
		return near, nil
	}
	areas, err := st.Areas(ctx)
	if err != nil {
		return orb.Bound{}, err
	}
	for _, a := range areas {
		near = join(near, a.Geometry.Bound())
	}
	if near.IsEmpty() {
		return orb.Bound{}, nil
	}
	return near, nil
}

// join returns the box around two of them, of which the first may be empty.
func join(a, b orb.Bound) orb.Bound {
	if a.IsEmpty() {
		return b
	}
	return a.Union(b)
}
