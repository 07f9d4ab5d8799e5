// Package density spreads incidents over the ground around them, holds them
// against a denominator, and spreads denominators over cells.
//
//	perKM2, err := density.CountsOnCells(cells, counts, density.Options{Kernel: density.Quartic})
//	households, err := density.Apportion(cells, tracts, density.ApportionOptions{})
//	rate, why := density.Rate(counts[i], households.Cells[i], density.RateOptions{Per: 1000, Minimum: 50})
//
// Assumptions: points are WGS 84 and distances great-circle metres on the
// sphere of radius grid.EarthRadiusM, never degrees. Densities near the edge of
// the data are too low, as incidents beyond it are unknown: they are not
// corrected, for a correction invents incidents where there may be a lake; take
// in incidents from a ring around the study area instead. A density is a
// description; it has no significance.
//
// Sources: Silverman 1986, Density estimation for statistics and data
// analysis, section 4.2 (the quartic is his K2 in two dimensions); Goodchild and Lam 1980, Areal interpolation, Geo-Processing 1.
package density
