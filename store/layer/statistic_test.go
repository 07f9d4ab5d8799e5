package layer_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/layer"
)

func near(t *testing.T, what string, got *float64, want float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > 1e-12 {
		t.Errorf("%s is %v, want %v", what, show(got), want)
	}
}

func show(v *float64) string {
	if v == nil {
		return "null"
	}
	return fmt.Sprint(*v)
}

func TestHoursOfALayerAddUpToItsIncidents(t *testing.T) {
	tr := newTract(t)
	// 5 January 2026 is a Monday.
	tr.put(t, 2, "robbery", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	tr.put(t, 1, "theft", tr.cells[1], "2026-01-05 21:00", "2026-01-05 23:00") // half in each hour and shift
	tr.put(t, 1, "theft", tr.cells[1], "2026-01-06 00:00", "2026-01-07 00:00") // 1/24 in each hour of Tuesday
	tr.put(t, 1, "theft", tr.cells[2], "2026-01-01 00:00", "2026-02-01 00:00") // 1/168 everywhere
	tr.put(t, 3, "theft", tr.cells[3], "", "")
	s := tr.ask(t, layer.StatisticQuery{Kind: layer.HoursKind})
	n := s.Numbers.(layer.HoursNumbers)
	if n.Known == nil || *n.Known != (layer.TimeKnown{Total: 8, Hour: 2, Day: 2, Longer: 1, Without: 3}) {
		t.Fatalf("known %+v", n.Known)
	}
	if s.Layer.Incidents.Used != n.Known.Total {
		t.Errorf("%d used, %d counted", s.Layer.Incidents.Used, n.Known.Total)
	}
	near(t, "weight", n.Weight, 5)
	hours := 0.0
	for _, day := range n.Weights {
		for _, v := range day {
			hours += v
		}
	}
	near(t, "sum of the hours", &hours, 5)
	for _, c := range []struct {
		day, hour int
		want      float64
	}{
		{0, 18, 2 + 1.0/168}, {0, 21, 0.5 + 1.0/168}, {0, 22, 0.5 + 1.0/168},
		{1, 0, 1.0/24 + 1.0/168}, {1, 23, 1.0/24 + 1.0/168}, {2, 0, 1.0 / 168}, {6, 23, 1.0 / 168},
	} {
		near(t, fmt.Sprintf("day %d, hour %d", c.day, c.hour), &n.Weights[c.day][c.hour], c.want)
	}
	// Evening: 2 + 1/2, a third of Tuesday and a third of the month.
	want := map[string]float64{"day": 2.0 / 3, "evening": 2.5 + 2.0/3, "night": 0.5 + 2.0/3}
	sum := 0.0
	for _, shift := range n.Shifts {
		near(t, shift.Code, &shift.Weight, want[shift.Code])
		near(t, shift.Code+" of the week", &shift.Week, 1.0/3)
		sum += shift.Weight
	}
	if len(n.Shifts) != 3 {
		t.Errorf("shifts %+v", n.Shifts)
	}
	near(t, "sum of the shifts", &sum, *n.Weight)
}

func TestHoursOfACellAreThoseOfItsIncidents(t *testing.T) {
	tr := newTract(t)
	tr.put(t, 2, "robbery", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	tr.put(t, 5, "robbery", tr.cells[1], "2026-01-06 10:00", "2026-01-06 10:01")
	n := tr.ask(t, layer.StatisticQuery{Kind: layer.HoursKind, Hours: layer.HoursQuery{Cell: tr.cells[0]}}).Numbers.(layer.HoursNumbers)
	if n.Of != "cell" || !slices.Equal(n.Cells, tr.cells[:1]) || n.Known.Total != 2 || n.Weights[0][18] != 2 || n.Weights[1][10] != 0 {
		t.Errorf("%+v", n)
	}
}

func TestHoursOfAHotspotAreThoseOfItsCells(t *testing.T) {
	m := layer.NewMaker(filled(t))
	base := layer.Query{Areas: []string{"capital"}}
	l, err := m.Layer(t.Context(), base)
	if err != nil {
		t.Fatal(err)
	}
	h := l.Hotspots()[0]
	for _, member := range []grid.Cell{h.Cells[0].Cell, h.Cells[len(h.Cells)-1].Cell} {
		s, err := m.Statistic(t.Context(), layer.StatisticQuery{Kind: layer.HoursKind, Layer: base, Hours: layer.HoursQuery{Hotspot: member}})
		if err != nil {
			t.Fatal(err)
		}
		// One theft in each cell and forty robberies, all on a Monday at 18:30.
		n := s.Numbers.(layer.HoursNumbers)
		if len(n.Cells) != len(h.Cells) || n.Known.Total != h.Count || n.Weights[0][18] != float64(h.Count) || h.Count != len(h.Cells)+40 {
			t.Errorf("%d cells with %d incidents, want %d with %d", len(n.Cells), n.Known.Total, len(h.Cells), h.Count)
		}
	}
}

func TestWhatHoursCannotBeOfIsNamed(t *testing.T) {
	tr := newTract(t)
	tr.put(t, 2, "robbery", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	away, err := grid.CellAt([2]float64{10, 50}, 8)
	tr.must(t, err)
	for name, c := range map[string]struct {
		q     layer.HoursQuery
		res   int
		field string
	}{
		"a cell outside":               {q: layer.HoursQuery{Cell: away}, field: "cell"},
		"a cell and a hotspot":         {q: layer.HoursQuery{Cell: away, Hotspot: away}, field: "hotspot"},
		"no cell of a hotspot":         {q: layer.HoursQuery{Hotspot: tr.cells[0]}, field: "hotspot"},
		"a resolution not of the cell": {q: layer.HoursQuery{Cell: tr.cells[0]}, res: 9, field: "res"},
	} {
		_, err := tr.maker.Statistic(t.Context(), layer.StatisticQuery{Kind: layer.HoursKind, Layer: layer.Query{Areas: []string{"tract"}, Res: c.res}, Hours: c.q})
		var e *store.Error
		if !errors.As(err, &e) || e.Kind != store.Invalid || len(e.Problems) != 1 || e.Problems[0].Field != c.field || e.Problems[0].Allowed == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestKnoxOfALayerEqualsTheTableWorkedByHand(t *testing.T) {
	tr := newTract(t)
	// Two on one spot, 3 days apart; two on the next cell's, on days 0 and 40.
	for _, i := range []struct {
		cell int
		day  string
	}{{0, "2026-01-01"}, {0, "2026-01-04"}, {1, "2026-01-01"}, {1, "2026-02-10"}} {
		tr.put(t, 1, "robbery", tr.cells[i.cell], i.day+" 23:30", i.day+" 23:31") // the day of Guatemala, not of UTC
	}
	tr.put(t, 1, "robbery", tr.cells[2], "2026-01-01 00:00", "2026-02-01 00:00")
	tr.put(t, 2, "robbery", tr.cells[2], "", "")
	s := tr.ask(t, layer.StatisticQuery{Kind: layer.NearRepeatKind, NearRepeat: layer.KnoxQuery{SpaceM: []float64{100}, Days: []int{1, 7}, Permutations: 99}})
	n := s.Numbers.(layer.NearRepeatNumbers)
	if n.Events != 4 || n.WithoutDay != 3 || n.Pairs != 6 || s.Layer.Incidents.Used != n.Events+n.WithoutDay {
		t.Errorf("%d events, %d left out, %d pairs of %d incidents", n.Events, n.WithoutDay, n.Pairs, s.Layer.Incidents.Used)
	}
	// Pairs by days apart: 0 once (first and third), 3 twice, 37, 40 and 40.
	// Below 100 m: 3 days and 40 days. Expected: 2 · 1/6, 2 · 2/6, 2 · 3/6; beyond: 4/6, 8/6, 12/6.
	want := []struct {
		observed int
		expected float64
	}{{0, 2.0 / 6}, {1, 4.0 / 6}, {1, 1}, {1, 4.0 / 6}, {1, 8.0 / 6}, {2, 2}}
	sum := 0
	for k, b := range n.Bands {
		sum += b.Observed
		if b.Observed != want[k].observed || b.P == nil || *b.P < *n.Floor {
			t.Errorf("band %d: %d observed, p %s", k, b.Observed, show(b.P))
		}
		near(t, fmt.Sprintf("expected of band %d", k), b.Expected, want[k].expected)
		near(t, fmt.Sprintf("ratio of band %d", k), b.Ratio, float64(want[k].observed)/want[k].expected)
	}
	if sum != n.Pairs || n.Bands[5].ToM != nil || n.Bands[5].FromDays != 7 || n.Bands[5].FromM != 100 {
		t.Errorf("%d pairs in the bands, last %+v", sum, n.Bands[5])
	}
	near(t, "floor", n.Floor, 0.01)
	// Within 200 m and 14 days only the pair of the first spot hangs together.
	if c := n.Chains; c.Chains != 1 || c.Events != 2 || !slices.Equal(c.Sizes, []layer.ChainSize{{Size: 2, Chains: 1}}) {
		t.Errorf("chains %+v", c)
	}
	near(t, "share in chains", n.Chains.Share, 0.5)
}

func TestPermutationsThatWouldTakeTooLongAreRefused(t *testing.T) {
	tr := newTract(t)
	tr.put(t, 500, "robbery", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	// 500 · 499 / 2 = 124,750 pairs, and 10⁹ / 99,999 = 10,000 are possible.
	_, err := tr.maker.Statistic(t.Context(), layer.StatisticQuery{Kind: layer.NearRepeatKind,
		Layer: layer.Query{Areas: []string{"tract"}, Res: 8}, NearRepeat: layer.KnoxQuery{Permutations: 99_999}})
	if store.KindOf(err) != store.Invalid || !strings.Contains(err.Error(), "more than 10000 pairs") {
		t.Errorf("error %v", err)
	}
}

func TestTheSameNumbersAreMadeOnceUntilTheDataChange(t *testing.T) {
	tr := newTract(t)
	tr.put(t, 9, "robbery", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	q := layer.StatisticQuery{Kind: layer.GlobalKind}
	first := tr.ask(t, q)
	if again := tr.ask(t, q); again != first {
		t.Error("the same question was computed again")
	}
	other := tr.ask(t, layer.StatisticQuery{Kind: layer.ConcentrationKind})
	by := tr.ask(t, layer.StatisticQuery{Kind: layer.ConcentrationKind, Concentration: layer.ConcentrationQuery{By: "category"}})
	if first.Fingerprint == other.Fingerprint || other.Fingerprint == by.Fingerprint || other.Layer.Fingerprint != first.Layer.Fingerprint {
		t.Error("other numbers of one layer have one fingerprint, or two layers")
	}
	l, err := tr.maker.Layer(t.Context(), layer.Query{Areas: []string{"tract"}, Res: 8})
	tr.must(t, err)
	if l.Fingerprint != first.Layer.Fingerprint {
		t.Error("the layer of the statistic is not that of the query")
	}
	tr.put(t, 1, "robbery", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	if later := tr.ask(t, q); later.Fingerprint == first.Fingerprint || later.Numbers.(layer.GlobalNumbers).Incidents != 10 {
		t.Error("the numbers outlived the data")
	}
}

func TestGlobalNumbersAgreeWithTheLayerAndSayWhyTheyAreUndefined(t *testing.T) {
	tr := newTract(t)
	empty := tr.ask(t, layer.StatisticQuery{Kind: layer.GlobalKind}).Numbers.(layer.GlobalNumbers)
	for _, test := range empty.Statistics {
		if test.Z != nil || test.Why == nil {
			t.Errorf("%s without an incident: z %s", test.Statistic, show(test.Z))
		}
	}
	for n, cell := range tr.cells {
		tr.put(t, n, "robbery", cell, "2026-01-05 18:30", "2026-01-05 18:31")
	}
	for _, ring := range []int{0, 2} {
		s := tr.ask(t, layer.StatisticQuery{Kind: layer.GlobalKind, Layer: layer.Query{Ring: ring}})
		n := s.Numbers.(layer.GlobalNumbers)
		if n.Incidents != 21 || n.Cells != map[int]int{0: 7, 2: 37}[ring] || len(n.Statistics) != 6 {
			t.Errorf("ring %d: %d incidents in %d cells", ring, n.Incidents, n.Cells)
		}
		near(t, "Moran's I", n.Statistics[0].Value, s.Layer.Global.I)
		near(t, "its z", n.Statistics[0].Z, s.Layer.Global.Z)
	}
}

func TestHoursOfALayerThatIsOneHiddenCellAreHidden(t *testing.T) {
	tr := newTract(t)
	tr.put(t, 2, "assault", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	q := layer.StatisticQuery{Kind: layer.HoursKind, Layer: layer.Query{Categories: []string{"assault"}}}
	if n := tr.ask(t, q).Numbers.(layer.HoursNumbers); !n.Hidden || n.Weights != nil {
		t.Errorf("%+v", n)
	}
	// One and two can be told of together: which cell has the two stays open.
	tr.put(t, 1, "assault", tr.cells[1], "2026-01-05 18:30", "2026-01-05 18:31")
	if n := tr.ask(t, q).Numbers.(layer.HoursNumbers); n.Hidden || n.Weights[0][18] != 3 {
		t.Errorf("%+v", n)
	}
}
