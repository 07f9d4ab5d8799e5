package pages

import (
	"math"
	"strings"

	"atalaya/geo/grid"
	"atalaya/geo/hotspot"
	"atalaya/handlers/messages"
	"atalaya/store/layer"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/clip"
	"github.com/paulmach/orb/planar"
)

// picture is a map as the template "picture" draws it: land, lines of areas,
// the grid, hexagons, names, a scale bar. Coordinates are pixels.
type picture struct {
	ID            string // unique on its page
	Title, Desc   string // for those who do not see it
	Width, Height float64
	Land          string // path data; empty: the study area has no outline
	Lines         string // outlines of sectors
	Grid          string // cells that are drawn without a class
	Shapes        []shape
	Names         []name
	Scale         scaleBar
	Overview      bool // small hexagons: thin outlines
}

// shape is one or more hexagons of a class.
type shape struct {
	Class  string // of CSS
	Fill   string // id of a pattern; empty: the fill of the class
	Path   string
	Href   string // where a click leads; empty: nowhere
	Label  string // of the link
	Chosen bool
}

// name is a text on the map.
type name struct {
	X, Y float64
	Text string
	Rank bool // a number beside a hotspot, not the name of an area
}

// scaleBar is a length to read distances by.
type scaleBar struct {
	Width float64
	Text  string
}

// The sizes of maps, in pixels of the picture; the page scales them.
const (
	mapWidth    = 480
	mapHeight   = 360
	lowestMap   = 260
	highestMap  = 560
	rankAbove   = 13  // a hotspot's number over its hottest cell
	gridRings   = 8   // cells around the middle of a neighbourhood
	maxOutlines = 600 // polygons drawn for one ground: an area can be thousands of cells
)

// overview draws a layer's hotspots over the whole study area: those of the
// list as links with their numbers, the others plain. Hexagons without a class
// are left out: there can be very many.
func overview(l *layer.Layer, listed, others []layer.Spot, h *holdings, say *messages.Catalogue, label func(layer.Spot) link) picture {
	pic, plane := groundPicture(l, h, say)
	pic.Desc = say.Count("picture.overview.desc", len(listed)+len(others))
	pic.Shapes = append(pic.Shapes, together(plane, l.Cells, hotspot.Hot90)...)
	for _, spot := range others {
		pic.Shapes = append(pic.Shapes, together(plane, spot.Cells, hotspot.Hot95, hotspot.Hot99)...)
	}
	for _, spot := range listed {
		to := label(spot)
		for _, s := range together(plane, spot.Cells, hotspot.Hot95, hotspot.Hot99) {
			s.Href, s.Label = to.Href, to.Text
			pic.Shapes = append(pic.Shapes, s)
		}
		x, y := plane.at(spot.ID().Center())
		pic.Names = append(pic.Names, name{X: tenth(x), Y: tenth(y - rankAbove), Text: say.Number(spot.Rank), Rank: true})
	}
	return pic
}

// groundPicture draws the study area without any hexagon.
func groundPicture(l *layer.Layer, h *holdings, say *messages.Catalogue) (picture, plane) {
	ground := groundOf(l, h)
	plane := fitPlane(boundOf(l, ground), mapWidth, lowestMap, highestMap, 12)
	pic := picture{
		ID: "overview", Overview: true, Width: plane.width, Height: plane.height, Scale: newScale(plane, say),
		Title: say.Text("picture.overview.title"), Desc: say.Text("picture.ground.desc"),
	}
	if n := len(ground); n > 0 && n <= maxOutlines {
		pic.Land = plane.path(ground, 1)
	} else {
		pic.Grid = edgeCells(plane, l)
	}
	for _, s := range h.sectors {
		if len(s.Geometry) <= maxOutlines {
			pic.Lines += plane.path(s.Geometry, 1)
		}
	}
	return pic, plane
}

// together draws the cells of each class as one shape.
func together(p plane, cells []layer.Cell, classes ...hotspot.Class) []shape {
	var out []shape
	for _, class := range classes {
		s := shape{Class: cssClass(class), Fill: patternOf(class)}
		for _, c := range cells {
			if c.Class == class {
				s.Path += p.path(c.Cell.Outline(), 0)
			}
		}
		if s.Path != "" {
			out = append(out, s)
		}
	}
	return out
}

// neighbourhood draws the cells around one, each that is hot linked to its
// page. Cold classes show only where the cell itself is cold.
func neighbourhood(e *layer.Explanation, h *holdings, say *messages.Catalogue, href func(grid.Cell) string) picture {
	centre := e.Cell.Cell.Center()
	edge := math.Sqrt(e.Cell.AreaKM2 * 1e6 / (1.5 * math.Sqrt(3))) // of a regular hexagon of that area
	// Ten cells high: the rings reach the corners of a picture of 4 to 3.
	plane := aroundPlane(centre, mapWidth, mapHeight, 10*math.Sqrt(3)*edge)
	pic := picture{ID: "neighbourhood", Width: plane.width, Height: plane.height, Scale: newScale(plane, say)}
	pic.Title, pic.Desc = say.Text("picture.cell.title"), say.Text("picture.cell.desc")
	if ground := groundOf(e.Layer, h); ground != nil {
		pic.Land = plane.path(clipped(plane, ground), 1)
	}
	for _, s := range h.sectors {
		part := clipped(plane, s.Geometry)
		pic.Lines += plane.path(part, 1)
		if n, ok := nameIn(plane, part, s.Label()); ok {
			pic.Names = append(pic.Names, n)
		}
	}
	size := plane.pixels(edge)
	cold := e.Cell.Z < 0 && e.Cell.Class != hotspot.None
	few := e.Layer.Incidents.Used < layer.FewIncidents
	var strong []shape // drawn last, so that no weaker outline covers theirs
	for _, c := range e.Cell.Cell.Disk(gridRings) {
		cell, inside := e.Layer.Cell(c)
		if !inside || !plane.shows(c.Center(), size) {
			continue
		}
		if few || !isDrawn(cell.Class, cold) {
			pic.Grid += plane.path(c.Outline(), 0)
			continue
		}
		s := newShape(plane, cell)
		if cell.Class.Hot() && c != e.Cell.Cell {
			s.Href, s.Label = href(c), say.Text("picture.cell.link", "class", say.Text("class."+string(cell.Class)), "n", shownCount(cell, say))
		}
		if cell.Class == hotspot.Hot99 || cell.Class == hotspot.Cold99 {
			strong = append(strong, s)
		} else {
			pic.Shapes = append(pic.Shapes, s)
		}
	}
	own := shape{Class: "here", Path: plane.path(e.Cell.Cell.Outline(), 0), Chosen: true}
	pic.Shapes = append(append(pic.Shapes, strong...), own)
	return pic
}

// isDrawn reports whether hexagons of the class stand out from the grid.
func isDrawn(c hotspot.Class, cold bool) bool {
	switch c {
	case hotspot.Hot99, hotspot.Hot95, hotspot.Hot90, hotspot.Undefined:
		return true
	case hotspot.Cold99, hotspot.Cold95, hotspot.Cold90:
		return cold
	}
	return false
}

func newShape(p plane, c layer.Cell) shape {
	return shape{Class: cssClass(c.Class), Fill: patternOf(c.Class), Path: p.path(c.Cell.Outline(), 0)}
}

// patternOf is the id of the pattern that fills a class beside its colour.
func patternOf(c hotspot.Class) string {
	switch c {
	case hotspot.Hot99, hotspot.Cold99, hotspot.Undefined:
		return "fill-" + cssClass(c)
	}
	return ""
}

// groundOf returns the outline of a layer's study area, nil where it has none.
func groundOf(l *layer.Layer, h *holdings) orb.MultiPolygon {
	var out orb.MultiPolygon
	for _, id := range l.Area.IDs {
		if a, ok := h.area(id); ok {
			out = append(out, a.Geometry...)
		}
	}
	return out
}

// boundOf returns what an overview must show.
func boundOf(l *layer.Layer, ground orb.MultiPolygon) orb.Bound {
	if ground != nil {
		return ground.Bound()
	}
	var bound orb.Bound
	for i, c := range l.Cells {
		if centre := c.Cell.Center(); i == 0 {
			bound = centre.Bound()
		} else {
			bound = bound.Extend(centre)
		}
	}
	return bound
}

// edgeCells draws the rim of a study area that has no outline of its own,
// unless that would be very many cells.
func edgeCells(p plane, l *layer.Layer) string {
	var out strings.Builder
	n := 0
	for _, c := range l.Cells {
		if !c.Edge {
			continue
		}
		if n++; n > maxOutlines {
			return ""
		}
		out.WriteString(p.path(c.Cell.Outline(), 0))
	}
	return out.String()
}

// clipped returns the part of polygons that the picture shows, and a little
// around it, so that the cut edges are not seen.
func clipped(p plane, g orb.MultiPolygon) orb.MultiPolygon {
	const around = 1.1
	halfLat := p.height / p.perDegree / 2 * around
	halfLon := p.width / p.perDegree / p.narrowing / 2 * around
	window := orb.Bound{
		Min: orb.Point{p.middle.Lon() - halfLon, p.middle.Lat() - halfLat},
		Max: orb.Point{p.middle.Lon() + halfLon, p.middle.Lat() + halfLat},
	}
	return clip.MultiPolygon(window, g.Clone())
}

// nameIn places a name in the middle of what shows of an area, if there is
// room for it.
func nameIn(p plane, part orb.MultiPolygon, text string) (name, bool) {
	const letter, line = 8, 20 // pixels
	if len(part) == 0 {
		return name{}, false
	}
	bound := part.Bound()
	left, top := p.at(orb.Point{bound.Min.Lon(), bound.Max.Lat()})
	right, bottom := p.at(orb.Point{bound.Max.Lon(), bound.Min.Lat()})
	width, height := math.Min(right, p.width)-math.Max(left, 0), math.Min(bottom, p.height)-math.Max(top, 0)
	half := letter * float64(len([]rune(text))) / 2
	if width < 2*half || height < 2*line {
		return name{}, false
	}
	centre, _ := planar.CentroidArea(part)
	x, y := p.at(centre)
	x = math.Min(math.Max(x, half), p.width-half)
	y = math.Min(math.Max(y, line), p.height-line)
	return name{X: tenth(x), Y: tenth(y), Text: text}, true
}

// newScale picks the longest round length that is at most a quarter of the
// picture's width.
func newScale(p plane, say *messages.Catalogue) scaleBar {
	longest := p.width / 4 / p.pixels(1)
	power := math.Pow(10, math.Floor(math.Log10(longest)))
	metres := power
	for _, step := range []float64{2, 5} {
		if step*power <= longest {
			metres = step * power
		}
	}
	bar := scaleBar{Width: tenth(p.pixels(metres))}
	if metres >= 1000 {
		bar.Text = say.Text("unit.km", "n", say.Number(int(math.Round(metres/1000))))
	} else {
		bar.Text = say.Text("unit.m", "n", say.Number(int(math.Round(metres))))
	}
	return bar
}

func tenth(v float64) float64 { return math.Round(v*10) / 10 }
