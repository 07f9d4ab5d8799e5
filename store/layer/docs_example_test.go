package layer_test

import (
	"context"
	"encoding/csv"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"atalaya/geo/concentration"
	"atalaya/geo/density"
	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/ingest"
	"atalaya/store/layer"
)

// example makes the layer of the worked examples that a query string asks for;
// method rate is of the example's residents.
func example(t *testing.T, query string) *layer.Layer {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	q := layer.Query{Study: &layer.Study{Name: "example"}}
	for _, p := range layer.Parameters() {
		if text := values.Get(p.Name); text != "" {
			if err := p.Read(&q, text, guatemala(t)); err != nil {
				t.Fatalf("%s: %s: %v", query, p.Name, err)
			}
		}
	}
	for cell := range letters(t) {
		q.Study.Cells = append(q.Study.Cells, cell)
	}
	if q.Method == layer.Rate {
		q.Rate.Exposure = residents(t)
	}
	b, err := layer.NewBuilder(q, layer.Facts{Home: guatemala(t), Zone: func(string) *time.Location { return guatemala(t) }})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	file := open(t, "example/incidents.csv")
	opts := ingest.Options{File: "incidents.csv", Source: "example", TimeZone: "America/Guatemala", Clock: func() time.Time { return theEnd }}
	report, err := ingest.Read(context.Background(), file, opts, func(i store.Incident) error {
		if i.Origin == "" {
			i.Origin = store.UnknownOrigin
		}
		if len(q.Categories) > 0 && !slices.Contains(q.Categories, i.Category) {
			return nil
		}
		return b.Add(i)
	})
	if err != nil || report.Rejected > 0 {
		t.Fatalf("%s: %d rejected, %v", query, report.Rejected, err)
	}
	l, err := b.Finish(store.DataVersion{})
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return l
}

func open(t *testing.T, name string) *os.File {
	t.Helper()
	file, err := os.Open(filepath.Join(methodPages, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// letters returns the cells of the example and the letters they go by.
func letters(t *testing.T) map[grid.Cell]string {
	t.Helper()
	records, err := csv.NewReader(open(t, "example/cells.csv")).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[grid.Cell]string{}
	for _, record := range records[1:] {
		cell, err := grid.ParseCell(record[0])
		if err != nil {
			t.Fatal(err)
		}
		out[cell] = record[1]
	}
	return out
}

func residents(t *testing.T) *layer.Exposure {
	t.Helper()
	file, err := ingest.ReadDenominator(open(t, "example/residents.csv"), ingest.DenominatorOptions{})
	if err != nil {
		t.Fatal(err)
	}
	e := &layer.Exposure{Name: "residents", Unit: "residents"}
	for _, part := range file.Parts {
		e.Zones = append(e.Zones, density.Zone{Geometry: part.Geometry, Value: part.Value})
	}
	return e
}

// table is a table of a page that follows a line <!-- checked: … -->.
type table struct {
	page, query string
	rows        [][]string // the header first
}

func checkedTables(t *testing.T) []table {
	t.Helper()
	var out []table
	texts := pages(t)
	for _, page := range slices.Sorted(maps.Keys(texts)) {
		lines := strings.Split(texts[page], "\n")
		for i, line := range lines {
			query, marked := strings.CutPrefix(line, "<!-- checked: ")
			if !marked {
				continue
			}
			found := table{page: page, query: strings.TrimSuffix(query, " -->")}
			for _, row := range lines[i+1:] {
				if !strings.HasPrefix(row, "|") {
					break
				}
				cells := strings.Split(strings.Trim(row, "| "), "|")
				for n := range cells {
					cells[n] = strings.Trim(cells[n], " `")
				}
				found.rows = append(found.rows, cells)
			}
			if len(found.rows) < 3 {
				t.Fatalf("%s.md: no table follows %q", page, line)
			}
			found.rows = slices.Delete(found.rows, 1, 2) // the rule under the header
			out = append(out, found)
		}
	}
	return out
}

func TestTheWorkedExamplesOfThePagesAreWhatTheProgramAnswers(t *testing.T) {
	seen := map[string]int{}
	for _, table := range checkedTables(t) {
		seen[table.page]++
		if query, is := strings.CutPrefix(table.query, "concentration of "); is {
			checkConcentration(t, table, query)
			continue
		}
		byLetter := map[string]map[string]string{}
		names := letters(t)
		for _, row := range csvRows(t, example(t, table.query)) {
			cell, err := grid.ParseCell(row["cell"])
			if err != nil {
				t.Fatal(err)
			}
			byLetter[names[cell]] = row
		}
		for _, row := range table.rows[1:] {
			for n, column := range table.rows[0][1:] {
				got, exists := byLetter[row[0]][column]
				if want := row[n+1]; !exists || !agrees(got, want) {
					t.Errorf("%s.md: %s of cell %s with %s is %q, the page says %q", table.page, column, row[0], table.query, got, want)
				}
			}
		}
	}
	for _, m := range layer.Methods() {
		if seen[pageOf(m)] == 0 {
			t.Errorf("%s.md has no worked example", pageOf(m))
		}
	}
}

// agrees reports whether a value is what a page says, to the decimals that it
// gives.
func agrees(got, want string) bool {
	if want == "null" {
		return got == ""
	}
	if got == want {
		return true
	}
	v, err := strconv.ParseFloat(got, 64)
	if err != nil {
		return false
	}
	_, decimals, _ := strings.Cut(want, ".")
	return strconv.FormatFloat(v, 'f', len(decimals), 64) == want
}

func checkConcentration(t *testing.T, table table, query string) {
	t.Helper()
	var counts []float64
	for _, c := range example(t, query).Cells {
		counts = append(counts, float64(c.Count))
	}
	places := concentration.Of(counts)
	measures := map[string]float64{
		"share of cells that hold a quarter": places.ShareHolding(0.25),
		"share of cells that hold half":      places.ShareHolding(0.5),
		"share of cells with none":           places.ZeroShare(),
		"Gini":                               places.Gini(),
		"generalised Gini":                   places.GeneralisedGini(),
	}
	for _, row := range table.rows[1:] {
		v, exists := measures[row[0]]
		if got := strconv.FormatFloat(v, 'g', -1, 64); !exists || !agrees(got, row[1]) {
			t.Errorf("%s.md: %s of %s is %s, the page says %s", table.page, row[0], query, got, row[1])
		}
	}
}
