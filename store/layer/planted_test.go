package layer_test

import (
	"bytes"
	"context"
	"slices"
	"testing"
	"time"

	"atalaya/fixtures"
	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/ingest"
	"atalaya/store/layer"
)

// theEnd is the day on which the demo city of these tests is made.
var theEnd = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func TestThePlantedHotspotsOfTheDemoAreFoundFromItsFile(t *testing.T) {
	city := fixtures.Demo(theEnd)
	var file bytes.Buffer
	if err := city.WriteCSV(&file); err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation(fixtures.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	for _, period := range []struct {
		name string
		from time.Time
	}{{"24 months", city.From}, {"12 months", city.From.AddDate(0, 12, 0)}} {
		t.Run(period.name, func(t *testing.T) {
			q := layer.Query{From: period.from.UTC(), Study: &layer.Study{Name: "demo", Geometry: city.Areas()[0].Polygon}}
			b, err := layer.NewBuilder(q, layer.Facts{Zone: func(string) *time.Location { return zone }})
			if err != nil {
				t.Fatal(err)
			}
			opts := ingest.Options{File: "demo.csv", Source: fixtures.SourceCode, TimeZone: fixtures.TimeZone, Clock: func() time.Time { return theEnd }}
			_, err = ingest.Read(context.Background(), bytes.NewReader(file.Bytes()), opts, func(i store.Incident) error {
				i.Origin = originOf(t, city, i.RawCategory)
				return b.Add(i)
			})
			if err != nil {
				t.Fatal(err)
			}
			l, err := b.Finish(store.DataVersion{})
			if err != nil {
				t.Fatal(err)
			}
			planted, found := 0, 0
			for _, h := range city.Truth().Hotspots {
				if h.Kind != fixtures.KindStable {
					continue
				}
				for _, c := range l.Cells {
					if grid.DistanceM(c.Cell.Center(), h.Center) <= h.RadiusM {
						planted++
						if c.Class.Hot() {
							found++
						}
					}
				}
			}
			t.Logf("%d of %d planted stable cells are hot at 95 %%", found, planted)
			if planted == 0 || found*100 < planted*95 {
				t.Errorf("%d of %d planted stable cells are hot at 95 %%, at least 95 %% must be", found, planted)
			}
		})
	}
}

func originOf(t *testing.T, city fixtures.City, raw string) store.Origin {
	t.Helper()
	categories := city.Categories()
	i := slices.IndexFunc(categories, func(c fixtures.Category) bool { return c.Raw == raw })
	if i < 0 {
		t.Fatalf("category text %q is none of the city's", raw)
	}
	return store.Origin(categories[i].Origin)
}
