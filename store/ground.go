package store

import "github.com/paulmach/orb"

// ground is the inside of an area, made ready for many points: its edges lie
// in bands of latitude, so that a point is held against few of them.
type ground struct {
	bound orb.Bound
	bands [][]edge
}

// edge is a piece of a ring that is not level.
type edge struct{ from, to orb.Point }

// edgesPerBand is how many edges a band has on average, where each lies in
// one; maxBands keeps the bands of a long coast in proportion.
const (
	edgesPerBand = 4
	maxBands     = 4096
)

func newGround(area orb.MultiPolygon) *ground {
	var edges []edge
	for _, polygon := range area {
		for _, ring := range polygon {
			for i := 1; i < len(ring); i++ {
				if ring[i-1][1] != ring[i][1] {
					edges = append(edges, edge{ring[i-1], ring[i]})
				}
			}
		}
	}
	g := &ground{bound: area.Bound(), bands: make([][]edge, min(len(edges)/edgesPerBand+1, maxBands))}
	for _, e := range edges {
		south, north := min(e.from[1], e.to[1]), max(e.from[1], e.to[1])
		for band := g.band(south); band <= g.band(north); band++ {
			g.bands[band] = append(g.bands[band], e)
		}
	}
	return g
}

// band returns the band of a latitude within the bound.
func (g *ground) band(lat float64) int {
	south, north := g.bound.Min[1], g.bound.Max[1]
	if north <= south {
		return 0
	}
	return min(int((lat-south)/(north-south)*float64(len(g.bands))), len(g.bands)-1)
}

// contains reports whether a point is inside, by the even-odd rule: holes are
// outside. Of a shared edge, one side has the points on it.
func (g *ground) contains(p orb.Point) bool {
	if !g.bound.Contains(p) {
		return false
	}
	inside := false
	for _, e := range g.bands[g.band(p[1])] {
		if (e.from[1] > p[1]) != (e.to[1] > p[1]) &&
			p[0] < e.from[0]+(e.to[0]-e.from[0])*(p[1]-e.from[1])/(e.to[1]-e.from[1]) {
			inside = !inside
		}
	}
	return inside
}
