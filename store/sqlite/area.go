package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/paulmach/orb"
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
	var problems []store.Problem
	for i, a := range areas {
		for _, p := range checkArea(a) {
			p.Row = i + 1
			problems = append(problems, p)
		}
	}
	if err := invalid(doing, problems); err != nil {
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
	geom, err := encodeArea(a.Geometry)
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

// writeAreaExtent looks through all areas, which are few, and writes the
// extent of the layer.
func (c *change) writeAreaExtent() error {
	areas, err := readAreas(c.ctx, c.tx)
	if err != nil {
		return err
	}
	var bound *orb.Bound
	for _, a := range areas {
		b := a.Geometry.Bound()
		if bound != nil {
			b = b.Union(*bound)
		}
		bound = &b
	}
	return c.writeExtent("area", bound)
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

func checkArea(a store.Area) []store.Problem {
	var problems []store.Problem
	add := func(field, value, message, allowed string) {
		problems = append(problems, store.Problem{Field: field, Value: value, Message: message, Allowed: allowed})
	}
	if !store.IsCode(a.ID, "-") {
		add("id", a.ID, "is not an id", "1 to 60 lower-case letters, digits and hyphens")
	}
	if strings.TrimSpace(a.Name) == "" {
		add("name", a.Name, "is empty", "a name")
	}
	switch a.Kind {
	case store.StudyArea, store.Sector, store.Jurisdiction:
	default:
		add("kind", string(a.Kind), "is not a kind of area", "study, sector, jurisdiction")
	}
	if len(a.Geometry) == 0 {
		add("geometry", "", "is empty", "one polygon or more")
	}
	for i, polygon := range a.Geometry {
		if len(polygon) == 0 {
			add("geometry", fmt.Sprintf("polygon %d", i+1), "has no ring", "an outer ring, then its holes")
		}
		for j, ring := range polygon {
			if message, allowed := checkRing(ring); message != "" {
				add("geometry", fmt.Sprintf("polygon %d ring %d", i+1, j+1), message, allowed)
			}
		}
	}
	for i, cell := range a.Cells {
		switch {
		case !cell.Valid():
			add("cells", cell.String(), "is not a valid H3 cell", "15 hexadecimal digits of a cell")
		case cell.Res() != a.Cells[0].Res():
			add("cells", cell.String(), fmt.Sprintf("has resolution %d", cell.Res()), fmt.Sprintf("the first cell's resolution, %d", a.Cells[0].Res()))
		case i > 0 && cell <= a.Cells[i-1]:
			add("cells", cell.String(), "does not come after the cell before it", "cells in ascending order, each once")
		}
	}
	return problems
}

func checkRing(ring orb.Ring) (message, allowed string) {
	for _, p := range ring {
		if err := grid.CheckPoint(p); err != nil {
			return "has " + err.Error(), "longitude in [-180, 180], latitude in [-90, 90]"
		}
	}
	switch {
	case len(ring) < 4:
		return fmt.Sprintf("has %d points", len(ring)), "4 points or more"
	case ring[0] != ring[len(ring)-1]:
		return "is not closed", "a last point equal to the first"
	}
	return "", ""
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
