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
	e, err := a.maker.ExplainAcross(c.Request.Context(), q, cell)
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

// explanation is an answer of explainCell. What is broken down is null for a
// hidden cell.
type explanation struct {
	Properties   json.RawMessage    `json:"properties"` // as in the layer's feature
	Why          *string            `json:"why_undefined"`
	Hotspot      *hotspotInfo       `json:"hotspot"`
	Neighbours   []neighbourInfo    `json:"neighbours"`
	Sensitivity  []sensitivityInfo  `json:"sensitivity"`
	Hidden       bool               `json:"hidden"`
	Months       []monthCount       `json:"months"`
	WithoutMonth *int               `json:"without_month"`
	HourOfWeek   *[7][24]int        `json:"hour_of_week"`
	WithoutHour  *int               `json:"without_hour"`
	Aoristic     *layer.HourWeights `json:"aoristic"`
	WithoutTime  *int               `json:"without_time"`
	Categories   []categoryCount    `json:"categories"`
	Unlisted     *int               `json:"in_unlisted_categories"`
	Layer        layer.Info         `json:"layer"`
}

type neighbourInfo struct {
	Cell   grid.Cell `json:"cell"`
	Inside bool      `json:"inside"`
	Hidden bool      `json:"hidden"`
	Count  *int      `json:"count"`
}

type sensitivityInfo struct {
	Res        int             `json:"res"`
	Cell       *grid.Cell      `json:"cell"`
	Properties json.RawMessage `json:"properties"`
	Cells      *int            `json:"cells"`
	Why        *string         `json:"why_undefined"`
}

type hotspotInfo struct {
	ID       grid.Cell   `json:"id"`
	Rank     int         `json:"rank"`
	Cells    []grid.Cell `json:"cells"`
	Count    *int        `json:"count"` // null where that of one of its cells is hidden
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
		Properties:  e.Layer.AppendProperties(nil, e.Place),
		Neighbours:  make([]neighbourInfo, 0, len(e.Around)),
		Sensitivity: make([]sensitivityInfo, 0, len(e.Sensitivity)),
		Hidden:      e.Cell.Hidden,
		Layer:       e.Layer.Info(),
	}
	if e.Cell.Why != "" {
		out.Why = &e.Cell.Why
	}
	if h := e.Hotspot; h != nil {
		out.Hotspot = &hotspotInfo{ID: h.ID(), Rank: h.Rank, Count: &h.Count, Expected: h.Expected, Cells: make([]grid.Cell, 0, len(h.Cells))}
		for _, cell := range h.Cells {
			out.Hotspot.Cells = append(out.Hotspot.Cells, cell.Cell)
			if cell.Hidden {
				out.Hotspot.Count = nil
			}
		}
	}
	for _, n := range e.Around {
		info := neighbourInfo{Cell: n.Cell, Inside: n.Inside, Hidden: n.Hidden}
		if n.Inside && !n.Hidden {
			info.Count = &n.Count
		}
		out.Neighbours = append(out.Neighbours, info)
	}
	for _, s := range e.Sensitivity {
		out.Sensitivity = append(out.Sensitivity, sensitivityOf(s))
	}
	if !out.Hidden {
		out.breakDown(e)
	}
	return out
}

func sensitivityOf(s layer.Sensitivity) sensitivityInfo {
	out := sensitivityInfo{Res: s.Res, Properties: json.RawMessage("null")}
	if s.Cell != 0 {
		out.Cell = &s.Cell
	}
	if s.Why != "" {
		out.Why = &s.Why
	}
	if s.Layer != nil {
		cells := len(s.Layer.Cells)
		out.Cells = &cells
		if s.Place >= 0 {
			out.Properties = s.Layer.AppendProperties(nil, s.Place)
		}
	}
	return out
}

// breakDown fills in what the cell's incidents are of.
func (x *explanation) breakDown(e *layer.Explanation) {
	x.Categories, x.Unlisted = make([]categoryCount, 0, len(e.Categories)), &e.Unlisted
	for _, n := range e.Categories {
		x.Categories = append(x.Categories, categoryCount(n))
	}
	if e.Sensitive > 0 {
		return // a month or an hour would tell of a single one
	}
	weights := layer.HourWeightsOf(e.Aoristic)
	withoutMonth := e.Cell.Count
	x.Months = make([]monthCount, 0, len(e.Months))
	x.HourOfWeek, x.WithoutHour, x.Aoristic = &e.HourOfWeek, &e.NoHour, &weights
	x.WithoutTime, x.WithoutMonth = &e.NoTime, &withoutMonth
	for _, m := range e.Months {
		x.Months = append(x.Months, monthCount{Month: m.Month.Format("2006-01"), Count: m.Count})
		withoutMonth -= m.Count
	}
}
