package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"atalaya/store"
)

const selectPlace = `SELECT id, name, geom, kind, synthetic FROM place`

// Places returns all places by ID.
func (db *DB) Places(ctx context.Context) ([]store.Place, error) {
	var all []store.Place
	err := db.read(ctx, "read the places", func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			p, err := scanPlace(rows)
			all = append(all, p)
			return err
		}, selectPlace+` ORDER BY id`)
	})
	return all, err
}

// Place returns one. NotFound.
func (db *DB) Place(ctx context.Context, id string) (store.Place, error) {
	p, err := scanPlace(db.readers.QueryRowContext(ctx, selectPlace+` WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return p, noPlace(id)
	}
	return p, failed(ctx, "read place "+id, err)
}

// PutPlaces creates or replaces places, all or none; of two with one ID the
// last stands. Invalid names every bad field; Row is the place's 1-based place
// in the call.
func (db *DB) PutPlaces(ctx context.Context, places ...store.Place) error {
	doing := fmt.Sprintf("put %d places", len(places))
	if err := invalid(doing, numberedProblems(places)); err != nil {
		return err
	}
	return db.write(ctx, doing, func(c *change) error {
		for _, p := range places {
			if err := c.putPlace(p); err != nil {
				return err
			}
		}
		return nil
	})
}

// DeletePlace removes a place. NotFound.
func (db *DB) DeletePlace(ctx context.Context, id string) error {
	return db.write(ctx, "delete place "+id, func(c *change) error {
		n, err := c.touch("place", `DELETE FROM place WHERE id = ?`, id)
		if err == nil && n == 0 {
			return noPlace(id)
		}
		return err
	})
}

func (c *change) putPlace(p store.Place) error {
	_, err := c.touch("place", `
		INSERT INTO place (id, name, geom, kind, synthetic) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, geom = excluded.geom, kind = excluded.kind,
			synthetic = excluded.synthetic
		WHERE (name, geom, kind, synthetic) IS NOT (excluded.name, excluded.geom, excluded.kind, excluded.synthetic)`,
		p.ID, p.Name, encodePoint(p.Point), p.Kind, p.Synthetic)
	return err
}

func scanPlace(row scanner) (p store.Place, err error) {
	var geom []byte
	if err := row.Scan(&p.ID, &p.Name, &geom, &p.Kind, &p.Synthetic); err != nil {
		return p, err
	}
	if p.Point, err = decodePoint(geom); err != nil {
		return p, fmt.Errorf("place %q: %w", p.ID, err)
	}
	return p, nil
}

func noPlace(id string) *store.Error {
	return store.Errorf(store.NotFound, "place %q is not there", id)
}
