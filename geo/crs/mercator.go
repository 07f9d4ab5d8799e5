package crs

import "math"

// plateCarree leaves longitude and latitude as they are, in degrees.
type plateCarree struct{}

func (plateCarree) forward(lon, lat float64) (x, y float64) { return degrees(lon), degrees(lat) }

func (plateCarree) inverse(x, y float64) (lon, lat float64) { return radians(x), radians(y) }

// sphereMercator is Web Mercator: geodetic latitudes of WGS 84 projected as if
// they were of a sphere with its equatorial radius (IOGP 373-7-2, method 1024).
type sphereMercator struct{}

func (sphereMercator) forward(lon, lat float64) (x, y float64) {
	a := ellipsoidWGS84().a
	return a * lon, a * math.Asinh(math.Tan(lat))
}

func (sphereMercator) inverse(x, y float64) (lon, lat float64) {
	a := ellipsoidWGS84().a
	return x / a, math.Atan(math.Sinh(y / a))
}
