package handlers

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
)

// rejects answers the rows of an upload that were not taken, as CSV.
func (a *API) rejects(c *gin.Context) error {
	id, err := pathID(c)
	if err == nil {
		err = noParams(c)
	}
	if err != nil {
		return err
	}
	if _, err := a.store.Upload(c.Request.Context(), id); err != nil {
		return err
	}
	c.Header("Content-Type", typeCSV)
	c.Header("Content-Disposition", fmt.Sprintf("attachment; filename=%q", fmt.Sprintf("atalaya-upload-%d-rejects.csv", id)))
	c.Header("Cache-Control", "private, no-cache")
	out := csv.NewWriter(c.Writer)
	if err := out.Write([]string{"row", "reason", "field", "value", "message"}); err != nil {
		return err
	}
	for r, err := range a.store.Rejects(c.Request.Context(), id) {
		if err != nil {
			return err
		}
		if err := out.Write([]string{strconv.Itoa(r.Row), r.Reason, inert(r.Field), inert(r.Value), inert(r.Message)}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// inert puts an apostrophe before a text that a spreadsheet would run as a
// formula (OWASP, CSV injection). Numbers stay: a negative one runs nothing.
func inert(s string) string {
	if s == "" || !strings.ContainsRune("=+-@\t\r\n", rune(s[0])) {
		return s
	}
	if _, err := strconv.ParseFloat(s, 64); err == nil {
		return s
	}
	return "'" + s
}
