package pages

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"atalaya/store"
	"atalaya/store/layer"

	"github.com/gin-gonic/gin"
)

// perPage is how many hotspots the list shows at once.
const perPage = 20

// homeView is the ranked list.
type homeView struct {
	Form    filterForm
	Notes   []note
	State   state
	Total   int // hotspots
	Cards   []card
	Pages   []link // empty where one page holds all
	Picture *picture
	Quality quality
}

// card is a hotspot in the list.
type card struct {
	Rank    int
	Name    string
	Href    string
	Class   badge
	Counts  template.HTML
	Ground  string // how large it is
	Bar     bar
	Hottest string // the numbers that its class rests on
}

// bar shows a count beside what would be usual, both as parts of 100.
type bar struct{ Count, Expected float64 }

// Home serves GET /{lang}/: the hotspots that the filter leaves, most excess
// first, and a map of all of them.
func (p *Pages) Home(c *gin.Context) {
	ask, ok := p.begin(c)
	if !ok {
		return
	}
	say := ask.say
	view := homeView{Notes: ask.notes, Form: ask.form("/" + ask.lang + "/")}
	l, st := p.layerFor(c, ask)
	if view.State = st; l != nil {
		view.Quality = newQuality(l, ask)
		if st.Name == stateReady || st.Name == stateEmpty {
			p.fillList(&view, l, ask)
		}
	}
	f := p.frameFor(c, ask.lang, "/", ask.filter.query(), say.Text("list.title"), ask.holdings)
	f.Synthetic = f.Synthetic || l != nil && l.Synthetic
	p.render(c, st.status(), "home", f, view)
}

// fillList writes the cards of the asked page and the map.
func (p *Pages) fillList(view *homeView, l *layer.Layer, ask request) {
	spots := l.Hotspots()
	view.Total = len(spots)
	pages := max(1, (len(spots)+perPage-1)/perPage)
	page := min(ask.filter.page, pages)
	from, to := (page-1)*perPage, min(page*perPage, len(spots))
	most := 0.0 // of the page, so that its bars compare
	for _, spot := range spots[from:to] {
		most = max(most, float64(spot.Count), spot.Expected)
	}
	for _, spot := range spots[from:to] {
		view.Cards = append(view.Cards, newCard(spot, most, ask))
	}
	for n := 1; pages > 1 && n <= pages; n++ {
		view.Pages = append(view.Pages, link{
			Href: "/" + ask.lang + "/" + ask.filter.query("page", strconv.Itoa(n)), Text: ask.say.Number(n), Current: n == page,
		})
	}
	view.Picture = ask.overview(l, spots, from, to)
}

func newCard(spot layer.Hotspot, most float64, ask request) card {
	say := ask.say
	km2 := 0.0
	for _, c := range spot.Cells {
		km2 += c.AreaKM2
	}
	return card{
		Rank: spot.Rank, Name: ask.placeName(spot.ID().Center()), Href: ask.hotspotHref(spot.ID()),
		Class:   newBadge(spot.Top().Class, say),
		Counts:  say.Strong("list.counts", "n", spot.Count, "kind", kindOf(spot.Count, ask.filter, ask.holdings, say), "expected", spot.Expected),
		Ground:  say.Count("list.ground", len(spot.Cells), "km2", say.Rough(km2)),
		Bar:     bar{Count: tenth(100 * float64(spot.Count) / most), Expected: tenth(100 * spot.Expected / most)},
		Hottest: say.Text("list.hottest", "n", int(spot.Top().Sum), "expected", spot.Top().Expected),
	}
}

// overview draws the hotspots, those from rank from+1 to rank to as links.
func (r request) overview(l *layer.Layer, spots []layer.Hotspot, from, to int) *picture {
	others := slices.Concat(spots[:from], spots[to:])
	pic := overview(l, spots[from:to], others, r.holdings, r.say, func(s layer.Hotspot) link {
		return link{Href: r.hotspotHref(s.ID()), Text: r.hotspotName(&s, s.ID())}
	})
	return &pic
}

// layerFor makes the layer, and says in what state the page is. The layer is
// nil where it could not be made.
func (p *Pages) layerFor(c *gin.Context, ask request) (*layer.Layer, state) {
	if ask.holdings.summary.Incidents == 0 {
		return nil, state{Name: stateNoData}
	}
	l, err := p.opts.Maker.Layer(c.Request.Context(), ask.filter.layerQuery())
	if err != nil {
		if kind := store.KindOf(err); kind != store.Invalid && kind != store.TooLarge {
			_ = c.Error(err)
			return nil, state{Name: stateFailed, Status: http.StatusInternalServerError}
		}
		return nil, state{Name: stateFailed, Status: http.StatusBadRequest, Detail: err.Error()}
	}
	switch {
	case l.Incidents.Used < layer.FewIncidents:
		return l, state{Name: stateFew, Used: l.Incidents.Used, Least: layer.FewIncidents, Wider: ask.wider()}
	case len(l.Hotspots()) == 0:
		return l, state{Name: stateEmpty, Used: l.Incidents.Used, Wider: ask.wider()}
	}
	return l, state{Name: stateReady, Used: l.Incidents.Used}
}
