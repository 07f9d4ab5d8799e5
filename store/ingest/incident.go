package ingest

import (
	"strings"
	"time"

	"atalaya/store"
)

// maker makes incidents of records, all but their category code and their id.
type maker struct {
	*mapping
	zone   *zone
	latest time.Time // no incident is after it
	odd    oddTimes  // so far
}

// incident returns the incident of a record, or why it is not taken.
func (k *maker) incident(cells []string) (store.Incident, *store.Reject) {
	at, precision, reject := k.place(cells)
	if reject != nil {
		return store.Incident{}, reject
	}
	incident := store.Incident{Point: at, LocationPrecision: precision, TimePrecision: store.UnknownTime}
	if reject := k.time(cells, &incident); reject != nil {
		return store.Incident{}, reject
	}
	incident.RawCategory = strings.TrimSpace(cellAt(cells, k.index(Category)))
	if k.has(Origin) {
		incident.Origin, _ = originOf(cellAt(cells, k.index(Origin)))
	}
	return incident, nil
}
