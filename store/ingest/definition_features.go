package ingest

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"

	"atalaya/store"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// definedFeature is a GeoJSON feature whose geometry is not read yet.
type definedFeature struct {
	Type       string
	ID         any
	Geometry   json.RawMessage
	Properties map[string]any
}

// openFeatures opens a GeoJSON FeatureCollection or Feature.
func openFeatures(text *text) (*definition, error) {
	data, err := io.ReadAll(text.Reader)
	if err != nil {
		return nil, err
	}
	var top struct {
		definedFeature
		Features []json.RawMessage
		CRS      json.RawMessage
	}
	if err := json.Unmarshal(data, &top); err != nil {
		return nil, &store.Error{Kind: store.Invalid, Message: "the file is no GeoJSON: " + err.Error()}
	}
	if top.CRS != nil {
		if system := coordinateSystem(top.CRS); system != "" && system != "EPSG:4326" {
			return nil, store.Errorf(store.Invalid, "the file is in %s; allowed: GeoJSON in degrees of WGS 84", cut(system))
		}
	}
	switch {
	case top.Type == "Feature":
		top.Features = []json.RawMessage{data}
	case top.Type != "FeatureCollection":
		return nil, store.Errorf(store.Invalid, "the JSON is of type %q; allowed: FeatureCollection, Feature", cut(top.Type))
	case len(top.Features) == 0:
		return nil, store.Errorf(store.Invalid, "the GeoJSON has no feature")
	}
	columns := map[string]bool{}
	for _, raw := range top.Features {
		var f definedFeature
		if json.Unmarshal(raw, &f) == nil { // what is none is refused with its number
			for name := range f.Properties {
				columns[name] = true
			}
		}
	}
	each := func(visit func(defined)) error {
		for i, raw := range top.Features {
			visit(readFeature(i+1, raw))
		}
		return nil
	}
	return &definition{columns: slices.Sorted(maps.Keys(columns)), each: each}, nil
}

// definedFeature reads a feature. Its id is the value of no column but "id",
// where no property is called so.
func readFeature(number int, raw json.RawMessage) defined {
	var f definedFeature
	e := defined{row: number, value: func(column string) any {
		if v, there := f.Properties[column]; there || column != "id" {
			return v
		}
		return f.ID
	}}
	if err := json.Unmarshal(raw, &f); err != nil || f.Type != "Feature" {
		e.flaw = &store.Problem{Field: "type", Value: f.Type, Message: "is no Feature", Allowed: "Feature"}
		return e
	}
	g, err := featureGeometry(f.Geometry)
	if err != nil {
		e.flaw = &store.Problem{Field: "geometry", Value: string(f.Geometry), Message: err.Error(), Allowed: "a Point, Polygon or MultiPolygon in degrees of WGS 84"}
		return e
	}
	e.geometry = g
	return e
}

func featureGeometry(raw json.RawMessage) (orb.Geometry, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, errors.New("is missing")
	}
	var shape struct{ Coordinates any }
	g, err := geojson.UnmarshalGeometry(raw)
	if err != nil || g.Coordinates == nil || json.Unmarshal(raw, &shape) != nil || !arePositions(shape.Coordinates) {
		return nil, errors.New("is no geometry")
	}
	return g.Coordinates, nil
}

// arePositions reports whether the innermost lists of coordinates have two
// numbers or three: a list of one would be read as one beside a zero.
func arePositions(coordinates any) bool {
	list, isList := coordinates.([]any)
	if !isList {
		return false
	}
	for _, inner := range list {
		if _, isNumber := inner.(float64); isNumber {
			return len(list) == 2 || len(list) == 3
		}
		if !arePositions(inner) {
			return false
		}
	}
	return true
}
