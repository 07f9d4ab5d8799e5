package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"atalaya/geo/grid"
	"atalaya/store"
)

const selectArea = `SELECT id, name, kind, geom, cells, synthetic FROM area`

// Areas returns all areas by ID.
func (db *DB) Areas(ctx context.Context) ([]store.Area, error) {
	var all []store.Area
	err := db.read(ctx, "read the areas", func(tx *sql.Tx) (err error) {
		all, err = readAreas(ctx, tx)
		return err
	})
	return all, err
}

// Area returns one. NotFound.
func (db *DB) Area(ctx context.Context, id string) (store.Area, error) {
	a, err := scanArea(db.readers.QueryRowContext(ctx, selectArea+` WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return a, noArea(id)
	}
	return a, failed(ctx, "read area "+id, err)
}

// PutAreas creates or replaces areas, all or none. Invalid names every bad
// field; Row is the area's 1-based place in the call.
func (db *DB) PutAreas(ctx context.Context, areas ...store.Area) error {
	doing := fmt.Sprintf("put %d areas", len(areas))
	if err := invalid(doing, numberedProblems(areas)); err != nil {
		return err
	}
	return db.write(ctx, doing, func(c *change) error {
		for _, a := range areas {
			if err := c.putArea(a); err != nil {
				return err
			}
		}
		return nil
	})
}

// DeleteArea removes an area. NotFound.
func (db *DB) DeleteArea(ctx context.Context, id string) error {
	return db.write(ctx, "delete area "+id, func(c *change) error {
		n, err := c.touch("area", `DELETE FROM area WHERE id = ?`, id)
		if err == nil && n == 0 {
			return noArea(id)
		}
		return err
	})
}

func (c *change) putArea(a store.Area) error {
	geom, err := encodeGeometry(a.Geometry)
	if err != nil {
		return err
	}
	_, err = c.touch("area", `
		INSERT INTO area (id, name, kind, geom, cells, synthetic) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, geom = excluded.geom,
			cells = excluded.cells, synthetic = excluded.synthetic
		WHERE (name, kind, geom, cells, synthetic) IS NOT
			(excluded.name, excluded.kind, excluded.geom, excluded.cells, excluded.synthetic)`,
		a.ID, a.Name, string(a.Kind), geom, encodeCells(a.Cells), a.Synthetic)
	return err
}

func readAreas(ctx context.Context, tx *sql.Tx) ([]store.Area, error) {
	var all []store.Area
	err := each(ctx, tx, func(rows *sql.Rows) error {
		a, err := scanArea(rows)
		all = append(all, a)
		return err
	}, selectArea+` ORDER BY id`)
	return all, err
}

func scanArea(row scanner) (a store.Area, err error) {
	var geom, cells []byte
	if err := row.Scan(&a.ID, &a.Name, &a.Kind, &geom, &cells, &a.Synthetic); err != nil {
		return a, err
	}
	if a.Geometry, err = decodeArea(geom); err != nil {
		return a, fmt.Errorf("area %q: %w", a.ID, err)
	}
	if a.Cells, err = decodeCells(cells); err != nil {
		return a, fmt.Errorf("area %q: %w", a.ID, err)
	}
	return a, nil
}

// encodeCells writes cells one after the other, and nil for nil.
func encodeCells(cells []grid.Cell) []byte {
	if cells == nil {
		return nil
	}
	b := make([]byte, 0, 8*len(cells))
	for _, c := range cells {
		b = binary.BigEndian.AppendUint64(b, uint64(c))
	}
	return b
}

func decodeCells(b []byte) ([]grid.Cell, error) {
	if b == nil {
		return nil, nil
	}
	if len(b)%8 != 0 {
		return nil, fmt.Errorf("cells of %d bytes are no multiple of 8", len(b))
	}
	cells := make([]grid.Cell, 0, len(b)/8)
	for ; len(b) > 0; b = b[8:] {
		cells = append(cells, grid.Cell(binary.BigEndian.Uint64(b)))
	}
	return cells, nil
}

func noArea(id string) *store.Error {
	return store.Errorf(store.NotFound, "area %q is not there", id)
}
