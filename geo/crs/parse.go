package crs

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Allowed says in one sentence what Parse understands.
const Allowed = "EPSG:4326 (WGS 84), EPSG:3857 (Web Mercator), UTM as EPSG:32601–32660 and 32701–32760 or as \"UTM 10N\", " +
	"UTM of NAD83, SIRGAS 2000 and ETRS89, GTM, CRTM05, EPSG:27700 (British National Grid), EPSG:2154 (Lambert-93), State Plane and MTM zones of NAD83, " +
	"each by code, as urn:ogc:def:crs:EPSG::n, or by name such as \"NAD83 / Illinois East (ftUS)\""

// Parse returns the system of a code ("EPSG:32610", "32610", "ESRI:102100",
// "OGC:CRS84", an OGC URN or URL) or of a name ("GTM", "UTM 10N", "Maryland
// (ftUS)"), without regard to case, spaces and punctuation. A name without a
// datum is read on WGS 84 where there is such a system, else on NAD83. A bare
// number is EPSG's. The error says what is allowed. Cost: under a millisecond.
func Parse(s string) (System, error) {
	all := catalogue()
	code := codeOf(s)
	if i := slices.IndexFunc(all, func(d definition) bool { return d.code == code }); i >= 0 {
		return all[i].system(), nil
	}
	plain := withoutZone(s)
	if i := slices.IndexFunc(all, func(d definition) bool { return d.called(plain) }); i >= 0 {
		return all[i].system(), nil
	}
	return System{}, fmt.Errorf("coordinate system %.100q is not known (allowed: %s)", s, Allowed)
}

// codeOf writes any spelling of a code as AUTHORITY:CODE; what is no code
// comes back as something that is none.
func codeOf(s string) string {
	s = strings.ToUpper(strings.TrimSpace(s))
	switch {
	case strings.HasPrefix(s, "URN:OGC:DEF:CRS:"), strings.HasPrefix(s, "URN:X-OGC:DEF:CRS:"):
		parts := strings.Split(s, ":")
		s = parts[4] + ":" + parts[len(parts)-1]
	case strings.Contains(s, "://WWW.OPENGIS.NET/DEF/CRS/"):
		_, path, _ := strings.Cut(s, "/DEF/CRS/")
		authority, rest, _ := strings.Cut(path, "/")
		s = authority + ":" + rest[strings.LastIndex(rest, "/")+1:]
	}
	authority, number, found := strings.Cut(s, ":")
	if !found {
		authority, number = "EPSG", s
	}
	switch number {
	case "900913", "102100", "102113", "3785": // what Web Mercator was called before it had a code
		return "EPSG:3857"
	case "CRS84", "CRS84H", "84":
		return "EPSG:4326"
	case "103598":
		return "ESRI:103598"
	}
	return strings.TrimSpace(authority) + ":" + strings.TrimSpace(number)
}

// called reports whether a name, as withoutZone returns it, is the
// definition's, with or without its datum.
func (d definition) called(plain string) bool {
	name := withoutZone(d.name)
	if plain == name || d.method == webMercator && plain == "webmercator" {
		return true
	}
	own, found := strings.CutPrefix(name, letters(d.datum.String()))
	return found && plain != "" && plain == own
}

// withoutZone makes "UTM zone 10N" and "UTM 10N" one.
func withoutZone(name string) string { return strings.ReplaceAll(letters(name), "zone", "") }

// letters returns the letters and digits of a text in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
