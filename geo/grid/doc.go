// Package grid makes H3 safe to use: points and polygons of orb become cells,
// cells become orb polygons, and nothing that cannot be right becomes a
// plausible cell. It is the only importer of h3-go.
//
//	cell, err := grid.CellAt(orb.Point{-90.5069, 14.6349}, 9)
//	cells, err := grid.Cover(polygon, 9, grid.CoverOptions{})
//	fmt.Println(cell, cell.AreaKM2(), cell.Outline())
//
// Assumptions: coordinates are WGS 84 longitude and latitude in degrees, read
// as points of a sphere of radius EarthRadiusM; polygon edges are straight
// lines on the longitude-latitude plane, and an edge that spans more than 180
// degrees of longitude crosses the antimeridian instead.
//
// Source: Uber Technologies, H3 (2018), h3geo.org; index layout from its
// documentation "H3 Index Representations".
package grid
