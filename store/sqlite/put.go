package sqlite

import (
	"database/sql"
	"fmt"
	"strings"

	"atalaya/store"
)

// runSize is how many incidents go into one statement. A file of 564,304 new
// rows took 5.9 s with 64, 5.6 s with 256 and no less with 512 and 1000 (four
// rounds by turns).
const runSize = 256

// Put stores incidents and tells what became of each. See store.Loader. An
// incident must name an upload that is importing, or none.
//
// Incidents that are all new cost one INSERT a run; others are looked up
// first. Which comes first depends on what the run before was like.
func (l *loader) Put(incidents []store.Incident) ([]store.Outcome, error) {
	return l.put(incidents, func(stored, *record) error { return nil })
}

// put stores incidents, each as meet makes it of the row that is there and the
// one that comes.
func (l *loader) put(incidents []store.Incident, meet func(old stored, r *record) error) ([]store.Outcome, error) {
	doing := fmt.Sprintf("put %d incidents", len(incidents))
	outcomes := make([]store.Outcome, 0, len(incidents))
	err := l.step(doing, func() error {
		records := make([]record, len(incidents))
		var problems []store.Problem
		for i, incident := range incidents {
			r, wrong, err := l.record(incident)
			if err != nil {
				return err
			}
			for _, p := range wrong {
				p.Row = i + 1
				problems = append(problems, p)
			}
			records[i] = r
		}
		if err := invalid(doing, problems); err != nil {
			return err
		}
		if err := l.loadSpan(); err != nil {
			return err
		}
		l.seen += len(incidents)
		for len(records) > 0 {
			n := l.distinct(records)
			run, err := l.putRun(records[:n], meet)
			if err != nil {
				return err
			}
			outcomes = append(outcomes, run...)
			records = records[n:]
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return outcomes, nil
}

// distinct returns how many of the first records, runSize at most, are
// different incidents of one source and one upload.
func (l *loader) distinct(records []record) int {
	records = records[:min(len(records), runSize)]
	clear(l.inRun)
	for i, r := range records {
		if l.inRun[r.sourceID] || r.source != records[0].source || r.upload != records[0].upload {
			return i
		}
		l.inRun[r.sourceID] = true
	}
	return len(records)
}

// putRun stores records of different incidents of one source and upload.
func (l *loader) putRun(run []record, meet func(old stored, r *record) error) ([]store.Outcome, error) {
	outcomes := make([]store.Outcome, len(run))
	for i := range outcomes {
		outcomes[i] = store.Taken
	}
	if l.expectsNew {
		if err := l.insert(run); !isDuplicate(err) {
			return outcomes, err
		}
	}
	there, err := l.find(run)
	if err != nil {
		return nil, err
	}
	var fresh []record
	for i, r := range run {
		old, found := there[r.sourceID]
		if found && r.upload != 0 && r.point == old.point && old.locationPrecision.TellsMore(r.locationPrecision) {
			r.locationPrecision = old.locationPrecision
		}
		if found {
			if err := meet(old, &r); err != nil {
				return nil, err
			}
		}
		switch {
		case !found:
			fresh = append(fresh, r)
		case old.content == r.content:
			outcomes[i] = store.Known
		default:
			outcomes[i] = store.Updated
			if err := l.update(old, r); err != nil {
				return nil, err
			}
		}
	}
	l.expectsNew = len(fresh) == len(run)
	if len(fresh) == 0 {
		return outcomes, nil
	}
	return outcomes, l.insert(fresh)
}

// insert adds rows of one source and upload, all or none.
func (l *loader) insert(run []record) error {
	query := l.inserts[len(run)]
	if query == "" {
		query = insertQuery(len(run))
		l.inserts[len(run)] = query
	}
	l.args = append(l.args[:0], run[0].source, numberOrNull(run[0].upload))
	for _, r := range run {
		l.args = r.appendContent(append(l.args, r.sourceID))
	}
	if _, err := l.tx.ExecContext(l.ctx, query, l.args...); err != nil {
		return err
	}
	for _, r := range run {
		l.count(r.source, r.category, 1)
		l.span.add(r.content)
	}
	l.added += len(run)
	return l.leaveCellIndex()
}

// insertQuery returns the statement that adds n rows, which share the first two
// arguments.
func insertQuery(n int) string {
	const own = 11 // arguments of each row
	var b strings.Builder
	b.WriteString(`INSERT INTO incident (source, upload, source_id, ` + contentColumns + `) VALUES `)
	for row := range n {
		if row > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(?1, ?2")
		for i := range own {
			fmt.Fprintf(&b, ", ?%d", 3+row*own+i)
		}
		b.WriteString(")")
	}
	return b.String()
}

// leaveCellIndex drops the index of cells once a Load has added more than was
// there before: built at the end, from sorted cells, it costs less than adding
// them one by one in no order (600,000 new rows, one run each: 4.9 s, not 7.3 s).
func (l *loader) leaveCellIndex() error {
	if l.unindexed || l.added < bulk {
		return nil
	}
	var before int
	if err := l.tx.QueryRowContext(l.ctx, `SELECT coalesce(sum(incidents), 0) FROM source`).Scan(&before); err != nil {
		return err
	}
	if l.added < before {
		return nil
	}
	l.unindexed = true
	_, err := l.exec(`DROP INDEX incident_cell`)
	return err
}

// stored is a row that is there.
type stored struct {
	fid    int64
	upload int64 // that brought it; 0 when it was posted
	content
}

// find returns the rows that are there for the incidents of a run, by source id.
func (l *loader) find(run []record) (map[string]stored, error) {
	there := map[string]stored{}
	args := []any{run[0].source}
	for _, r := range run {
		args = append(args, r.sourceID)
	}
	query := `SELECT fid, upload, source_id, geom, category, +occurred_from, +occurred_to, time_precision, location_precision, origin, category_text, offences
		FROM incident WHERE source = ? AND source_id IN (` + placeholders(len(run)) + `)`
	return there, each(l.ctx, l.tx, func(rows *sql.Rows) error {
		var s stored
		var sourceID string
		var geom sql.RawBytes
		var upload, text sql.NullInt64
		var from, to, origin, offences sql.NullString
		err := rows.Scan(&s.fid, &upload, &sourceID, &geom, &s.category, &from, &to, &s.timePrecision, &s.locationPrecision, &origin, &text, &offences)
		if err != nil {
			return err
		}
		if s.point, err = decodePoint(geom); err != nil {
			return fmt.Errorf("incident %d: %w", s.fid, err)
		}
		s.upload, s.text = upload.Int64, text.Int64
		s.from, s.to, s.origin, s.offences = from.String, to.String, store.Origin(origin.String), offences.String
		there[sourceID] = s
		return nil
	}, query, args...)
}

// update replaces the content of a row. What an upload replaces is kept,
// unless it brought the incident itself: an undo removes it then.
func (l *loader) update(old stored, r record) error {
	if r.upload != 0 && r.upload != old.upload {
		_, err := l.exec(`INSERT INTO incident_prior
			SELECT ?, fid, geom, category, occurred_from, occurred_to, time_precision, location_precision, origin, updated_by, category_text, cell, offences
			FROM incident WHERE fid = ? ON CONFLICT DO NOTHING`, r.upload, old.fid)
		if err != nil {
			return err
		}
	}
	_, err := l.touch("incident", `UPDATE incident SET geom = ?, category = ?, occurred_from = ?, occurred_to = ?, time_precision = ?,
		location_precision = ?, origin = ?, category_text = ?, cell = ?, offences = ?, updated_by = ? WHERE fid = ?`,
		append(r.appendContent(nil), r.upload, old.fid)...)
	if err != nil {
		return err
	}
	if old.category != r.category {
		l.count(r.source, old.category, -1)
		l.count(r.source, r.category, 1)
	}
	l.span.remove(old.content)
	l.span.add(r.content)
	return nil
}

// placeholders returns n question marks.
func placeholders(n int) string {
	if n == 0 {
		return ""
	}
	return strings.Repeat("?, ", n-1) + "?"
}
