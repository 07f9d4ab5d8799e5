package crs

import "fmt"

// utm returns the UTM systems of every datum: WGS 84 in all zones, the others
// where an authority gives them a code.
func utm() []definition {
	var all []definition
	for _, r := range []struct {
		datum       datum
		first, last int // zones
		hemisphere  byte
		code        int // of the first zone; the others follow
	}{
		{wgs84, 1, 60, 'N', 32601},
		{wgs84, 1, 60, 'S', 32701},
		{nad83, 1, 23, 'N', 26901},
		{nad83, 59, 60, 'N', 3372},
		{nad83HARN, 10, 19, 'N', 3740},
		{nad83HARN, 4, 5, 'N', 3750},
		{nad83NSRS2007, 59, 60, 'N', 3706},
		{nad83NSRS2007, 1, 19, 'N', 3708},
		{nad83In2011, 59, 60, 'N', 6328},
		{nad83In2011, 1, 19, 'N', 6330},
		{nad83CSRS, 7, 10, 'N', 3154},
		{nad83CSRS, 11, 13, 'N', 2955},
		{nad83CSRS, 14, 16, 'N', 3158},
		{nad83CSRS, 17, 21, 'N', 2958},
		{nad83CSRS, 22, 22, 'N', 3761},
		{sirgas2000, 11, 22, 'N', 31965},
		{sirgas2000, 17, 25, 'S', 31977},
		{etrs89, 28, 37, 'N', 25828},
		{mexicoITRF2008, 11, 16, 'N', 6366},
	} {
		for zone := r.first; zone <= r.last; zone++ {
			all = append(all, utmZone(r.datum, zone, r.hemisphere, epsg(r.code+zone-r.first)))
		}
	}
	return all
}

func utmZone(d datum, zone int, hemisphere byte, code string) definition {
	lon0 := float64(6*zone - 183)
	area, falseNorthing := box(lon0-3, 0, lon0+3, 84), 0.0
	if hemisphere == 'S' {
		area, falseNorthing = box(lon0-3, -80, lon0+3, 0), 10000000
	}
	return definition{
		name: fmt.Sprintf("%s / UTM zone %d%c", d, zone, hemisphere), code: code,
		datum: d, unit: metre(), area: area, params: tm(lon0, 0, 0.9996, 500000, falseNorthing),
	}
}
