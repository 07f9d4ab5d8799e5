// Package concentration tells how few places hold how many of the incidents.
//
//	places := concentration.Of(counts)
//	half := places.ShareHolding(0.5) // 0.04: 4 % of the cells hold half
//	fmt.Println(half, places.GeneralisedGini(), places.Why)
//
// Assumptions: counts holds every place of the study area, zeros included, and
// places are of about equal size. Undefined values are NaN, and Why says why.
// The Gini of few incidents in many places is high even by chance: compare
// GeneralisedGini, which allows for it. It is meant for counts; of weights,
// such as harm, read Gini and ShareHolding.
//
// Sources: Weisburd 2015, The law of crime concentration and the criminology
// of place, doi:10.1111/1745-9125.12070; Bernasco and Steenbeek 2017, More
// places than crimes, doi:10.1007/s10940-016-9324-7.
package concentration
