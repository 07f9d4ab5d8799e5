// Package web is the browser's part: a map of TypeScript and MapLibre, built
// by Vite into dist and embedded here. Go compiles with or without the build.
//
//	script, style, built := web.MapBundle()
//	if !built {
//		// show how to build it: make web
//	}
//	files := web.Files() // served under /assets/
//
// The source begins at src/map.ts. npm run check compiles it, lints it and
// runs the tests of its pure parts in test; npm test drives a browser through
// the pages of a running demo (e2e), and npm run pictures renews docs/images
// on the way.
//
// Assumptions: the files of dist, but for the manifest, have a hash of their
// content in their names and so never change under one name. Beside each
// script and style sheet lie its Brotli and gzip forms, .br and .gz.
//
// Sources: the manifest is Vite's, as told in "Backend Integration" of its
// guide; the budget of the map is that of the design of the pages.
package web
