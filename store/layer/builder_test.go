package layer_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"atalaya/geo/grid"
	"atalaya/geo/hotspot"
	"atalaya/store"
	"atalaya/store/layer"

	"github.com/paulmach/orb"
)

// capital is a box of about 9 × 9 km in the middle of Guatemala City.
func capital() *layer.Study {
	return &layer.Study{Name: "capital", Geometry: orb.Bound{Min: orb.Point{-90.56, 14.59}, Max: orb.Point{-90.48, 14.67}}.ToPolygon()}
}

var downtown = orb.Point{-90.5133, 14.6419}

// at returns an incident downtown between two local times of Guatemala.
func at(t *testing.T, from, to string) store.Incident {
	t.Helper()
	i := store.Incident{Source: "s", SourceID: from, Category: "robbery", Origin: store.Reported, Point: downtown}
	if from == "" {
		return i
	}
	for text, target := range map[string]*time.Time{from: &i.From, to: &i.To} {
		moment, err := time.ParseInLocation("2006-01-02 15:04", text, guatemala(t))
		if err != nil {
			t.Fatal(err)
		}
		*target = moment.UTC()
	}
	return i
}

func build(t *testing.T, q layer.Query, incidents ...store.Incident) *layer.Layer {
	t.Helper()
	b, err := layer.NewBuilder(q, layer.Facts{Zone: func(string) *time.Location { return guatemala(t) }})
	if err != nil {
		t.Fatal(err)
	}
	return finished(t, b, incidents...)
}

func TestAnIncidentCountsWhereItsWholeTimeIsInsideWhatWasAsked(t *testing.T) {
	from, to, err := layer.ParseDatetime("2025-03", guatemala(t))
	if err != nil {
		t.Fatal(err)
	}
	night, err := layer.ParseHours("22-4")
	if err != nil {
		t.Fatal(err)
	}
	monday, err := layer.ParseDays("1")
	if err != nil {
		t.Fatal(err)
	}
	march := layer.Query{From: from, To: to, Study: capital()}
	cases := []struct {
		name                string
		query               layer.Query
		from, to            string
		used, withoutTime   int
		hoursOfNightOrMonth string
	}{
		{name: "an instant inside", query: march, from: "2025-03-10 12:00", to: "2025-03-10 12:01", used: 1},
		{name: "the first instant", query: march, from: "2025-03-01 00:00", to: "2025-03-01 00:01", used: 1},
		{name: "the last minute", query: march, from: "2025-03-31 23:59", to: "2025-04-01 00:00", used: 1},
		{name: "the first instant after", query: march, from: "2025-04-01 00:00", to: "2025-04-01 00:01"},
		{name: "the day before", query: march, from: "2025-02-28 00:00", to: "2025-03-01 00:00"},
		{name: "the whole month", query: march, from: "2025-03-01 00:00", to: "2025-04-01 00:00", used: 1},
		{name: "partly before", query: march, from: "2025-02-28 20:00", to: "2025-03-01 02:00", withoutTime: 1},
		{name: "the whole year", query: march, from: "2025-01-01 00:00", to: "2026-01-01 00:00", withoutTime: 1},
		{name: "an unknown time", query: march, withoutTime: 1},
		{name: "an unknown time where none is asked", query: layer.Query{Study: capital()}, used: 1},
		{name: "an hour of the night", query: layer.Query{Hours: night, Study: capital()}, from: "2025-03-10 23:10", to: "2025-03-10 23:11", used: 1},
		{name: "past midnight", query: layer.Query{Hours: night, Study: capital()}, from: "2025-03-10 23:30", to: "2025-03-11 02:00", used: 1},
		{name: "at noon", query: layer.Query{Hours: night, Study: capital()}, from: "2025-03-10 12:00", to: "2025-03-10 12:01"},
		{name: "evening into night", query: layer.Query{Hours: night, Study: capital()}, from: "2025-03-10 20:00", to: "2025-03-10 23:00", withoutTime: 1},
		{name: "up to the night's start", query: layer.Query{Hours: night, Study: capital()}, from: "2025-03-10 20:30", to: "2025-03-10 22:00"},
		{name: "a date only, for hours", query: layer.Query{Hours: night, Study: capital()}, from: "2025-03-10 00:00", to: "2025-03-11 00:00", withoutTime: 1},
		{name: "a date only, for its day", query: layer.Query{Days: monday, Study: capital()}, from: "2025-03-10 00:00", to: "2025-03-11 00:00", used: 1},
		{name: "a date only, for another day", query: layer.Query{Days: monday, Study: capital()}, from: "2025-03-11 00:00", to: "2025-03-12 00:00"},
		{name: "a month, for a day", query: layer.Query{Days: monday, Study: capital()}, from: "2025-03-01 00:00", to: "2025-04-01 00:00", withoutTime: 1},
		{name: "night of the asked month, but not for sure in the month", query: layer.Query{Hours: night, From: from, To: to, Study: capital()}, from: "2025-02-28 23:00", to: "2025-03-01 01:00", withoutTime: 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := build(t, c.query, at(t, c.from, c.to)).Incidents
			if got.Used != c.used || got.WithoutTime != c.withoutTime || got.Outside != 0 {
				t.Errorf("used %d, without time %d, outside %d; want %d, %d, 0", got.Used, got.WithoutTime, got.Outside, c.used, c.withoutTime)
			}
		})
	}
}

func TestPoliceInitiatedIncidentsAreLeftOutUnlessAskedFor(t *testing.T) {
	found := at(t, "", "")
	found.Origin, found.Category = store.PoliceInitiated, "drug_possession"
	unknown := at(t, "", "")
	unknown.Origin = store.UnknownOrigin

	l := build(t, layer.Query{Study: capital()}, at(t, "", ""), found, unknown)
	if l.Incidents.Used != 2 || l.Incidents.LeftOut != 1 || !slices.Equal(l.Incidents.LeftOutCategories, []string{"drug_possession"}) {
		t.Errorf("%+v", l.Incidents)
	}
	if !warns(l, "police_initiated_left_out") || warns(l, "police_initiated_included") {
		t.Errorf("warnings %v", l.Beware)
	}

	all := layer.Query{Study: capital(), Origins: []store.Origin{store.Reported, store.UnknownOrigin, store.PoliceInitiated}}
	l = build(t, all, at(t, "", ""), found, unknown)
	if l.Incidents.Used != 3 || l.Incidents.LeftOut != 0 || !warns(l, "police_initiated_included") {
		t.Errorf("%+v, warnings %v", l.Incidents, l.Beware)
	}
}

func warns(l *layer.Layer, code string) bool {
	return slices.ContainsFunc(l.Beware, func(w layer.Warning) bool { return w.Code == code })
}

func TestEveryCellOfTheStudyAreaIsInTheLayerAndTheSumsAddUp(t *testing.T) {
	far := at(t, "", "")
	far.Point = orb.Point{-91, 15}
	l := build(t, layer.Query{Res: 8, Study: capital()}, at(t, "", ""), at(t, "", ""), far)
	want, err := grid.Cover(capital().Geometry, 8, grid.CoverOptions{})
	if err != nil {
		t.Fatal(err)
	}
	count, zeros, km2 := 0, 0, 0.0
	for i, c := range l.Cells {
		if c.Cell != want[i] {
			t.Fatalf("cell %d is %s, want %s", i, c.Cell, want[i])
		}
		count += c.Count
		km2 += c.AreaKM2
		if c.Count == 0 {
			zeros++
		}
		if c.Edge != (c.Neighbours < 6) {
			t.Errorf("cell %s: edge %t with %d neighbours", c.Cell, c.Edge, c.Neighbours)
		}
		if math.Abs(c.Expected-float64(c.Neighbours+1)*2/float64(len(want))) > 1e-12 {
			t.Errorf("cell %s: expected %v", c.Cell, c.Expected)
		}
	}
	if len(l.Cells) != len(want) || count != 2 || l.Incidents.Used != 2 || l.Incidents.Outside != 1 || zeros != len(want)-1 {
		t.Errorf("%d cells, %d counted, %+v, %d zeros", len(l.Cells), count, l.Incidents, zeros)
	}
	if l.Area.Inferred || l.Area.Name != "capital" || math.Abs(l.Area.KM2-km2) > 1e-9 {
		t.Errorf("area %+v, want %v km²", l.Area, km2)
	}
}

func TestALayerWithLessThanOneIncidentACellSaysSo(t *testing.T) {
	var thirty []store.Incident
	for range 30 {
		thirty = append(thirty, at(t, "", ""))
	}
	if l := build(t, layer.Query{Res: 8, Study: capital()}, thirty...); !warns(l, "sparse") {
		t.Errorf("30 incidents in %d cells, warnings %v", len(l.Cells), l.Beware)
	}
	if l := build(t, layer.Query{Res: 6, Study: capital()}, thirty...); warns(l, "sparse") {
		t.Errorf("30 incidents in %d cells, warnings %v", len(l.Cells), l.Beware)
	}
}

func TestWithoutAStudyAreaTheHullIsTakenAndSaidSo(t *testing.T) {
	var incidents []store.Incident
	for _, p := range []orb.Point{{-90.55, 14.60}, {-90.49, 14.60}, {-90.52, 14.66}} {
		i := at(t, "", "")
		i.Point = p
		incidents = append(incidents, i)
	}
	l := build(t, layer.Query{Res: 8}, incidents...)
	if !l.Area.Inferred || !warns(l, "inferred_area") {
		t.Errorf("area %+v, warnings %v", l.Area, l.Beware)
	}
	// The triangle has 6.46 × 6.67 km / 2 = 21.5 km², about 29 cells of 0.747 km², and its corners.
	if len(l.Cells) < 25 || len(l.Cells) > 40 || l.Incidents.Used != 3 || l.Incidents.Outside != 0 {
		t.Errorf("%d cells, %+v", len(l.Cells), l.Incidents)
	}
}

func TestTheHullGoesAroundTheAntimeridian(t *testing.T) {
	var incidents []store.Incident
	for _, p := range []orb.Point{{179.8, -16}, {-179.8, -16}, {179.9, -16.3}, {-179.9, -16.3}} {
		i := at(t, "", "")
		i.Point = p
		incidents = append(incidents, i)
	}
	l := build(t, layer.Query{Res: 7}, incidents...)
	if len(l.Cells) < 100 || len(l.Cells) > 400 {
		t.Errorf("%d cells: not the 1,000 km² between the points", len(l.Cells))
	}
}

func TestALayerWithoutEnoughToSayIsUndefinedWithoutNaN(t *testing.T) {
	cases := []struct {
		name string
		l    *layer.Layer
	}{
		{"no incident", build(t, layer.Query{Study: capital()})},
		{"no incident and no area", build(t, layer.Query{})},
		{"an area without a cell centre", build(t, layer.Query{Res: 5, Bound: &layer.Bound{West: -90.5, South: 14.6, East: -90.4999, North: 14.6001}})},
		{"only counts", build(t, layer.Query{Method: layer.Count, Study: capital()}, at(t, "", ""))},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, cell := range c.l.Cells {
				if cell.Class != hotspot.Undefined || cell.Rank != 0 {
					t.Fatalf("cell %s: class %s, rank %d", cell.Cell, cell.Class, cell.Rank)
				}
			}
			var out strings.Builder
			if err := c.l.WriteGeoJSON(&out); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(out.String(), "NaN") || strings.Contains(out.String(), "Inf") {
				t.Error("NaN or Inf in GeoJSON")
			}
			if !warns(c.l, "few_incidents") {
				t.Errorf("warnings %v", c.l.Beware)
			}
		})
	}
}

func TestEveryBadParameterIsNamed(t *testing.T) {
	now := time.Now()
	_, err := layer.NewBuilder(layer.Query{
		Method: "magic", Res: 4, Bound: &layer.Bound{West: 0, South: 5, East: 1, North: 4}, Areas: []string{"a"},
		From: now, To: now, Origins: []store.Origin{"rumour"}, Hours: 1 << 24, Days: 1 << 7,
	}, layer.Facts{Zone: inUTC})
	var e *store.Error
	if !errors.As(err, &e) || e.Kind != store.Invalid {
		t.Fatalf("error %v", err)
	}
	var fields []string
	for _, p := range e.Problems {
		fields = append(fields, p.Field)
		if p.Allowed == "" || p.Message == "" {
			t.Errorf("problem %+v does not say what is allowed", p)
		}
	}
	if got := strings.Join(fields, " "); got != "res bbox bbox datetime origin hours dow method area" {
		t.Errorf("problems of %s", got)
	}
}

func TestAStudyAreaThatIsTooLargeIsRefused(t *testing.T) {
	_, err := layer.NewBuilder(layer.Query{Res: 11, Bound: &layer.Bound{West: -92, South: 13, East: -88, North: 18}}, layer.Facts{Zone: inUTC})
	if store.KindOf(err) != store.Invalid || !strings.Contains(err.Error(), "at most 500000") {
		t.Errorf("error %v", err)
	}
}

func TestHotspotsAreAdjoiningHotCellsRankedByExcess(t *testing.T) {
	// Two heaps of incidents, one twice the other, in a city with one incident
	// in every cell.
	study := capital()
	cells, err := grid.Cover(study.Geometry, 9, grid.CoverOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var incidents []store.Incident
	add := func(p orb.Point, n int) {
		for range n {
			i := at(t, "", "")
			i.SourceID, i.Point = fmt.Sprint(len(incidents)), p
			incidents = append(incidents, i)
		}
	}
	for _, c := range cells {
		add(c.Center(), 1)
	}
	small, large := orb.Point{-90.54, 14.61}, orb.Point{-90.50, 14.65}
	add(small, 60)
	add(large, 120)
	hotspots := build(t, layer.Query{Study: study}, incidents...).Hotspots()
	if len(hotspots) != 2 {
		t.Fatalf("%d hotspots, want 2", len(hotspots))
	}
	for i, place := range []orb.Point{large, small} {
		want, err := grid.CellAt(place, 9)
		if err != nil {
			t.Fatal(err)
		}
		h := hotspots[i]
		// Gi* is hot in the cell and its six neighbours: each of them sees the heap.
		if h.Rank != i+1 || len(h.Cells) != 7 || !slices.ContainsFunc(h.Cells, func(c layer.Cell) bool { return c.Cell == want }) {
			t.Errorf("hotspot %d: rank %d, %d cells", i+1, h.Rank, len(h.Cells))
		}
		if h.Top().Rank > h.Cells[len(h.Cells)-1].Rank || h.ID() != h.Top().Cell {
			t.Errorf("hotspot %d: its top is not its highest", i+1)
		}
	}
}
