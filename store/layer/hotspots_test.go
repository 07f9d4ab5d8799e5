package layer_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"atalaya/fixtures"
	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/ingest"
	"atalaya/store/layer"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// reported returns the reported incidents of a demo city.
func reported(t *testing.T, city fixtures.City) []store.Incident {
	t.Helper()
	var file bytes.Buffer
	if err := city.WriteCSV(&file); err != nil {
		t.Fatal(err)
	}
	var out []store.Incident
	opts := ingest.Options{File: "demo.csv", Source: fixtures.SourceCode, TimeZone: fixtures.TimeZone, Clock: func() time.Time { return theEnd }}
	_, err := ingest.Read(context.Background(), &file, opts, func(i store.Incident) error {
		if i.Origin = originOf(t, city, i.RawCategory); i.Origin == store.Reported {
			out = append(out, i)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func demoStudy(city fixtures.City) *layer.Study {
	return &layer.Study{Name: "demo", Geometry: city.Areas()[0].Polygon}
}

// Of every hundred hotspots that are still there, at least ninety-five must
// keep their id when two in a hundred incidents are added, of a city that
// differs in its seed only, and ninety when the twelve months move on by one.
func TestHotspotsKeepTheirNamesWhenALittleChanges(t *testing.T) {
	city := fixtures.Demo(theEnd)
	all := reported(t, city)
	city.Seed++
	others := reported(t, city)
	random := rand.New(rand.NewPCG(1, 2))
	there, added, moved := 0, 0, 0
	for _, first := range []int{0, 4, 8} {
		months := func(from int) layer.Query {
			return layer.Query{Study: demoStudy(city), From: city.From.AddDate(0, from, 0).UTC(), To: city.From.AddDate(0, from+12, 0).UTC()}
		}
		more := slices.Clone(all)
		for _, i := range others {
			if random.Float64() < 0.02 {
				more = append(more, i)
			}
		}
		before := build(t, months(first), all...)
		withMore, later := build(t, months(first), more...), build(t, months(first+1), all...)
		for _, h := range before.Hotspots() {
			a, inA := withMore.HotspotOf(h.Top().Cell)
			b, inB := later.HotspotOf(h.Top().Cell)
			if !inA || !inB {
				continue
			}
			there++
			if a.ID() == h.ID() {
				added++
			}
			if b.ID() == h.ID() {
				moved++
			}
		}
	}
	t.Logf("of %d hotspots %d keep their id with 2 %% more, %d a month later", there, added, moved)
	if there < 30 || added*100 < there*95 || moved*100 < there*90 {
		t.Errorf("of %d hotspots %d keep their id with 2 %% more, %d a month later", there, added, moved)
	}
}

func TestAnyCellOfAHotspotFindsIt(t *testing.T) {
	cells, err := grid.Cover(capital().Geometry, 9, grid.CoverOptions{})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		var incidents []store.Incident
		for range rapid.IntRange(1, 5).Draw(rt, "heaps") {
			at := cells[rapid.IntRange(0, len(cells)-1).Draw(rt, "cell")].Center()
			for range rapid.IntRange(30, 60).Draw(rt, "size") {
				incidents = append(incidents, store.Incident{Source: "s", Origin: store.Reported, Point: at})
			}
		}
		l := build(t, layer.Query{Study: capital()}, incidents...)
		seen := map[grid.Cell]bool{}
		for _, h := range l.Hotspots() {
			ids, hasHeart := 0, false
			for _, c := range h.Cells {
				if found, ok := l.HotspotOf(c.Cell); !ok || found.ID() != h.ID() {
					rt.Errorf("cell %s finds %v, want hotspot %s", c.Cell, found.ID(), h.ID())
				}
				if seen[c.Cell] {
					rt.Errorf("cell %s is in two hotspots", c.Cell)
				}
				seen[c.Cell] = true
				ids += c.Count
				hasHeart = hasHeart || c.Cell == h.ID()
			}
			if ids != h.Count || !hasHeart {
				rt.Errorf("hotspot %s: its cells hold %d of %d; holds its own name: %t", h.ID(), ids, h.Count, hasHeart)
			}
		}
		for _, c := range l.Cells {
			if _, found := l.HotspotOf(c.Cell); found != c.Class.Hot() {
				rt.Errorf("cell %s of class %s: in a hotspot %t", c.Cell, c.Class, found)
			}
		}
	})
}

func TestTooFewIncidentsMakeNoHotspot(t *testing.T) {
	heap := func(n int) *layer.Layer {
		incidents := make([]store.Incident, n)
		for i := range incidents {
			incidents[i] = at(t, "", "")
		}
		return build(t, layer.Query{Study: capital()}, incidents...)
	}
	if got := len(heap(29).Hotspots()); got != 0 {
		t.Errorf("29 incidents make %d hotspots, want none", got)
	}
	if got := len(heap(30).Hotspots()); got != 1 {
		t.Errorf("30 incidents make %d hotspots, want 1", got)
	}
}

// Sensitive counts of the cells of one hotspot, and of two far from any: which
// totals would give a hidden count away.
func TestATotalThatTellsAHiddenCountIsHidden(t *testing.T) {
	for _, tt := range []struct {
		name     string
		ring     []int // around a heap of 60
		far      []int
		isHidden bool
	}{
		{"nothing hidden", []int{0, 5, 0}, nil, false},
		{"small counts elsewhere", []int{0, 5, 0}, []int{1, 2}, false},
		{"a single small one", []int{1}, []int{1, 2}, true},
		{"some small ones", []int{2, 1, 2}, []int{5}, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			centre := cellAt(t, downtown)
			far := cellAt(t, orb.Point{-90.49, 14.60})
			var incidents []store.Incident
			add := func(c grid.Cell, n int) {
				for range n {
					i := at(t, "", "")
					i.Category, i.Point = "rape", c.Center()
					incidents = append(incidents, i)
				}
			}
			add(centre, 60)
			for k, n := range tt.ring {
				add(centre.Neighbours()[k], n)
			}
			for k, n := range tt.far {
				add(far.Neighbours()[k], n)
			}
			facts := layer.Facts{Zone: inUTC, Sensitive: func(string) bool { return true }}
			b, err := layer.NewBuilder(layer.Query{Study: capital(), Categories: []string{"rape"}}, facts)
			if err != nil {
				t.Fatal(err)
			}
			l := finished(t, b, incidents...)
			h, found := l.HotspotOf(centre)
			if !found || len(h.Cells) != 7 {
				t.Fatalf("hotspot of %d cells, want the heap and its six neighbours", len(h.Cells))
			}
			if h.Hidden != tt.isHidden {
				t.Errorf("hidden %t, want %t", h.Hidden, tt.isHidden)
			}
		})
	}
}
