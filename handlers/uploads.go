package handlers

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"

	"atalaya/geo/crs"
	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/gin-gonic/gin"
)

// postUpload stages a file and answers how it would be read. With confirm=auto
// its import begins where nothing is in doubt.
func (a *API) postUpload(c *gin.Context) error {
	options, auto, err := uploadOptions(c)
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
	ctx := c.Request.Context()
	upload, err := a.stageUpload(ctx, file, options)
	if err != nil {
		return err
	}
	c.Header("Location", fmt.Sprintf("/api/v1/uploads/%d", upload.ID))
	if auto && upload.Proposal.Confident {
		if err := a.begin(upload, confirmedChoices(*upload.Proposal, store.Choices{})); err != nil {
			return err
		}
	}
	return answer(c, http.StatusAccepted, typeJSON, translate(a.present(upload), listen(c)))
}

// stageUpload keeps a file with its proposal until somebody confirms it. Of a
// file that cannot be read nothing is kept.
func (a *API) stageUpload(ctx context.Context, file io.Reader, options ingest.Options) (u store.Upload, err error) {
	if err := a.imports.isOpen(); err != nil {
		return u, err
	}
	staged, err := a.stage.take(file)
	if err != nil {
		return u, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(staged.path))
		}
	}()
	proposal, err := a.propose(ctx, staged.path, options)
	if err != nil {
		return u, err
	}
	id, err := a.store.CreateUpload(ctx, store.Upload{
		Status: store.Staged, SHA256: staged.sha256, Bytes: staged.bytes, CreatedAt: a.clock().UTC(), Proposal: &proposal,
		Report: store.Report{File: options.File, Source: proposal.Source},
	})
	if err != nil {
		return u, err
	}
	if err := a.stage.keep(staged, id); err != nil {
		return u, errors.Join(err, a.store.DiscardUpload(ctx, id))
	}
	return a.store.Upload(ctx, id)
}

func (a *API) propose(ctx context.Context, path string, options ingest.Options) (p store.Proposal, err error) {
	file, err := os.Open(path) //nolint:gosec // a file of our own stage
	if err != nil {
		return p, fmt.Errorf("open staged upload: %w", err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	options.Clock, options.TempDir = a.clock, a.stage.dir
	p, err = ingest.Propose(ctx, a.store, file, options)
	if refusal, ok := errors.AsType[*store.Error](err); ok {
		refusal.Message = asFields(refusal.Message)
	}
	return p, err
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
	present, say := make([]store.Upload, 0, len(uploads)), listen(c)
	for _, u := range uploads {
		present = append(present, translate(a.present(u), say))
	}
	return answer(c, http.StatusOK, typeJSON, gin.H{"uploads": present})
}

// showUpload answers one upload: where it stands, its proposal while it waits,
// and the report once done.
func (a *API) showUpload(c *gin.Context) error {
	id, err := pathID(c)
	if err == nil {
		err = noParams(c)
	}
	if err != nil {
		return err
	}
	return a.answerUpload(c, http.StatusOK, id)
}

// deleteUpload takes an upload back, wherever it stands: one that waits is
// discarded, one that is imported is stopped and discarded, and what a done
// one brought is undone.
func (a *API) deleteUpload(c *gin.Context) error {
	id, err := pathID(c)
	if err == nil {
		err = noParams(c)
	}
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	upload, err := a.store.Upload(ctx, id)
	if err != nil {
		return err
	}
	switch job := a.imports.find(id); {
	case job != nil:
		err = a.cancel(ctx, job)
	case upload.Status == store.Importing:
		err = store.Errorf(store.Conflict, "upload %d is imported by another process: stop that one", id)
	case upload.Status == store.Staged || upload.Status == store.Failed:
		if err = a.store.DiscardUpload(ctx, id); err == nil {
			err = a.stage.remove(id)
			a.imports.bell.ring()
		}
	default:
		err = a.store.UndoUpload(ctx, id)
	}
	if err != nil {
		return err
	}
	return a.answerUpload(c, http.StatusOK, id)
}

// cancel stops an import and waits until it has ended.
func (a *API) cancel(ctx context.Context, job *importJob) error {
	job.cancel(errDiscarded)
	select {
	case <-job.ended:
	case <-ctx.Done():
		return store.Errorf(store.Unavailable, "upload %d will be discarded when the import before it has ended", job.upload)
	}
	upload, err := a.store.Upload(ctx, job.upload)
	if err == nil && upload.Status != store.Discarded {
		err = store.Errorf(store.Conflict, "upload %d was %s before it could be stopped", upload.ID, upload.Status)
	}
	return err
}

func (a *API) answerUpload(c *gin.Context, status int, id int64) error {
	u, err := a.upload(c.Request.Context(), id)
	if err != nil {
		return err
	}
	return answer(c, status, typeJSON, translate(u, listen(c)))
}

// askedUpload returns the upload that the path names, for paths that take no
// parameters.
func (a *API) askedUpload(c *gin.Context) (store.Upload, error) {
	id, err := pathID(c)
	if err == nil {
		err = noParams(c)
	}
	if err != nil {
		return store.Upload{}, err
	}
	return a.store.Upload(c.Request.Context(), id)
}

// uploadOptions reads what the query says of the file, and whether its import
// may begin without a look at it.
func uploadOptions(c *gin.Context) (o ingest.Options, auto bool, err error) {
	p := readParams(c)
	const codes = "a code: lower-case letters, digits, hyphens, underscores"
	o = ingest.Options{
		File:     fileName(p.one("filename", "the name of the file")),
		Source:   p.one("source", codes),
		TimeZone: p.one("timezone", zoneAllowed),
		CRS:      p.one("crs", crs.Allowed),
		Rows:     p.one("rows", rowsAllowed),
		Sheet:    p.one("sheet", "a sheet, layer or packed file"),
		Allow:    p.all("allow"),
	}
	parse(p, "confirm", "auto", &auto, func(s string) (bool, error) {
		if s != "auto" {
			return false, errors.New("is no way to confirm")
		}
		return true, nil
	})
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
	p.problems = append(p.problems, problemsOf(o.Check())...)
	return o, auto, p.err()
}

const rowsAllowed = ingest.OffencesPerIncident + ", " + ingest.IncidentPerRow

// problemsOf returns the problems that an error lists.
func problemsOf(err error) []store.Problem {
	if refusal, ok := errors.AsType[*store.Error](err); ok {
		return refusal.Problems
	}
	return nil
}
