package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"time"

	"atalaya/store"
)

// Options says how a database is opened. The zero value will do.
type Options struct {
	Clock func() time.Time // nil is time.Now
}

// DB is a store.Store in one file. It is safe for concurrent use, and several
// processes may have the same file open.
type DB struct {
	writer  *sql.DB
	readers *sql.DB
	claims  *claims
	clock   func() time.Time
}

var _ store.Store = (*DB)(nil)

// Open opens the file at path, creates it when it is absent or empty, and
// brings an older one to the present schema. Uploads that a dead process left
// importing wait again where they were staged, and become failed otherwise.
// Invalid when the file is something else, which is then left as it was;
// Unavailable when it cannot be opened or another process holds it for too
// long.
func Open(ctx context.Context, path string, opts Options) (*DB, error) {
	if path == "" {
		return nil, store.Errorf(store.Invalid, "path of the database is empty: allowed is a file")
	}
	path, err := realPath(path)
	if err != nil {
		return nil, &store.Error{Kind: store.Unavailable, Message: "database file cannot be opened", Err: err}
	}
	if opts.Clock == nil {
		opts.Clock = time.Now
	}
	// Neither pool connects before it is used, so migrate looks at the file first.
	db := &DB{
		writer:  openWriter(path),
		readers: openReaders(path),
		claims:  newClaims(path),
		clock:   opts.Clock,
	}
	err = migrate(ctx, path, db.writer)
	if err == nil {
		// GDAL reads the application id from the first bytes of the file, past
		// the log, so a new file's tables must not stay in the log alone.
		_, err = db.writer.ExecContext(ctx, `PRAGMA wal_checkpoint(PASSIVE)`)
	}
	if err == nil {
		err = db.endInterrupted(ctx)
	}
	if err != nil {
		return nil, errors.Join(failed(ctx, "open "+path, err), db.Close())
	}
	return db, nil
}

// Close closes the file. Uploads that are still importing will be ended by
// the next Open.
func (db *DB) Close() error {
	// The writer goes last: the last connection to close folds the log into
	// the file, which a reader cannot.
	err := errors.Join(db.readers.Close(), db.writer.Close())
	db.claims.close()
	return failed(context.Background(), "close", err)
}

// realPath returns the absolute path with symbolic links followed, so that
// every process has the same name for the same file.
func realPath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	dir, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	path = filepath.Join(dir, filepath.Base(path))
	if target, err := filepath.EvalSymlinks(path); err == nil {
		return target, nil
	}
	return path, nil // absent yet
}

// read runs fn over one committed state of the store.
func (db *DB) read(ctx context.Context, doing string, fn func(tx *sql.Tx) error) error {
	tx, err := db.readers.BeginTx(ctx, nil)
	if err != nil {
		return failed(ctx, doing, err)
	}
	defer tx.Rollback() //nolint:errcheck // nothing was written
	return failed(ctx, doing, fn(tx))
}

// stamp returns the present time as the store keeps times.
func (db *DB) stamp() time.Time { return db.clock().UTC().Truncate(time.Millisecond) }
