package sqlite

import (
	"context"
	"database/sql"

	"atalaya/store"
)

// Version returns the present data version. Cost: one row.
func (db *DB) Version(ctx context.Context) (store.DataVersion, error) {
	var v store.DataVersion
	var at sql.NullString
	err := db.readers.QueryRowContext(ctx, `SELECT version, +changed_at FROM state`).Scan(&v.Number, &at)
	if err == nil {
		v.At, err = parseTime(at.String)
	}
	return v, failed(ctx, "read the data version", err)
}

// Summary returns what the store holds. Cost: a row a source.
func (db *DB) Summary(ctx context.Context) (store.Summary, error) {
	var summary store.Summary
	err := db.read(ctx, "read the summary", func(tx *sql.Tx) error {
		const query = `SELECT coalesce(sum(incidents), 0), coalesce(max(synthetic), 0) FROM source`
		if err := tx.QueryRowContext(ctx, query).Scan(&summary.Incidents, &summary.Synthetic); err != nil {
			return err
		}
		s, err := readSpan(ctx, tx)
		if err != nil {
			return err
		}
		summary.Bound = s.bound
		if summary.From, err = parseTime(s.earliest); err != nil {
			return err
		}
		summary.To, err = parseTime(s.latest)
		return err
	})
	return summary, err
}
