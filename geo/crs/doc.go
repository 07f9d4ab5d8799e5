// Package crs takes the projected coordinates that police exports carry,
// metres or feet, to WGS 84 longitude and latitude and back. A system is named
// by code, by name or by the text of a .prj file, or proposed from the numbers.
//
//	system, err := crs.Parse("EPSG:2263")
//	point, err := system.ToWGS84(987654.3, 211098.7) // US survey feet
//	system, err = crs.ParseWKT(textOfThePrjFile)
//	for _, c := range crs.Guess(sample, areaOfTheSource) { … c.Evidence … }
//
// It knows WGS 84, Web Mercator, UTM on the datums of the Americas and Europe,
// Guatemala's GTM, the national systems of Costa Rica, Colombia and Mexico,
// the British National Grid, France's Lambert-93, Canada's MTM zones and the State Plane zones of NAD83 except Alaska 1, which
// is an oblique Mercator. ParseWKT also reads transverse Mercators and conformal
// conics that are in no list.
//
// Assumptions:
//   - x is the easting or longitude and y the northing or latitude, whatever
//     axis order an authority gives the system.
//   - NAD83, its realisations of 2007 and 2011, SIRGAS 2000, ETRS89 and their
//     kin are taken for WGS 84 as they stand, as PROJ does where it has no
//     grids. On the ground NAD83 and WGS 84 lie one to two metres apart.
//   - The exceptions are again PROJ's: NAD83(HARN) in the contiguous United
//     States, NAD83(CSRS) in Canada, CR05, and NAD83 in Hawaii are shifted by
//     the parameters that the EPSG dataset gives, less than two metres.
//   - OSGB36, of the British National Grid, is shifted by EPSG 1314, some
//     100 metres. The grid OSTN15, which defines it, is not there: seven
//     parameters are good to about 5 metres (EPSG states 2), and PROJ without
//     its grid says the same. System.ErrorM tells.
//   - Heights are zero. Older datums, such as NAD27, need grids and are refused.
//
// Within the area of a system the results equal PROJ's to less than a
// millimetre; tests hold them to it.
//
// Sources: C. F. F. Karney (2011), Transverse Mercator with an accuracy of a
// few nanometers, doi:10.1007/s00190-011-0445-3; J. P. Snyder (1987), Map
// Projections: A Working Manual, USGS Professional Paper 1395; J. E. Stem
// (1989), State Plane Coordinate System of 1983, NOAA Manual NOS NGS 5; the
// EPSG dataset for codes, parameters and areas; IOGP Publication 373-7-2 for
// the seven-parameter shift; Ordnance Survey (2020), A Guide to Coordinate
// Systems in Great Britain, for OSGB36.
package crs
