package crs

import "math"

// transverse is the transverse Mercator projection by Krüger's series to the
// sixth order (Karney 2011, equations 10 to 14 and 35, 36): nanometres within
// 3900 km of the central meridian.
type transverse struct {
	ellipsoid ellipsoid
	radius    float64 // of the rectified meridian, times the scale, in metres
	y0        float64 // of the latitude of origin, in metres
	alpha     [6]float64
	beta      [6]float64
}

func newTransverse(e ellipsoid, lat0, scale float64) transverse {
	n := e.f / (2 - e.f)
	n2 := n * n
	n3, n4 := n2*n, n2*n2
	n5, n6 := n4*n, n4*n2
	t := transverse{
		ellipsoid: e,
		radius:    scale * e.a / (1 + n) * (1 + n2/4 + n4/64 + n6/256),
		alpha: [6]float64{
			n/2 - 2*n2/3 + 5*n3/16 + 41*n4/180 - 127*n5/288 + 7891*n6/37800,
			13*n2/48 - 3*n3/5 + 557*n4/1440 + 281*n5/630 - 1983433*n6/1935360,
			61*n3/240 - 103*n4/140 + 15061*n5/26880 + 167603*n6/181440,
			49561*n4/161280 - 179*n5/168 + 6601661*n6/7257600,
			34729*n5/80640 - 3418889*n6/1995840,
			212378941 * n6 / 319334400,
		},
		beta: [6]float64{
			n/2 - 2*n2/3 + 37*n3/96 - n4/360 - 81*n5/512 + 96199*n6/604800,
			n2/48 + n3/15 - 437*n4/1440 + 46*n5/105 - 1118711*n6/3870720,
			17*n3/480 - 37*n4/840 - 209*n5/4480 + 5569*n6/90720,
			4397*n4/161280 - 11*n5/504 - 830251*n6/7257600,
			4583*n5/161280 - 108847*n6/3991680,
			20648693 * n6 / 638668800,
		},
	}
	_, t.y0 = t.forward(0, lat0)
	return t
}

func (t transverse) forward(lon, lat float64) (x, y float64) {
	tau := t.ellipsoid.conformal(math.Tan(lat))
	sin, cos := math.Sincos(lon)
	xi := math.Atan2(tau, cos)
	eta := math.Asinh(sin / math.Hypot(tau, cos))
	dXi, dEta := sineSeries(t.alpha, xi, eta)
	return t.radius * (eta + dEta), t.radius*(xi+dXi) - t.y0
}

func (t transverse) inverse(x, y float64) (lon, lat float64) {
	xi, eta := (y+t.y0)/t.radius, x/t.radius
	dXi, dEta := sineSeries(t.beta, xi, eta)
	sin, cos := math.Sincos(xi - dXi)
	sinh := math.Sinh(eta - dEta)
	tau := t.ellipsoid.geodeticTan(sin / math.Hypot(sinh, cos))
	return math.Atan2(sinh, cos), math.Atan(tau)
}

// sineSeries returns the real and imaginary part of the sum over j = 1 … 6 of
// c[j-1]·sin 2j(ξ+iη), by Clenshaw's recurrence.
func sineSeries(c [6]float64, xi, eta float64) (re, im float64) {
	sin, cos := math.Sincos(2 * xi)
	sinh, cosh := math.Sinh(2*eta), math.Cosh(2*eta)
	twoCos := complex(2*cos*cosh, -2*sin*sinh)
	var u1, u2 complex128
	for j := len(c) - 1; j >= 0; j-- {
		u1, u2 = complex(c[j], 0)+twoCos*u1-u2, u1
	}
	sum := u1 * complex(sin*cosh, cos*sinh)
	return real(sum), imag(sum)
}
