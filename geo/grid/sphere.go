package grid

import (
	"math"

	"github.com/paulmach/orb"
)

// EarthRadiusM is the radius in metres of the sphere that H3 uses, the WGS 84
// authalic radius (H3, constants.h). Every distance and area of the project
// uses it; orb's own differs.
const EarthRadiusM = 6371007.180918475

// DistanceM returns the great-circle distance of two points in metres, by the
// haversine formula.
func DistanceM(a, b orb.Point) float64 {
	const rad = math.Pi / 180
	sinLat := math.Sin((b.Lat() - a.Lat()) * rad / 2)
	sinLon := math.Sin((b.Lon() - a.Lon()) * rad / 2)
	h := sinLat*sinLat + math.Cos(a.Lat()*rad)*math.Cos(b.Lat()*rad)*sinLon*sinLon
	return 2 * EarthRadiusM * math.Asin(math.Min(1, math.Sqrt(h)))
}
