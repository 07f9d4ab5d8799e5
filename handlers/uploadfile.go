package handlers

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"path"
	"strings"
	"unicode"

	"atalaya/store"

	"github.com/gin-gonic/gin"
)

// uploadFile returns the bytes of the file and the name that came with them:
// the part "file" of a multipart form, else the whole body.
func uploadFile(c *gin.Context) (io.Reader, string, error) {
	mediaType, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil || mediaType != "multipart/form-data" {
		_, params, err := mime.ParseMediaType(c.GetHeader("Content-Disposition"))
		if err != nil {
			return c.Request.Body, "", nil //nolint:nilerr // a header that names no file is no reason to refuse one
		}
		return c.Request.Body, params["filename"], nil
	}
	form, err := c.Request.MultipartReader()
	if err != nil {
		return nil, "", invalid("the form", []store.Problem{{Field: "Content-Type", Value: c.GetHeader("Content-Type"), Allowed: "multipart/form-data with a boundary", Message: err.Error()}})
	}
	part, err := form.NextPart()
	if errors.Is(err, io.EOF) {
		return nil, "", invalid("the form", []store.Problem{{Field: "file", Allowed: "a file", Message: "is missing"}})
	}
	if err != nil {
		return nil, "", formError(err)
	}
	if part.FormName() != "file" {
		return nil, "", errField(part)
	}
	return onlyPart{form: form, part: part}, part.FileName(), nil
}

// fileName returns the last part of a file's name without what could fool a
// terminal or a page; empty stays empty.
func fileName(name string) string {
	if name == "" {
		return ""
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, "�"))
	const most = 200 // characters
	if runes := []rune(name); len(runes) > most {
		name = string(runes[len(runes)-most:]) // its end tells what it holds
	}
	return name
}

// onlyPart reads the one part of a form and refuses a second: nothing that
// was sent is lost silently.
type onlyPart struct {
	form *multipart.Reader
	part *multipart.Part
}

// Read reads the part and, at its end, what follows it.
func (o onlyPart) Read(b []byte) (int, error) {
	n, err := o.part.Read(b)
	if !errors.Is(err, io.EOF) {
		return n, formError(err)
	}
	second, err := o.form.NextPart()
	if err == nil {
		return n, errField(second)
	}
	if !errors.Is(err, io.EOF) {
		return n, formError(err)
	}
	return n, io.EOF
}

func errField(part *multipart.Part) error {
	return invalid("the form", []store.Problem{{Field: part.FormName(), Allowed: "file, once; what else there is to say goes into the query", Message: "is no known field"}})
}

// formError returns why a form cannot be read: its end is missing, or the
// connection failed, which keeps its own error.
func formError(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return invalid("the form", []store.Problem{{Field: "body", Allowed: "a whole multipart form", Message: "breaks off"}})
	}
	return err
}
