package layer_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/layer"
)

// texts returns a layer as GeoJSON and CSV, and fails on what is no JSON and on
// a field that is no finite number.
func texts(l *layer.Layer) (string, error) {
	var text, table bytes.Buffer
	if err := errors.Join(l.WriteGeoJSON(&text), l.WriteCSV(&table)); err != nil {
		return "", err
	}
	if !json.Valid(text.Bytes()) {
		return "", errors.New("no JSON")
	}
	records, err := csv.NewReader(bytes.NewReader(table.Bytes())).ReadAll()
	if err != nil {
		return "", err
	}
	for _, record := range records {
		for i, field := range record {
			if slices.Contains([]string{"nan", "inf", "+inf", "-inf"}, strings.ToLower(field)) {
				return "", fmt.Errorf("%s is %s", records[0][i], field)
			}
		}
	}
	return text.String() + table.String(), nil
}

func TestWhatIsUndefinedIsNullWithAReasonByEveryMethod(t *testing.T) {
	centre, err := grid.CellAt(downtown, 8)
	if err != nil {
		t.Fatal(err)
	}
	seven := centre.Disk(1)
	lone := centre.Disk(6)
	farther := slices.IndexFunc(lone, func(c grid.Cell) bool { return !slices.Contains(centre.Disk(5), c) })
	lone = append(centre.Disk(2), lone[farther])
	inEach := func(cells []grid.Cell, n int, months ...time.Month) []store.Incident {
		var out []store.Incident
		for _, c := range cells {
			for k := range n {
				for _, month := range months {
					at := time.Date(2025, month, 2+k, 18, 0, 0, 0, time.UTC)
					out = append(out, store.Incident{Source: "s", SourceID: fmt.Sprint(c, k, month), Origin: store.Reported, Point: c.Center(), From: at, To: at.Add(time.Minute)})
				}
			}
		}
		return out
	}
	cases := []struct {
		name      string
		cells     []grid.Cell
		incidents []store.Incident
		whole     bool // no cell has a score
	}{
		{"every cell the same count", centre.Disk(3), inEach(centre.Disk(3), 2, 3, 7), true},
		{"one cell", seven[:1], inEach(seven, 2, 3), true},
		{"two cells", seven[:2], inEach(seven[:1], 3, 3, 4), true},
		{"the whole area is the neighbourhood of its middle", seven, inEach(seven[:2], 3, 3, 4), false},
		{"three cells that adjoin each other", []grid.Cell{centre, centre.Neighbours()[0], common(centre, centre.Neighbours()[0])}, inEach([]grid.Cell{centre}, 3, 3, 4), true},
		{"an island", lone, inEach(lone[:4], 3, 3, 4, 5), false},
		{"no incident at all", centre.Disk(3), nil, true},
		{"one period", centre.Disk(3), inEach(seven[:2], 3, 3), false},
		{"an empty study area", []grid.Cell{}, inEach(seven, 3, 3), true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, q := range askedFor(&layer.Study{Cells: c.cells}) {
				l := layerFrom(t, q, c.incidents)
				written(t, l)
				holdReasons(t, l)
				if len(l.Cells) != len(c.cells) {
					t.Errorf("%s: %d cells, want %d", q.Method, len(l.Cells), len(c.cells))
				}
				if len(l.Cells) == 0 && !warns(l, "no_cells") {
					t.Errorf("%s: no warning of the empty area", q.Method)
				}
				scored := slices.ContainsFunc(l.Cells, func(c layer.Cell) bool { return c.Rank > 0 })
				if c.whole && scored && q.Ring == 0 {
					t.Errorf("%s: some cell has a score", q.Method)
				}
				open := q
				open.From, open.To = time.Time{}, time.Time{}
				if q.Method != layer.Change {
					written(t, layerFrom(t, open, c.incidents))
				}
			}
		})
	}
}

// common returns a cell that adjoins two adjoining cells.
func common(a, b grid.Cell) grid.Cell {
	i := slices.IndexFunc(a.Neighbours(), func(c grid.Cell) bool { return slices.Contains(b.Neighbours(), c) })
	return a.Neighbours()[i]
}
