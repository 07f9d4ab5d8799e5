package pages

import (
	"html/template"
	"strings"

	"atalaya/handlers/messages"
	"atalaya/store/layer"
)

// quality is what a reader must know about the data behind a page: what was
// counted, what was not, and where the numbers can be found again.
type quality struct {
	Counted     template.HTML
	Weighty     []string // warnings for the head of the page
	Remarks     []string
	Fingerprint string
	Short       string // the first digits of it
	Method      string
}

func newQuality(l *layer.Layer, ask request) quality {
	say := ask.say
	q := quality{
		Counted:     say.Strong("quality.counted", "used", l.Incidents.Used, "total", l.Incidents.Used+l.Incidents.Outside+l.Incidents.WithoutTime),
		Method:      say.Text("quality.method", "cells", len(l.Cells), "res", l.Query.Res, "mean", say.Decimal(l.Mean, 2)),
		Fingerprint: l.Fingerprint, Short: l.Fingerprint[:min(12, len(l.Fingerprint))],
	}
	for _, w := range l.Beware {
		if isWeighty(w) {
			q.Weighty = append(q.Weighty, remark(w, l, ask))
			continue
		}
		if text := remark(w, l, ask); text != "" {
			q.Remarks = append(q.Remarks, text)
		}
	}
	return q
}

// isWeighty reports whether a warning bears on every hotspot of the layer, and
// so stands at the head of the page.
func isWeighty(w layer.Warning) bool { return w.Code == "sparse" || w.Code == "inferred_area" }

// remark puts a warning of the layer into the language by its code; one that
// is not known yet stays English. What the page says elsewhere is left out.
func remark(w layer.Warning, l *layer.Layer, ask request) string {
	say, t := ask.say, l.Incidents
	switch w.Code {
	case "synthetic", "few_incidents":
		return "" // the banner and the state of the page
	case "inferred_area":
		return say.Text("beware.inferred_area")
	case "sparse":
		return say.Text("beware.sparse")
	case "no_cells":
		return say.Text("beware.no_cells")
	case "police_initiated_included":
		return say.Text("beware.police_initiated_included")
	case "police_initiated_left_out":
		return say.Count("beware.police_initiated_left_out", t.LeftOut, "categories", categoryList(t.LeftOutCategories, ask.holdings, say))
	case "sensitive_left_out":
		return say.Count("beware.sensitive_left_out", t.Sensitive)
	case "small_counts_hidden":
		return say.Count("beware.small_counts_hidden", t.Hidden, "limit", layer.SmallestCount)
	case "fallback_points":
		return say.Count("beware.fallback_points", t.Fallback)
	case "fallback_left_out":
		return say.Count("beware.fallback_left_out", t.Fallback)
	case "time_unclear":
		return say.Count("beware.time_unclear", t.WithoutTime)
	case "outside_area":
		return say.Count("beware.outside_area", t.Outside)
	}
	return w.Message
}

func categoryList(codes []string, h *holdings, say *messages.Catalogue) string {
	return strings.Join(categoryNames(filter{categories: codes}, h, say), ", ")
}
