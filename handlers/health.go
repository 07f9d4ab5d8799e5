package handlers

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// healthz tells that the process is alive. It asks nothing else, so that a
// slow database does not get the process restarted.
func (a *API) healthz(c *gin.Context) error {
	c.Header("Cache-Control", "no-store")
	c.JSON(http.StatusOK, gin.H{"status": "alive", "version": a.version})
	return nil
}

// readyz tells whether the store answers, and which data it holds.
func (a *API) readyz(c *gin.Context) error {
	version, err := a.store.Version(c.Request.Context())
	if err != nil {
		return err
	}
	c.Header("Cache-Control", "no-store")
	body := gin.H{"status": "ready", "data_version": version.Number, "data_at": nil}
	if !version.At.IsZero() {
		body["data_at"] = version.At.UTC().Format(time.RFC3339)
	}
	c.JSON(http.StatusOK, body)
	return nil
}
