package pages

import (
	"fmt"
	"html/template"
	"net/http"

	"atalaya/geo/grid"
	"atalaya/geo/hotspot"
	"atalaya/handlers/messages"
	"atalaya/handlers/sentence"
	"atalaya/store"
	"atalaya/store/layer"

	"github.com/gin-gonic/gin"
	"github.com/paulmach/orb"
)

// hotspotView is one hexagon explained.
type hotspotView struct {
	Notes      []note
	Back       string
	Class      badge
	Scope      string
	TooFew     bool // fewer incidents than Least: no class is shown
	Least      int
	Reason     template.HTML
	Busiest    template.HTML
	Whole      template.HTML // the counts of its hotspot, as the list has them
	WholeTells []string      // when and how these happen
	Place      template.HTML // the cell's own count and its ground
	Picture    picture
	Legend     []hotspot.Class
	Directions template.URL
	Point      string // coordinates, to copy
	Members    []link // the cells of its hotspot, hottest first
	Trend      string
	Months     *sparkline
	Columns    []string
	Rows       []dayRow
	NoHour     int
	Categories []categoryRow
	Quality    quality
	Cell       string
	Score      []fact
}

// categoryRow is the count of a category.
type categoryRow struct{ Name, Count string }

// fact is a number of the statistic, for those who ask.
type fact struct{ Name, Value string }

// Hotspot serves GET /{lang}/hotspots/{id}: the cell with that H3 index. A cell
// that is not hot gets a page that says so; 404 where the index is none or the
// cell is outside the study area.
func (p *Pages) Hotspot(c *gin.Context) {
	ask, ok := p.begin(c)
	if !ok {
		return
	}
	say := ask.say
	cell, err := grid.ParseCell(c.Param("id"))
	if err != nil || cell.Res() < layer.MinRes || cell.Res() > layer.MaxRes {
		p.missing(c, say.Text("fault.cell.text", "id", short(c.Param("id")), "low", layer.MinRes, "high", layer.MaxRes), "")
		return
	}
	ask.filter.res = cell.Res()
	ctx := c.Request.Context()
	e, err := p.opts.Maker.Explain(ctx, ask.filter.layerQuery(), cell)
	switch {
	case store.KindOf(err) == store.NotFound:
		p.missing(c, say.Text("fault.outside.text", "id", cell.String(), "area", groundInSentence(ask.filter.area, ask.holdings, say)), "")
		return
	case err != nil:
		p.Error(c, err)
		return
	}
	cells := surroundings(e.Layer, cell)
	around, err := p.opts.Maker.Breakdown(ctx, ask.filter.layerQuery(), cells)
	if err == nil {
		around.Months, err = p.yearOfMonths(ctx, cells, around.Months, ask.filter, ask.holdings)
	}
	if err != nil {
		p.Error(c, err)
		return
	}
	spots, err := p.opts.Maker.Hotspots(ctx, ask.filter.layerQuery())
	if err != nil {
		p.Error(c, err)
		return
	}
	var spot *layer.Spot
	name := ask.placeName(cell.Center())
	if s, inside := spots.Of(cell); inside {
		spot, name = &s, ask.spotTitle(s)
	}
	if e.Cell.HiddenSum {
		around = layer.Breakdown{} // it would tell a count that is hidden
	}
	f := p.frameFor(c, ask.lang, "/hotspots/"+cell.String(), ask.filter.query(), name, ask.holdings)
	f.Home.Href = ask.listHref()
	f.Synthetic = f.Synthetic || e.Layer.Synthetic
	p.render(c, http.StatusOK, "hotspot", f, newHotspotView(e, spot, around, ask))
}

func newHotspotView(e *layer.Explanation, spot *layer.Spot, around layer.Breakdown, ask request) hotspotView {
	say, f, h := ask.say, ask.filter, ask.holdings
	ground := ask.ground(e.Layer)
	c := e.Cell
	centre := c.Cell.Center()
	table := newDayHours(around.HourOfWeek)
	v := hotspotView{
		Notes: ask.notes, Back: ask.listHref(), Scope: scope(f, h, say),
		Class:      newBadge(c.Class, say),
		Least:      layer.FewIncidents,
		Reason:     ground.Cell(c),
		Busiest:    busiest(table, say),
		Picture:    neighbourhood(e, h, say, ask.hotspotHref),
		Legend:     legendFor(c),
		Directions: geoURI(centre),
		Point:      coordinate(centre.Lat()) + ", " + coordinate(centre.Lon()),
		Trend:      trendSentence(around.Months, say),
		Months:     newSparkline(around.Months, say),
		Columns:    table.columns(),
		Rows:       table.rows(say),
		NoHour:     around.NoHour,
		Quality:    newQuality(e.Layer, ask),
		Cell:       c.Cell.String(),
	}
	v.TooFew = e.Layer.Incidents.Used < v.Least
	for _, n := range around.Categories {
		category, _ := h.category(n.Category)
		v.Categories = append(v.Categories, categoryRow{Name: category.Name(say.Lang()), Count: small(n.Count, say)})
	}
	if !c.Hidden {
		v.Place = say.Strong("cell.place"+pluralForm(c.Count), "n", c.Count, "km2", say.Decimal(c.AreaKM2, 2))
	}
	if spot != nil {
		v.tellWhole(*spot, ground)
		for _, member := range spot.Cells {
			v.Members = append(v.Members, link{
				Href: ask.hotspotHref(member.Cell), Current: member.Cell == c.Cell,
				Text: say.Text("cell.member", "class", say.Text("class."+string(member.Class)), "n", shownCount(member, say), "id", member.Cell.String()),
			})
		}
	}
	if c.Class != hotspot.Undefined && !v.TooFew && !c.HiddenSum {
		v.Score = []fact{
			{say.Text("score.z"), say.Decimal(c.Z, 2)},
			{say.Text("score.p"), probability(c.PFDR, ask)},
			{say.Text("score.expected"), say.Decimal(c.Expected, 1)},
			{say.Text("score.rank"), say.Text("score.rank_of", "rank", c.Rank, "cells", len(e.Layer.Cells))},
		}
	}
	return v
}

// tellWhole tells of the whole hotspot what the list tells.
func (v *hotspotView) tellWhole(spot layer.Spot, ground sentence.Ground) {
	say := ground.Say
	if spot.Hidden {
		v.Whole = ground.Spot(spot)
		return
	}
	v.Whole = say.Strong("cell.hotspot"+pluralForm(len(spot.Cells)), "n", spot.Count, "kind", ground.Kind(spot.Count),
		"cells", len(spot.Cells), "expected", spot.Expected)
	if best := sentence.Best(spot.Best, say); best != "" {
		v.WholeTells = append(v.WholeTells, best)
	}
	v.WholeTells = append(v.WholeTells, courseSentences(spot.Course, say)...)
}

// shownCount is the count of a cell of a hotspot, where it may be told.
func shownCount(c layer.Cell, say *messages.Catalogue) string {
	if c.Hidden {
		return "–"
	}
	return small(c.Count, say)
}

// legendFor lists the classes that the map around a cell shows.
func legendFor(c layer.Cell) []hotspot.Class {
	switch c.Class {
	case hotspot.Cold90, hotspot.Cold95, hotspot.Cold99, hotspot.Undefined:
		return hotspot.Classes()
	}
	return hotClasses()
}

// probability writes a p value to three places, and bounds what is smaller.
func probability(p float64, ask request) string {
	if p < 0.001 {
		return "< " + ask.say.Decimal(0.001, 3)
	}
	return ask.say.Decimal(p, 3)
}

// geoURI leads a phone to the point in the map program of its owner's choice
// (RFC 5870): nothing is asked of anybody before it is tapped.
func geoURI(p orb.Point) template.URL {
	at := fmt.Sprintf("%.5f,%.5f", p.Lat(), p.Lon())
	return template.URL("geo:" + at + "?q=" + at) //nolint:gosec // two numbers
}
