package sqlite

import (
	"context"
	"database/sql"
	"time"
)

// change is one transaction that changes the store. What is derived from the
// rows — extents, counts, the data version — is written when it is settled,
// just before the commit.
type change struct {
	ctx context.Context //nolint:containedctx // a change lives as long as one call
	tx  *sql.Tx
	now func() time.Time

	touched map[string]bool // tables of gpkg_contents with other rows than before
	sources map[string]int  // source → incidents more
	kinds   map[string]int  // category → incidents more
	span    *span           // of the incidents; nil until it is needed

	seen      int  // incidents that were put
	added     int  // incidents that were new
	unindexed bool // the index of cells was dropped
}

// bulk is from how many incidents on a change is a big one, which leaves the
// index of cells until its end and the page cache empty afterwards.
const bulk = 10_000

// write runs fn in one transaction: all that it did is committed, or nothing.
// A panic of fn goes on after the rollback.
func (db *DB) write(ctx context.Context, doing string, fn func(*change) error) error {
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return failed(ctx, doing, err)
	}
	defer conn.Close() //nolint:errcheck // it goes back to the pool
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return failed(ctx, doing, err)
	}
	defer tx.Rollback() //nolint:errcheck // does nothing after the commit
	c := &change{
		ctx: ctx, tx: tx, now: db.stamp,
		touched: map[string]bool{}, sources: map[string]int{}, kinds: map[string]int{},
	}
	if err := fn(c); err != nil {
		return failed(ctx, doing, err)
	}
	if err := c.settle(); err != nil {
		return failed(ctx, doing, err)
	}
	if err := tx.Commit(); err != nil {
		return failed(ctx, doing, err)
	}
	if c.seen >= bulk {
		// Failing to free memory takes nothing back: the change stands.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), `PRAGMA shrink_memory`)
	}
	return nil
}

// exec runs a statement and tells how many rows it changed.
func (c *change) exec(query string, args ...any) (int, error) {
	result, err := c.tx.ExecContext(c.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := result.RowsAffected()
	return int(n), err
}

// touch runs a statement that changes rows of the table, which counts as a
// change of the data when there are such rows.
func (c *change) touch(table, query string, args ...any) (int, error) {
	n, err := c.exec(query, args...)
	if n > 0 {
		c.touched[table] = true
	}
	return n, err
}

// count notes that n incidents more are of the source and the category.
func (c *change) count(source, category string, n int) {
	c.sources[source] += n
	c.kinds[category] += n
	c.touched["incident"] = true
}

// settle writes what is derived from the rows.
func (c *change) settle() error {
	if c.unindexed {
		if err := c.indexCells(); err != nil {
			return err
		}
	}
	for code, n := range c.sources {
		if err := c.addCount("source", code, n); err != nil {
			return err
		}
	}
	for code, n := range c.kinds {
		if err := c.addCount("category", code, n); err != nil {
			return err
		}
	}
	if c.span != nil {
		if err := c.writeSpan(); err != nil {
			return err
		}
	}
	for _, layer := range []string{"area", "place", "denominator_part"} {
		if c.touched[layer] {
			if err := c.writeLayerExtent(layer); err != nil {
				return err
			}
		}
	}
	for table := range c.touched {
		const query = `UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?`
		if _, err := c.exec(query, timeText(c.now()), table); err != nil {
			return err
		}
	}
	if len(c.touched) == 0 {
		return nil
	}
	_, err := c.exec(`UPDATE state SET version = version + 1, changed_at = ?`, timeText(c.now()))
	return err
}

// indexCells builds the index of cells that was left until the end. It sorts in
// as much memory as the page cache may take, beside that, so it takes a small
// one (5 million rows: 171 MB in all, and 106 MB so).
func (c *change) indexCells() error {
	for _, query := range []string{
		`PRAGMA cache_size = -` + sortCacheKiB, `CREATE INDEX incident_cell ON incident (cell)`, `PRAGMA cache_size = -` + writerCacheKiB,
	} {
		if _, err := c.exec(query); err != nil {
			return err
		}
	}
	return nil
}

// addCount adds n to the incidents of the source or the category.
func (c *change) addCount(table, code string, n int) error {
	if n == 0 {
		return nil
	}
	_, err := c.touch(table, `UPDATE `+table+` SET incidents = incidents + ? WHERE code = ?`, n, code)
	return err
}

// recount counts the incidents of every source and category afresh.
func (c *change) recount() error {
	for table, column := range map[string]string{"source": "source", "category": "category"} {
		query := `UPDATE ` + table + ` SET incidents = n FROM (
			SELECT code AS counted, coalesce(n, 0) AS n FROM ` + table + ` LEFT JOIN
				(SELECT ` + column + ` AS key, count(*) AS n FROM incident GROUP BY 1) ON key = code)
			WHERE code = counted AND incidents <> n`
		if _, err := c.touch(table, query); err != nil {
			return err
		}
	}
	c.touched["incident"] = true
	return nil
}
