package sqlite

import (
	"context"
	"database/sql"
	"errors"
)

// errEnough is what a visit returns to end the walk over rows without an
// error.
var errEnough = errors.New("enough")

// each runs a query and visits its rows, and closes them however that ends.
func each(ctx context.Context, tx *sql.Tx, visit func(*sql.Rows) error, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells what went wrong
	for rows.Next() {
		if err := visit(rows); errors.Is(err, errEnough) {
			return nil
		} else if err != nil {
			return err
		}
	}
	return rows.Err()
}
