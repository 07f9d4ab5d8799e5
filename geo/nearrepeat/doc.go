// Package nearrepeat tells whether an incident makes others nearby more likely
// for a while, which incidents hang together so, and where that is now.
//
//	table, err := nearrepeat.Knox(ctx, events, nearrepeat.Options{Seed: 1})
//	near := table.Bands[1][0] // within 200 m and a week: near.Ratio, near.P
//	chains, err := nearrepeat.Chains(ctx, events, nearrepeat.ChainOptions{DistanceM: 200, Days: 14})
//	risks, err := nearrepeat.AtRisk(incidents, now, nearrepeat.RiskOptions{DistanceM: 200, For: 14 * 24 * time.Hour, Res: 9})
//
// Assumptions: places and days of the incidents are known to within the first
// bands. Coordinates moved to the middle of a street make repeats of what are
// none. Risk that changes everywhere at once, by season, is allowed for; risk
// that moves about the city for another reason is not, and looks like near
// repeats. No p is adjusted for the number of bands.
//
// Sources: Knox 1964, The detection of space-time interactions,
// doi:10.2307/2985220; Townsley, Homel and Chaseling 2003, Infectious
// burglaries, doi:10.1093/bjc/43.3.615; Ratcliffe 2009, Near repeat calculator;
// North, Curtis and Sham 2002, A note on the calculation of empirical P values
// from Monte Carlo procedures, doi:10.1086/341527.
package nearrepeat
