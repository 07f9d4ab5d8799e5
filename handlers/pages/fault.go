package pages

import (
	"net/http"
	"strings"

	"atalaya/handlers/messages"
	"atalaya/store"

	"github.com/gin-gonic/gin"
)

// requestIDHeader is where the router puts the number of a request.
const requestIDHeader = "X-Request-Id"

// fault is a page that could not be shown.
type fault struct {
	Heading, Text string
	Detail        string // what exactly is wrong, in English as the API says it; may be empty
	RequestID     string
	Retry         string // where to try again; empty: no use
}

// NotFound answers 404 in the language of the path.
func (p *Pages) NotFound(c *gin.Context) {
	p.missing(c, messages.For(langOf(c)).Text("fault.not_found.text"), "")
}

// missing answers 404 and says what there is not.
func (p *Pages) missing(c *gin.Context, text, detail string) {
	heading := messages.For(langOf(c)).Text("fault.not_found.heading")
	p.fault(c, http.StatusNotFound, fault{Heading: heading, Text: text, Detail: detail})
}

// Error answers with a page that says what failed and what still works; err
// goes to gin's errors for the log. Only errors that a reader can act on are
// shown in full.
func (p *Pages) Error(c *gin.Context, err error) {
	_ = c.Error(err)
	say := messages.For(langOf(c))
	switch store.KindOf(err) {
	case store.NotFound:
		p.NotFound(c)
	case store.Invalid, store.Conflict, store.TooLarge:
		p.fault(c, http.StatusBadRequest, fault{Heading: say.Text("fault.invalid.heading"), Text: say.Text("fault.invalid.text"), Detail: err.Error()})
	case store.Unavailable:
		p.fault(c, http.StatusServiceUnavailable, fault{Heading: say.Text("fault.busy.heading"), Text: say.Text("fault.busy.text"), Retry: c.Request.URL.RequestURI()})
	default:
		p.fault(c, http.StatusInternalServerError, fault{Heading: say.Text("fault.internal.heading"), Text: say.Text("fault.internal.text"), Retry: c.Request.URL.RequestURI()})
	}
}

func (p *Pages) fault(c *gin.Context, status int, view fault) {
	lang, named := languageOf(c.Request.URL.Path)
	path := "/"
	if named {
		path = strings.TrimPrefix(c.Request.URL.Path, "/"+lang)
	}
	view.RequestID = c.Writer.Header().Get(requestIDHeader)
	f := p.frameFor(c, lang, path, "", view.Heading, p.holdings.Load())
	f.Canonical = ""
	p.render(c, status, "fault", f, view)
	c.Abort()
}

func langOf(c *gin.Context) string {
	lang, _ := languageOf(c.Request.URL.Path)
	return lang
}
