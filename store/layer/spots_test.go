package layer_test

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"atalaya/fixtures"
	"atalaya/geo/grid"
	"atalaya/geo/trend"
	"atalaya/store"
	"atalaya/store/layer"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// described returns the hotspots of incidents that are added one by one.
func described(t *testing.T, q layer.Query, incidents ...store.Incident) *layer.Spots {
	t.Helper()
	zone := guatemala(t)
	b, err := layer.NewBuilder(q, layer.Facts{Home: zone, Zone: func(string) *time.Location { return zone }})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.KeepMoments(); err != nil {
		t.Fatal(err)
	}
	spots, err := b.Spots(finished(t, b, incidents...))
	if err != nil {
		t.Fatal(err)
	}
	return spots
}

// finished adds incidents to a Builder and returns its layer.
func finished(t rapid.TB, b *layer.Builder, incidents ...store.Incident) *layer.Layer {
	t.Helper()
	for _, i := range incidents {
		if err := b.Add(i); err != nil {
			t.Fatal(err)
		}
	}
	l, err := b.Finish(store.DataVersion{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestTheHoursAndTheBeginningOfPlantedHotspotsAreFound(t *testing.T) {
	city := fixtures.Demo(theEnd)
	incidents := reported(t, city)
	q := layer.Query{Study: demoStudy(city), From: city.From.AddDate(0, 12, 0).UTC(), To: city.From.AddDate(0, 24, 0).UTC()}
	hours := described(t, q, incidents...)
	q.Method = layer.Emerging
	emerging := described(t, q, incidents...)
	shifts, fresh := 0, 0
	for _, planted := range city.Truth().Hotspots {
		cell := cellAt(t, planted.Center)
		switch planted.Kind {
		case fixtures.KindShift:
			spot, found := hours.Of(cell)
			if !found {
				t.Errorf("%s is no hotspot", planted.Name)
				continue
			}
			shifts++
			outside := func(some, of []int) bool {
				return slices.ContainsFunc(some, func(h int) bool { return !slices.Contains(of, h) })
			}
			if best := hoursOf(spot.Best); outside(best, planted.Hours) && outside(planted.Hours, best) {
				t.Errorf("%s: best hours %v, planted in %v", planted.Name, best, planted.Hours)
			}
			if spot.Best.Share < 2*spot.Best.Flat {
				t.Errorf("%s: share %v, a flat day has %v", planted.Name, spot.Best.Share, spot.Best.Flat)
			}
			for _, d := range planted.Days {
				if day := (int(d) + 6) % 7; !spot.Best.Days.Has(day) {
					t.Errorf("%s: best days %q, planted on %v", planted.Name, spot.Best.Days, planted.Days)
				}
			}
		case fixtures.KindNew:
			spot, found := emerging.Of(cell)
			if !found || spot.Emerging == nil {
				t.Errorf("%s is no hotspot with a category", planted.Name)
				continue
			}
			fresh++
			if e := spot.Emerging; e.Category != trend.ConsecutiveHot || !e.Since.Equal(planted.From) {
				t.Errorf("%s: %s since %v, planted new from %v", planted.Name, e.Category, e.Since, planted.From)
			}
		case fixtures.KindStable, fixtures.KindFading:
		}
	}
	if shifts == 0 || fresh == 0 {
		t.Errorf("%d hotspots of a shift and %d new ones planted, want some", shifts, fresh)
	}
}

// hoursOf lists the hours of a window.
func hoursOf(b layer.Best) []int {
	var out []int
	for h := b.From; ; h = (h + 1) % 24 {
		if out = append(out, h); h+1 == b.To {
			return out
		}
	}
}

// yearOfHeaps returns n incidents downtown on the 10th of each month from
// October 2024 on, 21:30 to 22:30, and one elsewhere on the first and the last
// day of the data.
func yearOfHeaps(t *testing.T, n []int) []store.Incident {
	t.Helper()
	var out []store.Incident
	add := func(from time.Time, p orb.Point) {
		out = append(out, store.Incident{
			Source: "s", SourceID: strconv.Itoa(len(out)), Category: "robbery", Origin: store.Reported, Point: p,
			From: from.UTC(), To: from.Add(time.Hour).UTC(), TimePrecision: store.Interval,
		})
	}
	first := time.Date(2024, 10, 1, 0, 30, 0, 0, guatemala(t))
	add(first, orb.Point{-90.49, 14.60})
	for month, count := range n {
		for range count {
			add(first.AddDate(0, month, 9).Add(21*time.Hour), downtown)
		}
	}
	add(first.AddDate(0, len(n), 0).Add(-2*time.Hour), orb.Point{-90.49, 14.60})
	return out
}

func TestAHotspotTellsItsMonthsAndTheYearBefore(t *testing.T) {
	// October 2024 to October 2025; the asked year begins in November.
	counts := []int{5, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20}
	incidents := yearOfHeaps(t, counts)
	q := layer.Query{Study: capital(), From: time.Date(2024, 11, 1, 6, 0, 0, 0, time.UTC), To: time.Date(2025, 11, 1, 6, 0, 0, 0, time.UTC)}
	s := described(t, q, incidents...).All[0]
	if len(s.Course.Months) != 12 || s.Course.Months[0].Count != 8 || s.Count != 163 {
		t.Fatalf("months %v of %d incidents, want 12 from 8 on of 163", s.Course.Months, s.Count)
	}
	// All 66 pairs rise: S = 66, Var = 12·11·29/18 = 212.67, z = 65/14.583 = 4.457.
	if math.Abs(s.Course.Trend.Z-65/math.Sqrt(12*11*29/18.)) > 1e-12 || s.Course.PerMonth != 1 {
		t.Errorf("trend %+v, slope %v, want z 4.457 and 1", s.Course.Trend, s.Course.PerMonth)
	}
	y := s.Course.Year
	if y == nil || y.Now != 20 || y.Before != 5 || y.Turn != layer.Up || y.Ratio.Value != 4 || y.Month.Format("2006-01") != "2025-10" {
		t.Errorf("year %+v, want 20 against 5, up, four times", y)
	}
	// 21:30 to 22:30 is half an hour each.
	if b := s.Best; b.From != 21 || b.To != 23 || math.Abs(b.Share-1) > 1e-12 || b.Flat != 2./24 || b.Known != 163 {
		t.Errorf("best hours %+v, want 21 to 23", b)
	}
	q.From = time.Date(2025, 10, 5, 6, 0, 0, 0, time.UTC)
	short := described(t, layer.Query{Study: capital(), From: q.From, To: q.To}, append(incidents, incidents...)...).All[0]
	if short.Course.Year != nil || len(short.Course.Months) != 0 || !math.IsNaN(short.Course.Trend.Z) {
		t.Errorf("a time without a whole month has the course %+v", short.Course)
	}
}

func TestTheTurnOfAYearIsTheETests(t *testing.T) {
	october := func(year, n int) layer.MonthCount {
		return layer.MonthCount{Month: time.Date(year, 10, 1, 0, 0, 0, 0, time.UTC), Count: n}
	}
	for _, tt := range []struct {
		name        string
		now, before int
		p           float64 // the E-test of equal lengths, to 4 places; NaN where it is not looked at
		want        layer.Turn
	}{
		{"20 against 10 is the textbook's", 20, 10, 0.0688, layer.NoClear},
		{"the mock's numbers are no clear rise", 17, 9, math.NaN(), layer.NoClear},
		{"a clear rise", 20, 5, math.NaN(), layer.Up},
		{"a clear fall", 5, 20, math.NaN(), layer.Down},
		{"nothing at all", 0, 0, 1, layer.NoClear},
		{"large and equal", 5000, 5000, math.NaN(), layer.NoClear},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := layer.NewYearChange(october(2026, tt.now), october(2025, tt.before))
			if err != nil || got.Turn != tt.want || !math.IsNaN(tt.p) && math.Abs(got.P-tt.p) > 5e-5 {
				t.Errorf("%+v, %v; want %s, p %v", got, err, tt.want, tt.p)
			}
		})
	}
	// February of a leap year is longer: 29 in 29 days are as many as 28 in 28.
	leap, err := layer.NewYearChange(layer.MonthCount{Month: time.Date(2025, 2, 1, 0, 0, 0, 0, time.UTC), Count: 28},
		layer.MonthCount{Month: time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC), Count: 29})
	if err != nil || math.Abs(leap.Ratio.Value-1) > 1e-12 {
		t.Errorf("ratio %v, %v; want 1", leap.Ratio, err)
	}
}

func TestAFileAndAStoreDescribeTheSameHotspots(t *testing.T) {
	ctx, db := context.Background(), filled(t)
	incidents := yearOfHeaps(t, []int{5, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20})
	put(t, db, incidents...)
	q := layer.Query{Areas: []string{"capital"}, From: time.Date(2024, 11, 1, 6, 0, 0, 0, time.UTC), To: time.Date(2025, 11, 1, 6, 0, 0, 0, time.UTC)}
	maker := layer.NewMaker(db)
	stored, err := maker.Hotspots(ctx, q)
	if err != nil {
		t.Fatal(err)
	}
	again, err := maker.Hotspots(ctx, q)
	if err != nil || again != stored {
		t.Errorf("the hotspots were described anew: %v", err)
	}
	q.Areas, q.Study = nil, capital()
	read := described(t, q, incidents...)
	if diff := cmp.Diff(read.All, stored.All, cmpopts.EquateNaNs(), cmpopts.IgnoreUnexported(layer.Hotspot{}), cmpopts.IgnoreFields(layer.Spot{}, "Areas"), cmpopts.EquateErrors()); diff != "" {
		t.Errorf("read from files, then from the store (-files +store):\n%s", diff)
	}
	if s := stored.All[0]; !slices.Equal(s.Areas, []string{"capital"}) || s.Name != "14.6419, -90.5140" && !strings.HasPrefix(s.Name, "14.64") {
		t.Errorf("hotspot %q in %v, want its coordinates in the capital", s.Name, s.Areas)
	}
}

func TestAHotspotIsNamedAfterTheNearestPlaceAndItsSector(t *testing.T) {
	ctx, db := context.Background(), filled(t)
	middle := cellAt(t, downtown).Center()
	north := func(metres float64) orb.Point {
		return orb.Point{middle.Lon(), middle.Lat() + metres/grid.EarthRadiusM*180/math.Pi}
	}
	// A cell of resolution 9 is some 0.35 km wide here: three are more than 500 m.
	name := func() layer.Spot {
		spots, err := layer.NewMaker(db).Hotspots(ctx, layer.Query{Areas: []string{"capital"}})
		if err != nil {
			t.Fatal(err)
		}
		return spots.All[0]
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(db.PutPlaces(ctx, store.Place{ID: "far", Name: "Far", Point: north(1500)}))
	if s := name(); s.Place != "" || !math.IsNaN(s.PlaceM) {
		t.Errorf("named after %q, %v m away", s.Place, s.PlaceM)
	}
	must(db.PutAreas(ctx, store.Area{ID: "s-1", Name: "Sector 1 (demo)", Kind: store.Sector, Synthetic: true, Geometry: orb.MultiPolygon{capital().Geometry.(orb.Polygon)}}))
	if s := name(); s.Name != "Sector 1" {
		t.Errorf("named %q, want its sector", s.Name)
	}
	must(db.PutPlaces(ctx, store.Place{ID: "near", Name: "Mercado", Point: north(-800)}, store.Place{ID: "nearer", Name: "Parque", Point: north(600)}))
	s := name()
	if s.Name != "Parque · Sector 1" || math.Abs(s.PlaceM-600) > 0.01 || !slices.Equal(s.Areas, []string{"capital", "s-1"}) {
		t.Errorf("named %q, %v m away, in %v", s.Name, s.PlaceM, s.Areas)
	}
}

func TestHiddenHotspotsAreWrittenWithoutNumbers(t *testing.T) {
	ctx, db := context.Background(), filled(t)
	if err := db.PutCategory(ctx, store.Category{Code: "rape", NameES: "v", NameEN: "r", Origin: store.Reported, Sensitive: true}); err != nil {
		t.Fatal(err)
	}
	var incidents []store.Incident
	for n := range 42 {
		i := at(t, "2026-01-05 18:30", "2026-01-05 18:31")
		i.SourceID, i.Category, i.TimePrecision = "r"+strconv.Itoa(n), "rape", store.Minute
		if n >= 40 { // one in each of two neighbours
			i.Point = cellAt(t, downtown).Neighbours()[n-40].Center()
		}
		incidents = append(incidents, i)
	}
	put(t, db, incidents...)
	spots, err := layer.NewMaker(db).Hotspots(ctx, layer.Query{Areas: []string{"capital"}, Categories: []string{"rape"}})
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	told := layer.Told{Spots: spots, Say: func(layer.Spot) (es, en string) { return "es", "en" }}
	if err := told.WriteGeoJSON(&text); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Features []struct{ Properties map[string]any }
	}
	if err := json.Unmarshal([]byte(text.String()), &got); err != nil || len(got.Features) != 1 {
		t.Fatalf("%d hotspots, %v: %s", len(got.Features), err, text.String())
	}
	for _, name := range []string{"count", "weight", "excess", "best_share", "best_of", "best_from", "trend_months", "trend_z", "this_month", "change_p"} {
		if v := got.Features[0].Properties[name]; v != nil {
			t.Errorf("%s is %v, want it hidden", name, v)
		}
	}
	if got.Features[0].Properties["class"] != "hot_99" {
		t.Errorf("class %v", got.Features[0].Properties["class"])
	}
}
