package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"atalaya/store"
)

// ConfirmUpload sets the status to Importing and takes back an earlier error.
// NotFound; Conflict unless it is Staged or Failed.
func (db *DB) ConfirmUpload(ctx context.Context, id int64) error {
	claimed := false
	err := db.write(ctx, fmt.Sprintf("confirm upload %d", id), func(c *change) error {
		if err := c.mustBe(id, store.Staged, store.Failed); err != nil {
			return err
		}
		if err := db.claims.take(id); err != nil {
			return err
		}
		claimed = true
		_, err := c.exec(`UPDATE upload SET status = ?, error = '', finished_at = NULL WHERE id = ?`, string(store.Importing), id)
		return err
	})
	if err != nil && claimed {
		db.claims.drop(id)
	}
	return err
}

// RestageUpload sets the status to Staged. NotFound; Conflict unless it is
// Importing or Failed and has a proposal.
func (db *DB) RestageUpload(ctx context.Context, id int64) error {
	err := db.write(ctx, fmt.Sprintf("restage upload %d", id), func(c *change) error {
		if err := c.mustBe(id, store.Importing, store.Failed); err != nil {
			return err
		}
		n, err := c.restageUpload(id)
		if err == nil && n == 0 {
			return store.Errorf(store.Conflict, "upload %d has no proposal: it was not staged", id)
		}
		return err
	})
	if err == nil {
		db.claims.drop(id)
	}
	return err
}

// FailUpload sets the status to Failed with a reason. NotFound; Conflict
// unless it is Staged or Importing.
func (db *DB) FailUpload(ctx context.Context, id int64, reason string) error {
	err := db.write(ctx, fmt.Sprintf("fail upload %d", id), func(c *change) error {
		if err := c.mustBe(id, store.Staged, store.Importing); err != nil {
			return err
		}
		return c.failUpload(id, reason)
	})
	if err == nil {
		db.claims.drop(id)
	}
	return err
}

// DiscardUpload sets the status to Discarded and forgets the proposal.
// NotFound; Conflict unless it is Staged, Importing or Failed.
func (db *DB) DiscardUpload(ctx context.Context, id int64) error {
	err := db.write(ctx, fmt.Sprintf("discard upload %d", id), func(c *change) error {
		if err := c.mustBe(id, store.Staged, store.Importing, store.Failed); err != nil {
			return err
		}
		_, err := c.exec(`UPDATE upload SET status = ?, finished_at = ?, proposal = NULL WHERE id = ?`,
			string(store.Discarded), timeText(c.now()), id)
		return err
	})
	if err == nil {
		db.claims.drop(id)
	}
	return err
}

// endInterrupted ends the uploads that are importing but that no living
// process holds: one that was staged waits again, another fails. Without any,
// it does not write, so that a file can be opened while another process
// imports into it.
func (db *DB) endInterrupted(ctx context.Context) error {
	var dead []int64
	err := db.read(ctx, "look for interrupted uploads", func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			var id int64
			if err := rows.Scan(&id); err != nil {
				return err
			}
			alive, err := db.claims.alive(id)
			if err != nil {
				return err
			}
			if !alive {
				dead = append(dead, id)
			}
			return nil
		}, `SELECT id FROM upload WHERE status = ?`, string(store.Importing))
	})
	if err != nil || len(dead) == 0 {
		return err
	}
	return db.write(ctx, "end interrupted uploads", func(c *change) error {
		for _, id := range dead {
			restaged, err := c.restageUpload(id)
			if err == nil && restaged == 0 {
				err = c.failUpload(id, "interrupted: the process that imported it ended before it was done; nothing of it was taken")
			}
			if err != nil {
				return err
			}
			db.claims.sweep(id)
		}
		return nil
	})
}

// failUpload fails an upload, unless it came to an end meanwhile.
func (c *change) failUpload(id int64, reason string) error {
	_, err := c.exec(`UPDATE upload SET status = ?, error = ?, finished_at = ? WHERE id = ? AND status IN (?, ?)`,
		string(store.Failed), reason, timeText(c.now()), id, string(store.Staged), string(store.Importing))
	return err
}

// restageUpload lets an upload that was staged wait again, unless it came to
// an end meanwhile. It tells how many that were: 1 or 0.
func (c *change) restageUpload(id int64) (int, error) {
	return c.exec(`UPDATE upload SET status = ?, error = '', finished_at = NULL
		WHERE id = ? AND status IN (?, ?) AND proposal IS NOT NULL`,
		string(store.Staged), id, string(store.Importing), string(store.Failed))
}

// mustBe fails with NotFound unless the upload is there, and with Conflict
// unless it has one of the statuses.
func (c *change) mustBe(id int64, allowed ...store.UploadStatus) error {
	var is store.UploadStatus
	err := c.tx.QueryRowContext(c.ctx, `SELECT status FROM upload WHERE id = ?`, id).Scan(&is)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return noUpload(id)
	case err != nil:
		return err
	case slices.Contains(allowed, is):
		return nil
	}
	names := make([]string, 0, len(allowed))
	for _, status := range allowed {
		names = append(names, string(status))
	}
	return store.Errorf(store.Conflict, "upload %d is %s, not %s", id, is, strings.Join(names, " or "))
}
