package ingest

import (
	"fmt"
	"slices"

	"atalaya/store"
)

// taking is what becomes of the records of a run, one by one. An incident
// waits for the rows that adjoin its own, which may name further offences.
type taking struct {
	run     *run
	to      sink
	waiting waiting
	own     int // rows that share an id and are incidents of their own
}

// waiting is an incident whose rows may not all have come.
type waiting struct {
	incident store.Incident
	row      int
	own      string   // the id that the source gave it; empty where nobody waits
	raws     []string // categories that its rows named so far, its own first
	n        int      // rows with the id so far, where each is an incident
}

// take reads one record.
func (t *taking) take(rec record) error {
	columns := t.run.table.columns()
	t.run.mapping.countPersonal(rec.cells, columns)
	reject := rec.flaw
	if reject == nil {
		reject = surplus(rec.cells, len(columns))
	}
	var incident store.Incident
	if reject == nil {
		incident, reject = t.run.maker.incident(rec.cells)
	}
	var own string
	if reject == nil {
		own, reject = t.run.maker.identify(rec, columns, &incident)
	}
	switch {
	case reject != nil:
		return t.reject(rec, columns, reject)
	case own == "":
		return t.to.incident(incident, nil)
	case own == t.waiting.own:
		return t.join(rec, columns, incident)
	default:
		return t.begin(rec, columns, own, incident)
	}
}

// begin takes a row whose id is not that of the row before.
func (t *taking) begin(rec record, columns []string, own string, incident store.Incident) error {
	if err := t.flush(); err != nil {
		return err
	}
	next := waiting{incident: incident, row: rec.row, own: own, raws: append(t.waiting.raws[:0], incident.RawCategory)}
	if t.run.mapping.rows == IncidentPerRow {
		return t.number(next)
	}
	earlier, is := t.run.mapping.repeats.sight(own, rec.row, rec.cells, incident.RawCategory)
	if is != firstRow {
		return t.further(rec, columns, is, earlier)
	}
	t.waiting = next
	return nil
}

// join takes a row that adjoins one with its id.
func (t *taking) join(rec record, columns []string, incident store.Incident) error {
	w := &t.waiting
	if t.run.mapping.rows == IncidentPerRow {
		w.incident = incident
		w.raws = append(w.raws[:0], incident.RawCategory)
		return t.number(*w)
	}
	is := conflictingRow
	if raw := incident.RawCategory; agree(incident, w.incident) {
		if is = againRow; raw != "" && !slices.Contains(w.raws, raw) {
			is = addingRow
			w.raws = append(w.raws, raw)
		}
	}
	return t.further(rec, columns, is, w.row)
}

// agree reports whether two incidents have place, time and origin in common.
func agree(a, b store.Incident) bool {
	return a.Point == b.Point && a.From.Equal(b.From) && a.To.Equal(b.To) && a.TimePrecision == b.TimePrecision && a.Origin == b.Origin
}

// further takes a row with the id of an earlier one.
func (t *taking) further(rec record, columns []string, is sighting, earlier int) error {
	switch is {
	case addingRow:
		t.run.report.Merged++
	case conflictingRow:
		return t.reject(rec, columns, t.run.mapping.rejected(RepeatedID, ID, rec.cells, say(
			"row %s has this id too, with another place or time; allowed: an id once, or further offences of the same incident", t.run.table.rowName(earlier))))
	default:
		t.run.counts.duplicates++
	}
	return nil
}

// number puts a row as an incident of its own, whichever of its id it is.
func (t *taking) number(w waiting) error {
	if n := t.run.mapping.repeats.countID(w.own); n > 0 {
		w.n = n
	} else {
		w.n++
	}
	if w.n > 1 {
		t.own++
		w.incident.SourceID = numbered(w.incident.SourceID, w.n)
	}
	t.waiting = w
	return t.to.incident(w.incident, nil)
}

// flush puts the incident that waits, if one does.
func (t *taking) flush() error {
	w := t.waiting
	if w.own == "" || t.run.mapping.rows == IncidentPerRow {
		return nil
	}
	t.waiting.own = ""
	raws := t.run.mapping.repeats.complete(w.own, w.raws)
	if len(raws) == 1 {
		raws = nil // its own
	}
	return t.to.incident(w.incident, raws)
}

func (t *taking) reject(rec record, columns []string, reject *store.Reject) error {
	if other := t.run.mapping.notARecord(rec, columns); other != nil {
		reject = other
	}
	reject.Sheet, reject.Row = t.run.table.place(rec.row)
	t.run.counts.reject(*reject)
	reject.Record = t.original(rec, columns)
	if t.run.opts.OnReject != nil {
		t.run.opts.OnReject(*reject)
	}
	return t.to.reject(*reject)
}

// tellRepeats notes what the rows were that share an id, and why.
func (t *taking) tellRepeats() {
	r := t.run.report
	again, adding, against := t.run.counts.duplicates, r.Merged, r.Reasons[RepeatedID]
	t.run.note(t.own, "rows that have the id of an earlier row are incidents of their own, as rows=incidents says: ID, ID#2, …")
	if again+adding > 0 {
		t.run.note(again+adding+against, fmt.Sprintf("rows have the id of an earlier row: %d agree with it on place and time and name a further offence of its incident, "+
			"%d agree and say the same again, %d do not agree and are rejected; rows=incidents takes each as an incident", adding, again, against))
	}
}
