package handlers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"

	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/layer"

	"github.com/gin-gonic/gin"
)

// explainCell answers one hexagon of a layer and the numbers behind it.
func (a *API) explainCell(c *gin.Context) error {
	p := readParams(c)
	q := layerQuery(p, a.timeZone)
	cell, err := grid.ParseCell(c.Param("cell"))
	switch {
	case err != nil:
		p.refuse("cell", c.Param("cell"), "an H3 cell of resolution "+resAllowed(), "is no H3 cell")
	case cell.Res() < layer.MinRes || cell.Res() > layer.MaxRes:
		p.refuse("cell", c.Param("cell"), "an H3 cell of resolution "+resAllowed(), fmt.Sprintf("is of resolution %d", cell.Res()))
	case q.Res != 0 && q.Res != cell.Res():
		p.refuse("res", strconv.Itoa(q.Res), strconv.Itoa(cell.Res()), "is not the resolution of the cell; leave it out")
	}
	if err := a.queryError(c.Request.Context(), p, q); err != nil {
		return err
	}
	e, err := a.maker.Explain(c.Request.Context(), q, cell)
	if store.KindOf(err) == store.NotFound {
		return store.Errorf(store.NotFound, "cell %s lies outside the study area of this layer", cell)
	}
	if err != nil {
		return err
	}
	if a.unchanged(c, e.Layer.Fingerprint, cell.String()) {
		return nil
	}
	c.JSON(http.StatusOK, explanationOf(e))
	return nil
}

// explanation is an answer of explainCell.
type explanation struct {
	Properties   json.RawMessage `json:"properties"` // as in the layer's feature
	Why          *string         `json:"why_undefined"`
	Hotspot      *hotspotInfo    `json:"hotspot"`
	Months       []monthCount    `json:"months"`
	HourOfWeek   [7][24]int      `json:"hour_of_week"`
	WithoutHour  int             `json:"without_hour"`
	WithoutMonth int             `json:"without_month"`
	Categories   []categoryCount `json:"categories"`
	Layer        layer.Info      `json:"layer"`
}

type hotspotInfo struct {
	ID       grid.Cell   `json:"id"`
	Rank     int         `json:"rank"`
	Cells    []grid.Cell `json:"cells"`
	Count    int         `json:"count"`
	Expected float64     `json:"expected"`
}

type monthCount struct {
	Month string `json:"month"`
	Count int    `json:"count"`
}

type categoryCount struct {
	Category string `json:"category"`
	Count    int    `json:"count"`
}

func explanationOf(e *layer.Explanation) explanation {
	out := explanation{
		Properties:   e.Layer.AppendProperties(nil, e.Place),
		Months:       make([]monthCount, 0, len(e.Months)),
		HourOfWeek:   e.HourOfWeek,
		WithoutHour:  e.NoHour,
		WithoutMonth: e.Cell.Count,
		Categories:   make([]categoryCount, 0, len(e.Categories)),
		Layer:        e.Layer.Info(),
	}
	if e.Cell.Why != "" {
		out.Why = &e.Cell.Why
	}
	if h := e.Hotspot; h != nil {
		out.Hotspot = &hotspotInfo{ID: h.ID(), Rank: h.Rank, Count: h.Count, Expected: h.Expected, Cells: make([]grid.Cell, 0, len(h.Cells))}
		for _, cell := range h.Cells {
			out.Hotspot.Cells = append(out.Hotspot.Cells, cell.Cell)
		}
	}
	for _, m := range e.Months {
		out.Months = append(out.Months, monthCount{Month: m.Month.Format("2006-01"), Count: m.Count})
		out.WithoutMonth -= m.Count
	}
	for _, n := range e.Categories {
		out.Categories = append(out.Categories, categoryCount(n))
	}
	return out
}
