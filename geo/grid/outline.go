package grid

import (
	"fmt"
	"math"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/uber/h3-go/v4"
)

// outlineDecimals is the precision of outlines: 6 decimals are 0.11 m, which
// would blur the cells of resolutions 14 and 15, so these get 7.
func outlineDecimals(res int) float64 {
	if res >= 14 {
		return 1e7
	}
	return 1e6
}

// Outline returns the shape of the cell as GeoJSON wants it: a Polygon whose
// ring is closed and counter-clockwise, coordinates rounded to 6 decimals, or
// a MultiPolygon of such parts where the cell crosses the antimeridian or
// holds a pole. Rings have 5 to 10 corners: pentagons and cells over an edge
// of the icosahedron are no hexagons. Adjoining cells share their corners.
func (c Cell) Outline() orb.Geometry {
	boundary, err := c.h3().Boundary()
	if err != nil {
		panic(fmt.Sprintf("grid: outline of %s: %v", c, err)) // only for an invalid Cell
	}
	ring := make(orb.Ring, 0, len(boundary)+1)
	for _, v := range boundary {
		ring = append(ring, orb.Point{v.Lng, v.Lat})
	}
	ring = append(ring, ring[0])
	parts := cut(ring)
	decimals := outlineDecimals(c.Res())
	var out orb.MultiPolygon
	for _, part := range parts {
		if part = tidy(part, decimals); len(part) >= 4 {
			out = append(out, orb.Polygon{part})
		}
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

// Outlines returns the shapes of cells, one after the other, as one geometry.
// Shapes of adjoining cells are not joined.
func Outlines(cells []Cell) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, cell := range cells {
		switch g := cell.Outline().(type) {
		case orb.Polygon:
			out = append(out, g)
		case orb.MultiPolygon:
			out = append(out, g...)
		}
	}
	return out
}

// cut returns the parts of a closed ring that lie in [-180, 180], for a ring
// whose edges of more than 180 degrees of longitude cross the antimeridian. A
// ring around a pole is closed along the pole.
func cut(ring orb.Ring) []orb.Ring {
	unrolled := unroll(ring)
	bound := unrolled.Bound()
	if bound.Min.Lon() >= -180 && bound.Max.Lon() <= 180 {
		return []orb.Ring{unrolled}
	}
	var parts []orb.Ring
	for _, turn := range []float64{-360, 0, 360} {
		window := orb.Bound{Min: orb.Point{turn - 180, -90}, Max: orb.Point{turn + 180, 90}}
		part := clip.Ring(window, unrolled.Clone())
		if len(part) < 4 {
			continue
		}
		for i := range part {
			part[i][0] -= turn
		}
		parts = append(parts, part)
	}
	return parts
}

// unroll adds whole turns to longitudes so that no edge spans more than 180
// degrees. Where the ring goes around a pole it is led along the pole back to
// its start.
func unroll(ring orb.Ring) orb.Ring {
	out := make(orb.Ring, 0, len(ring)+2)
	out = append(out, ring[0])
	turn := 0.0
	for i := 1; i < len(ring); i++ {
		switch step := ring[i].Lon() - ring[i-1].Lon(); {
		case step > 180 && step < 360:
			turn -= 360
		case step < -180 && step > -360:
			turn += 360
		}
		out = append(out, orb.Point{ring[i].Lon() + turn, ring[i].Lat()})
	}
	if turn != 0 {
		pole := math.Copysign(90, ring[0].Lat())
		out = append(out, orb.Point{ring[0].Lon() + turn, pole}, orb.Point{ring[0].Lon(), pole}, ring[0])
	}
	return out
}

// tidy rounds a closed ring, drops points that fall together and turns it
// counter-clockwise.
func tidy(ring orb.Ring, decimals float64) orb.Ring {
	out := make(orb.Ring, 0, len(ring))
	for _, p := range ring {
		p = orb.Point{math.Round(p.Lon()*decimals) / decimals, math.Round(p.Lat()*decimals) / decimals}
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	if len(out) < 3 {
		return nil
	}
	if out[0] != out[len(out)-1] {
		out = append(out, out[0])
	}
	if out.Orientation() == orb.CW {
		out.Reverse()
	}
	return out
}

func toLoop(ring orb.Ring) h3.GeoLoop {
	loop := make(h3.GeoLoop, 0, len(ring))
	for _, p := range ring[:len(ring)-1] {
		loop = append(loop, h3.LatLng{Lat: p.Lat(), Lng: p.Lon()})
	}
	return loop
}
