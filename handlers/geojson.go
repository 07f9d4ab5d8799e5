package handlers

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/paulmach/orb"
)

const (
	pointAllowed   = `{"type":"Point","coordinates":[longitude, latitude]} in degrees, WGS 84`
	polygonAllowed = "a Polygon or MultiPolygon in longitude and latitude, degrees, WGS 84"
)

// geometry is a GeoJSON geometry whose coordinates are not read yet.
type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

// position is longitude, latitude and possibly a height, which is not kept.
type position []float64

func (p position) point() (orb.Point, error) {
	if len(p) < 2 || len(p) > 3 {
		return orb.Point{}, fmt.Errorf("a position has %d numbers", len(p))
	}
	return orb.Point{p[0], p[1]}, nil
}

// point returns the point that a geometry is.
func (g geometry) point() (orb.Point, error) {
	if g.Type != "Point" {
		return orb.Point{}, fmt.Errorf("geometry %q is no Point", g.Type)
	}
	var p position
	if err := json.Unmarshal(g.Coordinates, &p); err != nil {
		return orb.Point{}, errors.New("coordinates are no list of numbers")
	}
	return p.point()
}

// polygons returns the polygons that a geometry is made of. Whether they
// cover ground is for the store to say.
func (g geometry) polygons() (orb.MultiPolygon, error) {
	var polygons [][][]position
	switch g.Type {
	case "Polygon":
		polygons = make([][][]position, 1)
		if err := json.Unmarshal(g.Coordinates, &polygons[0]); err != nil {
			return nil, errors.New("coordinates are no rings of positions")
		}
	case "MultiPolygon":
		if err := json.Unmarshal(g.Coordinates, &polygons); err != nil {
			return nil, errors.New("coordinates are no polygons of rings of positions")
		}
	default:
		return nil, fmt.Errorf("geometry %q is no Polygon or MultiPolygon", g.Type)
	}
	out := make(orb.MultiPolygon, 0, len(polygons))
	for _, rings := range polygons {
		polygon := make(orb.Polygon, 0, len(rings))
		for _, positions := range rings {
			ring := make(orb.Ring, 0, len(positions))
			for _, p := range positions {
				point, err := p.point()
				if err != nil {
					return nil, err
				}
				ring = append(ring, point)
			}
			polygon = append(polygon, ring)
		}
		out = append(out, polygon)
	}
	return out, nil
}

// feature is a GeoJSON feature as it goes out.
type feature struct {
	Type       string         `json:"type"`
	ID         string         `json:"id"`
	Geometry   outGeometry    `json:"geometry"`
	Properties map[string]any `json:"properties"`
}

type outGeometry struct {
	Type        string `json:"type"`
	Coordinates any    `json:"coordinates"`
}

// geometryOf returns polygons as GeoJSON, a single one as a Polygon, rounded
// to 6 decimals, which are 0.11 m.
func geometryOf(polygons orb.MultiPolygon) outGeometry {
	out := make(orb.MultiPolygon, 0, len(polygons))
	for _, polygon := range polygons {
		polygon = polygon.Clone()
		for _, ring := range polygon {
			for i, p := range ring {
				ring[i] = rounded(p)
			}
		}
		out = append(out, polygon)
	}
	if len(out) == 1 {
		return outGeometry{Type: "Polygon", Coordinates: out[0]}
	}
	return outGeometry{Type: "MultiPolygon", Coordinates: out}
}

// rounded returns a point to 6 decimals.
func rounded(p orb.Point) orb.Point {
	return orb.Point{math.Round(p[0]*1e6) / 1e6, math.Round(p[1]*1e6) / 1e6}
}

// readFeature starts to read a Feature whose id, if it has one, is that of the
// path.
func readFeature(f *findings, id string, body []byte) *members {
	top := readMembers(f, "body", "", body)
	if t := need[string](top, "type", "Feature"); t != "" && t != "Feature" {
		f.refuse("type", t, "Feature", "is no Feature")
	}
	if sent, came := member[string](top, "id", "the id of the path, or nothing"); came && sent != id {
		f.refuse("id", sent, id, "is not the id of the path")
	}
	top.ignore("bbox")
	return top
}
