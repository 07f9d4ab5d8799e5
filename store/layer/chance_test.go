package layer_test

import (
	"math"
	"strconv"
	"testing"

	"atalaya/fixtures"
	"atalaya/store"
	"atalaya/store/layer"
)

func TestAUniformCityHasNoMoreHotCellsThanTheFalseDiscoveryRateAllows(t *testing.T) {
	// With no real hotspot every discovery is false, so Benjamini–Hochberg at
	// 5 % promises that at most 5 % of cities show any. Of 200 cities that is
	// 10, give or take √(200·0.05·0.95) = 3.1: more than 10 + 3·3.1 = 19 would
	// break the promise.
	const runs, incidents, alpha = 200, 64_000, 0.05
	most := int(runs*alpha + 3*math.Sqrt(runs*alpha*(1-alpha)))
	study := &layer.Study{Name: "uniform", Geometry: fixtures.Demo(theEnd).Areas()[0].Polygon}
	citiesWithHot, hotCells, cells := 0, 0, 0
	for seed := range uint64(runs) {
		b, err := layer.NewBuilder(layer.Query{Study: study}, layer.Facts{Zone: inUTC})
		if err != nil {
			t.Fatal(err)
		}
		for n, p := range fixtures.Uniform(seed, incidents) {
			if err := b.Add(store.Incident{Source: "uniform", SourceID: strconv.Itoa(n), Origin: store.Reported, Point: p}); err != nil {
				t.Fatal(err)
			}
		}
		l, err := b.Finish(store.DataVersion{})
		if err != nil {
			t.Fatal(err)
		}
		hot := 0
		for _, c := range l.Cells {
			if c.Class.Hot() {
				hot++
			}
		}
		if hot > 0 {
			citiesWithHot++
		}
		hotCells += hot
		cells += len(l.Cells)
	}
	t.Logf("%d of %d uniform cities show a hot cell, %d of %d cells are hot", citiesWithHot, runs, hotCells, cells)
	if citiesWithHot > most {
		t.Errorf("%d of %d uniform cities show a hot cell, at most %d may", citiesWithHot, runs, most)
	}
}
