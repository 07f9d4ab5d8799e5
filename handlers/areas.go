package handlers

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"atalaya/geo/grid"
	"atalaya/store"

	"github.com/gin-gonic/gin"
	"github.com/paulmach/orb"
)

const kindAllowed = "study, sector, jurisdiction"

// listAreas answers all areas, or those of one kind, as a FeatureCollection.
func (a *API) listAreas(c *gin.Context) error {
	p := readParams(c)
	kind := store.AreaKind("")
	parse(p, "kind", kindAllowed, &kind, parseKind)
	if err := p.err(); err != nil {
		return err
	}
	areas, err := a.store.Areas(c.Request.Context())
	if err != nil {
		return err
	}
	features := make([]feature, 0, len(areas))
	for _, area := range areas {
		if kind == "" || area.Kind == kind {
			features = append(features, areaFeature(area))
		}
	}
	return answer(c, http.StatusOK, typeGeoJSON, gin.H{"type": "FeatureCollection", "features": features})
}

// showArea answers one area as a Feature.
func (a *API) showArea(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	area, err := a.store.Area(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, typeGeoJSON, areaFeature(area))
}

// putArea creates or replaces an area.
func (a *API) putArea(c *gin.Context) error {
	body, err := readBody(c, typeGeoJSON, typeJSON)
	if err != nil {
		return err
	}
	area, err := readArea(c.Param("id"), body)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	status, err := putStatus(a.store.Area(ctx, area.ID))
	if err != nil {
		return err
	}
	if err := a.store.PutAreas(ctx, area); err != nil {
		return aboutOne(err)
	}
	if area, err = a.store.Area(ctx, area.ID); err != nil {
		return err
	}
	return answer(c, status, typeGeoJSON, areaFeature(area))
}

// deleteArea removes an area.
func (a *API) deleteArea(c *gin.Context) error {
	return remove(c, c.Param("id"), a.store.DeleteArea)
}

func parseKind(s string) (store.AreaKind, error) {
	kind := store.AreaKind(s)
	if !slices.Contains([]store.AreaKind{store.StudyArea, store.Sector, store.Jurisdiction}, kind) {
		return "", errors.New("is no kind of area")
	}
	return kind, nil
}

func areaFeature(a store.Area) feature {
	properties := map[string]any{"name": a.Name, "kind": a.Kind, "synthetic": a.Synthetic}
	if a.Cells != nil {
		properties["cells"] = a.Cells
	}
	return feature{Type: "Feature", ID: a.ID, Geometry: geometryOf(a.Geometry), Properties: properties}
}

// readArea reads a Feature. Where its property cells is given they are the
// area, and the geometry is made of their outlines whatever came with them.
func readArea(id string, body []byte) (store.Area, error) {
	f := &findings{}
	top := readFeature(f, id, body)
	area := store.Area{ID: id}
	properties := readMembers(f, "properties", "properties.", orNull(need[json.RawMessage](top, "properties", "name, kind, cells")))
	area.Name = need[string](properties, "name", "a text")
	kind := need[string](properties, "kind", kindAllowed)
	if area.Kind, _ = parseKind(kind); kind != "" && area.Kind == "" {
		f.refuse("properties.kind", kind, kindAllowed, "is no kind of area")
	}
	area.Synthetic, _ = member[bool](properties, "synthetic", "true, false")
	if texts, came := member[[]string](properties, "cells", "a list of H3 cells of one resolution"); came {
		area.Cells, area.Geometry = readCells(f, texts)
		top.ignore("geometry")
	} else if g, came := member[geometry](top, "geometry", polygonAllowed); came {
		var err error
		if area.Geometry, err = g.polygons(); err != nil {
			f.refuse("geometry", g.Type, polygonAllowed, err.Error())
		}
	} else if _, sent := properties.values["cells"]; !sent {
		f.refuse("geometry", "", polygonAllowed+"; or the property cells", "is missing")
	}
	properties.done()
	top.done()
	return area, invalid("the area", f.problems)
}

// readCells returns cells in ascending order, each once, and their outlines.
func readCells(f *findings, texts []string) ([]grid.Cell, orb.MultiPolygon) {
	if len(texts) == 0 {
		f.refuse("properties.cells", "[]", "a list of H3 cells of one resolution", "is empty")
	}
	cells := make([]grid.Cell, 0, len(texts))
	for i, text := range texts {
		cell, err := grid.ParseCell(text)
		if err != nil {
			f.refuse(fmt.Sprintf("properties.cells[%d]", i), text, "an H3 cell", "is no H3 cell")
			continue
		}
		if len(cells) > 0 && cell.Res() != cells[0].Res() {
			f.refuse(fmt.Sprintf("properties.cells[%d]", i), text, fmt.Sprintf("cells of resolution %d like the first", cells[0].Res()), fmt.Sprintf("is of resolution %d", cell.Res()))
			continue
		}
		cells = append(cells, cell)
	}
	slices.Sort(cells)
	cells = slices.Compact(cells)
	return cells, grid.Outlines(cells)
}

// aboutOne drops the rows of problems: a body of one area has none.
func aboutOne(err error) error {
	if refusal, ok := errors.AsType[*store.Error](err); ok {
		for i := range refusal.Problems {
			refusal.Problems[i].Row = 0
		}
	}
	return err
}

// orNull keeps a member that did not come from being read as broken JSON.
func orNull(raw json.RawMessage) json.RawMessage {
	if raw == nil {
		return json.RawMessage("{}")
	}
	return raw
}
