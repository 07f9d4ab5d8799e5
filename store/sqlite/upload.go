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

const (
	uploadColumns = `id, status, sha256, bytes, +created_at, +finished_at, error, report`
	selectUpload  = `SELECT ` + uploadColumns + `, proposal FROM upload`
)

// CreateUpload records that a file came in and returns its number. The status
// is Staged where u says so, and Importing otherwise; its CreatedAt is now
// unless it is given.
func (db *DB) CreateUpload(ctx context.Context, u store.Upload) (id int64, err error) {
	const doing = "create upload"
	report, err := json.Marshal(u.Report)
	if err != nil {
		return 0, invalid(doing, []store.Problem{{Field: "report", Message: err.Error(), Allowed: "finite numbers"}})
	}
	proposal, err := jsonOrNull(u.Proposal, u.Proposal == nil)
	if err != nil {
		return 0, invalid(doing, []store.Problem{{Field: "proposal", Message: err.Error(), Allowed: "finite numbers"}})
	}
	if u.Status != store.Staged {
		u.Status = store.Importing
	}
	err = db.write(ctx, doing, func(c *change) error {
		if u.CreatedAt.IsZero() {
			u.CreatedAt = c.now()
		}
		result, err := c.tx.ExecContext(c.ctx, `
			INSERT INTO upload (status, sha256, bytes, created_at, error, report, proposal) VALUES (?, ?, ?, ?, '', ?, ?)`,
			string(u.Status), u.SHA256, u.Bytes, timeText(u.CreatedAt), string(report), proposal)
		if err != nil {
			return err
		}
		if id, err = result.LastInsertId(); err != nil || u.Status == store.Staged {
			return err
		}
		// Before the commit: nobody sees the upload importing without its claim.
		return db.claims.take(id)
	})
	if err != nil {
		db.claims.drop(id)
		return 0, err
	}
	return id, nil
}

// Uploads returns all uploads, newest first, without their proposals.
func (db *DB) Uploads(ctx context.Context) ([]store.Upload, error) {
	var all []store.Upload
	err := db.read(ctx, "read the uploads", func(tx *sql.Tx) error {
		return each(ctx, tx, func(rows *sql.Rows) error {
			u, err := scanUpload(rows)
			all = append(all, u)
			return err
		}, `SELECT `+uploadColumns+`, NULL FROM upload ORDER BY id DESC`)
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

// Rejects walks the rows of an upload that were not taken, by sheet and row. NotFound.
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
			const query = `SELECT sheet, row, reason, field, value, message, said, record FROM reject WHERE upload = ? ORDER BY sheet, row, id`
			return each(ctx, tx, func(rows *sql.Rows) error {
				var r store.Reject
				var said, record []byte
				err := rows.Scan(&r.Sheet, &r.Row, &r.Reason, &r.Field, &r.Value, &r.Message, &said, &record)
				if err == nil && said != nil {
					err = json.Unmarshal(said, &r.Said)
				}
				if err == nil && record != nil {
					err = json.Unmarshal(record, &r.Record)
				}
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

func scanUpload(row scanner) (u store.Upload, err error) {
	var created string
	var finished sql.NullString
	var report, proposal []byte
	if err := row.Scan(&u.ID, &u.Status, &u.SHA256, &u.Bytes, &created, &finished, &u.Error, &report, &proposal); err != nil {
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
	if proposal == nil {
		return u, nil
	}
	if err := json.Unmarshal(proposal, &u.Proposal); err != nil {
		return u, fmt.Errorf("proposal of upload %d: %w", u.ID, err)
	}
	return u, nil
}

func noUpload(id int64) *store.Error {
	return store.Errorf(store.NotFound, "upload %d is not there", id)
}
