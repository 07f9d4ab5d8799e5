// Package aoristic spreads incidents whose time is only known to lie between
// two moments over the hours and the shifts in which they may have happened.
//
//	var week aoristic.Week
//	week.Add(from, to, location)
//	night, err := aoristic.NewShift(aoristic.Window{Start: 22 * 60, End: 6 * 60})
//	share := night.Share(from, to, location)
//
// Assumptions: every moment of an interval is as likely as any other; hours
// and shifts are read off the clock on the wall of the location, and lengths
// are elapsed time, so an hour that daylight saving leaves out weighs nothing
// and one that it repeats weighs both times. An incident whose end is
// missing (the zero time) or not after its start happened at its start. An
// interval of 168 hours or more tells nothing about the hour of the week.
//
// Source: Ratcliffe 2002, Aoristic signatures and the spatio-temporal analysis
// of high volume crime patterns, doi:10.1023/A:1013240828824.
package aoristic
