package handlers

import (
	"context"
	"encoding/json"
	"io"
	"net/http"

	"atalaya/store"

	"github.com/gin-gonic/gin"
)

// readBody returns the body of a request without parameters, of one of the
// media types.
func readBody(c *gin.Context, types ...string) ([]byte, error) {
	if err := noParams(c); err != nil {
		return nil, err
	}
	if _, err := bodyType(c, types...); err != nil {
		return nil, err
	}
	return io.ReadAll(c.Request.Body)
}

// putStatus tells by the answer to "is it there" what a PUT will have done.
func putStatus[T any](_ T, err error) (int, error) {
	switch store.KindOf(err) {
	case "":
		return http.StatusOK, nil
	case store.NotFound:
		return http.StatusCreated, nil
	}
	return 0, err
}

// answer writes a body as JSON of a media type. Descriptions change seldom,
// but whoever changed one wants to see it: caches must ask.
func answer(c *gin.Context, status int, mediaType string, body any) error {
	c.Header("Cache-Control", "private, no-cache")
	c.Header("Content-Type", mediaType)
	c.Status(status)
	encoder := json.NewEncoder(c.Writer)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(body)
}

// remove takes away what is named and answers that it is gone.
func remove(c *gin.Context, name string, from func(context.Context, string) error) error {
	if err := noParams(c); err != nil {
		return err
	}
	if err := from(c.Request.Context(), name); err != nil {
		return err
	}
	c.Status(http.StatusNoContent)
	return nil
}
