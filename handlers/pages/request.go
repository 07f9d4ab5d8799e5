package pages

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"atalaya/geo/grid"
	"atalaya/geo/hotspot"
	"atalaya/handlers/messages"
	"atalaya/handlers/sentence"
	"atalaya/store/layer"

	"github.com/gin-gonic/gin"
	"github.com/paulmach/orb"
)

// request is what a page was asked for, read and checked.
type request struct {
	lang     string
	say      *messages.Catalogue
	holdings *holdings
	filter   filter
	notes    []note
	zone     *time.Location
	now      time.Time
}

// begin reads the request of a page of a language. Where ok is false it has
// answered already.
func (p *Pages) begin(c *gin.Context) (ask request, ok bool) {
	lang, known := languageOf(c.Request.URL.Path)
	if !known {
		p.NotFound(c)
		return request{}, false
	}
	h, err := p.held(c.Request.Context())
	if err != nil {
		p.Error(c, err)
		return request{}, false
	}
	remember(c, lang)
	ask = request{lang: lang, say: messages.For(lang), holdings: h, zone: p.opts.TimeZone, now: p.opts.Clock()}
	ask.filter, ask.notes = readFilter(c.Request.URL.Query(), h, ask.zone, ask.now)
	return ask, true
}

func (r request) form(action string) filterForm {
	return newFilterForm(action, r.filter, r.holdings, r.say, r.zone, r.now)
}

// hotspotHref leads to the page of a cell, with the filter but without what
// belongs to the list or is told by the cell.
func (r request) hotspotHref(c grid.Cell) string {
	return "/" + r.lang + "/hotspots/" + c.String() + r.filter.query("page", "", "res", "")
}

// listHref leads back to the list.
func (r request) listHref() string { return "/" + r.lang + "/" + r.filter.query() }

// wider leads to the same page over the whole period of the data; empty where
// that is shown already.
func (r request) wider() string {
	first, last, ok := r.holdings.span(r.zone, r.now)
	if !ok || !first.Before(r.filter.first) && !last.After(r.filter.last) {
		return ""
	}
	return r.filter.query("from", first.Format(time.DateOnly), "to", last.Format(time.DateOnly), "page", "")
}

// placeName names a point by its sector, and by its coordinates where it is in
// none.
func (r request) placeName(p orb.Point) string {
	if a, ok := r.holdings.sectorAt(p); ok {
		return a.Label()
	}
	return r.say.Text("place.at", "lat", coordinate(p.Lat()), "lng", coordinate(p.Lon()))
}

// spotName names a hotspot.
func (r request) spotName(s layer.Spot) string {
	if s.Place == "" && s.Sector == "" {
		return r.placeName(s.ID().Center())
	}
	return s.Name
}

// spotTitle is the name of a hotspot with its rank.
func (r request) spotTitle(s layer.Spot) string {
	return r.say.Number(s.Rank) + " · " + r.spotName(s)
}

// ground is what sentences about a layer have in common.
func (r request) ground(l *layer.Layer) sentence.Ground {
	return sentence.Ground{Say: r.say, Layer: l, Categories: r.holdings.categories, Zone: r.zone}
}

// coordinate writes degrees to about ten metres, with a point as maps read it.
func coordinate(degrees float64) string {
	return strings.Replace(fmt.Sprintf("%.4f", degrees), "-", "−", 1)
}

// The states of a page that rests on a layer.
const (
	stateReady  = "ready"
	stateEmpty  = "empty"  // no hot spot
	stateFew    = "few"    // too few incidents to tell
	stateNoData = "nodata" // an empty store
	stateFailed = "failed" // the layer could not be made
)

// state says how a page stands when it has no hotspots to show.
type state struct {
	Name   string
	Used   int    // incidents counted
	Least  int    // how many are needed
	Wider  string // query of a longer period; empty: there is none
	Detail string // what failed, as the API says it
	Status int    // HTTP; 0 means 200
}

func (s state) status() int {
	if s.Status == 0 {
		return http.StatusOK
	}
	return s.Status
}

// badge is a class in words, with its symbol and its colours.
type badge struct{ CSS, Symbol, Text string }

func newBadge(class hotspot.Class, say *messages.Catalogue) badge {
	return badge{CSS: cssClass(class), Symbol: symbol(class), Text: say.Text("class." + string(class))}
}
