package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"atalaya/store"
)

const selectDenominator = `SELECT id, name, unit, note, coalesce(total, 0), coalesce(parts, 0) FROM denominator LEFT JOIN
	(SELECT denominator AS counted, sum(value) AS total, count(*) AS parts FROM denominator_part GROUP BY 1) ON counted = id`

// Denominators returns all denominators by ID, with their totals. Cost: reads
// the values of all parts.
func (db *DB) Denominators(ctx context.Context) ([]store.Denominator, error) {
	var all []store.Denominator
	err := db.read(ctx, "read the denominators", func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			d, err := scanDenominator(rows)
			all = append(all, d)
			return err
		}, selectDenominator+` ORDER BY id`)
	})
	return all, err
}

// Denominator returns one. NotFound.
func (db *DB) Denominator(ctx context.Context, id string) (store.Denominator, error) {
	d, err := scanDenominator(db.readers.QueryRowContext(ctx, selectDenominator+` WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return d, noDenominator(id)
	}
	return d, failed(ctx, "read denominator "+id, err)
}

// DenominatorParts walks the parts of a denominator in the order in which
// they were put, over one committed state. A non-nil error ends the walk:
// NotFound.
func (db *DB) DenominatorParts(ctx context.Context, id string) iter.Seq2[store.DenominatorPart, error] {
	return func(yield func(store.DenominatorPart, error) bool) {
		err := db.read(ctx, "read the parts of denominator "+id, func(tx *sql.Tx) error {
			var there bool
			const find = `SELECT EXISTS (SELECT 1 FROM denominator WHERE id = ?)`
			if err := tx.QueryRowContext(ctx, find, id).Scan(&there); err != nil {
				return err
			}
			if !there {
				return noDenominator(id)
			}
			return each(ctx, tx, func(rows *sql.Rows) error {
				p, err := scanDenominatorPart(rows)
				if err == nil && !yield(p, nil) {
					return errEnough
				}
				return err
			}, `SELECT geom, value FROM denominator_part WHERE denominator = ? ORDER BY fid`, id)
		})
		if err != nil {
			yield(store.DenominatorPart{}, err)
		}
	}
}

// PutDenominator creates a denominator or replaces it with all its parts,
// which counts as a change of the data even where nothing differs. Invalid
// names every bad field, and parts where there are none; Row is the part's
// 1-based place in the call, 0 for the denominator itself.
func (db *DB) PutDenominator(ctx context.Context, d store.Denominator, parts []store.DenominatorPart) error {
	doing := fmt.Sprintf("put denominator %q of %d parts", d.ID, len(parts))
	problems := append(d.Problems(), numberedProblems(parts)...)
	if len(parts) == 0 {
		problems = append(problems, store.Problem{Field: "parts", Message: "are missing", Allowed: "one part or more"})
	}
	if err := invalid(doing, problems); err != nil {
		return err
	}
	return db.write(ctx, doing, func(c *change) error {
		_, err := c.touch("denominator", `
			INSERT INTO denominator (id, name, unit, note) VALUES (?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, unit = excluded.unit, note = excluded.note
			WHERE (name, unit, note) IS NOT (excluded.name, excluded.unit, excluded.note)`,
			d.ID, d.Name, d.Unit, d.Note)
		if err != nil {
			return err
		}
		if err := c.deleteParts(d.ID); err != nil {
			return err
		}
		for _, p := range parts {
			if err := c.addPart(d.ID, p); err != nil {
				return err
			}
		}
		return nil
	})
}

// DeleteDenominator removes a denominator and its parts. NotFound.
func (db *DB) DeleteDenominator(ctx context.Context, id string) error {
	return db.write(ctx, "delete denominator "+id, func(c *change) error {
		if err := c.deleteParts(id); err != nil {
			return err
		}
		n, err := c.touch("denominator", `DELETE FROM denominator WHERE id = ?`, id)
		if err == nil && n == 0 {
			return noDenominator(id)
		}
		return err
	})
}

func (c *change) deleteParts(denominator string) error {
	_, err := c.touch("denominator_part", `DELETE FROM denominator_part WHERE denominator = ?`, denominator)
	return err
}

func (c *change) addPart(denominator string, p store.DenominatorPart) error {
	geom, err := encodeGeometry(p.Geometry)
	if err != nil {
		return err
	}
	_, err = c.touch("denominator_part", `INSERT INTO denominator_part (geom, denominator, value) VALUES (?, ?, ?)`, geom, denominator, p.Value)
	return err
}

func scanDenominator(row scanner) (d store.Denominator, err error) {
	err = row.Scan(&d.ID, &d.Name, &d.Unit, &d.Note, &d.Total, &d.Parts)
	return d, err
}

func scanDenominatorPart(row scanner) (p store.DenominatorPart, err error) {
	var geom sql.RawBytes
	if err := row.Scan(&geom, &p.Value); err != nil {
		return p, err
	}
	p.Geometry, err = decodeGeometry(geom)
	return p, err
}

func noDenominator(id string) *store.Error {
	return store.Errorf(store.NotFound, "denominator %q is not there", id)
}
