package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"atalaya/fixtures/reference"
	"atalaya/store/sqlite"
)

func TestOracleTheHotspotsCommandEqualsSpdepOnEveryDataSet(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			incidents, area := inputs(t, set)
			for _, request := range set.Requests(t) {
				t.Run(request.Name, func(t *testing.T) {
					out := filepath.Join(t.TempDir(), "out.csv")
					args := []string{"hotspots", incidents, "--area", area, "--res", strconv.Itoa(set.Res), "--timezone", set.TimeZone(), "--format", "csv", "-o", out}
					for name, value := range request.Parameters {
						args = append(args, "--"+strings.ReplaceAll(name, "_", "-"), value)
					}
					if status, _, errs := call(t, args...); status != exitFine {
						t.Fatalf("status %d: %s", status, errs)
					}
					request.Hold(t, reference.Table(t, out))
				})
			}
		})
	}
}

func TestOracleTheLayerOverHTTPEqualsSpdepOnEveryDataSet(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			get := serviceOver(t, stored(t, set), set.TimeZone())
			for _, request := range set.Requests(t) {
				t.Run(request.Name, func(t *testing.T) {
					query := url.Values{"f": {"csv"}, "area": {"study"}, "res": {strconv.Itoa(set.Res)}}
					for name, value := range request.Parameters {
						query.Set(name, value)
					}
					request.Hold(t, get(t, "/api/v1/hotspots?"+query.Encode()))
				})
			}
		})
	}
}

func TestOracleTheGlobalStatisticsCommandEqualsSpdepOnEveryDataSet(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			incidents, area := inputs(t, set)
			out := filepath.Join(t.TempDir(), "out.csv")
			status, _, errs := call(t, "statistics", "global", incidents, "--area", area, "--res", strconv.Itoa(set.Res), "-o", out)
			if status != exitFine {
				t.Fatalf("status %d: %s", status, errs)
			}
			compareGlobal(t, set, reference.Table(t, out))
		})
	}
}

func TestOracleTheGlobalStatisticsOverHTTPEqualSpdepOnEveryDataSet(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			path := stored(t, set)
			compareGlobal(t, set, serviceOver(t, path, set.TimeZone())(t, "/api/v1/statistics/global?f=csv&area=study&res="+strconv.Itoa(set.Res)))
		})
	}
}

// compareGlobal holds the table of global statistics against R's.
func compareGlobal(t *testing.T, set reference.Set, got []reference.Row) {
	t.Helper()
	named := map[string]reference.Row{}
	for _, row := range got {
		named[row["statistic"]+" "+row["weights"]+" "+row["hypothesis"]] = row
	}
	want := set.Against(t, "global_stats.csv")
	for _, row := range want.Rows {
		name := map[string]string{
			"moran_W_randomisation": "moran_i row_standardised randomisation",
			"moran_W_normality":     "moran_i row_standardised normality",
			"moran_B_randomisation": "moran_i binary randomisation",
			"geary_W_randomisation": "geary_c row_standardised randomisation",
			"getis_ord_general_G_B": "general_g binary randomisation",
			// Without islands nothing is to be adjusted.
			"moran_W_randomisation_adjust_n_FALSE": "moran_i row_standardised randomisation",
		}[row["test"]]
		n := named[name]
		if name == "" || strings.HasSuffix(row["test"], "adjust_n_FALSE") && n["cells_without_neighbours"] != "0" {
			t.Logf("NOT COMPARED, PROVES NOTHING: test %s", row["test"])
			continue
		}
		want.Near(row, "statistic", n.Float(t, "value"))
		want.Near(row, "expectation", n.Float(t, "expectation"))
		want.Relative(row, "variance", n.Float(t, "variance"))
		want.Near(row, "z", n.Float(t, "z"))
		want.Relative(row, "p_two_sided", n.Float(t, "p"))
	}
}

// stored returns a database with the incidents of a data set and its study
// area.
func stored(t *testing.T, set reference.Set) (path string) {
	t.Helper()
	incidents, area := inputs(t, set)
	path = filepath.Join(t.TempDir(), "x.gpkg")
	for _, args := range [][]string{
		{"import", incidents, "--db", path, "--timezone", set.TimeZone()},
		{"area", "add", area, "--db", path, "--id", "study"},
	} {
		if status, _, errs := call(t, args...); status != exitFine {
			t.Fatalf("%v: status %d: %s", args, status, errs)
		}
	}
	return path
}

// inputs returns the incidents of a data set and its study area: polygons, or
// else the cells of its counts.
func inputs(t *testing.T, set reference.Set) (incidents, area string) {
	t.Helper()
	incidents, exists := set.Path("incidents.csv")
	if !exists {
		t.Skip("this data set has no incidents.csv")
	}
	if area, exists = set.Path("study_area.geojson"); !exists {
		area, _ = set.Path("counts.csv")
	}
	return incidents, area
}

// serviceOver opens a service over a database until the test ends, and returns
// how to get a layer as CSV from it.
func serviceOver(t *testing.T, path, zone string) func(t *testing.T, target string) []reference.Row {
	t.Helper()
	ctx := context.Background()
	db, err := sqlite.Open(ctx, path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p := &program{stderr: os.Stderr, clock: func() time.Time { return now }}
	api, err := (&listening{Timezone: zone}).newAPI(p, db, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := api.Close(ctx); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return func(t *testing.T, target string) []reference.Row {
		t.Helper()
		answer := httptest.NewRecorder()
		request := httptest.NewRequest(http.MethodGet, target, nil)
		request.Host = "localhost"
		api.ServeHTTP(answer, request)
		if answer.Code != http.StatusOK {
			t.Fatalf("status %d: %s", answer.Code, answer.Body)
		}
		file := filepath.Join(t.TempDir(), "layer.csv")
		if err := os.WriteFile(file, answer.Body.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return reference.Table(t, file)
	}
}
