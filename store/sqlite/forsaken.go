package sqlite

import (
	"database/sql"
	"slices"
	"strings"

	"atalaya/store"
)

// removeForsaken removes the categories, with their texts, that undone uploads
// made and that nothing is left of: no incident, nor one that an undo would
// bring back, is of such a category, has it as a further offence or came as one
// of its texts, and nobody has edited it or mapped a text to it since. Those of
// earlier undone uploads may have been needed by this one. Cost: a look at every
// incident where there are such categories.
func (c *change) removeForsaken() error {
	made, err := c.madeByUndone()
	if err != nil || len(made) == 0 {
		return err
	}
	needed, err := c.neededCategories()
	if err != nil {
		return err
	}
	for _, k := range made {
		if needed[k.Code] {
			continue
		}
		texts, err := c.list(`SELECT raw FROM category_text WHERE category = ?`, k.Code)
		if err != nil {
			return err
		}
		if !isAsMade(k, texts) {
			continue
		}
		if _, err := c.exec(`DELETE FROM category_text WHERE category = ?`, k.Code); err != nil {
			return err
		}
		if _, err := c.touch("category", `DELETE FROM category WHERE code = ?`, k.Code); err != nil {
			return err
		}
	}
	return nil
}

// madeByUndone returns the categories without incidents that undone uploads
// made.
func (c *change) madeByUndone() (made []store.Category, err error) {
	err = each(c.ctx, c.tx, func(rows *sql.Rows) error {
		k, err := scanCategory(rows)
		made = append(made, k)
		return err
	}, selectCategory+` WHERE incidents = 0 AND code IN
		(SELECT value FROM upload, json_each(report, '$.new_categories') WHERE status = ?)`, string(store.Undone))
	return made, err
}

// neededCategories returns the categories that incidents refer to, other than
// by being of them, and those too that an undo would bring back.
func (c *change) neededCategories() (map[string]bool, error) {
	lists, err := c.list(`
		SELECT category FROM incident_prior
		UNION SELECT offences FROM incident WHERE offences IS NOT NULL
		UNION SELECT offences FROM incident_prior WHERE offences IS NOT NULL
		UNION SELECT category FROM category_text WHERE category IS NOT NULL AND id IN
			(SELECT category_text FROM incident UNION SELECT category_text FROM incident_prior)`)
	needed := map[string]bool{}
	for _, codes := range lists {
		for code := range strings.SplitSeq(codes, ",") {
			needed[code] = true
		}
	}
	return needed, err
}

// isAsMade reports whether a category is as an import makes it of one of the
// texts that mean it, and each of them is one that an import takes for it.
func isAsMade(k store.Category, texts []string) bool {
	if k == newCategory("") && len(texts) == 0 {
		return true
	}
	for _, raw := range texts {
		if newCategory(raw).Code != k.Code && store.Fold(raw) != store.Fold(k.NameES) {
			return false
		}
	}
	return slices.ContainsFunc(texts, func(raw string) bool { return k == newCategory(raw) })
}

// list returns the one column of a query.
func (c *change) list(query string, args ...any) (all []string, err error) {
	err = each(c.ctx, c.tx, func(rows *sql.Rows) error {
		var value string
		err := rows.Scan(&value)
		all = append(all, value)
		return err
	}, query, args...)
	return all, err
}
