package pages

import "github.com/gin-gonic/gin"

// mapView is the shell of the interactive map. Without the script the drawn
// map stays.
type mapView struct {
	Form     filterForm
	Notes    []note
	State    state
	LayerURL string
	AreasURL string
	Picture  *picture
	Quality  quality
}

// Map serves GET /{lang}/map.
func (p *Pages) Map(c *gin.Context) {
	ask, ok := p.begin(c)
	if !ok {
		return
	}
	view := mapView{
		Notes: ask.notes, Form: ask.form("/" + ask.lang + "/map"),
		LayerURL: "/api/v1/hotspots?" + ask.filter.apiQuery(), AreasURL: "/api/v1/areas",
	}
	spots, st := p.spotsFor(c, ask)
	if view.State = st; spots != nil {
		view.Quality = newQuality(spots.Layer, ask)
		if view.Picture = ask.overview(spots, 0, min(perPage, len(spots.All))); st.Name == stateFew {
			ground, _ := groundPicture(spots.Layer, ask.holdings, ask.say)
			view.Picture = &ground
		}
	}
	f := p.frameFor(c, ask.lang, "/map", ask.filter.query(), ask.say.Text("map.title"), ask.holdings)
	f.Synthetic = f.Synthetic || spots != nil && spots.Layer.Synthetic
	f.Assets = p.opts.Assets
	p.render(c, st.status(), "map", f, view)
}
