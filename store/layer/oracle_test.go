package layer_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
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

// The reference is R 4.2 with spdep 1.2-7; 1e-9 is absolute on z and relative
// on p.
const tolerance = 1e-9

func TestOracleTheLayerOfTheIncidentsEqualsSpdep(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			if _, exists := set.Path("incidents.csv"); !exists {
				t.Skip("this data set has no incidents.csv")
			}
			b, err := layer.NewBuilder(layer.Query{Res: set.Res, Study: studyOf(t, set)}, inUTC)
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
			compare(t, set, csvRows(t, l))
		})
	}
}

// compare holds the CSV of a layer against the reference, row by row.
func compare(t *testing.T, set reference.Set, rows []reference.Row) {
	t.Helper()
	want := map[string]reference.Row{}
	for _, row := range set.Table(t, "local_stats.csv") {
		want[row["cell"]] = row
	}
	if len(rows) != len(want) {
		t.Fatalf("%d cells, want %d", len(rows), len(want))
	}
	last := ""
	for _, got := range rows {
		w, known := want[got["cell"]]
		if !known || got["cell"] <= last {
			t.Fatalf("cell %s after %q: unknown or out of order", got["cell"], last)
		}
		last = got["cell"]
		if got.Int(t, "count") != int(w.Float(t, "count")) || got.Int(t, "n_neighbours") != w.Int(t, "n_neighbours") {
			t.Errorf("cell %s: count %s and %s neighbours, want %s and %s", got["cell"], got["count"], got["n_neighbours"], w["count"], w["n_neighbours"])
		}
		if math.Abs(got.Float(t, "gistar_z")-w.Float(t, "gistar_z")) > tolerance {
			t.Errorf("cell %s: z %s, want %s", got["cell"], got["gistar_z"], w["gistar_z"])
		}
		for column, reference := range map[string]string{"gistar_p": "p_two_sided", "gistar_p_fdr": "p_fdr"} {
			if p, r := got.Float(t, column), w.Float(t, reference); r >= 1e-300 && math.Abs(p-r) > tolerance*r {
				t.Errorf("cell %s: %s %v, want %v", got["cell"], column, p, r)
			}
		}
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
