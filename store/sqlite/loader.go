package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"atalaya/store"
)

// Load runs fn in one transaction. See store.Store.
func (db *DB) Load(ctx context.Context, fn func(store.Loader) error) error {
	var fnErr error
	var finished []int64
	err := db.write(ctx, "load", func(c *change) error {
		l := newLoader(c)
		if fnErr = fn(l); fnErr != nil {
			return fnErr
		}
		finished = l.finished
		return l.broken
	})
	if fnErr != nil {
		return fnErr
	}
	if err != nil {
		return err
	}
	for _, id := range finished {
		db.claims.drop(id)
	}
	return nil
}

// loader writes in one change. It remembers what it has seen of the store,
// which nobody else can alter meanwhile.
type loader struct {
	*change
	// broken is the first failure of the database. SQLite may have rolled
	// back by itself then, so nothing more is written and nothing committed.
	broken   error
	finished []int64

	known      map[reference]bool
	texts      map[text]int64     // source and raw → number
	meanings   map[text]string    // source and raw → category
	names      map[string]string  // folded code or name → category; nil until needed
	harm       map[string]float64 // of the categories; nil until needed
	expectsNew bool               // the last incidents were all new
	inserts    map[int]string     // rows → statement
	args       []any              // of the last of them, to be filled again
	inRun      map[string]bool    // source ids of the run at hand
}

// reference is something that an incident refers to: a source or category by
// code, an upload by number.
type reference struct{ table, key string }

// text is what a source calls a category.
type text struct{ source, raw string }

func newLoader(c *change) *loader {
	return &loader{
		change:   c,
		known:    map[reference]bool{},
		texts:    map[text]int64{},
		meanings: map[text]string{},
		inserts:  map[int]string{},
		inRun:    map[string]bool{},
	}
}

// step runs one call of the Loader.
func (l *loader) step(doing string, fn func() error) error {
	if l.broken != nil {
		return l.broken
	}
	err := failed(l.ctx, doing, fn())
	switch store.KindOf(err) {
	case store.Internal, store.Unavailable, store.TooLarge:
		l.broken = err
	}
	return err
}

// Source returns a source. NotFound.
func (l *loader) Source(code string) (s store.Source, err error) {
	err = l.step("read source "+code, func() (err error) {
		s, err = scanSource(l.tx.QueryRowContext(l.ctx, selectSource+` WHERE code = ?`, code))
		if errors.Is(err, sql.ErrNoRows) {
			return noSource(code)
		}
		return err
	})
	return s, err
}

// PutSource creates or replaces a source. Invalid names every bad field.
func (l *loader) PutSource(s store.Source) error {
	doing := fmt.Sprintf("put source %q", s.Code)
	return l.step(doing, func() error {
		if err := invalid(doing, checkSource(s)); err != nil {
			return err
		}
		l.known[reference{"source", s.Code}] = true
		return l.putSource(s)
	})
}

// Category returns the category that the source's text raw means; an empty
// raw is the category "unknown". See store.Loader.
func (l *loader) Category(source, raw string) (code string, created bool, err error) {
	doing := fmt.Sprintf("find the category of %q", raw)
	err = l.step(doing, func() error {
		key := text{source, raw}
		if code = l.meanings[key]; code != "" {
			return nil
		}
		if err := l.mustHave("source", source); err != nil {
			return err
		}
		var mapped sql.NullString
		const find = `SELECT category FROM category_text WHERE source = ? AND raw = ?`
		err := l.tx.QueryRowContext(l.ctx, find, source, raw).Scan(&mapped)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if code = mapped.String; code == "" {
			if code, created, err = l.newMeaning(key); err != nil {
				return err
			}
		}
		l.meanings[key] = code
		return nil
	})
	return code, created, err
}

// newMeaning finds or creates the category of a text that is not mapped yet,
// and maps it.
func (l *loader) newMeaning(key text) (code string, created bool, err error) {
	if err := l.learnNames(); err != nil {
		return "", false, err
	}
	category := newCategory(key.raw)
	code = l.names[store.Fold(key.raw)]
	if code == "" {
		code = l.names[category.Code]
	}
	if code == "" {
		if err := l.putCategory(category); err != nil {
			return "", false, err
		}
		code, created = category.Code, true
		l.learn(category)
	}
	if key.raw == "" {
		return code, created, nil
	}
	id, err := l.textID(key.source, key.raw)
	if err != nil {
		return "", false, err
	}
	return code, created, l.mapText(id, code)
}

// newCategory returns the category that a text becomes where none is known.
func newCategory(raw string) store.Category {
	if strings.TrimSpace(raw) == "" {
		return store.Category{Code: store.UnknownCategory, NameES: "Sin categoría", NameEN: "No category", Origin: store.UnknownOrigin}
	}
	return store.Category{Code: store.CategoryCode(raw), NameES: raw, NameEN: raw, Origin: store.UnknownOrigin}
}

// learnNames reads the codes and names of all categories. A name that several
// have stands for the first by code, and a code goes before every name.
func (l *loader) learnNames() error {
	if l.names != nil {
		return nil
	}
	all, err := readCategories(l.ctx, l.tx)
	if err != nil {
		return err
	}
	l.names = map[string]string{}
	for _, c := range all {
		l.names[c.Code] = c.Code
	}
	for _, c := range all {
		l.learn(c)
	}
	return nil
}

func (l *loader) learn(c store.Category) {
	for _, name := range []string{c.Code, store.Fold(c.NameES), store.Fold(c.NameEN)} {
		if _, taken := l.names[name]; !taken {
			l.names[name] = c.Code
		}
	}
}

// Reject records rows that were not taken. NotFound for the upload; Conflict
// unless it is Importing.
func (l *loader) Reject(upload int64, rejects []store.Reject) error {
	return l.step(fmt.Sprintf("record rejects of upload %d", upload), func() error {
		if err := l.mustBe(upload, store.Importing); err != nil {
			return err
		}
		for _, r := range rejects {
			record, err := jsonOrNull(r.Record, r.Record == nil)
			if err != nil {
				return err
			}
			said, err := jsonOrNull(r.Said, r.Said.IsZero())
			if err != nil {
				return err
			}
			_, err = l.exec(`INSERT INTO reject (upload, sheet, row, reason, field, value, message, said, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
				upload, r.Sheet, r.Row, r.Reason, r.Field, r.Value, r.Message, said, record)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// FinishUpload sets the upload's report, SHA-256, size and status Done.
// NotFound; Conflict unless it is Importing; Invalid when the report does not
// add up.
func (l *loader) FinishUpload(u store.Upload) error {
	doing := fmt.Sprintf("finish upload %d", u.ID)
	return l.step(doing, func() error {
		if err := l.mustBe(u.ID, store.Importing); err != nil {
			return err
		}
		if err := invalid(doing, checkReport(u.Report)); err != nil {
			return err
		}
		report, err := json.Marshal(u.Report)
		if err != nil {
			return invalid(doing, []store.Problem{{Field: "report", Message: err.Error(), Allowed: "finite numbers"}})
		}
		_, err = l.exec(`UPDATE upload SET status = ?, sha256 = ?, bytes = ?, finished_at = ?, report = ?, proposal = NULL WHERE id = ?`,
			string(store.Done), u.SHA256, u.Bytes, timeText(l.now()), string(report), u.ID)
		l.finished = append(l.finished, u.ID)
		return err
	})
}

// checkReport tells which sums of a report do not add up.
func checkReport(r store.Report) []store.Problem {
	var problems []store.Problem
	must := func(field string, is, sum int, of string) {
		if is != sum {
			problems = append(problems, store.Problem{
				Field: field, Value: strconv.Itoa(is), Message: "does not add up", Allowed: fmt.Sprintf("%d, the sum of %s", sum, of),
			})
		}
	}
	must("rows", r.Rows, r.Taken+r.Known+r.Updated+r.Merged+r.Rejected, "taken, known, updated, merged and rejected")
	reasons := 0
	for _, n := range r.Reasons {
		reasons += n
	}
	must("rejected", r.Rejected, reasons, "the reasons")
	return problems
}
