// Package hotspot tells which cells hold more incidents than chance explains.
//
//	result := hotspot.GiStar(counts, neighbours)
//	fdr := hotspot.AdjustFDR(result.P)
//	class := hotspot.ClassOf(result.Z[i], fdr[i])
//
// Assumptions: counts holds every cell of the study area, zeros included;
// neighbours[i] holds the indices of the cells that adjoin cell i inside the
// study area, cell i itself not among them. Undefined values are NaN, and Why
// says why; no function returns an infinity.
//
// Sources: Getis and Ord 1992, doi:10.1111/j.1538-4632.1992.tb00261.x; Ord and
// Getis 1995, doi:10.1111/j.1538-4632.1995.tb00912.x; Benjamini and Hochberg
// 1995, doi:10.1111/j.2517-6161.1995.tb02031.x. Proven against R's spdep.
package hotspot
