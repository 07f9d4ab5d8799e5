package handlers

import (
	"context"
	"errors"
	"fmt"
	"time"

	"atalaya/store"
)

// takeDrafts stores the drafts that nothing is wrong with, in one transaction,
// and sets the status of all.
func (a *API) takeDrafts(ctx context.Context, drafts []draft) error {
	var good []*draft
	for i := range drafts {
		drafts[i].status = rejected
		if len(drafts[i].problems) == 0 {
			good = append(good, &drafts[i])
		}
	}
	if len(good) == 0 {
		return nil
	}
	return a.store.Load(ctx, func(l store.Loader) error { return load(l, good) })
}

func load(l store.Loader, drafts []*draft) error {
	zones := sourceZones{loader: l, zones: map[string]*time.Location{}}
	var incidents []store.Incident
	var takers []*draft // of the incidents, one each
	for _, d := range drafts {
		zone, err := zones.zone(d.source)
		if store.KindOf(err) == store.NotFound {
			d.refuse("properties.source", d.source, "a code that /api/v1/sources lists; PUT /api/v1/sources/{code} makes one", "is no source")
			continue
		}
		if err != nil {
			return err
		}
		i := d.incident(zone)
		i.Category, _, err = l.Category(d.source, d.category)
		if store.KindOf(err) == store.Invalid {
			d.refuse("properties.category", d.category, "a code of a category, or the source's own text for one", err.Error())
			continue
		}
		if err != nil {
			return err
		}
		if i.Category != d.category {
			i.RawCategory = d.category
		}
		incidents, takers = append(incidents, i), append(takers, d)
	}
	return put(l, incidents, takers)
}

// sourceZones finds the time zones of sources, each once.
type sourceZones struct {
	loader store.Loader
	zones  map[string]*time.Location
}

// zone returns the time zone of a source, and an error of kind NotFound where
// there is no such source.
func (z sourceZones) zone(source string) (*time.Location, error) {
	if zone, seen := z.zones[source]; seen {
		return zone, nil
	}
	s, err := z.loader.Source(source)
	if err != nil {
		return nil, err
	}
	zone, err := loadZone(s.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("source %s: time zone %q %w", source, s.TimeZone, err)
	}
	z.zones[source] = zone
	return zone, nil
}

// put stores incidents. Those that the store says it can never hold are taken
// out and refused, the others put again.
func put(l store.Loader, incidents []store.Incident, takers []*draft) error {
	for len(incidents) > 0 {
		outcomes, err := l.Put(incidents)
		if err == nil {
			for i, outcome := range outcomes {
				takers[i].status = itemStatus(outcome)
			}
			return nil
		}
		var refusal *store.Error
		if !errors.As(err, &refusal) || refusal.Kind != store.Invalid {
			return err
		}
		bad := map[int]bool{}
		for _, p := range refusal.Problems {
			if p.Row < 1 || p.Row > len(incidents) {
				return err
			}
			bad[p.Row-1] = true
			takers[p.Row-1].refuse(p.Field, p.Value, p.Allowed, p.Message)
		}
		if len(bad) == 0 {
			return err
		}
		incidents, takers = without(incidents, bad), without(takers, bad)
	}
	return nil
}

// without returns the values whose index is not marked.
func without[T any](values []T, marked map[int]bool) []T {
	var kept []T
	for i, v := range values {
		if !marked[i] {
			kept = append(kept, v)
		}
	}
	return kept
}
