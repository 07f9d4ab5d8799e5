package layer_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

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
	var q layer.Query
	values := parsed(t, query)
	for _, p := range layer.Parameters() {
		if text := values.Get(p.Name); text != "" {
			if err := p.Read(&q, text, guatemala(t)); err != nil {
				t.Fatalf("%s: %s: %v", query, p.Name, err)
			}
		}
	}
	return fill(t, builder(t, q), q.Categories)
}

// statistic makes the numbers of the worked examples that a query string asks
// for.
func statistic(t *testing.T, kind layer.StatisticKind, query string) *layer.Statistic {
	t.Helper()
	q := layer.StatisticQuery{Kind: kind}
	values := parsed(t, query)
	for _, p := range layer.StatisticParameters(kind) {
		if text := values.Get(p.Name); text != "" {
			if err := p.Read(&q, text, guatemala(t)); err != nil {
				t.Fatalf("%s: %s: %v", query, p.Name, err)
			}
		}
	}
	b := builder(t, q.Filled().Layer)
	s, err := b.Observe(t.Context(), q)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	fill(t, b, q.Layer.Categories)
	return s
}

func parsed(t *testing.T, query string) url.Values {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// builder returns a builder over the cells of the example, whose force has one
// shift.
func builder(t *testing.T, q layer.Query) *layer.Builder {
	t.Helper()
	q.Study = &layer.Study{Name: "example"}
	for cell := range letters(t) {
		q.Study.Cells = append(q.Study.Cells, cell)
	}
	if q.Method == layer.Rate {
		q.Rate.Exposure = residents(t)
	}
	b, err := layer.NewBuilder(q, layer.Facts{
		Home: guatemala(t), Zone: func(string) *time.Location { return guatemala(t) },
		Shifts: []store.Shift{{Code: "night", NameES: "Noche", NameEN: "Night", Start: 22 * 60, End: 6 * 60}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// fill makes the layer of a builder from the incidents of the example.
func fill(t *testing.T, b *layer.Builder, categories []string) *layer.Layer {
	t.Helper()
	opts := ingest.Options{File: "incidents.csv", Source: "example", TimeZone: "America/Guatemala", Clock: func() time.Time { return theEnd }}
	report, err := ingest.Read(context.Background(), open(t, "example/incidents.csv"), opts, func(i store.Incident) error {
		if i.Origin == "" {
			i.Origin = store.UnknownOrigin
		}
		if len(categories) > 0 && !slices.Contains(categories, i.Category) {
			return nil
		}
		return b.Add(i)
	})
	if err != nil || report.Rejected > 0 {
		t.Fatalf("%d rejected, %v", report.Rejected, err)
	}
	l, err := b.Finish(store.DataVersion{})
	if err != nil {
		t.Fatal(err)
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
		if query, is := strings.CutPrefix(table.query, "statistics/"); is {
			kind, query, _ := strings.Cut(query, "?")
			checkStatistic(t, table, statistic(t, layer.StatisticKind(kind), query))
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
	for _, kind := range kinds() {
		if seen[string(kind)] == 0 {
			t.Errorf("%s.md has no worked example", kind)
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

// checkStatistic holds a table of a page against the table of a statistic, one
// of whose rows each row must be, or against its members by their paths.
func checkStatistic(t *testing.T, table table, s *layer.Statistic) {
	t.Helper()
	header, rows := table.rows[0], table.rows[1:]
	if header[0] == "member" {
		for _, row := range rows {
			if got := memberAt(t, s.Numbers, row[0]); !agrees(got, row[1]) {
				t.Errorf("%s.md: %s with %s is %q, the page says %q", table.page, row[0], table.query, got, row[1])
			}
		}
		return
	}
	all := statisticRows(t, s)
	for _, row := range rows {
		if !slices.ContainsFunc(all[1:], func(got []string) bool {
			for n, column := range header {
				if at := slices.Index(all[0], column); at < 0 || !agrees(got[at], row[n]) {
					return false
				}
			}
			return true
		}) {
			t.Errorf("%s.md: %v is no row of %s: %v", table.page, row, table.query, all)
		}
	}
}

// statisticRows returns the table of a statistic, the header first.
func statisticRows(t *testing.T, s *layer.Statistic) [][]string {
	t.Helper()
	var out bytes.Buffer
	if err := s.WriteCSV(&out); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&out).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// memberAt returns a number of a value written as JSON, by the names that lead
// to it; empty where there is none.
func memberAt(t *testing.T, v any, path string) string {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var node any
	if err := json.Unmarshal(text, &node); err != nil {
		t.Fatal(err)
	}
	for name := range strings.SplitSeq(path, ".") {
		object, _ := node.(map[string]any)
		node = object[name]
	}
	number, is := node.(float64)
	if !is {
		return ""
	}
	return strconv.FormatFloat(number, 'g', -1, 64)
}
