package layer_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"atalaya/geo/grid"
	"atalaya/store/layer"
)

func inTract(categories ...string) layer.Query {
	return layer.Query{Areas: []string{"tract"}, Categories: categories}
}

func (tr *tract) explain(t *testing.T, q layer.Query, c grid.Cell) *layer.Explanation {
	t.Helper()
	e, err := tr.maker.ExplainAcross(t.Context(), q, c)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestAnExplanationSpreadsIncidentsOverTheirHours(t *testing.T) {
	tr := newTract(t)
	tr.put(t, 2, "robbery", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	tr.put(t, 1, "robbery", tr.cells[0], "2026-01-05 21:00", "2026-01-05 23:00")
	tr.put(t, 1, "robbery", tr.cells[0], "", "")
	e := tr.explain(t, inTract(), tr.cells[0])
	total := e.Aoristic.Total()
	near(t, "weight", &total, 3)
	if e.NoTime != 1 || e.NoHour != 2 || e.HourOfWeek[0][18] != 2 || e.Aoristic[18] != 2 || e.Aoristic[21] != 0.5 || e.Aoristic[22] != 0.5 {
		t.Errorf("%d without a time, %d without an hour, %v", e.NoTime, e.NoHour, e.Aoristic)
	}
}

func TestAnExplanationNamesTheNeighboursWithTheirCounts(t *testing.T) {
	tr := newTract(t)
	for n, cell := range tr.cells {
		tr.put(t, n, "robbery", cell, "2026-01-05 18:30", "2026-01-05 18:31")
	}
	e := tr.explain(t, inTract(), tr.cells[0])
	sum := e.Cell.Count
	for _, n := range e.Around {
		if !n.Inside || n.Hidden {
			t.Errorf("%+v", n)
		}
		sum += n.Count
	}
	if len(e.Around) != 6 || float64(sum) != e.Cell.Sum || sum != 21 {
		t.Errorf("%d neighbours, with the cell %d incidents, want %v", len(e.Around), sum, e.Cell.Sum)
	}
	edge, inside := tr.explain(t, inTract(), tr.cells[1]), 0
	for _, n := range edge.Around {
		if n.Inside {
			inside++
		}
	}
	if len(edge.Around) != 6 || inside != edge.Cell.Neighbours || inside != 3 {
		t.Errorf("%d neighbours, %d of the study area, want 6 and 3", len(edge.Around), inside)
	}
}

func TestSensitivityLooksAtTheLayersBesideIt(t *testing.T) {
	tr := newTract(t)
	tr.put(t, 3, "robbery", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	e := tr.explain(t, inTract(), tr.cells[0])
	if len(e.Sensitivity) != 3 {
		t.Fatalf("%d resolutions", len(e.Sensitivity))
	}
	for i, s := range e.Sensitivity {
		want, err := grid.CellAt(tr.cells[0].Center(), 7+i)
		tr.must(t, err)
		if s.Res != 7+i || s.Cell != want || s.Layer == nil || s.Place < 0 || s.Layer.Cells[s.Place].Cell != want || s.Layer.Cells[s.Place].Count != 3 {
			t.Errorf("resolution %d: %+v", 7+i, s)
		}
	}
	if same := e.Sensitivity[1]; same.Layer != e.Layer || same.Place != e.Place {
		t.Error("its own resolution is not its own layer")
	}
}

func TestSensitivitySaysWhereThereIsNoLayer(t *testing.T) {
	tr := newTract(t)
	tr.put(t, 1, "robbery", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	finest, err := grid.CellAt(tr.cells[0].Center(), 11)
	tr.must(t, err)
	if s := tr.explain(t, inTract(), finest).Sensitivity[2]; s.Res != 12 || s.Layer != nil || s.Cell != 0 || !strings.Contains(s.Why, "5 to 11") {
		t.Errorf("resolution 12: %+v", s)
	}
	// A box of 4 × 4 degrees, 190,000 km², has some 360,000 cells of resolution
	// 8 and seven times as many of 9.
	box := layer.Query{Bound: &layer.Bound{West: -92, South: 13, East: -88, North: 17}}
	wide := tr.explain(t, box, tr.cells[0])
	if s := wide.Sensitivity[2]; s.Layer != nil || s.Place != -1 || !strings.Contains(s.Why, "too large at resolution 9") {
		t.Errorf("resolution 9: %s", s.Why)
	}
	// A box that holds the centre of the cell but not that of its parent.
	at := tr.cells[1].Center()
	small := layer.Query{Bound: &layer.Bound{West: at.Lon() - 1e-4, South: at.Lat() - 1e-4, East: at.Lon() + 1e-4, North: at.Lat() + 1e-4}}
	if s := tr.explain(t, small, tr.cells[1]).Sensitivity[0]; s.Layer == nil || s.Place != -1 || s.Why == "" {
		t.Errorf("resolution 7: %+v", s)
	}
}

func TestNothingOfAHiddenCellIsBrokenDown(t *testing.T) {
	tr := newTract(t)
	tr.put(t, 5, "robbery", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	tr.put(t, 2, "assault", tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
	tr.put(t, 3, "robbery", tr.cells[1], "2026-01-05 18:30", "2026-01-05 18:31")
	tr.put(t, 9, "robbery", tr.cells[2], "2026-01-05 18:30", "2026-01-05 18:31")
	q := inTract("robbery", "assault")
	e := tr.explain(t, q, tr.cells[0])
	if !e.Cell.Hidden || !reflect.DeepEqual(e.Breakdown, layer.Breakdown{}) {
		t.Errorf("hidden %t: %+v", e.Cell.Hidden, e.Breakdown)
	}
	for _, n := range e.Around {
		if n.Hidden {
			t.Errorf("%+v", n)
		}
	}
	// The layer does not count the two assaults: hours of the whole would tell them.
	for _, cell := range []grid.Cell{tr.cells[0], 0} {
		s := tr.ask(t, layer.StatisticQuery{Kind: layer.HoursKind, Layer: layer.Query{Categories: q.Categories}, Hours: layer.HoursQuery{Cell: cell}})
		if n := s.Numbers.(layer.HoursNumbers); !n.Hidden || n.Known != nil || n.Weights != nil || n.Weight != nil || len(n.Shifts) != 0 {
			t.Errorf("hours of hidden cell %s: %+v", cell, n)
		}
	}
	// Not named, sensitive incidents are in nothing.
	if e := tr.explain(t, inTract(), tr.cells[0]); e.Cell.Hidden || e.Cell.Count != 5 || len(e.Categories) != 1 || e.HourOfWeek[0][18] != 5 {
		t.Errorf("%+v", e.Breakdown)
	}
}

func TestSensitiveCategoriesAreListedOnlyFromTheSmallestCountOn(t *testing.T) {
	for name, c := range map[string]struct {
		put      map[string]int
		listed   string
		unlisted int
	}{
		"enough":                             {map[string]int{"assault": 3, "robbery": 1}, "assault 3, robbery 1", 0},
		"two of too few":                     {map[string]int{"assault": 2, "abuse": 2, "robbery": 1}, "robbery 1", 4},
		"one of too few and a smaller one":   {map[string]int{"assault": 2, "abuse": 4, "robbery": 1, "theft": 7}, "theft 7, abuse 4", 3},
		"both of one: they could be swapped": {map[string]int{"assault": 1, "abuse": 4, "robbery": 1, "theft": 7}, "theft 7", 6},
	} {
		t.Run(name, func(t *testing.T) {
			tr := newTract(t)
			total := 0
			for category, n := range c.put {
				tr.put(t, n, category, tr.cells[0], "2026-01-05 18:30", "2026-01-05 18:31")
				total += n
			}
			e := tr.explain(t, inTract("assault", "abuse", "robbery", "theft"), tr.cells[0])
			var listed []string
			for _, n := range e.Categories {
				listed = append(listed, fmt.Sprint(n.Category, " ", n.Count))
				total -= n.Count
			}
			if got := strings.Join(listed, ", "); e.Cell.Hidden || got != c.listed || e.Unlisted != c.unlisted || total != c.unlisted {
				t.Errorf("hidden %t, listed %s, %d others", e.Cell.Hidden, got, e.Unlisted)
			}
		})
	}
}

func TestABreakdownAddsUpToTheCellWhateverTheMethod(t *testing.T) {
	tr := newTract(t)
	for month := range 12 {
		tr.put(t, 1+month%3, "robbery", tr.cells[0], fmt.Sprintf("2025-%02d-10 21:00", month+1), fmt.Sprintf("2025-%02d-10 23:00", month+1))
		tr.put(t, 1, "theft", tr.cells[1], fmt.Sprintf("2025-%02d-01 10:00", month+1), fmt.Sprintf("2025-%02d-01 10:30", month+1))
	}
	tr.put(t, 4, "robbery", tr.cells[0], "2025-01-01 00:00", "2026-01-01 00:00")
	from, to, err := layer.ParseDatetime("2025-06/2025-10", guatemala(t))
	tr.must(t, err)
	for _, method := range layer.Methods() {
		q := layer.Query{Areas: []string{"tract"}, Method: method}
		switch method {
		case layer.Shift:
			q.Shift.Code = "night"
		case layer.Change:
			q.From, q.To = from, to
		case layer.Emerging:
			q.Emerging.LagDays = 40 // leaves periods out
		}
		e := tr.explain(t, q, tr.cells[0])
		sum := 0
		for _, n := range e.Categories {
			sum += n.Count
		}
		weight := e.Aoristic.Total() + float64(e.NoTime)
		if sum != e.Cell.Count || sum == 0 {
			t.Errorf("%s: %d by category, %d in the cell", method, sum, e.Cell.Count)
		}
		if method == layer.Emerging && e.Layer.Incidents.Incomplete == 0 {
			t.Error("no period was left out")
		}
		near(t, string(method)+" by hour", &weight, float64(e.Cell.Count))
	}
}
