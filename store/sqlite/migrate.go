package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"atalaya/store"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
)

// versionTable tells which migrations a file has. A file that holds it is
// ours.
const versionTable = "atalaya_migration"

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the file to the newest schema. Several processes may do so
// at once: who comes second finds the work done and tries again.
func migrate(ctx context.Context, path string, writer *sql.DB) error {
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, writer, sub,
		goose.WithTableName(versionTable), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	newest := provider.ListSources()[len(provider.ListSources())-1].Version
	for attempt := 1; ; attempt++ {
		has, err := examine(ctx, path)
		if err != nil || has == newest {
			return err
		}
		if has > newest {
			return store.Errorf(store.Invalid,
				"%s has schema %d, made by a newer atalaya: this one knows schemas up to %d", path, has, newest)
		}
		if _, err = provider.Up(ctx); err != nil && attempt == 3 {
			return err
		}
	}
}

// examine returns the schema version of the file, 0 when it is absent or
// empty, and an Invalid error when it is not ours. It changes nothing.
func examine(ctx context.Context, path string) (version int64, err error) {
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return 0, nil
	case err != nil:
		return 0, &store.Error{Kind: store.Unavailable, Message: "database file cannot be opened", Err: err}
	case !info.Mode().IsRegular():
		return 0, store.Errorf(store.Invalid, "%s is not a file", path)
	case info.Size() == 0:
		return 0, nil
	}
	db := openReaders(path)
	defer db.Close() //nolint:errcheck // nothing was written
	var tables int
	var ours bool
	const look = `SELECT count(*), coalesce(max(name = ?), 0) FROM sqlite_schema WHERE type = 'table'`
	err = db.QueryRowContext(ctx, look, versionTable).Scan(&tables, &ours)
	var e sqlite3.Error
	switch {
	case errors.As(err, &e) && e.Code == sqlite3.ErrNotADB:
		return 0, store.Errorf(store.Invalid, "%s is not a database: allowed is a file that atalaya made, or none", path)
	case err != nil:
		return 0, fmt.Errorf("examine %s: %w", path, err)
	case tables == 0: // a process died between creating the file and filling it
		return 0, nil
	case !ours:
		return 0, store.Errorf(store.Invalid,
			"%s is a database of something else (%d tables, no %s): allowed is a file that atalaya made, or none", path, tables, versionTable)
	}
	err = db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM `+versionTable).Scan(&version)
	return version, err
}
