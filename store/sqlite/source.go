package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"atalaya/store"
)

const selectSource = `SELECT code, name, time_zone, synthetic, columns, mapping, allowed, crs, rows, incidents FROM source`

// Sources returns all sources by code, with their incident counts.
func (db *DB) Sources(ctx context.Context) ([]store.Source, error) {
	var all []store.Source
	err := db.read(ctx, "read the sources", func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			s, err := scanSource(rows)
			all = append(all, s)
			return err
		}, selectSource+` ORDER BY code`)
	})
	return all, err
}

// Source returns one. NotFound.
func (db *DB) Source(ctx context.Context, code string) (store.Source, error) {
	s, err := scanSource(db.readers.QueryRowContext(ctx, selectSource+` WHERE code = ?`, code))
	if errors.Is(err, sql.ErrNoRows) {
		return s, noSource(code)
	}
	return s, failed(ctx, "read source "+code, err)
}

// PutSource creates or replaces a source. Invalid names every bad field.
func (db *DB) PutSource(ctx context.Context, s store.Source) error {
	doing := fmt.Sprintf("put source %q", s.Code)
	if err := invalid(doing, checkSource(s)); err != nil {
		return err
	}
	return db.write(ctx, doing, func(c *change) error { return c.putSource(s) })
}

// DeleteSource removes a source and the texts it used. NotFound; Conflict
// while it has incidents.
func (db *DB) DeleteSource(ctx context.Context, code string) error {
	return db.write(ctx, "delete source "+code, func(c *change) error {
		s, err := scanSource(c.tx.QueryRowContext(c.ctx, selectSource+` WHERE code = ?`, code))
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return noSource(code)
		case err != nil:
			return err
		case s.Incidents > 0:
			return store.Errorf(store.Conflict, "source %q has %d incidents: it cannot be deleted", code, s.Incidents)
		}
		_, err = c.touch("source", `DELETE FROM source WHERE code = ?`, code)
		return err
	})
}

func (c *change) putSource(s store.Source) error {
	columns, err := jsonOrNull(s.Columns, s.Columns == nil)
	if err != nil {
		return err
	}
	mapping, err := jsonOrNull(s.Mapping, s.Mapping == nil)
	if err != nil {
		return err
	}
	allowed, err := jsonOrNull(s.Allowed, s.Allowed == nil)
	if err != nil {
		return err
	}
	_, err = c.touch("source", `
		INSERT INTO source (code, name, time_zone, synthetic, columns, mapping, allowed, crs, rows) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (code) DO UPDATE SET name = excluded.name, time_zone = excluded.time_zone,
			synthetic = excluded.synthetic, columns = excluded.columns, mapping = excluded.mapping,
			allowed = excluded.allowed, crs = excluded.crs, rows = excluded.rows
		WHERE (name, time_zone, synthetic, columns, mapping, allowed, crs, rows) IS NOT (excluded.name, excluded.time_zone,
			excluded.synthetic, excluded.columns, excluded.mapping, excluded.allowed, excluded.crs, excluded.rows)`,
		s.Code, s.Name, s.TimeZone, s.Synthetic, columns, mapping, allowed, s.CRS, s.Rows)
	return err
}

func checkSource(s store.Source) []store.Problem {
	var problems []store.Problem
	add := func(field, value, message, allowed string) {
		problems = append(problems, store.Problem{Field: field, Value: value, Message: message, Allowed: allowed})
	}
	if !store.IsCode(s.Code, "-_") {
		add("code", s.Code, "is not a code", "1 to 60 lower-case letters, digits, hyphens and underscores")
	}
	if strings.TrimSpace(s.Name) == "" {
		add("name", s.Name, "is empty", "a name")
	}
	// Go reads "" as UTC and "Local" as whatever this machine has.
	if _, err := time.LoadLocation(s.TimeZone); err != nil || s.TimeZone == "" || s.TimeZone == "Local" {
		add("time_zone", s.TimeZone, "is not a time zone", "an IANA name such as America/Guatemala")
	}
	if s.Rows != "" && s.Rows != "offences" && s.Rows != "incidents" {
		add("rows", s.Rows, "is not what rows can be", "offences, incidents, or nothing")
	}
	return problems
}

func scanSource(row scanner) (s store.Source, err error) {
	var columns, mapping, allowed sql.NullString
	err = row.Scan(&s.Code, &s.Name, &s.TimeZone, &s.Synthetic, &columns, &mapping, &allowed, &s.CRS, &s.Rows, &s.Incidents)
	if err != nil {
		return s, err
	}
	for _, text := range []struct {
		what string
		json sql.NullString
		into any
	}{{"columns", columns, &s.Columns}, {"mapping", mapping, &s.Mapping}, {"allowed columns", allowed, &s.Allowed}} {
		if !text.json.Valid {
			continue
		}
		if err := json.Unmarshal([]byte(text.json.String), text.into); err != nil {
			return s, fmt.Errorf("%s of source %q: %w", text.what, s.Code, err)
		}
	}
	return s, nil
}

// jsonOrNull writes a value as JSON, and NULL where it is nil.
func jsonOrNull(v any, isNil bool) (any, error) {
	if isNil {
		return nil, nil //nolint:nilnil // NULL is a value here
	}
	text, err := json.Marshal(v)
	return string(text), err
}

func noSource(code string) *store.Error {
	return store.Errorf(store.NotFound, "source %q is not there", code)
}
