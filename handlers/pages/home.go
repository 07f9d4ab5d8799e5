package pages

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"

	"atalaya/handlers/sentence"
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
	Bar     *bar   // nil where the counts are not shown
	Hottest string // the numbers that its class rests on
	Best    string // when most of it happens; empty where that is not known
	Course  []string
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
	spots, st := p.spotsFor(c, ask)
	if view.State = st; spots != nil {
		view.Quality = newQuality(spots.Layer, ask)
		if st.Name == stateReady || st.Name == stateEmpty {
			view.fillList(spots, ask)
		}
	}
	f := p.frameFor(c, ask.lang, "/", ask.filter.query(), say.Text("list.title"), ask.holdings)
	f.Synthetic = f.Synthetic || spots != nil && spots.Layer.Synthetic
	p.render(c, st.status(), "home", f, view)
}

// fillList writes the cards of the asked page and the map.
func (view *homeView) fillList(spots *layer.Spots, ask request) {
	all := spots.All
	view.Total = len(all)
	pages := max(1, (len(all)+perPage-1)/perPage)
	page := min(ask.filter.page, pages)
	from, to := (page-1)*perPage, min(page*perPage, len(all))
	most := 0.0 // of the page, so that its bars compare
	for _, spot := range all[from:to] {
		most = max(most, float64(spot.Count), spot.Expected)
	}
	ground := ask.ground(spots.Layer)
	for _, spot := range all[from:to] {
		view.Cards = append(view.Cards, newCard(spot, most, ground, ask))
	}
	for n := 1; pages > 1 && n <= pages; n++ {
		view.Pages = append(view.Pages, link{
			Href: "/" + ask.lang + "/" + ask.filter.query("page", strconv.Itoa(n)), Text: ask.say.Number(n), Current: n == page,
		})
	}
	view.Picture = ask.overview(spots, from, to)
}

func newCard(spot layer.Spot, most float64, ground sentence.Ground, ask request) card {
	say, top := ask.say, spot.Top()
	v := card{
		Rank: spot.Rank, Name: ask.spotName(spot), Href: ask.hotspotHref(spot.ID()),
		Class:  newBadge(top.Class, say),
		Ground: say.Count("list.ground", len(spot.Cells), "km2", say.Rough(spot.KM2)),
		Best:   sentence.Best(spot.Best, say),
		Course: courseSentences(spot.Course, say),
	}
	if spot.Hidden {
		v.Counts = ground.Spot(spot)
		return v
	}
	v.Counts = say.Strong("list.counts", "n", spot.Count, "kind", ground.Kind(spot.Count), "expected", spot.Expected)
	v.Bar = &bar{Count: tenth(100 * float64(spot.Count) / most), Expected: tenth(100 * spot.Expected / most)}
	if !top.HiddenSum {
		v.Hottest = say.Text("list.hottest", "n", int(top.Sum), "expected", top.Expected)
	}
	return v
}

// overview draws the hotspots, those from rank from+1 to rank to as links.
func (r request) overview(spots *layer.Spots, from, to int) *picture {
	others := slices.Concat(spots.All[:from], spots.All[to:])
	pic := overview(spots.Layer, spots.All[from:to], others, r.holdings, r.say, func(s layer.Spot) link {
		return link{Href: r.hotspotHref(s.ID()), Text: r.spotTitle(s)}
	})
	return &pic
}

// spotsFor makes the layer and its hotspots, and says in what state the page is.
// They are nil where they could not be made.
func (p *Pages) spotsFor(c *gin.Context, ask request) (*layer.Spots, state) {
	if ask.holdings.summary.Incidents == 0 {
		return nil, state{Name: stateNoData}
	}
	spots, err := p.opts.Maker.Hotspots(c.Request.Context(), ask.filter.layerQuery())
	if err != nil {
		if kind := store.KindOf(err); kind != store.Invalid && kind != store.TooLarge {
			_ = c.Error(err)
			return nil, state{Name: stateFailed, Status: http.StatusInternalServerError}
		}
		return nil, state{Name: stateFailed, Status: http.StatusBadRequest, Detail: err.Error()}
	}
	used := spots.Layer.Incidents.Used
	switch {
	case used < layer.FewIncidents:
		return spots, state{Name: stateFew, Used: used, Least: layer.FewIncidents, Wider: ask.wider()}
	case len(spots.All) == 0:
		return spots, state{Name: stateEmpty, Used: used, Wider: ask.wider()}
	}
	return spots, state{Name: stateReady, Used: used}
}
