package crs

import "math"

// Unit is what a system counts its coordinates in.
type Unit struct {
	Name   string  // "m", "ftUS", "ft", "degree" or what a .prj calls it
	Metres float64 // in one unit; 0 for degrees
}

func metre() Unit { return Unit{"m", 1} }

func degree() Unit { return Unit{"degree", 0} }

// usFoot is the survey foot of 1893, 1200/3937 m: two millionths longer than
// the international foot, which is metres at State Plane's false origins.
func usFoot() Unit { return Unit{"ftUS", 1200.0 / 3937} }

func foot() Unit { return Unit{"ft", 0.3048} }

// unitOf returns the unit with so many metres, by its own name where it is a
// known one written with fewer digits.
func unitOf(name string, metres float64) Unit {
	for _, u := range []Unit{metre(), usFoot(), foot()} {
		// Half of the least difference between the two feet is 1e-6.
		if math.Abs(metres/u.Metres-1) < 1e-8 {
			return u
		}
	}
	return Unit{name, metres}
}

// scale returns what to multiply a coordinate by before the projection sees it.
func (u Unit) scale() float64 {
	if u.Metres == 0 {
		return 1
	}
	return u.Metres
}

// decimals returns how many are worth showing in a bound.
func (u Unit) decimals() int {
	if u.Metres == 0 {
		return 2
	}
	return 0
}
