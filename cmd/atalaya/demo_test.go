package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"math"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"atalaya/fixtures"
	"atalaya/geo/grid"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// startDemo runs the demo in a process of its own and returns its address.
// The test stops it with SIGTERM and wants it to end well.
func startDemo(t *testing.T, db string) (address string) {
	t.Helper()
	cmd := exec.Command("atalaya", "demo", "--db", db, "--listen", "127.0.0.1:0", "--json")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("the demo did not end well: %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("no address: %v", err)
	}
	var answer struct{ Address string }
	if err := json.Unmarshal([]byte(line), &answer); err != nil || answer.Address == "" {
		t.Fatalf("address %q: %v", line, err)
	}
	return answer.Address
}

func get(t *testing.T, url string) []byte {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if r.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s: %s", url, r.Status, body)
	}
	return body
}

func TestTheDemoServesAHonestLayer(t *testing.T) {
	db := filepath.Join(t.TempDir(), "demo.gpkg")
	address := startDemo(t, db)
	text := get(t, address+"api/v1/hotspots?area="+fixtures.CityID)
	layer, err := geojson.UnmarshalFeatureCollection(text)
	if err != nil {
		t.Fatal(err)
	}

	t.Run("every feature obeys RFC 7946", func(t *testing.T) { checkFeatures(t, layer, text) })
	t.Run("the planted stable hotspots are hot", func(t *testing.T) { checkPlanted(t, layer) })
	t.Run("it says what the numbers rest on", func(t *testing.T) { checkInfo(t, layer) })
	t.Run("GDAL opens the layer and the database", func(t *testing.T) { checkGDAL(t, db, text, len(layer.Features)) })
}

// checkFeatures holds every feature against section 7 of the serving notes.
func checkFeatures(t *testing.T, layer *geojson.FeatureCollection, text []byte) {
	last := ""
	for _, f := range layer.Features {
		id, ok := f.ID.(string)
		cell, err := grid.ParseCell(id)
		if !ok || err != nil || f.Properties["cell"] != id || cell.Res() != 9 || id <= last {
			t.Fatalf("feature %v after %s: %v", f.ID, last, err)
		}
		last = id
		ring := f.Geometry.(orb.Polygon)[0]
		if len(ring) < 7 || !ring.Closed() || ring.Orientation() != orb.CCW {
			t.Errorf("%s: ring %v", id, ring)
		}
		for _, p := range ring {
			if math.Abs(math.Round(p[0]*1e6)/1e6-p[0]) > 1e-12 || p[0] > -90 || p[0] < -91 || p[1] < 14 || p[1] > 15 {
				t.Errorf("%s: position %v", id, p)
			}
		}
	}
	if strings.Contains(string(text), `"crs"`) || strings.Contains(string(text), "NaN") {
		t.Error("a crs member or NaN")
	}
}

func checkPlanted(t *testing.T, layer *geojson.FeatureCollection) {
	planted, hot := 0, 0
	for _, h := range fixtures.Demo(time.Now()).Truth().Hotspots {
		if h.Kind != fixtures.KindStable {
			continue
		}
		for _, f := range layer.Features {
			cell, err := grid.ParseCell(f.ID.(string))
			if err != nil {
				t.Fatal(err)
			}
			if grid.DistanceM(cell.Center(), h.Center) > h.RadiusM {
				continue
			}
			planted++
			if class := f.Properties["class"]; class == "hot_99" || class == "hot_95" {
				hot++
			}
		}
	}
	if planted == 0 || hot*100 < planted*95 {
		t.Errorf("%d of %d planted stable cells are hot", hot, planted)
	}
}

func checkInfo(t *testing.T, layer *geojson.FeatureCollection) {
	info := layer.ExtraMembers["layer"].(map[string]any)
	rows := fixtures.Demo(time.Now()).Truth().Rows
	incidents := info["incidents"].(map[string]any)
	used, outside := incidents["used"].(float64), incidents["outside"].(float64)
	leftOut, sensitive := incidents["police_initiated_left_out"].(float64), incidents["sensitive_left_out"].(float64)
	stored := float64(rows.Total - rows.BlankCoordinates - rows.ZeroCoordinates)
	if used+outside+leftOut+sensitive != stored || leftOut != float64(rows.PoliceInitiated) {
		t.Errorf("%v used + %v outside + %v police-initiated + %v sensitive, want %v in all", used, outside, leftOut, sensitive, stored)
	}
	if info["synthetic"] != true || info["fingerprint"] == "" || info["method"] != "gistar" {
		t.Errorf("info %v", info)
	}
	if !strings.Contains(info["conduct"].(string), "places, not people") {
		t.Errorf("conduct %v", info["conduct"])
	}
}

// checkGDAL opens the layer, and the database while it is served.
func checkGDAL(t *testing.T, db string, layer []byte, cells int) {
	if _, err := exec.LookPath("ogrinfo"); err != nil {
		t.Skip("SKIPPED, PROVES NOTHING: ogrinfo is not there (Debian package gdal-bin)")
	}
	file := filepath.Join(t.TempDir(), "layer.geojson")
	if err := os.WriteFile(file, layer, 0o600); err != nil {
		t.Fatal(err)
	}
	rows := fixtures.Demo(time.Now()).Truth().Rows
	for _, c := range []struct{ path, layer, want string }{
		{file, "", "Feature Count: " + strconv.Itoa(cells)},
		{db, "incident", "Feature Count: " + strconv.Itoa(rows.Total-rows.BlankCoordinates-rows.ZeroCoordinates)},
		{db, "area", "Feature Count: 15"},
	} {
		args := []string{"-ro", "-so", c.path}
		if c.layer == "" {
			args = append(args, "-al")
		} else {
			args = append(args, c.layer)
		}
		out, err := exec.CommandContext(context.Background(), "ogrinfo", args...).CombinedOutput()
		if err != nil || !strings.Contains(string(out), c.want) || strings.Contains(string(out), "Warning") || strings.Contains(string(out), "ERROR") {
			t.Errorf("ogrinfo %v: %v, want %q in\n%s", args, err, c.want, out)
		}
	}
}

func TestTheDemoIsMadeOnce(t *testing.T) {
	db := filepath.Join(t.TempDir(), "demo.gpkg")
	var versions []string
	for range 2 {
		t.Run("start", func(t *testing.T) {
			versions = append(versions, string(get(t, startDemo(t, db)+"readyz")))
		})
	}
	if versions[0] != versions[1] {
		t.Errorf("the second start changed the data: %s, then %s", versions[0], versions[1])
	}
}
