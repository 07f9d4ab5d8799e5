package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"

	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/gin-gonic/gin"
)

// postUpload takes a file, puts it in the queue of imports and answers before
// it is imported.
func (a *API) postUpload(c *gin.Context) error {
	options, err := uploadOptions(c)
	if err != nil {
		return err
	}
	file, name, err := uploadFile(c)
	if err != nil {
		return err
	}
	if options.File == "" {
		options.File = fileName(name)
	}
	staged, err := a.stage(file)
	if err != nil {
		return err
	}
	id, err := a.enqueue(c.Request.Context(), staged, options)
	if err != nil {
		return errors.Join(err, os.Remove(staged.path))
	}
	created, err := a.store.Upload(c.Request.Context(), id)
	if err != nil {
		return err
	}
	c.Header("Location", fmt.Sprintf("/api/v1/uploads/%d", id))
	return answer(c, http.StatusAccepted, typeJSON, created)
}

// listUploads answers all uploads, newest first.
func (a *API) listUploads(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	uploads, err := a.store.Uploads(c.Request.Context())
	if err != nil {
		return err
	}
	if uploads == nil {
		uploads = []store.Upload{}
	}
	return answer(c, http.StatusOK, typeJSON, gin.H{"uploads": uploads})
}

// showUpload answers one upload: where it stands, and the report once done.
func (a *API) showUpload(c *gin.Context) error {
	id, err := pathID(c)
	if err == nil {
		err = noParams(c)
	}
	if err != nil {
		return err
	}
	return a.answerUpload(c, id)
}

// undoUpload takes back what an upload brought.
func (a *API) undoUpload(c *gin.Context) error {
	id, err := pathID(c)
	if err == nil {
		err = noParams(c)
	}
	if err != nil {
		return err
	}
	if err := a.store.UndoUpload(c.Request.Context(), id); err != nil {
		return err
	}
	return a.answerUpload(c, id)
}

func (a *API) answerUpload(c *gin.Context, id int64) error {
	u, err := a.store.Upload(c.Request.Context(), id)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, typeJSON, u)
}

// uploadOptions reads what the query says of the file.
func uploadOptions(c *gin.Context) (ingest.Options, error) {
	p := readParams(c)
	o := ingest.Options{
		File:   fileName(p.one("filename", "the name of the file")),
		Source: p.one("source", "a code: lower-case letters, digits, hyphens, underscores"),
	}
	parse(p, "timezone", zoneAllowed, &o.TimeZone, parseZone)
	parse(p, "crs", crsAllowed, &o.CRS, parseCRS)
	for _, pair := range p.all("map") {
		field, column, ok := strings.Cut(pair, ":")
		if !ok || field == "" || column == "" {
			p.refuse("map", pair, "field:column", "is no pair of a field and a column")
			continue
		}
		if o.Map == nil {
			o.Map = map[string]string{}
		}
		if _, twice := o.Map[field]; twice {
			p.refuse("map", pair, "each field once", "maps a field a second time")
		}
		o.Map[field] = column
	}
	return o, p.err()
}

func parseZone(name string) (string, error) {
	_, err := loadZone(name)
	return name, err
}

const crsAllowed = "EPSG:4326"

func parseCRS(s string) (string, error) {
	if !strings.EqualFold(s, crsAllowed) {
		return "", errors.New("is no coordinate system that files are read in so far")
	}
	return crsAllowed, nil
}
