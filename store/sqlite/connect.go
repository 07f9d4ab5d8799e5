package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"

	"github.com/mattn/go-sqlite3"
)

// maxReaders is how many reads may be under way at once; a walk is one read
// until it ends. More wait for their turn.
const maxReaders = 64

// busyTimeoutMS is how long a write waits for another process to end its own.
const busyTimeoutMS = "15000"

// journalLimit lets the log shrink to 64 MiB after one big transaction made it
// grow.
const journalLimit = "PRAGMA journal_size_limit = 67108864"

// The page cache of the connection that writes, always and while it sorts for
// an index.
const (
	writerCacheKiB = "65536"
	sortCacheKiB   = "16384"
)

// openWriter returns a pool of the one connection that writes.
func openWriter(path string) *sql.DB {
	db := sql.OpenDB(connector{dsn: dsn(path, url.Values{
		"mode":             {"rwc"},
		"_txlock":          {"immediate"},
		"_journal_mode":    {"WAL"},
		"_secure_delete":   {"true"}, // what an undo removes is gone from the file too
		"_synchronous":     {"FULL"},
		"_busy_timeout":    {busyTimeoutMS},
		"_foreign_keys":    {"on"},
		"_cache_size":      {"-" + writerCacheKiB},
		"_stmt_cache_size": {"32"},
	})})
	db.SetMaxOpenConns(1)
	return db
}

// openReaders returns a pool of connections that cannot write.
func openReaders(path string) *sql.DB {
	db := sql.OpenDB(connector{dsn: dsn(path, url.Values{
		"mode":             {"ro"},
		"_query_only":      {"on"},
		"_busy_timeout":    {busyTimeoutMS},
		"_cache_size":      {"-8192"}, // KiB
		"_stmt_cache_size": {"32"},
	})})
	db.SetMaxOpenConns(maxReaders)
	db.SetMaxIdleConns(4)
	return db
}

// dsn returns the file's URI with parameters. The path is absolute and clean;
// what would end or alter it in a URI is escaped.
func dsn(path string, params url.Values) string {
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + params.Encode()
}

// connector opens connections that are all alike: a pragma executed through a
// pool would reach only one of them.
type connector struct{ dsn string }

// Connect opens a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	return c.Driver().Open(c.dsn)
}

// Driver returns a driver that sets on each connection what a DSN cannot say.
func (c connector) Driver() driver.Driver {
	return &sqlite3.SQLiteDriver{ConnectHook: func(conn *sqlite3.SQLiteConn) error {
		_, err := conn.Exec(journalLimit, nil)
		return err
	}}
}
