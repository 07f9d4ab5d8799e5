package near

import (
	"math"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

// Position is a place in metres: on the sphere as seen from its centre, on a
// plane with z = 0.
type Position [3]float64

// OnSphere returns the position of a longitude and latitude in degrees.
func OnSphere(p orb.Point) Position {
	const rad = math.Pi / 180
	sinLon, cosLon := math.Sincos(p.Lon() * rad)
	sinLat, cosLat := math.Sincos(p.Lat() * rad)
	return Position{grid.EarthRadiusM * cosLat * cosLon, grid.EarthRadiusM * cosLat * sinLon, grid.EarthRadiusM * sinLat}
}

// OnPlane returns the position of x and y in metres.
func OnPlane(p orb.Point) Position { return Position{p.X(), p.Y(), 0} }

// Chord2 returns the square of the straight distance in square metres.
func (p Position) Chord2(q Position) float64 {
	x, y, z := p[0]-q[0], p[1]-q[1], p[2]-q[2]
	return x*x + y*y + z*z
}

// seriesBelow is how large (chord/2R)² may be for the series of Arc2: about
// 400 km. Its first term left out is then below 1e-13 of the result.
const seriesBelow = 1e-3

// Arc2 returns the square of the great-circle distance of two positions on the
// sphere whose straight distance squared is chord2, both in square metres:
// (2R·asin √u)² with u = (chord/2R)², by its power series where u is small.
// Its root differs from grid.DistanceM by less than 1e-8 m up to 100 km.
func Arc2(chord2 float64) float64 {
	const d2 = 4 * grid.EarthRadiusM * grid.EarthRadiusM
	u := chord2 / d2
	if u < seriesBelow {
		return chord2 * (1 + u*(1./3+u*(8./45+u*(4./35))))
	}
	arc := math.Asin(math.Min(1, math.Sqrt(u)))
	return d2 * arc * arc
}
