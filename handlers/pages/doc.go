// Package pages serves what people read: a ranked list of hotspots, a page for
// each hexagon and the shell of the map, in Spanish and English, rendered on
// the server and complete without JavaScript.
//
//	p, err := pages.New(pages.Options{Store: st, Maker: maker, Clock: time.Now, TimeZone: zone})
//	router.GET("/", p.Root)
//	router.GET("/:lang/", p.Home)
//	router.GET("/:lang/hotspots/:id", p.Hotspot)
//	router.GET("/:lang/map", p.Map)
//	router.GET("/static/*file", p.Static)
//
// The address holds the whole state: cat, from and to (local dates, both
// included), area, res, hours, dow, page. What of it cannot be read is left
// out with a note on the page.
//
// Assumptions: a page makes no request off its own origin and needs no inline
// script or style, so a strict content security policy fits. Texts come from
// handlers/messages; colours from one palette, which is also the custom
// properties of the style sheet. Maps are drawn as SVG by an equirectangular
// projection around their middle: good for a city, not for a continent.
//
// Sources: WCAG 2.2; ColorBrewer RdBu for the light palette.
package pages
