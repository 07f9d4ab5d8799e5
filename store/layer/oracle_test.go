package layer_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"testing"
	"time"

	"atalaya/fixtures/reference"
	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/layer"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

func TestOracleTheLayerOfTheIncidentsEqualsSpdep(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			if _, exists := set.Path("incidents.csv"); !exists {
				t.Skip("this data set has no incidents.csv")
			}
			b, err := layer.NewBuilder(layer.Query{Res: set.Res, Study: studyOf(t, set)}, layer.Facts{Zone: inUTC})
			if err != nil {
				t.Fatal(err)
			}
			outside := 0
			for _, row := range set.Table(t, "incidents.csv") {
				i := store.Incident{Source: "oracle", SourceID: row["id"], Origin: store.UnknownOrigin,
					Point: orb.Point{row.Float(t, "lng"), row.Float(t, "lat")}}
				if err := b.Add(i); err != nil {
					t.Fatal(err)
				}
				if row["expected_cell"] == "" {
					outside++
				}
			}
			l, err := b.Finish(store.DataVersion{})
			if err != nil {
				t.Fatal(err)
			}
			if l.Incidents.Outside != outside {
				t.Errorf("%d incidents outside, want %d", l.Incidents.Outside, outside)
			}
			set.Against(t, "local_stats.csv").GiStar(csvRows(t, l))
		})
	}
}

// studyOf returns the study area of a data set: its polygons, or else the
// cells of its counts.
func studyOf(t *testing.T, set reference.Set) *layer.Study {
	t.Helper()
	path, exists := set.Path("study_area.geojson")
	if !exists {
		study := &layer.Study{Name: set.Name}
		for _, row := range set.Table(t, "counts.csv") {
			cell, err := grid.ParseCell(row["cell"])
			if err != nil {
				t.Fatal(err)
			}
			study.Cells = append(study.Cells, cell)
		}
		return study
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var header struct{ Type string }
	if err := json.Unmarshal(text, &header); err != nil {
		t.Fatal(err)
	}
	if header.Type == "Feature" {
		f, err := geojson.UnmarshalFeature(text)
		if err != nil {
			t.Fatal(err)
		}
		return &layer.Study{Name: set.Name, Geometry: f.Geometry}
	}
	collection, err := geojson.UnmarshalFeatureCollection(text)
	if err != nil {
		t.Fatal(err)
	}
	return &layer.Study{Name: set.Name, Geometry: collection.Features[0].Geometry}
}

func csvRows(t *testing.T, l *layer.Layer) []reference.Row {
	t.Helper()
	var out bytes.Buffer
	if err := l.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []reference.Row
	for _, record := range records[1:] {
		row := reference.Row{}
		for i, column := range records[0] {
			row[column] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

func inUTC(string) *time.Location { return time.UTC }
