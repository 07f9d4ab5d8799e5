package crs

// zone is one of the State Plane Coordinate System of 1983. Its parameters are
// defined in metres; the states choose the foot they also use.
type zone struct {
	name                     string
	params                   params
	west, south, east, north float64 // area of use
	foot                     Unit
	codes                    codes
}

// codes holds the EPSG codes of a zone in metres and in feet, 0 for none,
// on NAD83, NAD83(HARN), NAD83(NSRS2007) and NAD83(2011).
type codes [4][2]int

// statePlane returns a system for every code of every zone: all of NAD83
// first, in metres and feet, then its later realisations.
func statePlane() []definition {
	var all []definition
	for i, d := range []datum{nad83, nad83HARN, nad83NSRS2007, nad83In2011} {
		for _, z := range zones() {
			all = append(all, z.definitions(d, z.codes[i])...)
		}
	}
	return all
}

func (z zone) definitions(d datum, code [2]int) []definition {
	var out []definition
	area := box(z.west, z.south, z.east, z.north)
	name := d.String() + " / " + z.name
	if code[0] != 0 {
		out = append(out, definition{name, epsg(code[0]), d, metre(), area, z.params})
	}
	if code[1] != 0 {
		out = append(out, definition{name + " (" + z.foot.Name + ")", epsg(code[1]), d, z.foot, area, z.params})
	}
	return out
}
