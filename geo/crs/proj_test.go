package crs_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/geo/crs"

	"github.com/paulmach/orb"
)

// The promise is 50 mm; what is held is far less.
const toleranceM = 0.001

// required are the systems that the project promises by name.
var required = []string{
	"EPSG:3857", "ESRI:103598", "EPSG:32610", "EPSG:26910", "EPSG:32615", "EPSG:32616", "EPSG:32601", "EPSG:32660", "EPSG:32733",
	"EPSG:3435", "EPSG:26971", "EPSG:2263", "EPSG:32118", "EPSG:2248", "EPSG:26985", "EPSG:2272", "EPSG:32129", "EPSG:2232", "EPSG:26954",
	"EPSG:6455", "EPSG:6539", "EPSG:6488", "EPSG:6565", "EPSG:6428",
	"EPSG:27700", "EPSG:2154", "EPSG:3443", "EPSG:2908", "EPSG:2893", "EPSG:3365", "EPSG:2877",
}

func TestPlacesEqualPROJOverTheWholeArea(t *testing.T) {
	for _, code := range required {
		t.Run(code, func(t *testing.T) {
			system := parse(t, code)
			equalsPROJ(t, system, code, spread(t, system, 3000))
		})
	}
}

func TestEveryListedSystemEqualsPROJ(t *testing.T) {
	program(t, "cs2cs")
	all, step := crs.Systems(), 12
	if os.Getenv("ATALAYA_SOAK") != "" {
		step = 1 // a minute
	}
	for i := 0; i < len(all); i += step {
		t.Run(all[i].Code(), func(t *testing.T) {
			equalsPROJ(t, all[i], all[i].Code(), spread(t, all[i], 100))
		})
	}
}

func TestWellKnownTextIsReadAsPROJReadsIt(t *testing.T) {
	for name, text := range prjFiles {
		t.Run(name, func(t *testing.T) {
			system, err := crs.ParseWKT(text)
			if err != nil {
				t.Fatal(err)
			}
			equalsPROJ(t, system, strings.ReplaceAll(text, "\n", ""), spread(t, system, 300))
		})
	}
}

func TestVancouversMetresLandWherePROJPutsThem(t *testing.T) {
	file, err := os.Open(reference.Data(t, "vancouver/crimedata_csv_AllNeighbourhoods_2024.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var sample [][2]float64
	for i := 1; i < len(rows); i += 7 {
		n := len(rows[i])
		x, errX := strconv.ParseFloat(rows[i][n-2], 64)
		y, errY := strconv.ParseFloat(rows[i][n-1], 64)
		if errX == nil && errY == nil && x != 0 {
			sample = append(sample, [2]float64{x, y})
		}
	}
	if len(sample) < 1000 {
		t.Fatalf("%d rows with coordinates of %d", len(sample), len(rows)-1)
	}
	city := orb.Bound{Min: orb.Point{-123.3, 49.19}, Max: orb.Point{-123.0, 49.32}}
	system := parse(t, "EPSG:32610")
	for _, xy := range sample {
		if p, err := system.ToWGS84(xy[0], xy[1]); err != nil || !city.Contains(p) {
			t.Fatalf("%v became %v, outside Vancouver (%v)", xy, p, err)
		}
	}
	best := crs.Guess(sample[:200], city)[0]
	if best.System.Code() != "EPSG:32610" || best.Score < crs.Confident {
		t.Errorf("guessed %s: %s", best.System, best.Evidence)
	}
	equalsPROJ(t, system, "EPSG:32610", sample)
}

// spread returns points in the unit of a system, uniform over its area.
func spread(t *testing.T, s crs.System, n int) [][2]float64 {
	t.Helper()
	area := sampledArea(s)
	random := rand.New(rand.NewPCG(1, 2))
	out := make([][2]float64, n)
	for i := range out {
		p := orb.Point{
			math.Remainder(area.Left()+random.Float64()*(area.Right()-area.Left()), 360),
			area.Bottom() + random.Float64()*(area.Top()-area.Bottom()),
		}
		x, y, err := s.FromWGS84(p)
		if err != nil {
			t.Fatal(err)
		}
		out[i] = [2]float64{x, y}
	}
	return out
}

// sampledArea cuts the area of a system down to where PROJ has one opinion on
// its datum: the shifted ones hold for a part of the zones and of the Earth.
func sampledArea(s crs.System) orb.Bound {
	area, limit := s.Area(), orb.Bound{Min: orb.Point{-360, -84.9}, Max: orb.Point{360, 84.9}}
	switch {
	case s.Name() == "CR05":
		limit = orb.Bound{Min: orb.Point{-86.4, 2.3}, Max: orb.Point{-81.5, 11.7}}
	case s.Name() == "NAD83 / UTM zone 4N", s.Name() == "NAD83 / UTM zone 5N":
		limit = orb.Bound{Min: orb.Point{-163, 16}, Max: orb.Point{-152, 23.7}}
	case s.Name() == "NAD83 / Alaska zone 10":
		limit.Min[0] = -170
	case strings.HasPrefix(s.Name(), "NAD83 / UTM zone"): // north of the Aleutian Islands
		limit.Min[1] = 56
	case strings.HasPrefix(s.Name(), "NAD83(HARN)") && area.Left() > -130, s.Name() == "NAD83(HARN)":
		limit = orb.Bound{Min: orb.Point{-124.5, 24.6}, Max: orb.Point{-67, 49.2}}
	case strings.HasPrefix(s.Name(), "OSGB36"): // where EPSG 1314 holds
		limit = orb.Bound{Min: orb.Point{-7.5, 49.85}, Max: orb.Point{1.8, 60.85}}
	case strings.HasPrefix(s.Name(), "NAD83(CSRS)"):
		limit = orb.Bound{Min: orb.Point{-140, 42}, Max: orb.Point{-50, 80}}
	}
	return orb.Bound{
		Min: orb.Point{max(area.Left(), limit.Left()), max(area.Bottom(), limit.Bottom())},
		Max: orb.Point{min(area.Right(), limit.Right()), min(area.Top(), limit.Top())},
	}
}

// equalsPROJ compares with cs2cs, which takes a code or well-known text.
func equalsPROJ(t *testing.T, s crs.System, source string, points [][2]float64) {
	t.Helper()
	program(t, "cs2cs")
	// PROJ keeps to the axis order of the authority, where one is named.
	northingFirst := []string{"EPSG:5367", "EPSG:9377", "EPSG:6372", "EPSG:6362"}
	isSwapped := !strings.Contains(source, "[") && (s.Unit().Metres == 0 || slices.Contains(northingFirst, source))
	var input bytes.Buffer
	for _, xy := range points {
		x, y := xy[0], xy[1]
		if isSwapped {
			x, y = y, x
		}
		fmt.Fprintf(&input, "%s %s\n", strconv.FormatFloat(x, 'f', -1, 64), strconv.FormatFloat(y, 'f', -1, 64))
	}
	command := exec.CommandContext(t.Context(), "cs2cs", "-f", "%.12f", source, "EPSG:4326")
	command.Stdin = &input
	output, err := command.Output()
	if err != nil {
		t.Fatalf("cs2cs %s: %v", source, err)
	}
	lines := strings.Split(strings.TrimSpace(string(output)), "\n")
	if len(lines) != len(points) {
		t.Fatalf("cs2cs: %d lines for %d points", len(lines), len(points))
	}
	worst := 0.0
	for i, line := range lines {
		var want orb.Point
		if _, err := fmt.Sscan(line, &want[1], &want[0]); err != nil {
			t.Fatalf("cs2cs said %q to %v", line, points[i])
		}
		got, err := s.ToWGS84(points[i][0], points[i][1])
		if err != nil {
			t.Fatal(err)
		}
		d := apartM(got, want)
		if !(d <= toleranceM) {
			t.Fatalf("%v: %v, PROJ says %v, %.4f m apart", points[i], got, want, d)
		}
		worst = max(worst, d)
	}
	t.Logf("%d points of %s: at most %.6f mm from PROJ", len(points), s, worst*1000)
}

// apartM returns the distance of two neighbouring points in metres, to a
// hundredth of itself.
func apartM(a, b orb.Point) float64 {
	const degreeM = 111_320
	east := math.Remainder(a.Lon()-b.Lon(), 360) * math.Cos(a.Lat()*math.Pi/180)
	return degreeM * math.Hypot(east, a.Lat()-b.Lat())
}

// program skips the test where PROJ is not installed.
func program(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		t.Skipf("SKIPPED, PROVES NOTHING: %s is not there (Debian: proj-bin); the golden places still hold", name)
	}
}

func parse(tb testing.TB, s string) crs.System {
	tb.Helper()
	system, err := crs.Parse(s)
	if err != nil {
		tb.Fatal(err)
	}
	return system
}
