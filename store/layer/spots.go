package layer

import (
	"context"
	"fmt"
	"slices"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"
)

// HotspotMethods lists the methods that give classes, and so hotspots.
func HotspotMethods() []Method {
	return slices.DeleteFunc(Methods(), func(m Method) bool { return m == Count || m == Rate || m == Density })
}

// HotspotMethodsAllowed lists HotspotMethods for messages.
func HotspotMethodsAllowed() string { return join(HotspotMethods()) }

// HasHotspots reports whether the query's method is one of HotspotMethods.
func (q Query) HasHotspots() bool { return slices.Contains(HotspotMethods(), q.filled().Method) }

// Hotspots returns the hotspots of the layer that the query asks for, described;
// none where the method gives no classes. Errors are those of Layer. Cost: the
// layer, and once more a walk over the incidents of its time and a year before;
// they are kept with the layer.
func (m *Maker) Hotspots(ctx context.Context, q Query) (*Spots, error) {
	for range attempts {
		l, err := m.Layer(ctx, q)
		if err != nil {
			return nil, err
		}
		if kept := l.spots.Load(); kept != nil {
			return kept, nil
		}
		spots, err := share(ctx, m, "hotspots "+l.Fingerprint, func(ctx context.Context) (*Spots, error) { return m.spots(ctx, l) })
		if err != nil || spots != nil {
			return spots, err
		}
	}
	return nil, store.Errorf(store.Unavailable, "the data changed %d times while the hotspots were made: ask again", attempts)
}

// spots describes the hotspots of a layer, and returns nil where the data are
// no longer those that the layer was counted from.
func (m *Maker) spots(ctx context.Context, l *Layer) (*Spots, error) {
	if len(l.hotspots) == 0 {
		return &Spots{Layer: l}, nil
	}
	b, err := m.clerk(ctx, l)
	if err != nil {
		return nil, err
	}
	hot := map[grid.Cell]bool{}
	for _, h := range l.hotspots {
		for _, c := range h.Cells {
			hot[c.Cell] = true
		}
	}
	d, err := newDiary(b, func(c grid.Cell) bool { return hot[c] })
	if err != nil {
		return nil, err
	}
	if err := m.fill(ctx, d); err != nil {
		return nil, err
	}
	var g gazetteer
	if g.places, err = m.store.Places(ctx); err != nil {
		return nil, fmt.Errorf("name hotspots: %w", err)
	}
	if g.areas, err = m.store.Areas(ctx); err != nil {
		return nil, fmt.Errorf("name hotspots: %w", err)
	}
	after, err := m.store.Version(ctx)
	if err != nil || after != l.Version {
		return nil, err
	}
	spots, err := b.describe(l, d, g)
	if err == nil {
		l.spots.Store(spots)
	}
	return spots, err
}

// clerk returns a Builder that counts nothing, but knows what the layer counts.
func (m *Maker) clerk(ctx context.Context, l *Layer) (*Builder, error) {
	sources, err := m.sources(ctx)
	if err != nil {
		return nil, err
	}
	q, err := m.resolve(ctx, l.Query)
	if err != nil {
		return nil, err
	}
	facts, err := m.facts(ctx, sources, l.Version)
	if err != nil {
		return nil, err
	}
	b := &Builder{query: q, facts: facts, zones: map[string]*time.Location{}}
	return b, b.settleClock()
}

// fill walks the incidents of the layer's time, from the month a year before
// its last on.
func (m *Maker) fill(ctx context.Context, d *diary) error {
	b := d.counted
	filter := store.IncidentFilter{From: b.query.From, To: b.query.To, Categories: b.query.Categories}
	if months, _ := b.completeMonths(); len(months) > 0 && !filter.From.IsZero() {
		before := months[len(months)-1].AddDate(-1, 0, -1) // a day, for no zone is further from UTC
		if before.Before(filter.From) {
			filter.From = before
		}
	}
	for i, err := range m.store.Incidents(ctx, filter) {
		if err != nil {
			return fmt.Errorf("describe hotspots: %w", err)
		}
		if err := d.note(i); err != nil {
			return fmt.Errorf("describe hotspots: %w", err)
		}
	}
	return nil
}

// KeepMoments makes the Builder keep when incidents happened, cell by cell, so
// that Spots can describe hotspots. Call it before Add. It takes 2 kB for
// each cell with incidents.
func (b *Builder) KeepMoments() (err error) {
	b.diary, err = newDiary(b, nil)
	return err
}

// Spots describes the hotspots of the layer that Finish returned, which have
// no names: a Builder knows no places. It fails unless moments were kept.
func (b *Builder) Spots(l *Layer) (*Spots, error) {
	if b.diary == nil {
		return nil, fmt.Errorf("describe hotspots: moments were not kept")
	}
	return b.describe(l, b.diary, gazetteer{})
}

// Of returns the hotspot that holds a cell.
func (s *Spots) Of(c grid.Cell) (Spot, bool) {
	h, inside := s.Layer.HotspotOf(c)
	if !inside {
		return Spot{}, false
	}
	return s.All[h.Rank-1], true
}
