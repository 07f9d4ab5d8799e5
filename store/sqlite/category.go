package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"strings"

	"atalaya/store"
)

const selectCategory = `SELECT code, name_es, name_en, "group", origin, sensitive, harm, incidents FROM category`

// Categories returns all categories by code, with their incident counts.
func (db *DB) Categories(ctx context.Context) ([]store.Category, error) {
	var all []store.Category
	err := db.read(ctx, "read the categories", func(tx *sql.Tx) (err error) {
		all, err = readCategories(ctx, tx)
		return err
	})
	return all, err
}

// Category returns one. NotFound.
func (db *DB) Category(ctx context.Context, code string) (store.Category, error) {
	c, err := scanCategory(db.readers.QueryRowContext(ctx, selectCategory+` WHERE code = ?`, code))
	if errors.Is(err, sql.ErrNoRows) {
		return c, noCategory(code)
	}
	return c, failed(ctx, "read category "+code, err)
}

// PutCategory creates or replaces a category. Invalid names every bad field.
func (db *DB) PutCategory(ctx context.Context, category store.Category) error {
	doing := fmt.Sprintf("put category %q", category.Code)
	if err := invalid(doing, checkCategory(category)); err != nil {
		return err
	}
	return db.write(ctx, doing, func(c *change) error { return c.putCategory(category) })
}

// DeleteCategory removes a category and what its texts mean. NotFound;
// Conflict while incidents are of it or have it as a further offence, or did
// before an upload that can still be undone. Cost: a look at every incident.
func (db *DB) DeleteCategory(ctx context.Context, code string) error {
	return db.write(ctx, "delete category "+code, func(c *change) error {
		var incidents, prior, offences int
		const query = `SELECT incidents, (SELECT count(*) FROM incident_prior WHERE category = code),
			(SELECT count(*) FROM (SELECT offences FROM incident UNION ALL SELECT offences FROM incident_prior)
				WHERE instr(',' || offences || ',', ',' || code || ',') > 0)
			FROM category WHERE code = ?`
		err := c.tx.QueryRowContext(c.ctx, query, code).Scan(&incidents, &prior, &offences)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return noCategory(code)
		case err != nil:
			return err
		case incidents > 0:
			return store.Errorf(store.Conflict, "%d incidents are of category %q: it cannot be deleted", incidents, code)
		case prior > 0:
			return store.Errorf(store.Conflict,
				"%d incidents were of category %q before an upload that can be undone: it cannot be deleted", prior, code)
		case offences > 0:
			return store.Errorf(store.Conflict, "%d incidents have %q as a further offence: it cannot be deleted", offences, code)
		}
		if _, err := c.exec(`UPDATE category_text SET category = NULL WHERE category = ?`, code); err != nil {
			return err
		}
		_, err = c.touch("category", `DELETE FROM category WHERE code = ?`, code)
		return err
	})
}

// MapCategory remembers that the source's text raw means the category, and
// moves the incidents that came as raw to it, those too that an undo would
// bring back. Further offences of the category that it meant so far move where
// no other text of the source means that. It returns how many incidents moved.
// NotFound for the source or the category; Invalid for an empty raw.
func (db *DB) MapCategory(ctx context.Context, source, raw, code string) (moved int, err error) {
	doing := fmt.Sprintf("map %q of source %q to category %q", raw, source, code)
	if raw == "" {
		return 0, invalid(doing, []store.Problem{{
			Field: "raw", Message: "is no text that a source gave", Allowed: "the source's text, as it came",
		}})
	}
	err = db.write(ctx, doing, func(c *change) error {
		if err := c.mustHave("source", source); err != nil {
			return err
		}
		if err := c.mustHave("category", code); err != nil {
			return err
		}
		id, err := c.textID(source, raw)
		if err != nil {
			return err
		}
		if err := c.moveOffences(source, id, code); err != nil {
			return err
		}
		if err := c.mapText(id, code); err != nil {
			return err
		}
		moved, err = c.touch("incident", `UPDATE incident SET category = ?1, `+withoutOffence+` WHERE category_text = ?2 AND category <> ?1`, code, id)
		if err != nil || moved == 0 {
			return err
		}
		return c.recount()
	})
	if err != nil {
		return 0, err
	}
	return moved, nil
}

// moveOffences moves the further offences of a source that can only have come
// from a text to the category that it is going to mean.
func (c *change) moveOffences(source string, text int64, code string) error {
	var was sql.NullString
	const find = `SELECT category FROM category_text WHERE id = ?1 AND category <> ?2 AND NOT EXISTS
		(SELECT 1 FROM category_text other WHERE other.source = ?3 AND other.category = category_text.category AND other.id <> ?1)`
	if err := c.tx.QueryRowContext(c.ctx, find, text, code, source).Scan(&was); errors.Is(err, sql.ErrNoRows) {
		return nil
	} else if err != nil {
		return err
	}
	const move = ` SET offences = (
		SELECT group_concat(code, ',' ORDER BY code) FROM
			(SELECT DISTINCT iif(value = ?1, ?2, value) AS code FROM json_each('["' || replace(offences, ',', '","') || '"]'))
		WHERE code <> category)
		WHERE instr(',' || offences || ',', ',' || ?1 || ',') > 0 AND `
	if _, err := c.touch("incident", `UPDATE incident`+move+`source = ?3`, was, code, source); err != nil {
		return err
	}
	_, err := c.exec(`UPDATE incident_prior`+move+`incident IN (SELECT fid FROM incident WHERE source = ?3)`, was, code, source)
	return err
}

func (c *change) putCategory(k store.Category) error {
	_, err := c.touch("category", `
		INSERT INTO category (code, name_es, name_en, "group", origin, sensitive, harm) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (code) DO UPDATE SET name_es = excluded.name_es, name_en = excluded.name_en, "group" = excluded."group",
			origin = excluded.origin, sensitive = excluded.sensitive, harm = excluded.harm
		WHERE (name_es, name_en, "group", origin, sensitive, harm) IS NOT
			(excluded.name_es, excluded.name_en, excluded."group", excluded.origin, excluded.sensitive, excluded.harm)`,
		k.Code, k.NameES, k.NameEN, k.Group, string(k.Origin), k.Sensitive, k.Harm)
	return err
}

// mustHave fails with NotFound unless the source or category is there.
func (c *change) mustHave(table, code string) error {
	var there bool
	err := c.tx.QueryRowContext(c.ctx, `SELECT EXISTS (SELECT 1 FROM `+table+` WHERE code = ?)`, code).Scan(&there)
	switch {
	case err != nil:
		return err
	case !there && table == "source":
		return noSource(code)
	case !there:
		return noCategory(code)
	}
	return nil
}

// textID returns the number of a source's text, which it remembers if it is
// new.
func (c *change) textID(source, raw string) (id int64, err error) {
	const find = `SELECT id FROM category_text WHERE source = ? AND raw = ?`
	err = c.tx.QueryRowContext(c.ctx, find, source, raw).Scan(&id)
	if !errors.Is(err, sql.ErrNoRows) {
		return id, err
	}
	result, err := c.tx.ExecContext(c.ctx, `INSERT INTO category_text (source, raw) VALUES (?, ?)`, source, raw)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// withoutOffence takes the category ?1 out of the further offences.
const withoutOffence = `offences = nullif(trim(replace(',' || offences || ',', ',' || ?1 || ',', ','), ','), '')`

// mapText remembers what a text means.
func (c *change) mapText(id int64, code string) error {
	if _, err := c.exec(`UPDATE category_text SET category = ? WHERE id = ?`, code, id); err != nil {
		return err
	}
	_, err := c.exec(`UPDATE incident_prior SET category = ?1, `+withoutOffence+` WHERE category_text = ?2`, code, id)
	return err
}

func checkCategory(k store.Category) []store.Problem {
	var problems []store.Problem
	add := func(field string, value any, message, allowed string) {
		problems = append(problems, store.Problem{Field: field, Value: fmt.Sprint(value), Message: message, Allowed: allowed})
	}
	if !store.IsCode(k.Code, "_") {
		add("code", k.Code, "is not a code", "1 to 60 lower-case letters, digits and underscores")
	}
	if strings.TrimSpace(k.NameES) == "" {
		add("name_es", k.NameES, "is empty", "a name")
	}
	if strings.TrimSpace(k.NameEN) == "" {
		add("name_en", k.NameEN, "is empty", "a name")
	}
	switch k.Origin {
	case store.Reported, store.PoliceInitiated, store.UnknownOrigin:
	default:
		add("origin", k.Origin, "is not an origin", "reported, police_initiated, unknown")
	}
	if !(k.Harm >= 0) || math.IsInf(k.Harm, 1) {
		add("harm", k.Harm, "is not a weight", "a finite number, 0 or more")
	}
	return problems
}

func readCategories(ctx context.Context, tx *sql.Tx) ([]store.Category, error) {
	var all []store.Category
	err := each(ctx, tx, func(rows *sql.Rows) error {
		c, err := scanCategory(rows)
		all = append(all, c)
		return err
	}, selectCategory+` ORDER BY code`)
	return all, err
}

// scanner is a row that can be read: *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

func scanCategory(row scanner) (k store.Category, err error) {
	err = row.Scan(&k.Code, &k.NameES, &k.NameEN, &k.Group, &k.Origin, &k.Sensitive, &k.Harm, &k.Incidents)
	return k, err
}

func noCategory(code string) *store.Error {
	return store.Errorf(store.NotFound, "category %q is not there", code)
}
