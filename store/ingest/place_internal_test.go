package ingest

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// Of 100 places one is in Paris and one in Lagos; the area is that of the
// others: skip is min(103/8, 5) = 5 at each edge.
func TestTheAreaOfAFileIsThatOfNearlyAllItsPlaces(t *testing.T) {
	sample := []orb.Point{{2.35, 48.85}, {3.4, 6.5}}
	for i := range 98 {
		sample = append(sample, orb.Point{-90.5 + 0.001*float64(i), 14.6})
	}
	h := homeOf(sample, orb.Bound{})
	if !h.isKnown || h.bound.Min[0] < -90.5 || h.bound.Max[0] > -90.4 {
		t.Fatalf("got %+v", h)
	}
	for at, want := range map[orb.Point]bool{
		{-90.45, 14.6}: true,
		{-90.45, 16.3}: true,  // 1.7° of latitude, 189 km
		{-90.45, 16.5}: false, // 1.9°, 211 km
		{2.35, 48.85}:  false,
	} {
		if got := h.holds(at); got != want {
			t.Errorf("%v: held is %v, %.0f km off", at, got, h.distanceKM(at))
		}
	}
}

func TestAFileOfFewPlacesOrOfAContinentHasNoArea(t *testing.T) {
	few := homeOf([]orb.Point{{-90, 14}, {-90, 14}, {-90, 14}, {90, 14}}, orb.Bound{})
	var wide []orb.Point
	for i := range 300 {
		wide = append(wide, orb.Point{-120 + 0.3*float64(i), 20 + 0.1*float64(i)})
	}
	for _, h := range []home{few, homeOf(wide, orb.Bound{})} {
		if h.isKnown || !h.holds(orb.Point{170, -40}) {
			t.Errorf("got %+v", h)
		}
	}
}

func TestTheSampleOfPlacesIsBoundedAndSpreadOverTheFile(t *testing.T) {
	var s spread[orb.Point]
	const n = 100_000
	for i := range n {
		if s.takes(mostPlaces) {
			s.kept = append(s.kept, orb.Point{float64(i), 0})
		}
	}
	if len(s.kept) > mostPlaces || len(s.kept) < mostPlaces/2 {
		t.Fatalf("kept %d", len(s.kept))
	}
	for i, p := range s.kept {
		if p[0] != float64(i*s.stride) {
			t.Fatalf("place %d is row %v; want every %dth", i, p[0], s.stride)
		}
	}
}

func TestHeavyPointsAreFoundAmongMoreThanCanBeKept(t *testing.T) {
	p := newPiles()
	for i := range 300_000 {
		p.add(orb.Point{float64(i%100_003) / 1000, float64(i/100_003) / 1000}) // no point twice
		if i%100 == 0 {
			p.add(orb.Point{-90.5, 14.6}) // 3,000 of 303,000, about 1 %
		}
	}
	if len(p.heavy) > mostHeavy || len(p.sampled) > mostSampled {
		t.Errorf("keeps %d and %d", len(p.heavy), len(p.sampled))
	}
	found := p.fallbacks()
	if _, ok := found[keyOf(orb.Point{-90.5, 14.6})]; !ok || len(found) != 1 {
		t.Errorf("found %v", found)
	}
}

func TestKeysOfPointsComeBackToSevenDecimals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
		back := keyOf(at).point()
		if math.Abs(back[0]-at[0]) > 0.51e-7 || math.Abs(back[1]-at[1]) > 0.51e-7 {
			t.Fatalf("%v came back as %v", at, back)
		}
	})
}

func TestTheTwistOfAFileIsToldByWhatALatitudeCanBeAndByTheZone(t *testing.T) {
	near := orb.Bound{Min: orb.Point{-47, -24}, Max: orb.Point{-46, -23}}
	for _, c := range []struct {
		name    string
		x, y    float64
		setting setting
		want    twist
	}{
		{"Guatemala as it is", -90.5, 14.6, setting{longitude: -90}, twist{}},
		{"Guatemala swapped", 14.6, -90.5, setting{longitude: -90}, twist{swapped: true}},
		{"Chicago swapped", 41.8, -87.6, setting{longitude: -90}, twist{swapped: true}},
		{"Chicago swapped, in a zone that tells little", 41.8, -87.6, setting{longitude: -75}, twist{swapped: true}},
		{"São Paulo as it is", -46.6, -23.5, setting{longitude: -45}, twist{}},
		{"São Paulo swapped", -23.5, -46.6, setting{longitude: -45}, twist{swapped: true}},
		{"São Paulo swapped, by its area", -23.5, -46.6, setting{near: near}, twist{swapped: true}},
		{"São Paulo without any minus, by its area", 46.6, 23.5, setting{near: near}, twist{flip: [2]bool{true, true}}},
		{"Guatemala without its minus", 90.5, 14.6, setting{longitude: -90}, twist{flip: [2]bool{true, false}}},
		{"Guatemala swapped without its minus", 14.6, 90.5, setting{longitude: -90}, twist{swapped: true, flip: [2]bool{true, false}}},
		{"Nairobi in UTC", 36.8, -1.3, setting{longitude: 0}, twist{}},
		{"London in the default zone", -0.12, 51.5, setting{longitude: -90}, twist{}},
		{"Ushuaia in its zone", -68.3, -54.8, setting{longitude: -45}, twist{}},
		{"Mendoza in its zone", -68.8, -32.9, setting{longitude: -45}, twist{}},
		{"Beijing in its zone", 116.4, 39.9, setting{longitude: 120}, twist{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := &proposer{setting: c.setting}
			numbers := []pairOfNumbers{{c.x, c.y}, {c.x + 0.01, c.y + 0.01}, {c.x + 0.02, c.y - 0.01}}
			got, why := p.twistByArea(numbers)
			if why.IsZero() {
				got, why = p.twistByZone(numbers)
			}
			if got != c.want || c.want != (twist{}) && why.IsZero() {
				t.Errorf("got %+v: %s", got, why)
			}
		})
	}
}

func TestNumbersAreShiftedIntoARangeByOnePowerOfTen(t *testing.T) {
	within := [2]float64{-91, -90}
	for v, want := range map[float64]float64{
		-90506900: -90.5069, -905069: -90.5069, -905: -90.5, -90.5: -90.5, -8: -8, 90506900: 90506900, 0: 0,
	} {
		if got := shift(v, within); math.Abs(got-want) > 1e-9 {
			t.Errorf("%v: got %v, want %v", v, got, want)
		}
	}
}

func BenchmarkPlace(b *testing.B) {
	cells := []string{"-75.03205946", "40.07114080", "0101000020E610000028B019430DC252C0F0254F241B094440", "2695436.23", "14°38'05.3\"N", "90°30'24\"W"}
	for name, r := range map[string]reading{
		"degrees": {lon: 0, lat: 1, point: -1},
		"ewkb":    {lon: -1, lat: -1, point: 2},
		"dms":     {lon: 5, lat: 4, point: -1},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, f := r.at(cells); f.reason != "" {
					b.Fatal(f)
				}
			}
		})
	}
	b.Run("piles", func(b *testing.B) {
		p := newPiles()
		i := 0
		for b.Loop() {
			p.add(orb.Point{float64(i%1_000_003) / 1e5, float64(i%97) / 1e5})
			i++
		}
	})
}
