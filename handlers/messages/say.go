package messages

import "atalaya/store"

// Say says what the reader of a file found. What has no form in the language
// is said in English.
func (c *Catalogue) Say(s store.Saying) string {
	return s.In(func(form string) string {
		if own, ok := c.forms[form]; ok {
			return own
		}
		return form
	})
}
