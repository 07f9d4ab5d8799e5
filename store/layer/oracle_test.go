package layer_test

import (
	"bytes"
	"encoding/csv"
	"testing"
	"time"

	"atalaya/fixtures/reference"
	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/layer"

	"github.com/paulmach/orb"
)

func TestOracleTheLayersOfTheIncidentsEqualSpdep(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			for _, request := range set.Requests(t) {
				t.Run(request.Name, func(t *testing.T) {
					l := layerOf(t, set, request.Parameters)
					request.Hold(t, csvRows(t, l))
					holdWhole(t, set, l)
				})
			}
		})
	}
}

// layerOf makes a layer of the incidents of a data set.
func layerOf(t *testing.T, set reference.Set, parameters map[string]string) *layer.Layer {
	t.Helper()
	zone, err := time.LoadLocation(set.TimeZone())
	if err != nil {
		t.Fatal(err)
	}
	q := layer.Query{Res: set.Res, Study: studyOf(t, set)}
	for _, p := range layer.Parameters() {
		if text := parameters[p.Name]; text != "" {
			if err := p.Read(&q, text, zone); err != nil {
				t.Fatalf("%s %s: %v", p.Name, text, err)
			}
		}
	}
	b, err := layer.NewBuilder(q, layer.Facts{Home: zone, Zone: func(string) *time.Location { return zone }})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range set.Table(t, "incidents.csv") {
		at := set.When(t, row).UTC()
		i := store.Incident{Source: "oracle", SourceID: row["id"], Origin: store.UnknownOrigin, From: at, To: at.Add(time.Second),
			Point: orb.Point{row.Float(t, "lng"), row.Float(t, "lat")}}
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

// holdWhole holds what a layer tells of the whole against the data set: no
// incident lost, no month left out, and global Moran's I.
func holdWhole(t *testing.T, set reference.Set, l *layer.Layer) {
	t.Helper()
	outside := 0
	for _, row := range set.Table(t, "incidents.csv") {
		if row["expected_cell"] == "" {
			outside++
		}
	}
	if got := l.Incidents; got.Outside != outside || got.Incomplete != 0 || got.PeriodsLeftOut != 0 || got.WithoutTime != 0 {
		t.Errorf("%+v, want %d outside, none in an incomplete period and none without time", got, outside)
	}
	want := set.Against(t, "global_stats.csv")
	for _, row := range want.Rows {
		if row["test"] == "moran_W_randomisation" {
			want.Near(row, "statistic", l.Global.I)
			want.Near(row, "z", l.Global.Z)
			want.Relative(row, "p_two_sided", l.Global.P)
		}
	}
}

// studyOf returns the study area of a data set: its polygons, or else the
// cells of its counts.
func studyOf(t *testing.T, set reference.Set) *layer.Study {
	t.Helper()
	area, exists := set.StudyArea(t)
	if exists {
		return &layer.Study{Name: set.Name, Geometry: area}
	}
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
