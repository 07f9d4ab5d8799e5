package layer_test

import (
	"slices"
	"testing"

	"atalaya/store"
	"atalaya/store/layer"
)

func TestIncidentsAtFallbackPointsAreCountedWithAWarningOrLeftOut(t *testing.T) {
	exact := at(t, "2025-03-01 20:00", "2025-03-01 20:01")
	station := at(t, "2025-03-01 21:00", "2025-03-01 21:01")
	station.LocationPrecision = store.FallbackLocation
	for _, c := range []struct {
		name      string
		leftOut   bool
		used      int
		warning   string
		parameter bool
	}{
		{"included", false, 3, "fallback_points", false},
		{"left out", true, 1, "fallback_left_out", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := build(t, layer.Query{Study: capital(), NoFallback: c.leftOut}, exact, station, station)
			if l.Incidents.Used != c.used || l.Incidents.Fallback != 2 {
				t.Errorf("got %+v", l.Incidents)
			}
			if !slices.ContainsFunc(l.Beware, func(w layer.Warning) bool { return w.Code == c.warning }) {
				t.Errorf("beware of %v, want %s", l.Beware, c.warning)
			}
			if got := slices.Contains(l.Query.Parameters(), [2]string{"fallback", "exclude"}); got != c.parameter {
				t.Errorf("parameters %v", l.Query.Parameters())
			}
		})
	}
	l := build(t, layer.Query{Study: capital(), NoFallback: true}, exact)
	if slices.ContainsFunc(l.Beware, func(w layer.Warning) bool { return w.Code == "fallback_left_out" || w.Code == "fallback_points" }) {
		t.Errorf("beware of %v without a fallback point", l.Beware)
	}
}
