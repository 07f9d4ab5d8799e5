package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"unicode/utf8"

	"atalaya/store"

	"github.com/gin-gonic/gin"
)

// Kinds of error that only HTTP knows, beside those of the store.
const (
	crossOrigin      store.Kind = "cross_origin"
	methodNotAllowed store.Kind = "method_not_allowed"
	notAcceptable    store.Kind = "not_acceptable"
	timedOut         store.Kind = "request_timeout"
	wrongHost        store.Kind = "wrong_host"
	wrongType        store.Kind = "unsupported_media_type"
)

// statusOf is the one place where an error becomes an HTTP status.
func statusOf(kind store.Kind) int {
	switch kind {
	case store.Invalid:
		return http.StatusBadRequest
	case store.NotFound:
		return http.StatusNotFound
	case store.Conflict:
		return http.StatusConflict
	case store.TooLarge:
		return http.StatusRequestEntityTooLarge
	case store.Unavailable:
		return http.StatusServiceUnavailable
	case crossOrigin:
		return http.StatusForbidden
	case methodNotAllowed:
		return http.StatusMethodNotAllowed
	case notAcceptable:
		return http.StatusNotAcceptable
	case timedOut:
		return http.StatusRequestTimeout
	case wrongHost:
		return http.StatusMisdirectedRequest
	case wrongType:
		return http.StatusUnsupportedMediaType
	}
	return http.StatusInternalServerError
}

// problem is a problem document of RFC 9457. Its type is always about:blank:
// code tells programs what went wrong.
type problem struct {
	Type      string       `json:"type"`
	Title     string       `json:"title"`
	Status    int          `json:"status"`
	Detail    string       `json:"detail"`
	Instance  string       `json:"instance"`
	Code      store.Kind   `json:"code"`
	RequestID string       `json:"request_id"`
	Errors    []inputError `json:"errors,omitempty"`
}

// inputError is one thing that is wrong with a request.
type inputError struct {
	Row       int    `json:"row,omitempty"`
	Parameter string `json:"parameter"`
	Value     string `json:"value"`
	Allowed   string `json:"allowed,omitempty"`
	Message   string `json:"message"`
}

// fail answers a request with what went wrong. A fault of ours is logged with
// its cause, of which the answer only tells the request id.
func (a *API) fail(c *gin.Context, err error) {
	c.Abort()
	refusal := refusalOf(err)
	status := statusOf(refusal.Kind)
	if status >= http.StatusInternalServerError {
		a.logger.LogAttrs(c.Request.Context(), slog.LevelError, "request failed",
			slog.String("request_id", requestID(c)), slog.String("path", c.Request.URL.Path), slog.Any("error", err))
	}
	if c.Writer.Written() {
		panic(http.ErrAbortHandler) // an answer that breaks off must not look whole
	}
	switch {
	case a.forPeople(c) && status == http.StatusNotFound:
		a.pages.NotFound(c)
		return
	case a.forPeople(c) && status >= http.StatusInternalServerError:
		a.pages.Error(c, refusal)
		return
	}
	c.Header("Cache-Control", "no-store")
	c.Header("Content-Type", "application/problem+json")
	c.Status(status)
	body := problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: refusal.Message,
		Instance: c.Request.URL.Path, Code: refusal.Kind, RequestID: requestID(c), Errors: inputErrors(refusal.Problems),
	}
	if err := json.NewEncoder(c.Writer).Encode(body); err != nil {
		a.logger.LogAttrs(c.Request.Context(), slog.LevelDebug, "problem not sent", slog.Any("error", err))
	}
}

// refusalOf returns what may be told of an error.
func refusalOf(err error) *store.Error {
	var refusal *store.Error
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return store.Errorf(store.TooLarge, "the body is larger than %d bytes, the most this path takes", tooLarge.Limit)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return store.Errorf(timedOut, "the body did not arrive in time")
	case errors.Is(err, context.DeadlineExceeded):
		return store.Errorf(store.Unavailable, "it took too long: ask for less at once, a smaller area, a coarser resolution or a shorter time")
	case errors.Is(err, context.Canceled):
		return store.Errorf(store.Unavailable, "the request was given up")
	case errors.As(err, &refusal) && refusal.Kind != store.Internal:
		return refusal
	}
	return store.Errorf(store.Internal, "a fault of this service: its log has the cause under the request id")
}

// inputErrors returns problems as problem documents name them. Long values
// are cut: they only remind the sender of what came.
func inputErrors(problems []store.Problem) []inputError {
	out := make([]inputError, 0, len(problems))
	for _, p := range problems {
		out = append(out, inputError{Row: p.Row, Parameter: p.Field, Value: clip(p.Value), Allowed: p.Allowed, Message: p.Message})
	}
	return out
}

// clip cuts a text after 200 characters.
func clip(s string) string {
	const most = 200
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}

// invalid returns an error that holds the problems, nil where there are none.
func invalid(what string, problems []store.Problem) error {
	switch len(problems) {
	case 0:
		return nil
	case 1:
		return &store.Error{Kind: store.Invalid, Message: what + " is not valid: " + problems[0].Field + " " + problems[0].Message, Problems: problems}
	}
	return &store.Error{Kind: store.Invalid, Message: fmt.Sprintf("%s is not valid: %d problems", what, len(problems)), Problems: problems}
}
