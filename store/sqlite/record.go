package sqlite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
)

// record is an incident as its row holds it.
type record struct {
	content
	source, sourceID string
	upload           int64     // 0 is NULL
	cell             grid.Cell // of content.point
}

// content is what may change about an incident. Two are the same content
// when they are equal.
type content struct {
	point             orb.Point
	category          string
	from, to          string // as timeText writes them; empty is NULL
	timePrecision     store.TimePrecision
	locationPrecision store.LocationPrecision
	origin            store.Origin // empty is NULL
	text              int64        // category_text; 0 is NULL
	offences          string       // codes between commas; empty is NULL
}

// contentColumns are the columns of content, in the order of appendContent.
const contentColumns = `geom, category, occurred_from, occurred_to, time_precision, location_precision, origin, category_text, cell, offences`

// appendContent appends the values of contentColumns.
func (r record) appendContent(args []any) []any {
	return append(args,
		encodePoint(r.point), r.category, orNull(r.from), orNull(r.to), string(r.timePrecision), string(r.locationPrecision),
		orNull(string(r.origin)), numberOrNull(r.text), int64(r.cell), orNull(r.offences),
	)
}

// maxSourceID is the most bytes that a SourceID may have.
const maxSourceID = 200

// record makes the row of an incident, and tells everything that is wrong
// with it.
func (l *loader) record(i store.Incident) (record, []store.Problem, error) {
	var problems []store.Problem
	add := func(field string, value any, message, allowed string) {
		problems = append(problems, store.Problem{Field: field, Value: fmt.Sprint(value), Message: message, Allowed: allowed})
	}
	if len(i.SourceID) == 0 || len(i.SourceID) > maxSourceID {
		add("source_id", i.SourceID, fmt.Sprintf("has %d bytes", len(i.SourceID)), "1 to 200 bytes")
	}
	if err := l.mustKnow(reference{"source", i.Source}, add); err != nil {
		return record{}, nil, err
	}
	if err := l.mustKnow(reference{"category", i.Category}, add); err != nil {
		return record{}, nil, err
	}
	if err := l.checkOffences(i, add); err != nil {
		return record{}, nil, err
	}
	if i.Upload != 0 {
		if err := l.mustKnow(reference{"upload", strconv.FormatInt(i.Upload, 10)}, add); err != nil {
			return record{}, nil, err
		}
	}
	r := record{
		source: i.Source, sourceID: i.SourceID, upload: i.Upload,
		content: content{
			point:             orb.Point{i.Point[0] + 0, i.Point[1] + 0}, // no negative zero
			category:          i.Category,
			timePrecision:     i.TimePrecision,
			locationPrecision: i.LocationPrecision,
			origin:            i.Origin,
			offences:          strings.Join(i.Offences, ","),
		},
	}
	cell, err := grid.CellAt(r.point, store.CellRes)
	if err != nil {
		add("point", i.Point, err.Error(), "longitude in [-180, 180], latitude in [-90, 90]")
	}
	r.cell = cell
	r.setTime(i, add)
	if r.locationPrecision == "" {
		r.locationPrecision = store.UnknownLocation
	}
	switch r.locationPrecision {
	case store.ExactLocation, store.BlockLocation, store.FallbackLocation, store.UnknownLocation:
	default:
		add("location_precision", i.LocationPrecision, "is not a location precision", "exact, block, fallback, unknown")
	}
	switch r.origin {
	case "", store.Reported, store.PoliceInitiated, store.UnknownOrigin:
	default:
		add("origin", i.Origin, "is not an origin", "reported, police_initiated, unknown, or nothing: as its category")
	}
	if len(problems) > 0 || i.RawCategory == "" {
		return r, problems, nil
	}
	r.text, err = l.text(text{i.Source, i.RawCategory})
	return r, nil, err
}

// maxOffences is the most further categories that an incident may have.
const maxOffences = 100

// checkOffences adds a problem unless the further categories are there, each
// once, and other than the incident's own.
func (l *loader) checkOffences(i store.Incident, add func(field string, value any, message, allowed string)) error {
	if len(i.Offences) > maxOffences {
		add("offences", len(i.Offences), "are too many", fmt.Sprintf("up to %d", maxOffences))
		return nil
	}
	for n, code := range i.Offences {
		if code == i.Category || slices.Contains(i.Offences[:n], code) {
			add("offences", code, "is named twice", "further categories, each once")
			continue
		}
		err := l.mustKnow(reference{"category", code}, func(_ string, value any, message, allowed string) {
			add("offences", value, message, allowed)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// setTime sets the times and their precision, which must fit each other.
func (r *record) setTime(i store.Incident, add func(field string, value any, message, allowed string)) {
	known := false
	switch i.TimePrecision {
	case store.Second, store.Minute, store.Hour, store.Day, store.Month, store.Year, store.Interval:
		known = true
	case store.UnknownTime:
	default:
		add("time_precision", i.TimePrecision, "is not a time precision", "second, minute, hour, day, month, year, interval, unknown")
		return
	}
	if i.From.IsZero() && i.To.IsZero() {
		if known {
			add("time_precision", i.TimePrecision, "goes with a time, and there is none", "unknown")
		}
		return
	}
	if !known {
		add("time_precision", i.TimePrecision, "goes with no time, and there is one", "second, minute, hour, day, month, year, interval")
		return
	}
	const years = "times in the years 1 to 9999, both or none"
	if from := i.From.UTC(); from.IsZero() || from.Year() < 1 || from.Year() > 9999 {
		add("from", i.From, "cannot be stored", years)
		return
	}
	if to := i.To.UTC(); to.IsZero() || to.Year() < 1 || to.Year() > 9999 {
		add("to", i.To, "cannot be stored", years)
		return
	}
	r.from, r.to = timeText(i.From), timeText(i.To)
	if r.from >= r.to {
		add("to", r.to, "is not after the start, "+r.from, "an end at least a millisecond after the start")
	}
}

// mustKnow adds a problem unless what is referred to is there. An upload must
// be importing, too.
func (l *loader) mustKnow(ref reference, add func(field string, value any, message, allowed string)) error {
	there, seen := l.known[ref]
	if !seen {
		query := `SELECT EXISTS (SELECT 1 FROM ` + ref.table + ` WHERE code = ?)`
		args := []any{ref.key}
		if ref.table == "upload" {
			query = `SELECT EXISTS (SELECT 1 FROM upload WHERE id = ? AND status = ?)`
			args = append(args, string(store.Importing))
		}
		if err := l.tx.QueryRowContext(l.ctx, query, args...).Scan(&there); err != nil {
			return err
		}
		if there { // what is missing may still come
			l.known[ref] = true
		}
	}
	switch {
	case there:
	case ref.table == "upload":
		add("upload", ref.key, "is not under way", "an upload that is importing")
	default:
		add(ref.table, ref.key, "is not there", "the code of a "+ref.table+" in the store")
	}
	return nil
}

// text returns the number of a text, which it remembers if it is new.
func (l *loader) text(key text) (int64, error) {
	if id, ok := l.texts[key]; ok {
		return id, nil
	}
	id, err := l.textID(key.source, key.raw)
	if err == nil {
		l.texts[key] = id
	}
	return id, err
}

// numberOrNull returns NULL for 0.
func numberOrNull(n int64) any {
	if n == 0 {
		return nil
	}
	return n
}
