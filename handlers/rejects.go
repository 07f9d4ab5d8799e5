package handlers

import (
	"fmt"

	"atalaya/handlers/rejects"

	"github.com/gin-gonic/gin"
)

// rejects answers the rows of an upload that were not taken, as CSV in the
// language of the reader.
func (a *API) rejects(c *gin.Context) error {
	upload, err := a.askedUpload(c)
	if err != nil {
		return err
	}
	say := listen(c)
	c.Header("Content-Type", typeCSV)
	c.Header("Content-Disposition", fmt.Sprintf("attachment; filename=%q", fmt.Sprintf("atalaya-upload-%d-rejects.csv", upload.ID)))
	c.Header("Cache-Control", "private, no-cache")
	out := rejects.NewWriter(c.Writer, say.Lang(), rejects.Columns(upload.Report))
	for r, err := range a.store.Rejects(c.Request.Context(), upload.ID) {
		if err != nil {
			return err
		}
		if err := out.Write(r); err != nil {
			return err
		}
	}
	return out.Close()
}
