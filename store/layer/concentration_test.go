package layer_test

import (
	"strings"
	"testing"

	"atalaya/geo/concentration"
	"atalaya/store/layer"
)

func TestConcentrationEqualsTheSharesWorkedByHand(t *testing.T) {
	tr := newTract(t)
	// 4, 2, 1, 1, 0, 0, 0 incidents in seven cells.
	tr.put(t, 4, "robbery", tr.cells[2], "2025-03-01 10:00", "2025-03-01 10:01")
	tr.put(t, 2, "theft", tr.cells[0], "2025-04-01 10:00", "2025-04-01 10:01")
	tr.put(t, 1, "theft", tr.cells[4], "2025-12-31 20:00", "2026-01-01 04:00") // in neither year whole
	tr.put(t, 1, "robbery", tr.cells[5], "2027-01-01 00:00", "2027-01-01 00:01")
	n := tr.ask(t, layer.StatisticQuery{Kind: layer.ConcentrationKind}).Numbers.(layer.ConcentrationNumbers)
	whole := n.Whole
	if whole.Incidents != 8 || whole.Cells != 7 || whole.Hidden || whole.Why != nil {
		t.Errorf("%+v", whole)
	}
	near(t, "share of 25 %", whole.Share25, 1.0/7) // 2 of 8: the first cell
	near(t, "share of 50 %", whole.Share50, 1.0/7) // 4
	near(t, "share of 80 %", whole.Share80, 3.0/7) // 6.4: 4 + 2 + 1
	near(t, "share of zeros", whole.Zero, 3.0/7)
	// Ascending 0, 0, 0, 1, 1, 2, 4 with 2i − 8 = …, 0, 2, 4, 6: 2 + 8 + 24 = 34 of 7 · 8.
	near(t, "Gini", whole.Gini, 34.0/56)
	near(t, "generalised Gini", whole.General, 34.0/56)
	if n.Lorenz[0] != (layer.LorenzPoint{}) || n.Lorenz[1] != (layer.LorenzPoint{Cells: 1.0 / 7, Incidents: 0.5}) || n.Lorenz[len(n.Lorenz)-1] != (layer.LorenzPoint{Cells: 1, Incidents: 1}) {
		t.Errorf("Lorenz %v", n.Lorenz)
	}

	n = tr.ask(t, layer.StatisticQuery{Kind: layer.ConcentrationKind, Concentration: layer.ConcentrationQuery{By: "category"}}).Numbers.(layer.ConcentrationNumbers)
	if len(n.Rows) != 2 || n.Rows[0].Category != "robbery" || n.Rows[0].Incidents+n.Rows[1].Incidents != whole.Incidents {
		t.Fatalf("rows %+v", n.Rows)
	}
	near(t, "share of 80 % of the robberies", n.Rows[0].Share80, 1.0/7) // 4 of 4 + 1
	// Five robberies in seven cells: raw 2·0 + 4·1 + 6·4 = 28 of 35, generalised 7/5·0.8 + 1 − 7/5.
	near(t, "generalised Gini of the robberies", n.Rows[0].General, 0.72)

	n = tr.ask(t, layer.StatisticQuery{Kind: layer.ConcentrationKind, Concentration: layer.ConcentrationQuery{By: "period"}}).Numbers.(layer.ConcentrationNumbers)
	if len(n.Rows) != 3 || n.Step != "year" || n.WithoutPeriod != 1 {
		t.Fatalf("%+v", n)
	}
	sum := n.WithoutPeriod
	for i, want := range []struct {
		from, to  string
		incidents int
	}{{"2025-01-01", "2026-01-01", 6}, {"2026-01-01", "2027-01-01", 0}, {"2027-01-01", "2028-01-01", 1}} {
		r := n.Rows[i]
		sum += r.Incidents
		if r.From != want.from || r.To != want.to || r.Incidents != want.incidents || (r.Gini == nil) != (want.incidents == 0) || (r.Why != nil) != (want.incidents == 0) {
			t.Errorf("row %d: %+v", i, r)
		}
		// The data begin on 1 March 2025, and end on 1 January 2027.
		if complete := i == 1; *r.Complete != complete {
			t.Errorf("row %d: complete %t", i, *r.Complete)
		}
	}
	if sum != whole.Incidents {
		t.Errorf("the rows add up to %d", sum)
	}
}

func TestPeriodsAreThoseOfTheLocalCalendar(t *testing.T) {
	tr := newTract(t)
	tr.put(t, 1, "robbery", tr.cells[0], "2025-01-31 23:00", "2025-02-01 00:00") // 1 February in UTC
	tr.put(t, 1, "robbery", tr.cells[0], "2025-02-02 23:00", "2025-02-02 23:30") // a Sunday
	for step, want := range map[string]string{
		"week": "2025-01-27 2025-02-03", "month": "2025-01-01 2025-02-01 2025-02-01 2025-03-01", "quarter": "2025-01-01 2025-04-01", "year": "2025-01-01 2026-01-01",
	} {
		q := layer.StatisticQuery{Kind: layer.ConcentrationKind}
		for _, p := range layer.StatisticParameters(layer.ConcentrationKind) {
			if text := map[string]string{"by": "period", "step": step}[p.Name]; text != "" {
				tr.must(t, p.Read(&q, text, guatemala(t)))
			}
		}
		var got []string
		for _, r := range tr.ask(t, q).Numbers.(layer.ConcentrationNumbers).Rows {
			got = append(got, r.From, r.To)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", step, got, want)
		}
	}
}

func TestARowOfTooFewSensitiveIncidentsIsHidden(t *testing.T) {
	tr := newTract(t)
	tr.put(t, 5, "robbery", tr.cells[0], "2025-03-01 10:00", "2025-03-01 10:01")
	tr.put(t, 3, "abuse", tr.cells[1], "2025-03-01 10:00", "2025-03-01 10:01")
	tr.put(t, 2, "assault", tr.cells[2], "2025-03-01 10:00", "2025-03-01 10:01")
	q := layer.StatisticQuery{
		Kind: layer.ConcentrationKind, Layer: layer.Query{Categories: []string{"robbery", "abuse", "assault"}},
		Concentration: layer.ConcentrationQuery{By: "category"},
	}
	n := tr.ask(t, q).Numbers.(layer.ConcentrationNumbers)
	if !n.Whole.Hidden || n.Whole.Gini != nil || n.Whole.Why == nil || len(n.Lorenz) != 0 {
		t.Errorf("the whole: %+v, %v", n.Whole, n.Lorenz)
	}
	for i, hidden := range []bool{false, true, false} { // abuse, assault, robbery
		if r := n.Rows[i]; r.Hidden != hidden || (r.Share50 == nil) != hidden {
			t.Errorf("%+v", r)
		}
	}
	q.Layer.Categories = nil // none of the sensitive ones is counted
	if n := tr.ask(t, q).Numbers.(layer.ConcentrationNumbers); len(n.Rows) != 1 || n.Whole.Incidents != 5 || n.Whole.Hidden {
		t.Errorf("%+v", n)
	}
}

func TestALongLorenzCurveIsToldByHundredths(t *testing.T) {
	// 1,000 cells with 1, 2, …, 1,000 incidents have as many corners.
	counts := make([]float64, 1000)
	for i := range counts {
		counts[i] = float64(i + 1)
	}
	curve := concentration.Of(counts).Lorenz()
	got := layer.Thinned(curve)
	if len(got) != 101 {
		t.Fatalf("%d points", len(got))
	}
	for k, p := range got {
		if corner := curve[10*k]; p.Cells != corner.Places || p.Incidents-corner.Incidents > 1e-12 || corner.Incidents-p.Incidents > 1e-12 {
			t.Errorf("point %d is %v, want %v", k, p, corner)
		}
	}
}
