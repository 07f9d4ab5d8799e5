package crs

import "math"

// conic is the Lambert conformal conic projection (Snyder 1987, pages 107 to
// 109), with the isometric latitude ψ in place of Snyder's t = exp(-ψ).
type conic struct {
	ellipsoid ellipsoid
	n         float64 // the cone constant
	af        float64 // the radius of the equator on the cone, in metres
	rho0      float64 // the radius of the latitude of origin, in metres
}

// newConic takes the standard parallels, which may be one and the same, and a
// scale on them. Parallels that lie symmetric about the equator make no cone.
func newConic(e ellipsoid, lat0, parallel1, parallel2, scale float64) conic {
	psi := func(lat float64) float64 { return math.Asinh(e.conformal(math.Tan(lat))) }
	// Equation 14-15, the radius of a parallel over a.
	m := func(lat float64) float64 {
		sin, cos := math.Sincos(lat)
		return cos / math.Sqrt(1-e.e2()*sin*sin)
	}
	c := conic{ellipsoid: e, n: math.Sin(parallel1)}
	if parallel1 != parallel2 {
		c.n = math.Log(m(parallel1)/m(parallel2)) / (psi(parallel2) - psi(parallel1)) // equation 15-8
	}
	c.af = scale * e.a * m(parallel1) / c.n * math.Exp(c.n*psi(parallel1)) // equation 15-10
	c.rho0 = c.af * math.Exp(-c.n*psi(lat0))
	return c
}

func (c conic) forward(lon, lat float64) (x, y float64) {
	psi := math.Asinh(c.ellipsoid.conformal(math.Tan(lat)))
	rho := c.af * math.Exp(-c.n*psi) // equation 15-7
	sin, cos := math.Sincos(c.n * lon)
	return rho * sin, c.rho0 - rho*cos // equations 14-1 and 14-2
}

func (c conic) inverse(x, y float64) (lon, lat float64) {
	sign := math.Copysign(1, c.n)
	rho := math.Hypot(x, c.rho0-y) // equation 14-10, without its sign
	psi := -math.Log(rho/(sign*c.af)) / c.n
	theta := math.Atan2(sign*x, sign*(c.rho0-y)) // equation 14-11
	return theta / c.n, math.Atan(c.ellipsoid.geodeticTan(math.Sinh(psi)))
}
