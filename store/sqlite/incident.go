package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
	"strings"

	"atalaya/geo/grid"
	"atalaya/store"
)

// Incidents walks the incidents that the filter keeps, in ascending ID, over
// one committed state. A filter that cannot be right is an Invalid error. A
// walk holds one of the reading connections until it ends.
func (db *DB) Incidents(ctx context.Context, f store.IncidentFilter) iter.Seq2[store.Incident, error] {
	return func(yield func(store.Incident, error) bool) {
		err := db.read(ctx, "read incidents", func(tx *sql.Tx) error { return walk(ctx, tx, f, yield) })
		if err != nil {
			yield(store.Incident{}, err)
		}
	}
}

func walk(ctx context.Context, tx *sql.Tx, f store.IncidentFilter, yield func(store.Incident, error) bool) error {
	ready, err := newFilter(f)
	if err != nil {
		return err
	}
	w, err := newWords(ctx, tx)
	if err != nil {
		return err
	}
	return each(ctx, tx, func(rows *sql.Rows) error {
		i, err := w.scan(rows)
		if err == nil && ready.keeps(i) && !yield(i, nil) {
			return errEnough
		}
		return err
	}, `SELECT fid, geom, source, source_id, category, +occurred_from, +occurred_to,
		time_precision, location_precision, origin, upload, category_text, cell, offences FROM incident`+ready.where+` ORDER BY fid`, ready.args...)
}

// words are the texts that many incidents share, so that a walk makes each
// once, and what categories and texts add to an incident.
type words struct {
	origins map[string]store.Origin // category → of its incidents
	raw     map[int64]string        // category_text → text
	seen    map[string]string
}

func newWords(ctx context.Context, tx *sql.Tx) (*words, error) {
	w := &words{origins: map[string]store.Origin{}, raw: map[int64]string{}, seen: map[string]string{}}
	categories, err := readCategories(ctx, tx)
	if err != nil {
		return nil, err
	}
	for _, c := range categories {
		w.origins[c.Code] = c.Origin
	}
	return w, each(ctx, tx, func(rows *sql.Rows) error {
		var id int64
		var raw string
		err := rows.Scan(&id, &raw)
		w.raw[id] = raw
		return err
	}, `SELECT id, raw FROM category_text`)
}

// scan reads the row of an incident.
func (w *words) scan(rows *sql.Rows) (i store.Incident, err error) {
	var geom, source, category, from, to, timePrecision, locationPrecision, origin, offences sql.RawBytes
	var upload, text sql.NullInt64
	var cell int64
	err = rows.Scan(&i.ID, &geom, &source, &i.SourceID, &category, &from, &to,
		&timePrecision, &locationPrecision, &origin, &upload, &text, &cell, &offences)
	if err != nil {
		return i, err
	}
	if i.Point, err = decodePoint(geom); err != nil {
		return i, fmt.Errorf("incident %d: %w", i.ID, err)
	}
	if i.From, err = parseTime(string(from)); err != nil {
		return i, fmt.Errorf("incident %d: %w", i.ID, err)
	}
	if i.To, err = parseTime(string(to)); err != nil {
		return i, fmt.Errorf("incident %d: %w", i.ID, err)
	}
	i.Source, i.Category = w.word(source), w.word(category)
	i.TimePrecision = store.TimePrecision(w.word(timePrecision))
	i.LocationPrecision = store.LocationPrecision(w.word(locationPrecision))
	i.Origin = store.Origin(w.word(origin))
	if i.Origin == "" {
		i.Origin = w.origins[i.Category]
	}
	i.RawCategory = w.raw[text.Int64]
	if len(offences) > 0 {
		i.Offences = strings.Split(string(offences), ",")
	}
	i.Upload = upload.Int64
	i.Cell = grid.Cell(cell)
	return i, nil
}

// word returns the text, the same one each time.
func (w *words) word(b sql.RawBytes) string {
	if s, ok := w.seen[string(b)]; ok {
		return s
	}
	s := string(b)
	w.seen[s] = s
	return s
}
