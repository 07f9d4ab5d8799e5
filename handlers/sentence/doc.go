// Package sentence says in a sentence why a cell or a hotspot is what it is,
// with the numbers that this rests on. The service, the pages and the command
// line say the same.
//
//	ground := sentence.Ground{Say: messages.For("es"), Layer: l, Categories: categories, Zone: zone}
//	ground.Cell(c)        // of a cell: numbers set strong
//	ground.Spot(spot)     // of a hotspot
//	ground.SpotText(spot) // the same, without marks
//	sentence.Told(spots, categories, zone).WriteCSV(w)
//
// Assumptions: the wording is that of the catalogues of messages; "hardly ever
// by chance" is said of an adjusted p of at most 0.05, and only "seldom" where p
// is not adjusted. A hotspot is hot where
// all its cells are, so its sentence compares what they hold together.
package sentence
