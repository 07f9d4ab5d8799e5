package density_test

import (
	"path/filepath"
	"strings"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/geo/density"

	"github.com/paulmach/orb"
)

func TestOracleKernelSumsEqualEveryTable(t *testing.T) {
	for _, path := range reference.Small(t, "kde_*_points.csv") {
		t.Run(filepath.Base(path), func(t *testing.T) {
			x, y, at := "lng", "lat", density.At
			var sources []density.Source
			for _, row := range reference.Table(t, path) {
				if _, planar := row["x_m"]; planar {
					x, y, at = "x_m", "y_m", density.PlanarAt
				}
				sources = append(sources, density.Source{At: orb.Point{row.Float(t, x), row.Float(t, y)}, Weight: row.Float(t, "weight")})
			}
			want := reference.Against(t, strings.TrimSuffix(path, "_points.csv")+".csv")
			for _, row := range want.Rows {
				p := orb.Point{row.Float(t, x), row.Float(t, y)}
				h := row.Float(t, "bandwidth_m")
				want.Relative(row, "quartic_per_m2", at(p, sources, density.Options{Kernel: density.Quartic, BandwidthM: h}))
				want.Relative(row, "gaussian_per_m2", at(p, sources, density.Options{Kernel: density.Gaussian, BandwidthM: h}))
			}
		})
	}
}
