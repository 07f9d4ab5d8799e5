package handlers

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"atalaya/store"

	"github.com/gin-gonic/gin"
)

const requestIDHeader = "X-Request-Id"

// contentPolicy lets pages load nothing but their own files; MapLibre makes
// its workers and images from blobs.
const contentPolicy = "default-src 'none'; script-src 'self'; worker-src 'self' blob:; child-src blob:; " +
	"style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// identify gives the request an id, which answers, problems and log share. An
// id that the client sent is not taken: it could be anything.
func (a *API) identify(c *gin.Context) { c.Header(requestIDHeader, rand.Text()) }

func requestID(c *gin.Context) string { return c.Writer.Header().Get(requestIDHeader) }

// log writes one line a request. Queries are left out: what somebody looks
// at is nobody's business but theirs.
func (a *API) log(c *gin.Context) {
	start := a.clock()
	defer func() {
		a.logger.LogAttrs(c.Request.Context(), slog.LevelInfo, "request",
			slog.String("request_id", requestID(c)), slog.String("method", c.Request.Method),
			slog.String("path", c.Request.URL.Path), slog.Int("status", c.Writer.Status()),
			slog.Int("bytes", max(c.Writer.Size(), 0)), slog.Duration("took", a.clock().Sub(start)))
	}()
	c.Next()
}

// recover answers a panic as the fault that it is, and keeps serving.
func (a *API) recover(c *gin.Context) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		if cause == http.ErrAbortHandler { //nolint:errorlint // the sentinel itself is what net/http looks for
			panic(cause)
		}
		a.fail(c, fmt.Errorf("panic: %v\n%s", cause, debug.Stack()))
	}()
	c.Next()
}

// secure sets the headers that keep a browser from doing harm with an answer.
func secure(c *gin.Context) {
	for name, value := range map[string]string{
		"Content-Security-Policy":    contentPolicy,
		"X-Content-Type-Options":     "nosniff",
		"X-Frame-Options":            "DENY",
		"Referrer-Policy":            "no-referrer",
		"Cross-Origin-Opener-Policy": "same-origin",
	} {
		c.Header(name, value)
	}
}

// checkHost refuses requests for a name that is not ours (DNS rebinding).
func (a *API) checkHost(c *gin.Context) {
	host := c.Request.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	if a.hosts == nil && isLoopback(host) || slices.Contains(a.hosts, host) {
		return
	}
	allowed := strings.Join(a.hosts, ", ")
	if a.hosts == nil {
		allowed = "localhost and loopback addresses"
	}
	a.fail(c, &store.Error{Kind: wrongHost, Message: "this service does not answer for the host that was asked",
		Problems: []store.Problem{{Field: "Host", Value: c.Request.Host, Allowed: allowed, Message: "is not a host of this service"}}})
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// checkOrigin refuses changes that a page of another site asks a browser for.
func (a *API) checkOrigin(c *gin.Context) {
	if err := http.NewCrossOriginProtection().Check(c.Request); err != nil {
		a.fail(c, &store.Error{Kind: crossOrigin, Message: "changes are not taken from the pages of another site", Err: err})
	}
}

// limit holds a request to the limits of its route. Connections have real
// deadlines, so this is the one place that asks the real clock. The write
// deadline leaves time to say that time is up; where the server cannot set
// deadlines the context still ends.
func limit(c *gin.Context, r route) context.CancelFunc {
	ctx, cancel := context.WithTimeout(c.Request.Context(), r.time)
	c.Request = c.Request.WithContext(ctx)
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, r.body)
	connection := http.NewResponseController(c.Writer)
	if r.body > 0 {
		_ = connection.SetReadDeadline(time.Now().Add(r.time))
	}
	_ = connection.SetWriteDeadline(time.Now().Add(r.time + quick))
	return cancel
}
