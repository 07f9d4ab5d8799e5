// Package layer makes hotspot layers: views over stored incidents. It picks
// the study area, counts incidents in every cell of it, zeros included, hands
// the counts to geo/hotspot and says what was counted and what was not.
//
//	maker := layer.NewMaker(st)
//	l, err := maker.Layer(ctx, layer.Query{Res: 9, Areas: []string{"gt-capital"}})
//	spots, err := maker.Hotspots(ctx, query) // adjoining hot cells as places
//	err = l.WriteGeoJSON(w)
//	hours, err := maker.Statistic(ctx, layer.StatisticQuery{Kind: layer.HoursKind, Layer: q})
//
// Assumptions: an incident is counted once, in the cell that holds its point
// at the layer's resolution; an incident whose interval is not wholly inside
// the asked time is not counted but reported. A Layer is immutable and safe
// for concurrent use.
package layer
