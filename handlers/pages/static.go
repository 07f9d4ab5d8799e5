package pages

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
)

//go:embed static
var staticFiles embed.FS

// file is one of our own files, ready to be sent.
type file struct {
	contentType string
	body        []byte
}

// Static serves GET /static/*file: the style sheet and the icon. Their names
// hold a hash of their content, so clients may keep them for good.
func (p *Pages) Static(c *gin.Context) {
	f, ok := p.static[strings.TrimPrefix(c.Param("file"), "/")]
	if !ok {
		p.NotFound(c)
		return
	}
	c.Header("Cache-Control", "public, max-age=31536000, immutable")
	c.Data(http.StatusOK, f.contentType, f.body)
}

// addStatic takes in the files: the style sheet begins with the palette.
func (p *Pages) addStatic() error {
	style, err := staticFiles.ReadFile("static/atalaya.css")
	if err != nil {
		return fmt.Errorf("read style sheet: %w", err)
	}
	icon, err := staticFiles.ReadFile("static/icon.svg")
	if err != nil {
		return fmt.Errorf("read icon: %w", err)
	}
	p.style = p.addFile("atalaya", ".css", "text/css; charset=utf-8", append([]byte(customProperties()), style...))
	p.icon = p.addFile("icon", ".svg", "image/svg+xml", icon)
	return nil
}

// addFile returns the URL that the file is served at.
func (p *Pages) addFile(name, extension, contentType string, body []byte) string {
	sum := sha256.Sum256(body)
	name += "." + hex.EncodeToString(sum[:6]) + extension
	p.static[name] = file{contentType: contentType, body: body}
	return "/static/" + name
}
