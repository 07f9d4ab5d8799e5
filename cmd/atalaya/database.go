package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"

	"atalaya/store"
	"atalaya/store/sqlite"
)

// database is the flag that commands on a database share.
type database struct {
	DB string `name:"db" default:"atalaya.gpkg" help:"Database file, a GeoPackage; made when it is not there (default: ${default})." placeholder:"FILE"`
}

// open opens the database, which the caller closes.
func (d database) open(ctx context.Context, p *program) (*sqlite.DB, error) {
	if scheme, _, isURL := strings.Cut(d.DB, "://"); isURL {
		if _, err := url.Parse(d.DB); err == nil {
			return nil, fmt.Errorf("--db %s://…: only a database file is possible in this version", scheme)
		}
	}
	db, err := sqlite.Open(ctx, d.DB, sqlite.Options{Clock: p.clock})
	if err != nil {
		return nil, err
	}
	return db, nil
}

// openExisting opens a database that must be there already.
func (d database) openExisting(ctx context.Context, p *program) (*sqlite.DB, error) {
	if _, err := os.Stat(d.DB); errors.Is(err, os.ErrNotExist) {
		return nil, store.Errorf(store.NotFound, "database %s is not there: import a file first, or name another with --db", d.DB)
	}
	return d.open(ctx, p)
}

// closing closes the database and keeps the first error.
func closing(db *sqlite.DB, err *error) {
	if closeErr := db.Close(); *err == nil && closeErr != nil {
		*err = fmt.Errorf("close database: %w", closeErr)
	}
}

// location returns a time zone by its IANA name.
func location(flag, name string) (*time.Location, error) {
	loc, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, fmt.Errorf("--%s %q is no time zone: allowed are IANA names such as America/Guatemala", flag, name)
	}
	return loc, nil
}
