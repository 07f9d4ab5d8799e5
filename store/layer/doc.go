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
// Where what is:
//
//	asking      what a request says, and what is wrong with it   query.go parameter.go when.go where.go check.go look.go method.go
//	making      from incidents to cells                          maker.go builder.go ground.go board.go
//	methods     a file each                                      clustering.go change.go emerging.go density.go rate.go shift.go near.go
//	privacy     small counts of sensitive incidents              suppress.go
//	places      hot cells that adjoin, as one place              hotspots.go spots.go spot.go best.go course.go moments.go
//	explaining  the numbers behind a cell                        explain.go breakdown.go sensitivity.go calendar.go
//	statistics  numbers of a whole layer                         statistic*.go global.go weekhours.go knox*.go concentration.go
//	telling     what comes out                                   layer.go column.go beware.go geojson.go csv.go spotfile.go
//
// Assumptions: an incident is counted once, in the cell that holds its point
// at the layer's resolution; an incident whose interval is not wholly inside
// the asked time is not counted but reported. A Layer is immutable and safe
// for concurrent use.
package layer
