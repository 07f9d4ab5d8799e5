package pages

import (
	"net/http"
	"slices"

	"atalaya/handlers/messages"

	"github.com/gin-gonic/gin"
)

// cookieName is the cookie that keeps the language somebody read last.
const cookieName = "atalaya_lang"

// Root serves GET /: it leads to the pages in the reader's language, by the
// cookie, then Accept-Language, then the default.
func (p *Pages) Root(c *gin.Context) {
	c.Header("Vary", "Cookie, Accept-Language")
	c.Header("Cache-Control", "private, no-cache")
	c.Redirect(http.StatusFound, "/"+preferred(c.Request)+"/")
}

func preferred(r *http.Request) string {
	if cookie, err := r.Cookie(cookieName); err == nil && slices.Contains(messages.Languages(), cookie.Value) {
		return cookie.Value
	}
	return messages.Preferred(r.Header.Get("Accept-Language"))
}

// remember keeps the language of the page for the next visit to /.
func remember(c *gin.Context, lang string) {
	if cookie, err := c.Request.Cookie(cookieName); err == nil && cookie.Value == lang {
		return
	}
	//nolint:gosec // over plain HTTP, on this machine only, a secure cookie would not come back
	http.SetCookie(c.Writer, &http.Cookie{
		Name: cookieName, Value: lang, Path: "/", MaxAge: 365 * 24 * 60 * 60,
		HttpOnly: true, Secure: c.Request.TLS != nil, SameSite: http.SameSiteLaxMode,
	})
}
