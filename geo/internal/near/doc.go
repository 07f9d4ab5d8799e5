// Package near finds the points that lie close to other points, in metres, on
// the sphere or on a plane.
//
//	for queries, points := range near.Groups(centres, places, radiusM) {
//		// each of places that lies within radiusM of one of these centres
//		// is among these points
//	}
//
// Assumptions: the sphere is H3's, of radius grid.EarthRadiusM. Points on it
// stand in space, so that neither the poles nor the antimeridian are special.
package near
