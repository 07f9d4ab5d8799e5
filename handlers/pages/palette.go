package pages

import (
	"fmt"
	"strings"

	"atalaya/geo/hotspot"
)

// theme is every colour of the pages for light or for dark surroundings, each
// as #rrggbb.
type theme struct {
	page, panel, text, muted, line, link, onLink string // ground of the page, of boxes, and what stands on them
	noteBack, noteText                           string // warnings
	land, outside, border                        string // maps: inside and outside the study area, outlines of areas
	classes                                      map[hotspot.Class]paint
	counts                                       [5]shade // day × hour table, fewest first
}

// paint is how a class of hexagon is drawn. An outline carries the meaning
// where the fill has too little contrast with the land, so no class goes
// without. An empty fill is transparent.
type paint struct {
	fill, ink string // ink: text on the fill
	outline   string
	stripes   string // colour of the hatch; empty: none
}

// shade is a step of the scale of counts: one hue, apart from the classes'
// own, because a count is not a confidence.
type shade struct{ fill, ink string }

// light is ColorBrewer's RdBu with outlines.
func light() theme {
	return theme{
		page: "#ffffff", panel: "#f8fafc", text: "#111827", muted: "#4b5563", line: "#d1d5db", link: "#0b5cad", onLink: "#ffffff",
		noteBack: "#fff3df", noteText: "#713f12",
		land: "#eceae3", outside: "#f8f7f4", border: "#6b7280",
		classes: map[hotspot.Class]paint{
			hotspot.Hot99:     {fill: "#b2182b", ink: "#ffffff", outline: "#67001f", stripes: "#67001f"},
			hotspot.Hot95:     {fill: "#ef8a62", ink: "#111827", outline: "#67001f"},
			hotspot.Hot90:     {fill: "#fddbc7", ink: "#111827", outline: "#67001f"},
			hotspot.None:      {ink: "#111827", outline: "#a8a498"},
			hotspot.Cold90:    {fill: "#d1e5f0", ink: "#111827", outline: "#053061"},
			hotspot.Cold95:    {fill: "#67a9cf", ink: "#111827", outline: "#053061"},
			hotspot.Cold99:    {fill: "#2166ac", ink: "#ffffff", outline: "#053061", stripes: "#053061"},
			hotspot.Undefined: {ink: "#111827", outline: "#77746a"},
		},
		counts: [5]shade{{"#f3f0fa", "#111827"}, {"#dad3ee", "#111827"}, {"#b5a8dc", "#111827"}, {"#7a65b5", "#ffffff"}, {"#4a3588", "#ffffff"}},
	}
}

// dark turns the order of lightness round: where the ground is dark, brighter
// is stronger.
func dark() theme {
	return theme{
		page: "#0f1720", panel: "#18222d", text: "#f1f5f9", muted: "#b3c0cf", line: "#3a4756", link: "#8ec5ff", onLink: "#0f1720",
		noteBack: "#3a2a0c", noteText: "#ffdf9e",
		land: "#18212b", outside: "#0d131a", border: "#8b98a8",
		classes: map[hotspot.Class]paint{
			hotspot.Hot99:     {fill: "#ffb199", ink: "#111827", outline: "#ffe3da", stripes: "#8c2a1c"},
			hotspot.Hot95:     {fill: "#e8604c", ink: "#111827", outline: "#ffd0c2"},
			hotspot.Hot90:     {fill: "#8c3a33", ink: "#ffffff", outline: "#ffb199"},
			hotspot.None:      {ink: "#f1f5f9", outline: "#46535f"},
			hotspot.Cold90:    {fill: "#2f5573", ink: "#ffffff", outline: "#a6d8ff"},
			hotspot.Cold95:    {fill: "#4f93c4", ink: "#111827", outline: "#d3ecff"},
			hotspot.Cold99:    {fill: "#a6d8ff", ink: "#111827", outline: "#eaf6ff", stripes: "#1f5f92"},
			hotspot.Undefined: {ink: "#f1f5f9", outline: "#7c8a99"},
		},
		counts: [5]shade{{"#1d2233", "#f1f5f9"}, {"#322b57", "#f1f5f9"}, {"#4f4288", "#ffffff"}, {"#8d7dcb", "#111827"}, {"#c9bff0", "#111827"}},
	}
}

// symbol is the cue of a class that needs no colour; empty where it has none.
func symbol(c hotspot.Class) string {
	return map[hotspot.Class]string{
		hotspot.Hot99: "▲▲▲", hotspot.Hot95: "▲▲", hotspot.Hot90: "▲",
		hotspot.Cold90: "▽", hotspot.Cold95: "▽▽", hotspot.Cold99: "▽▽▽",
	}[c]
}

// cssClass is the class of CSS that goes with a class of hexagon: hot-99.
func cssClass(c hotspot.Class) string { return strings.ReplaceAll(string(c), "_", "-") }

// customProperties is the palette as CSS: light, dark where that is preferred,
// light again on paper.
func customProperties() string {
	return fmt.Sprintf(":root{%s}\n@media (prefers-color-scheme:dark){:root{%s}}\n@media print{:root{%s}}\n", //nolint:misspell // CSS spells so
		light().css(), dark().css(), light().css())
}

func (t theme) css() string {
	var b strings.Builder
	set := func(name, colour string) {
		if colour == "" {
			colour = "transparent"
		}
		fmt.Fprintf(&b, "--%s:%s;", name, colour)
	}
	set("page", t.page)
	set("panel", t.panel)
	set("text", t.text)
	set("muted", t.muted)
	set("line", t.line)
	set("link", t.link)
	set("on-link", t.onLink)
	set("note-back", t.noteBack)
	set("note-text", t.noteText)
	set("land", t.land)
	set("outside", t.outside)
	set("border", t.border)
	for _, c := range hotspot.Classes() {
		p := t.classes[c]
		set(cssClass(c), p.fill)
		set(cssClass(c)+"-ink", p.ink)
		set(cssClass(c)+"-line", p.outline)
		if p.stripes != "" {
			set(cssClass(c)+"-stripes", p.stripes)
		}
	}
	for i, s := range t.counts {
		set(fmt.Sprintf("count-%d", i), s.fill)
		set(fmt.Sprintf("count-%d-ink", i), s.ink)
	}
	return b.String()
}
