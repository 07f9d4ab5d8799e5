package handlers

import (
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/gin-gonic/gin"
)

// asset serves one of the built web files. Their names hold a hash of their
// content, so a name never changes its meaning and caches may keep it; the
// manifest and hidden files, whose names do not, are for the server only. The
// build leaves a compressed twin beside a file where that is worth it.
func (a *API) asset(c *gin.Context) error {
	name := strings.TrimPrefix(c.Param("file"), "/")
	if a.assets == nil || name == "manifest.json" || strings.HasPrefix(name, ".") || !a.hasAsset(name) {
		return errNoPath(c)
	}
	c.Header("Cache-Control", "public, max-age=31536000, immutable")
	for _, twin := range []struct{ coding, suffix string }{{"br", ".br"}, {"gzip", ".gz"}} {
		if quality(c.GetHeader("Accept-Encoding"), []string{twin.coding, "*"}) > 0 && a.hasAsset(name+twin.suffix) {
			c.Header("Content-Encoding", twin.coding)
			c.Header("Content-Type", mime.TypeByExtension(path.Ext(name)))
			name += twin.suffix
			break
		}
	}
	http.ServeFileFS(c.Writer, c.Request, a.assets, name)
	return nil
}

func (a *API) hasAsset(name string) bool {
	info, err := fs.Stat(a.assets, name)
	return err == nil && info.Mode().IsRegular()
}
