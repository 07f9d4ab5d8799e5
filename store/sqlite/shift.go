package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"atalaya/store"
)

const selectShift = `SELECT code, name_es, name_en, start_minute, end_minute, days FROM shift`

// Shifts returns all shifts by code.
func (db *DB) Shifts(ctx context.Context) ([]store.Shift, error) {
	var all []store.Shift
	err := db.read(ctx, "read the shifts", func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			s, err := scanShift(rows)
			all = append(all, s)
			return err
		}, selectShift+` ORDER BY code`)
	})
	return all, err
}

// Shift returns one. NotFound.
func (db *DB) Shift(ctx context.Context, code string) (store.Shift, error) {
	s, err := scanShift(db.readers.QueryRowContext(ctx, selectShift+` WHERE code = ?`, code))
	if errors.Is(err, sql.ErrNoRows) {
		return s, noShift(code)
	}
	return s, failed(ctx, "read shift "+code, err)
}

// PutShift creates or replaces a shift. Invalid names every bad field.
func (db *DB) PutShift(ctx context.Context, s store.Shift) error {
	doing := fmt.Sprintf("put shift %q", s.Code)
	if err := invalid(doing, s.Problems()); err != nil {
		return err
	}
	return db.write(ctx, doing, func(c *change) error {
		_, err := c.touch("shift", `
			INSERT INTO shift (code, name_es, name_en, start_minute, end_minute, days) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (code) DO UPDATE SET name_es = excluded.name_es, name_en = excluded.name_en,
				start_minute = excluded.start_minute, end_minute = excluded.end_minute, days = excluded.days
			WHERE (name_es, name_en, start_minute, end_minute, days) IS NOT
				(excluded.name_es, excluded.name_en, excluded.start_minute, excluded.end_minute, excluded.days)`,
			s.Code, s.NameES, s.NameEN, s.Start, s.End, s.Days)
		return err
	})
}

// DeleteShift removes a shift. NotFound.
func (db *DB) DeleteShift(ctx context.Context, code string) error {
	return db.write(ctx, "delete shift "+code, func(c *change) error {
		n, err := c.touch("shift", `DELETE FROM shift WHERE code = ?`, code)
		if err == nil && n == 0 {
			return noShift(code)
		}
		return err
	})
}

func scanShift(row scanner) (s store.Shift, err error) {
	err = row.Scan(&s.Code, &s.NameES, &s.NameEN, &s.Start, &s.End, &s.Days)
	return s, err
}

func noShift(code string) *store.Error {
	return store.Errorf(store.NotFound, "shift %q is not there", code)
}
