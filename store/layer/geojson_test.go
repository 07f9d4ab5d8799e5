package layer_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/layer"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

func TestGeoJSONHoldsEveryNumberOfTheLayer(t *testing.T) {
	l := build(t, layer.Query{Res: 8, Study: capital()}, at(t, "", ""), at(t, "", ""), at(t, "", ""))
	collection, err := geojson.UnmarshalFeatureCollection([]byte(text(t, l)))
	if err != nil {
		t.Fatal(err)
	}
	if len(collection.Features) != len(l.Cells) {
		t.Fatalf("%d features, want %d", len(collection.Features), len(l.Cells))
	}
	for i, f := range collection.Features {
		c := l.Cells[i]
		want := map[string]any{
			"cell": c.Cell.String(), "count": float64(c.Count), "n_neighbours": float64(c.Neighbours), "area_km2": c.AreaKM2,
			"rate": c.Rate, "gistar_z": c.Z, "gistar_p": c.P, "gistar_p_fdr": c.PFDR, "class": string(c.Class),
			"rank": float64(c.Rank), "edge": c.Edge, "sum": c.Sum, "expected": c.Expected,
			"why_undefined": nil,
		}
		if f.ID != c.Cell.String() || len(f.Properties) != len(want) {
			t.Errorf("feature %v with %d properties, want %s with %d", f.ID, len(f.Properties), c.Cell, len(want))
		}
		for name, value := range want {
			if f.Properties[name] != value {
				t.Errorf("%s: %s is %v, want %v", c.Cell, name, f.Properties[name], value)
			}
		}
		if !f.Geometry.(orb.Polygon).Equal(c.Cell.Outline().(orb.Polygon)) {
			t.Errorf("%s: another outline", c.Cell)
		}
	}
}

func TestUndefinedIsNullInGeoJSON(t *testing.T) {
	l := build(t, layer.Query{Res: 8, Study: capital()})
	var collection struct {
		Features []struct{ Properties map[string]any }
	}
	if err := json.Unmarshal([]byte(text(t, l)), &collection); err != nil {
		t.Fatal(err)
	}
	for _, f := range collection.Features {
		for _, name := range []string{"gistar_z", "gistar_p", "gistar_p_fdr", "rank"} {
			if value, there := f.Properties[name]; !there || value != nil {
				t.Fatalf("%s is %v (there: %t), want null", name, value, there)
			}
		}
	}
}

func TestALayerAcrossTheAntimeridianIsCut(t *testing.T) {
	q := layer.Query{Res: 5, Bound: &layer.Bound{West: 179, South: -17.5, East: -179, North: -15.5}}
	l := build(t, q, store.Incident{Source: "s", SourceID: "1", Origin: store.Reported, Point: orb.Point{180, -16.5}})
	collection, err := geojson.UnmarshalFeatureCollection([]byte(text(t, l)))
	if err != nil {
		t.Fatal(err)
	}
	cut := 0
	for _, f := range collection.Features {
		if _, isCut := f.Geometry.(orb.MultiPolygon); isCut {
			cut++
		}
		for _, polygon := range polygonsOf(f.Geometry) {
			if b := polygon.Bound(); b.Max[0]-b.Min[0] > 5 || math.Abs(b.Min[0]) > 180 || math.Abs(b.Max[0]) > 180 {
				t.Errorf("%v spans %v", f.ID, b)
			}
		}
	}
	if cut == 0 || l.Incidents.Used != 1 || len(l.Cells) < 100 {
		t.Errorf("%d cut cells of %d, %d used", cut, len(l.Cells), l.Incidents.Used)
	}
}

func polygonsOf(g orb.Geometry) orb.MultiPolygon {
	if p, ok := g.(orb.Polygon); ok {
		return orb.MultiPolygon{p}
	}
	return g.(orb.MultiPolygon)
}

func TestTheMemberLayerAddsUp(t *testing.T) {
	far := at(t, "", "")
	far.Point = orb.Point{-91, 15}
	from, to, err := layer.ParseDatetime("2026", guatemala(t))
	if err != nil {
		t.Fatal(err)
	}
	inside := at(t, "2026-01-05 18:30", "2026-01-05 18:31")
	outside := inside
	outside.Point = far.Point
	info := build(t, layer.Query{From: from, To: to, Study: capital()}, inside, outside, at(t, "", "")).Info()
	if got := info.Incidents; got.Matched != 3 || got.Used != 1 || got.Outside != 1 || got.WithoutUsableTime != 1 {
		t.Errorf("%+v", got)
	}
	if info.Parameters["datetime"] != "2026-01-01T06:00:00Z/2027-01-01T06:00:00Z" || info.Parameters["origin"] != "reported,unknown" || info.Conduct != layer.Conduct {
		t.Errorf("%+v", info)
	}
}

func FuzzBoundsCoverWhatTheySay(f *testing.F) {
	f.Add(-90.6, 14.5, -90.4, 14.7)
	f.Add(179.0, -17.0, -179.0, -15.0)
	f.Add(-180.0, -90.0, 180.0, 90.0)
	f.Fuzz(func(t *testing.T, west, south, east, north float64) {
		b, err := layer.NewBuilder(layer.Query{Res: 5, Method: layer.Count, Bound: &layer.Bound{West: west, South: south, East: east, North: north}}, layer.Facts{Zone: inUTC})
		if err != nil {
			return
		}
		l, err := b.Finish(store.DataVersion{})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.IsSortedFunc(l.Cells, func(a, b layer.Cell) int {
			if a.Cell < b.Cell {
				return -1
			}
			return 1
		}) {
			t.Error("cells are out of order or twice there")
		}
		for _, c := range l.Cells {
			p := c.Cell.Center()
			inLongitude := p[0] >= west && p[0] <= east
			if west > east {
				inLongitude = p[0] >= west || p[0] <= east
			}
			if !inLongitude || p[1] < south || p[1] > north {
				t.Errorf("cell %s at %v is outside %v,%v,%v,%v", c.Cell, p, west, south, east, north)
			}
			if err := grid.CheckPoint(p); err != nil {
				t.Error(err)
			}
		}
	})
}
