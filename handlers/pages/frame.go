package pages

import (
	"net/http"
	"strings"
	"time"

	"atalaya/handlers/messages"

	"github.com/gin-gonic/gin"
)

// frame is what every page has around its own part.
type frame struct {
	Lang        string
	Title       string
	Description string
	Style, Icon string // URLs
	Assets      Assets // of the map; only there
	Canonical   string
	Languages   []language
	Home, Map   link   // with the state of the page
	AsOf        string // how far the data reach and when they last changed; empty when unknown
	Synthetic   bool
	Version     string
	Data        int64 // data version
}

// language is a link to the page in one language.
type language struct {
	Lang, Name string
	Href       string // absolute path, with the state
	Absolute   string // with scheme and host, without it
	Current    bool
}

// frameFor returns the frame of a page at the path after the language ("/",
// "/map"), with the query that keeps its state. h may be nil where the store
// did not answer.
func (p *Pages) frameFor(c *gin.Context, lang, path, query, title string, h *holdings) frame {
	say := messages.For(lang)
	f := frame{
		Lang: lang, Title: title, Description: say.Text("site.description"),
		Style: p.style, Icon: p.icon, Version: p.opts.Version,
		Home: link{Href: "/" + lang + "/" + query, Text: say.Text("nav.list"), Current: path == "/"},
		Map:  link{Href: "/" + lang + "/map" + query, Text: say.Text("nav.map"), Current: path == "/map"},
	}
	origin := originOf(c.Request)
	f.Canonical = origin + "/" + lang + path
	for _, other := range messages.Languages() {
		f.Languages = append(f.Languages, language{
			Lang: other, Name: messages.For(other).Text("language.name"), Current: other == lang,
			Href: "/" + other + path + query, Absolute: origin + "/" + other + path,
		})
	}
	if h != nil {
		f.Synthetic, f.Data = h.summary.Synthetic, h.version.Number
		f.AsOf = p.asOf(h, say)
	}
	return f
}

// asOf says up to which day there are incidents and when they were loaded:
// what is fresh from the one can be old by the other.
func (p *Pages) asOf(h *holdings, say *messages.Catalogue) string {
	loaded := say.DateTime(h.version.At.In(p.opts.TimeZone))
	switch {
	case h.version.At.IsZero():
		return ""
	case h.summary.To.IsZero():
		return say.Text("site.loaded", "date", loaded)
	}
	last := h.summary.To.Add(-time.Nanosecond).In(p.opts.TimeZone)
	return say.Text("site.up_to", "last", say.Date(last), "date", loaded)
}

// originOf returns the scheme and host that the page was asked at.
func originOf(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

// languageOf returns the language of a path, /es/…, and the default one where
// it has none.
func languageOf(path string) (lang string, ok bool) {
	first, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	for _, lang := range messages.Languages() {
		if lang == first {
			return lang, true
		}
	}
	return messages.Default, false
}
