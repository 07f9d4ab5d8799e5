package handlers

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"atalaya/handlers/messages"
	"atalaya/store"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"
)

// How often events come: at most one in eventEvery, and a comment at least
// each heartbeat, so that what stands between does not cut the line.
const (
	eventEvery = 200 * time.Millisecond
	heartbeat  = 15 * time.Second
)

// uploadEvents answers what happens to an upload, as it happens (server-sent
// events): its present state first, its progress while it is imported, and
// its end last. A slow reader misses states, never the end.
func (a *API) uploadEvents(c *gin.Context) error {
	upload, err := a.askedUpload(c)
	if err != nil {
		return err
	}
	c.Header("Content-Type", "text/event-stream")
	c.Header("Cache-Control", "no-store")
	c.Header(gzhttp.HeaderNoCompression, "1") // what is compressed waits for more
	say := listen(c)
	c.Status(http.StatusOK)
	if c.Request.Method == http.MethodHead {
		return nil
	}
	return a.tell(c, upload, say)
}

// tell writes events until the upload has ended, the reader has gone or the
// service stops.
func (a *API) tell(c *gin.Context, upload store.Upload, say *messages.Catalogue) error {
	ctx := c.Request.Context()
	events := eventWriter{c: c}
	for {
		rung := a.imports.bell.listen() // before looking, so that nothing is missed
		job := a.imports.find(upload.ID)
		var err error
		switch upload, err = a.upload(ctx, upload.ID); {
		case ctx.Err() != nil:
			return nil //nolint:nilerr // whoever asked has gone
		case err != nil:
			return err
		case job != nil:
			err = events.write("progress", job.meter.progress())
		case upload.Status == store.Importing: // by another process
			err = events.write("progress", progress{Phase: waiting})
		default:
			err = events.write(string(upload.Status), translate(upload, say))
		}
		switch {
		case errors.Is(err, errReaderGone):
			return nil
		case err != nil || job == nil && isFinal(upload.Status):
			return err
		}
		if !a.wait(c, eventEvery, nil) || !a.wait(c, heartbeat, rung) {
			return nil
		}
	}
}

// isFinal reports whether nothing more happens to an upload by itself that
// somebody could wait for.
func isFinal(s store.UploadStatus) bool { return s != store.Staged && s != store.Importing }

// wait returns after a while, or when rung is closed before. It reports whether
// there is still somebody to tell.
func (a *API) wait(c *gin.Context, long time.Duration, rung <-chan struct{}) bool {
	timer := time.NewTimer(long)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-rung:
	case <-a.stopping:
		return false
	case <-c.Request.Context().Done():
		return false
	}
	return true
}

// eventWriter writes events and leaves out what it has said just before.
type eventWriter struct {
	c     *gin.Context
	last  string
	spoke time.Time
}

func (w *eventWriter) write(name string, data any) error {
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	event, now := fmt.Sprintf("event: %s\ndata: %s\n\n", name, text), time.Now()
	switch {
	case event != w.last:
		w.last = event
	case now.Sub(w.spoke) < heartbeat:
		return nil
	default:
		event = ": still there\n\n"
	}
	w.spoke = now
	// The one deadline of the answer would cut a line that is alive.
	_ = http.NewResponseController(w.c.Writer).SetWriteDeadline(now.Add(quick))
	if _, err := w.c.Writer.WriteString(event); err != nil {
		return errReaderGone
	}
	w.c.Writer.Flush()
	return nil
}

var errReaderGone = errors.New("the reader has gone")
