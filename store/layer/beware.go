package layer

import (
	"fmt"
	"slices"
	"strings"

	"atalaya/store"
)

// FewIncidents is the number of counted incidents below which a layer warns.
const FewIncidents = 30

// SparseMean is the mean count of a cell below which a layer warns: the sums
// that Gi* takes for normal are then too skewed.
const SparseMean = 1.0

// warnings returns what a reader of the layer must know, weightiest first.
func (l *Layer) warnings() []Warning {
	var out []Warning
	warn := func(code, format string, args ...any) {
		out = append(out, Warning{Code: code, Message: fmt.Sprintf(format, args...)})
	}
	t := l.Incidents
	if t.Used < FewIncidents {
		warn("few_incidents", "only %d incidents were counted: too few to tell hot from chance", t.Used)
	}
	if t.Used >= FewIncidents && l.Mean < SparseMean && l.Global != nil {
		warn("sparse", "fewer than %v incidents a cell: single incidents can look hot; a coarser resolution or a longer time is steadier", SparseMean)
	}
	if l.Area.Inferred {
		warn("inferred_area", "no study area was given: it is the hull of the cells with incidents, which makes hot spots look stronger or weaker than they are")
	}
	if len(l.Cells) == 0 {
		warn("no_cells", "the study area holds no cell centre at this resolution")
	}
	if slices.Contains(l.Query.Origins, store.PoliceInitiated) {
		warn("police_initiated_included", "police-initiated incidents are counted: they show where police look, too")
	}
	if t.LeftOut > 0 {
		warn("police_initiated_left_out", "%d police-initiated incidents are left out: %s", t.LeftOut, strings.Join(t.LeftOutCategories, ", "))
	}
	if t.Sensitive > 0 {
		warn("sensitive_left_out", "%d incidents of sensitive categories are left out: they are counted only where their categories are named", t.Sensitive)
	}
	if t.Hidden > 0 {
		warn("small_counts_hidden", "the counts of %d cells are not shown, for fewer than %d sensitive incidents could be read from them: scores and classes are computed as if each held the mean of them all", t.Hidden, SmallestCount)
	}
	switch {
	case t.Fallback > 0 && l.Query.NoFallback:
		warn("fallback_left_out", "%d incidents are left out: they lie at fallback points, where sources put what they cannot place", t.Fallback)
	case t.Fallback > 0:
		warn("fallback_points", "%d incidents lie at fallback points, where sources put what they cannot place: hot spots there may be none (fallback=exclude leaves them out)", t.Fallback)
	}
	if t.WithoutTime > 0 {
		warn("time_unclear", "%d incidents are not counted: their time is not known well enough for what was asked", t.WithoutTime)
	}
	if t.Incomplete > 0 {
		warn("incomplete_period", "%d incidents are not counted: they lie in a first or last period that the data do not cover whole", t.Incomplete)
	}
	if t.Outside > 0 {
		warn("outside_area", "%d incidents are not counted: they lie in no cell of the study area", t.Outside)
	}
	return out
}
