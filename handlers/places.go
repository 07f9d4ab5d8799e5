package handlers

import (
	"encoding/json"
	"net/http"

	"atalaya/store"

	"github.com/gin-gonic/gin"
)

// listPlaces answers all places as a FeatureCollection.
func (a *API) listPlaces(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	places, err := a.store.Places(c.Request.Context())
	if err != nil {
		return err
	}
	features := make([]feature, 0, len(places))
	for _, p := range places {
		features = append(features, placeFeature(p))
	}
	return answer(c, http.StatusOK, typeGeoJSON, gin.H{"type": "FeatureCollection", "features": features})
}

// showPlace answers one place as a Feature.
func (a *API) showPlace(c *gin.Context) error {
	if err := noParams(c); err != nil {
		return err
	}
	place, err := a.store.Place(c.Request.Context(), c.Param("id"))
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, typeGeoJSON, placeFeature(place))
}

// putPlace creates or replaces a place.
func (a *API) putPlace(c *gin.Context) error {
	body, err := readBody(c, typeGeoJSON, typeJSON)
	if err != nil {
		return err
	}
	place, err := readPlace(c.Param("id"), body)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	status, err := putStatus(a.store.Place(ctx, place.ID))
	if err != nil {
		return err
	}
	if err := a.store.PutPlaces(ctx, place); err != nil {
		return aboutOne(err)
	}
	return answer(c, status, typeGeoJSON, placeFeature(place))
}

// deletePlace removes a place.
func (a *API) deletePlace(c *gin.Context) error {
	return remove(c, c.Param("id"), a.store.DeletePlace)
}

func placeFeature(p store.Place) feature {
	properties := map[string]any{"name": p.Name, "kind": p.Kind, "synthetic": p.Synthetic}
	return feature{Type: "Feature", ID: p.ID, Geometry: outGeometry{Type: "Point", Coordinates: rounded(p.Point)}, Properties: properties}
}

// readPlace reads a Feature of a Point.
func readPlace(id string, body []byte) (store.Place, error) {
	f := &findings{}
	top := readFeature(f, id, body)
	properties := readMembers(f, "properties", "properties.", orNull(need[json.RawMessage](top, "properties", "name")))
	place := store.Place{ID: id, Name: need[string](properties, "name", "a text")}
	place.Kind, _ = member[string](properties, "kind", "a text such as market, station, park")
	place.Synthetic, _ = member[bool](properties, "synthetic", "true, false")
	before := len(f.problems)
	g := need[geometry](top, "geometry", pointAllowed)
	if at, err := g.point(); err == nil {
		place.Point = at
	} else if len(f.problems) == before {
		f.refuse("geometry", g.Type, pointAllowed, err.Error())
	}
	properties.done()
	top.done()
	return place, invalid("the place", f.problems)
}
