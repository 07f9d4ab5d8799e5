package nearrepeat_test

import (
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/geo/nearrepeat"

	"github.com/paulmach/orb"
)

func TestOracleKnoxEqualsEveryTable(t *testing.T) {
	for _, path := range reference.Small(t, "knox_table*.csv") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var events []nearrepeat.Event
			for _, row := range reference.Table(t, strings.Replace(path, "knox_table", "knox_events", 1)) {
				events = append(events, nearrepeat.Event{At: orb.Point{row.Float(t, "x_m"), row.Float(t, "y_m")}, Day: row.Int(t, "day")})
			}
			want := reference.Against(t, path)
			spaceM, days := edges(t, want.Rows, "space_band_m"), edges(t, want.Rows, "time_band_days")
			opts := nearrepeat.Options{SpaceM: spaceM, Permutations: -1}
			for _, edge := range days {
				opts.Days = append(opts.Days, int(edge))
			}
			tables := map[string]nearrepeat.Table{}
			for name, metric := range map[string]nearrepeat.Metric{"manhattan": nearrepeat.Manhattan, "euclidean": nearrepeat.Euclidean} {
				opts.Metric = metric
				table, err := nearrepeat.Knox(t.Context(), events, opts)
				if err != nil {
					t.Fatal(err)
				}
				tables[name] = table
			}
			for _, row := range want.Rows {
				b := tables[row["metric"]].Bands[place(spaceM, upper(t, row["space_band_m"]))][place(days, upper(t, row["time_band_days"]))]
				want.Equal(row, "observed_pairs", b.Observed)
				want.Near(row, "expected_permutation_mean", b.Expected)
				want.Near(row, "knox_ratio", b.Ratio)
			}
		})
	}
}

// edges returns the finite upper edges of the bands in a column, ascending.
func edges(t *testing.T, rows []reference.Row, column string) []float64 {
	t.Helper()
	var out []float64
	for _, row := range rows {
		if edge := upper(t, row[column]); !math.IsInf(edge, 1) {
			out = append(out, edge)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// upper returns the upper edge of a band such as "[100,200)" or "[400,inf)".
func upper(t *testing.T, band string) float64 {
	t.Helper()
	_, text, _ := strings.Cut(strings.Trim(band, "[)"), ",")
	edge, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return edge
}

func place(edges []float64, edge float64) int {
	i, _ := slices.BinarySearch(edges, edge)
	return i
}
