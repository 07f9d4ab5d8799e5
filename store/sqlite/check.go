package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Check looks through the whole file and tells everything that is not as it
// must be: damaged pages and indexes, dangling references, and what is derived
// from the rows (counts, extents, time span) but differs from them. Nil means
// that all is whole. Cost: reads the file once or twice.
func (db *DB) Check(ctx context.Context) error {
	tx, err := db.readers.BeginTx(ctx, nil)
	if err != nil {
		return failed(ctx, "check", err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	var found []error
	for _, query := range []string{`PRAGMA integrity_check`, `PRAGMA foreign_key_check`} {
		faults, err := faultsOf(ctx, tx, query)
		if err != nil {
			return failed(ctx, "check", err)
		}
		found = append(found, faults...)
	}
	for what, query := range derived() {
		var wrong int
		if err := tx.QueryRowContext(ctx, query).Scan(&wrong); err != nil {
			return failed(ctx, "check "+what, err)
		}
		if wrong > 0 {
			found = append(found, fmt.Errorf("%d %s differ from the rows", wrong, what))
		}
	}
	stored, err := readSpan(ctx, tx)
	if err != nil {
		return failed(ctx, "check", err)
	}
	measured, err := (&change{ctx: ctx, tx: tx}).measure()
	if err != nil {
		return failed(ctx, "check", err)
	}
	if stored.earliest != measured.earliest || stored.latest != measured.latest ||
		(stored.bound == nil) != (measured.bound == nil) || stored.bound != nil && *stored.bound != *measured.bound {
		found = append(found, errors.New("the stored extent or time span differs from the incidents'"))
	}
	return errors.Join(found...)
}

// faultsOf runs a pragma that answers "ok", nothing, or a row a fault.
func faultsOf(ctx context.Context, tx *sql.Tx, pragma string) (faults []error, err error) {
	err = each(ctx, tx, func(rows *sql.Rows) error {
		columns, err := rows.Columns()
		if err != nil {
			return err
		}
		values := make([]any, len(columns))
		targets := make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return err
		}
		if values[0] != "ok" {
			faults = append(faults, fmt.Errorf("%s: %v", pragma, values))
		}
		return nil
	}, pragma)
	return faults, err
}

// derived returns, for each count that is kept beside the rows, a query for
// how many of them are wrong.
func derived() map[string]string {
	const query = `SELECT count(*) FROM %[1]s LEFT JOIN
		(SELECT %[1]s AS counted, count(*) AS n FROM incident GROUP BY 1) ON counted = code
		WHERE incidents <> coalesce(n, 0)`
	return map[string]string{
		"counts of sources":    fmt.Sprintf(query, "source"),
		"counts of categories": fmt.Sprintf(query, "category"),
	}
}
