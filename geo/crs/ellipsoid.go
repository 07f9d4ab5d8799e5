package crs

import "math"

// ellipsoid is one of revolution.
type ellipsoid struct {
	a float64 // equatorial radius in metres
	f float64 // flattening
}

func ellipsoidWGS84() ellipsoid { return ellipsoid{6378137, 1 / 298.257223563} }

func ellipsoidGRS80() ellipsoid { return ellipsoid{6378137, 1 / 298.257222101} }

// ellipsoidAiry is that of 1830.
func ellipsoidAiry() ellipsoid { return ellipsoid{6377563.396, 1 / 299.3249646} }

// e2 returns the square of the eccentricity.
func (e ellipsoid) e2() float64 { return e.f * (2 - e.f) }

// conformal returns the tangent of the conformal latitude from the tangent of
// the latitude (Karney 2011, equations 7 to 9). Its inverse hyperbolic sine is
// the isometric latitude.
func (e ellipsoid) conformal(tau float64) float64 {
	ecc := math.Sqrt(e.e2())
	sec := math.Sqrt(1 + tau*tau)
	sigma := math.Sinh(ecc * math.Atanh(ecc*tau/sec))
	return tau*math.Sqrt(1+sigma*sigma) - sigma*sec
}

// geodeticTan is the inverse of conformal, by Newton's method (Karney 2011,
// equations 19 to 21). It converges quadratically: after a step of 1e-9 what is
// left is below the precision of a float64. Two steps are usual.
func (e ellipsoid) geodeticTan(conformal float64) float64 {
	e2 := e.e2()
	tau := conformal / (1 - e2)
	for range 8 {
		is := e.conformal(tau)
		step := (conformal - is) / math.Sqrt(1+is*is) *
			(1 + (1-e2)*tau*tau) / ((1 - e2) * math.Sqrt(1+tau*tau))
		tau += step
		if !(math.Abs(step) > 1e-9*max(1, math.Abs(tau))) {
			break
		}
	}
	return tau
}

// geocentric returns the Cartesian coordinates, in metres, of a place at
// height zero.
func (e ellipsoid) geocentric(lon, lat float64) (x, y, z float64) {
	sin, cos := math.Sincos(lat)
	n := e.a / math.Sqrt(1-e.e2()*sin*sin)
	return n * cos * math.Cos(lon), n * cos * math.Sin(lon), n * (1 - e.e2()) * sin
}

// geodetic is the inverse of geocentric for heights of some metres: the first
// guess is exact at height zero, and each round makes what is left 150 times
// smaller.
func (e ellipsoid) geodetic(x, y, z float64) (lon, lat float64) {
	p := math.Hypot(x, y)
	lat = math.Atan2(z, p*(1-e.e2()))
	for range 3 {
		sin := math.Sin(lat)
		n := e.a / math.Sqrt(1-e.e2()*sin*sin)
		lat = math.Atan2(z+e.e2()*n*sin, p)
	}
	return math.Atan2(y, x), lat
}
