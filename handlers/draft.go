package handlers

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// draft is a posted incident on its way: what its feature says, before the
// store is asked about its source and category.
type draft struct {
	findings
	source, id, category string
	at, from, to         time.Time // at, or from and to, or neither
	timePrecision        store.TimePrecision
	point                orb.Point
	locationPrecision    store.LocationPrecision
	origin               store.Origin
	status               itemStatus
}

const timeAllowed = "RFC 3339 with its offset: 2025-03-01T22:15:00-06:00"

// readDraft reads a feature and notes everything that is wrong with it. A
// member without a place here is refused and not repeated: it may be private.
func readDraft(raw json.RawMessage) draft {
	d := draft{}
	top := readMembers(&d.findings, "feature", "", raw)
	if t := need[string](top, "type", "Feature"); t != "" && t != "Feature" {
		d.refuse("type", t, "Feature", "is no Feature")
	}
	top.ignore("bbox")
	if g, came := member[geometry](top, "geometry", pointAllowed); !came {
		d.refuse("geometry", string(top.values["geometry"]), pointAllowed, "has no coordinates")
	} else if err := d.readPoint(g); err != nil {
		d.refuse("geometry", string(g.Coordinates), pointAllowed, err.Error())
	}
	properties := readMembers(&d.findings, "properties", "properties.", orNull(need[json.RawMessage](top, "properties", "an object with source, id, category")))
	d.source = need[string](properties, "source", "the code of a source")
	d.id = d.readID(top, properties)
	d.category = strings.TrimSpace(need[string](properties, "category", "a code of a category, or the source's own text for one"))
	d.origin = oneOf(properties, "origin", store.Reported, store.PoliceInitiated, store.UnknownOrigin)
	d.locationPrecision = oneOf(properties, "location_precision", store.ExactLocation, store.BlockLocation, store.FallbackLocation, store.UnknownLocation)
	d.timePrecision = oneOf(properties, "time_precision", store.Second, store.Minute, store.Hour, store.Day, store.Month, store.Year, store.Interval, store.UnknownTime)
	d.readTimes(properties)
	properties.done()
	top.done()
	return d
}

func (d *draft) readPoint(g geometry) error {
	var err error
	if d.point, err = g.point(); err != nil {
		return err
	}
	if d.point == (orb.Point{}) {
		return errors.New("0, 0 is what systems write for an unknown place")
	}
	return grid.CheckPoint(d.point)
}

// readID returns the id that the source gave, which may stand on the feature
// or in its properties, as text or as a number.
func (d *draft) readID(top, properties *members) string {
	const allowed = "the id that the source gave: a text or a whole number, on the feature or in its properties"
	outer, onFeature := idText(top, allowed)
	inner, inProperties := idText(properties, allowed)
	switch {
	case !onFeature && !inProperties:
		d.refuse("id", "", allowed, "is missing")
	case onFeature && inProperties && outer != inner:
		d.refuse("id", outer, inner, "is another than properties.id")
	case inProperties:
		return inner
	}
	return outer
}

func idText(m *members, allowed string) (string, bool) {
	raw, came := member[json.RawMessage](m, "id", allowed)
	if !came {
		return "", false
	}
	var text string
	if err := json.Unmarshal(raw, &text); err == nil {
		return strings.TrimSpace(text), strings.TrimSpace(text) != ""
	}
	var whole int64
	if err := json.Unmarshal(raw, &whole); err != nil {
		m.refuse(m.path+"id", string(raw), allowed, "is no text or whole number")
	}
	return string(raw), true
}

// oneOf reads a member that is one of some words, empty where it did not come.
func oneOf[T ~string](m *members, name string, words ...T) T {
	list := make([]string, len(words))
	for i, w := range words {
		list[i] = string(w)
	}
	allowed := strings.Join(list, ", ")
	word, came := member[T](m, name, allowed)
	if came && !slices.Contains(words, word) {
		m.refuse(m.path+name, string(word), allowed, "is no known value")
		return ""
	}
	return word
}

// readTimes reads occurred_at, or occurred_from with occurred_to, or neither,
// and sees that time_precision goes with them.
func (d *draft) readTimes(properties *members) {
	d.at = d.readTime(properties, "occurred_at")
	d.from = d.readTime(properties, "occurred_from")
	d.to = d.readTime(properties, "occurred_to")
	refuse := func(name, value, allowed, message string) { d.refuse("properties."+name, value, allowed, message) }
	single, pair := !d.at.IsZero(), !d.from.IsZero() || !d.to.IsZero()
	switch {
	case single && pair:
		refuse("occurred_at", d.at.Format(time.RFC3339), "occurred_at, or occurred_from and occurred_to", "comes together with occurred_from or occurred_to")
	case pair && d.from.IsZero():
		refuse("occurred_from", "", timeAllowed, "is missing beside occurred_to")
	case pair && d.to.IsZero():
		refuse("occurred_to", "", timeAllowed, "is missing beside occurred_from; for a single instant use occurred_at")
	case pair && !d.from.Before(d.to):
		refuse("occurred_to", d.to.Format(time.RFC3339), "a time after occurred_from", "is not after occurred_from")
	}
	switch p := d.timePrecision; {
	case p == store.UnknownTime && (single || pair):
		refuse("time_precision", string(p), "how exactly the time is known", "comes together with a time")
	case p != "" && p != store.UnknownTime && !single && !pair:
		refuse("time_precision", string(p), "unknown, or a time with it", "comes without a time")
	case p == store.Interval && single:
		refuse("time_precision", string(p), "second, minute, hour, day, month, year", "needs occurred_from and occurred_to")
	}
}

func (d *draft) readTime(properties *members, name string) time.Time {
	text, came := member[string](properties, name, timeAllowed)
	if !came {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		d.refuse("properties."+name, text, timeAllowed, "is no RFC 3339 time")
	}
	return t
}

// incident returns the incident that the draft becomes, its category still to
// be found. Days, months and years are those of the source's time zone.
func (d *draft) incident(zone *time.Location) store.Incident {
	i := store.Incident{
		Source: d.source, SourceID: d.id, TimePrecision: d.timePrecision, Point: d.point,
		LocationPrecision: d.locationPrecision, Origin: d.origin, From: d.from.UTC(), To: d.to.UTC(),
	}
	switch {
	case !d.at.IsZero():
		if i.TimePrecision == "" {
			i.TimePrecision = store.Second
		}
		i.From, i.To = span(d.at.In(zone), i.TimePrecision)
	case d.from.IsZero():
		i.From, i.To, i.TimePrecision = time.Time{}, time.Time{}, store.UnknownTime
	case i.TimePrecision == "":
		i.TimePrecision = store.Interval
	}
	if i.LocationPrecision == "" {
		i.LocationPrecision = store.UnknownLocation
	}
	return i
}

// span returns the second, minute, hour, day, month or year that holds a time,
// in the time's own zone, as UTC.
func span(t time.Time, precision store.TimePrecision) (from, to time.Time) {
	year, month, day := t.Date()
	switch precision {
	case store.Minute:
		from = t.Truncate(time.Minute)
		to = from.Add(time.Minute)
	case store.Hour:
		from = t.Add(-time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
		to = from.Add(time.Hour)
	case store.Day:
		from = time.Date(year, month, day, 0, 0, 0, 0, t.Location())
		to = time.Date(year, month, day+1, 0, 0, 0, 0, t.Location())
	case store.Month:
		from = time.Date(year, month, 1, 0, 0, 0, 0, t.Location())
		to = from.AddDate(0, 1, 0)
	case store.Year:
		from = time.Date(year, 1, 1, 0, 0, 0, 0, t.Location())
		to = from.AddDate(1, 0, 0)
	default:
		from = t.Truncate(time.Second)
		to = from.Add(time.Second)
	}
	return from.UTC(), to.UTC()
}
