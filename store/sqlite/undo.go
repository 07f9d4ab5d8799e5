package sqlite

import (
	"context"
	"fmt"

	"atalaya/store"
)

// UndoUpload removes the incidents that the upload brought, restores those it
// updated, forgets its rejects, which hold cells of the file, removes the
// categories that it made and nothing needs, and sets the status to Undone. A
// source that it made stays, for it remembers how its files are read: the next
// one goes by that. NotFound; Conflict unless it is Done, and while a later
// upload or post has updated the same incidents. Cost: a look at every incident.
func (db *DB) UndoUpload(ctx context.Context, id int64) error {
	return db.write(ctx, fmt.Sprintf("undo upload %d", id), func(c *change) error {
		if err := c.mustBe(id, store.Done); err != nil {
			return err
		}
		if err := c.mustBeLast(id); err != nil {
			return err
		}
		restored, err := c.touch("incident", `UPDATE incident SET
			(geom, category, occurred_from, occurred_to, time_precision, location_precision, origin, updated_by, category_text, cell, offences) =
			(SELECT p.geom, p.category, p.occurred_from, p.occurred_to, p.time_precision, p.location_precision, p.origin, p.updated_by, p.category_text, p.cell, p.offences
				FROM incident_prior p WHERE p.upload = ?1 AND p.incident = fid)
			WHERE fid IN (SELECT incident FROM incident_prior WHERE upload = ?1)`, id)
		if err != nil {
			return err
		}
		if _, err := c.exec(`DELETE FROM incident_prior WHERE upload = ?`, id); err != nil {
			return err
		}
		removed, err := c.touch("incident", `DELETE FROM incident WHERE upload = ?`, id)
		if err != nil {
			return err
		}
		if _, err := c.exec(`DELETE FROM reject WHERE upload = ?`, id); err != nil {
			return err
		}
		const undone = `UPDATE upload SET status = ?, report = json_replace(report, '$.first_rejects', json('[]')) WHERE id = ?`
		if _, err := c.exec(undone, string(store.Undone), id); err != nil {
			return err
		}
		if restored+removed > 0 {
			c.span = &span{stale: true}
			if err := c.recount(); err != nil {
				return err
			}
		}
		return c.removeForsaken()
	})
}

// mustBeLast fails with Conflict where something else has updated what the
// upload brought or updated.
func (c *change) mustBeLast(id int64) error {
	var n int
	var by *string
	const query = `SELECT count(*), group_concat(DISTINCT CASE updated_by WHEN 0 THEN 'a post' ELSE 'upload ' || updated_by END)
		FROM incident WHERE updated_by <> ?1
		AND (upload = ?1 OR fid IN (SELECT incident FROM incident_prior WHERE upload = ?1))`
	if err := c.tx.QueryRowContext(c.ctx, query, id).Scan(&n, &by); err != nil {
		return err
	}
	if n > 0 {
		return store.Errorf(store.Conflict, "%d of its incidents were updated later, by %s: upload %d cannot be undone before", n, *by, id)
	}
	return nil
}
