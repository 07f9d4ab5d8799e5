// Package hotspot tells which cells hold more incidents than chance explains.
//
//	result := hotspot.GiStar(counts, neighbours)
//	fdr := hotspot.AdjustFDR(result.P)
//	class := hotspot.ClassOf(result.Z[i], fdr[i])
//	whole := hotspot.GlobalMoran(counts, neighbours, hotspot.GlobalMoranOptions{})
//	drawn, err := hotspot.GiStarPermuted(ctx, counts, neighbours, hotspot.PermutationOptions{Seed: 1})
//
// Assumptions: counts holds every cell of the study area, zeros included;
// neighbours[i] holds the indices of the cells that adjoin cell i inside the
// study area, cell i itself not among them, and whoever is a neighbour of i has
// i for one. A cell without neighbours is an island. Undefined values are NaN,
// and Why or WhyUndefined says why; no function returns an infinity.
//
// Sources: Getis and Ord 1992, doi:10.1111/j.1538-4632.1992.tb00261.x; Ord and
// Getis 1995, doi:10.1111/j.1538-4632.1995.tb00912.x; Anselin 1995,
// doi:10.1111/j.1538-4632.1995.tb00338.x; Sokal, Oden and Thomson 1998,
// doi:10.1111/j.1538-4632.1998.tb00406.x; Cliff and Ord 1981, Spatial
// Processes; Geary 1954, doi:10.2307/2986645; Benjamini and Hochberg 1995,
// doi:10.1111/j.2517-6161.1995.tb02031.x; Benjamini and Yekutieli 2001,
// doi:10.1214/aos/1013699998; Holm 1979, Scandinavian Journal of Statistics 6.
// Proven against R's spdep.
package hotspot
