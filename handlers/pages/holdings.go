package pages

import (
	"context"
	"fmt"
	"slices"
	"time"

	"atalaya/store"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// holdings is what the store holds beside incidents, over one data version.
type holdings struct {
	version    store.DataVersion
	summary    store.Summary
	categories []store.Category
	grounds    []store.Area // study areas, then jurisdictions, each by ID
	sectors    []store.Area
}

// held returns the holdings at the present data version. Cost: one row while
// the version stands.
func (p *Pages) held(ctx context.Context) (*holdings, error) {
	version, err := p.opts.Store.Version(ctx)
	if err != nil {
		return nil, fmt.Errorf("read data version: %w", err)
	}
	if h := p.holdings.Load(); h != nil && h.version == version {
		return h, nil
	}
	h := &holdings{version: version}
	if h.summary, err = p.opts.Store.Summary(ctx); err != nil {
		return nil, fmt.Errorf("read summary: %w", err)
	}
	if h.categories, err = p.opts.Store.Categories(ctx); err != nil {
		return nil, fmt.Errorf("read categories: %w", err)
	}
	areas, err := p.opts.Store.Areas(ctx)
	if err != nil {
		return nil, fmt.Errorf("read areas: %w", err)
	}
	for _, kind := range []store.AreaKind{store.StudyArea, store.Jurisdiction} {
		for _, a := range areas {
			if a.Kind == kind {
				h.grounds = append(h.grounds, a)
			}
		}
	}
	for _, a := range areas {
		if a.Kind == store.Sector {
			h.sectors = append(h.sectors, a)
		}
	}
	p.holdings.Store(h)
	return h, nil
}

// defaultArea is the first study area, empty where there is none.
func (h *holdings) defaultArea() string {
	if len(h.grounds) > 0 && h.grounds[0].Kind == store.StudyArea {
		return h.grounds[0].ID
	}
	return ""
}

func (h *holdings) area(id string) (store.Area, bool) {
	for _, areas := range [][]store.Area{h.grounds, h.sectors} {
		if i := slices.IndexFunc(areas, func(a store.Area) bool { return a.ID == id }); i >= 0 {
			return areas[i], true
		}
	}
	return store.Area{}, false
}

func (h *holdings) category(code string) (store.Category, bool) {
	i := slices.IndexFunc(h.categories, func(c store.Category) bool { return c.Code == code })
	if i < 0 {
		return store.Category{}, false
	}
	return h.categories[i], true
}

// sectorAt returns the first sector that holds the point.
func (h *holdings) sectorAt(p orb.Point) (store.Area, bool) {
	i := slices.IndexFunc(h.sectors, func(a store.Area) bool { return planar.MultiPolygonContains(a.Geometry, p) })
	if i < 0 {
		return store.Area{}, false
	}
	return h.sectors[i], true
}

// span returns the local days of the first and the last timed incident. An
// end after now is a slip in the data and counts as now.
func (h *holdings) span(zone *time.Location, now time.Time) (first, last time.Time, ok bool) {
	if h.summary.From.IsZero() {
		return time.Time{}, time.Time{}, false
	}
	end := h.summary.To
	if end.After(now) && h.summary.From.Before(now) {
		end = now
	}
	return dayOf(h.summary.From.In(zone)), dayOf(end.In(zone).Add(-time.Nanosecond)), true
}

// dayOf returns the start of the local day.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}
