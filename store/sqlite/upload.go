package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"

	"atalaya/store"
)

const selectUpload = `SELECT id, status, sha256, bytes, +created_at, +finished_at, error, report FROM upload`

// CreateUpload records that a file came in and returns its number. Its
// CreatedAt is now unless it is given.
func (db *DB) CreateUpload(ctx context.Context, u store.Upload) (id int64, err error) {
	const doing = "create upload"
	report, err := json.Marshal(u.Report)
	if err != nil {
		return 0, invalid(doing, []store.Problem{{Field: "report", Message: err.Error(), Allowed: "finite numbers"}})
	}
	err = db.write(ctx, doing, func(c *change) error {
		if u.CreatedAt.IsZero() {
			u.CreatedAt = c.now()
		}
		result, err := c.tx.ExecContext(c.ctx, `
			INSERT INTO upload (status, sha256, bytes, created_at, error, report) VALUES (?, ?, ?, ?, '', ?)`,
			string(store.Importing), u.SHA256, u.Bytes, timeText(u.CreatedAt), string(report))
		if err != nil {
			return err
		}
		if id, err = result.LastInsertId(); err != nil {
			return err
		}
		// Before the commit: nobody sees the upload without its claim.
		return db.claims.take(id)
	})
	if err != nil {
		db.claims.drop(id)
		return 0, err
	}
	return id, nil
}

// FailUpload sets the status to Failed with a reason. NotFound; Conflict
// unless it is Importing.
func (db *DB) FailUpload(ctx context.Context, id int64, reason string) error {
	err := db.write(ctx, fmt.Sprintf("fail upload %d", id), func(c *change) error {
		if err := c.mustBe(id, store.Importing); err != nil {
			return err
		}
		return c.failUpload(id, reason)
	})
	if err == nil {
		db.claims.drop(id)
	}
	return err
}

// Uploads returns all uploads, newest first.
func (db *DB) Uploads(ctx context.Context) ([]store.Upload, error) {
	var all []store.Upload
	err := db.read(ctx, "read the uploads", func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			u, err := scanUpload(rows)
			all = append(all, u)
			return err
		}, selectUpload+` ORDER BY id DESC`)
	})
	return all, err
}

// Upload returns one. NotFound.
func (db *DB) Upload(ctx context.Context, id int64) (store.Upload, error) {
	u, err := scanUpload(db.readers.QueryRowContext(ctx, selectUpload+` WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return u, noUpload(id)
	}
	return u, failed(ctx, fmt.Sprintf("read upload %d", id), err)
}

// Rejects walks the rows of an upload that were not taken, by row. NotFound.
func (db *DB) Rejects(ctx context.Context, upload int64) iter.Seq2[store.Reject, error] {
	return func(yield func(store.Reject, error) bool) {
		err := db.read(ctx, fmt.Sprintf("read the rejects of upload %d", upload), func(tx *sql.Tx) error {
			var there bool
			const find = `SELECT EXISTS (SELECT 1 FROM upload WHERE id = ?)`
			if err := tx.QueryRowContext(ctx, find, upload).Scan(&there); err != nil {
				return err
			}
			if !there {
				return noUpload(upload)
			}
			const query = `SELECT row, reason, field, value, message FROM reject WHERE upload = ? ORDER BY row, id`
			return each(ctx, tx, func(rows *sql.Rows) error {
				var r store.Reject
				err := rows.Scan(&r.Row, &r.Reason, &r.Field, &r.Value, &r.Message)
				if err == nil && !yield(r, nil) {
					return errEnough
				}
				return err
			}, query, upload)
		})
		if err != nil {
			yield(store.Reject{}, err)
		}
	}
}

// failInterrupted fails the uploads that are importing but that no living
// process holds. Without any, it does not write, so that a file can be opened
// while another process imports into it.
func (db *DB) failInterrupted(ctx context.Context) error {
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
	return db.write(ctx, "fail interrupted uploads", func(c *change) error {
		for _, id := range dead {
			const reason = "interrupted: the process that imported it ended before it was done; nothing of it was taken"
			if err := c.failUpload(id, reason); err != nil {
				return err
			}
			db.claims.sweep(id)
		}
		return nil
	})
}

// failUpload fails an upload, unless it came to an end meanwhile.
func (c *change) failUpload(id int64, reason string) error {
	_, err := c.exec(`UPDATE upload SET status = ?, error = ?, finished_at = ? WHERE id = ? AND status = ?`,
		string(store.Failed), reason, timeText(c.now()), id, string(store.Importing))
	return err
}

// mustBe fails with NotFound unless the upload is there, and with Conflict
// unless it has the status.
func (c *change) mustBe(id int64, status store.UploadStatus) error {
	var is store.UploadStatus
	err := c.tx.QueryRowContext(c.ctx, `SELECT status FROM upload WHERE id = ?`, id).Scan(&is)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return noUpload(id)
	case err != nil:
		return err
	case is != status:
		return store.Errorf(store.Conflict, "upload %d is %s, not %s", id, is, status)
	}
	return nil
}

func scanUpload(row scanner) (u store.Upload, err error) {
	var created string
	var finished sql.NullString
	var report []byte
	if err := row.Scan(&u.ID, &u.Status, &u.SHA256, &u.Bytes, &created, &finished, &u.Error, &report); err != nil {
		return u, err
	}
	if u.CreatedAt, err = parseTime(created); err != nil {
		return u, fmt.Errorf("upload %d: %w", u.ID, err)
	}
	if u.FinishedAt, err = parseTime(finished.String); err != nil {
		return u, fmt.Errorf("upload %d: %w", u.ID, err)
	}
	if err := json.Unmarshal(report, &u.Report); err != nil {
		return u, fmt.Errorf("report of upload %d: %w", u.ID, err)
	}
	return u, nil
}

func noUpload(id int64) *store.Error {
	return store.Errorf(store.NotFound, "upload %d is not there", id)
}
