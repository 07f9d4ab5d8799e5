package nearrepeat_test

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"atalaya/geo/grid"
	"atalaya/geo/nearrepeat"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

var noon = time.Date(2024, 5, 17, 12, 0, 0, 0, time.UTC)

func TestACellIsAtRiskUntilTheLastIncidentIsOld(t *testing.T) {
	day := 24 * time.Hour
	p := orb.Point{-90.5069, 14.6349}
	own, err := grid.CellAt(p, 9)
	if err != nil {
		t.Fatal(err)
	}
	incidents := []nearrepeat.Incident{
		{p, noon.Add(-3 * day)},
		{p, noon},
		{p, noon.Add(-14 * day)},   // exactly as old as that: no longer
		{p, noon.Add(time.Minute)}, // not yet
		{p, noon.Add(-13 * day)},
	}
	// 50 m reach no other centre: cells of resolution 9 are about 350 m wide.
	got, err := nearrepeat.AtRisk(incidents, noon, nearrepeat.RiskOptions{DistanceM: 50, For: 14 * day, Res: 9})
	want := []nearrepeat.Risk{{Cell: own, Originators: 3, Until: noon.Add(14 * day)}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, error %v, want %v", got, err, want)
	}
}

func TestAtRiskFindsEveryCellWithinTheDistanceAndNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lng"), math.Asin(rapid.Float64Range(-1, 1).Draw(t, "sine")) * 180 / math.Pi}
		res := rapid.IntRange(3, 12).Draw(t, "resolution")
		widths := rapid.Float64Range(0.1, 8).Draw(t, "widths")
		own, err := grid.CellAt(p, res)
		if err != nil {
			t.Fatal(err)
		}
		distanceM := widths * math.Sqrt(own.AreaKM2()*1e6)
		got, err := nearrepeat.AtRisk([]nearrepeat.Incident{{p, noon}}, noon, nearrepeat.RiskOptions{DistanceM: distanceM, For: time.Hour, Res: res})
		if err != nil {
			t.Fatal(err)
		}
		at := 0
		for _, c := range own.Disk(int(2*widths) + 4) {
			if c != own && grid.DistanceM(p, c.Center()) >= distanceM {
				continue
			}
			if at == len(got) || got[at].Cell != c {
				t.Fatalf("%s within %v m is not among %v", c, distanceM, got)
			}
			at++
		}
		if at != len(got) {
			t.Fatalf("%d cells, want %d", len(got), at)
		}
	})
}

func TestAtRiskDoesNotDependOnTheOrderOfIncidents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var incidents []nearrepeat.Incident
		for _, e := range town(rapid.IntRange(0, 50).Draw(t, "incidents")) {
			incidents = append(incidents, nearrepeat.Incident{At: e.At, Time: noon.Add(time.Duration(-e.Day) * time.Hour)})
		}
		opts := nearrepeat.RiskOptions{DistanceM: 400, For: 200 * time.Hour, Res: 9}
		a, err := nearrepeat.AtRisk(incidents, noon, opts)
		if err != nil {
			t.Fatal(err)
		}
		b, err := nearrepeat.AtRisk(rapid.Permutation(incidents).Draw(t, "order"), noon, opts)
		if err != nil || !reflect.DeepEqual(a, b) {
			t.Fatalf("%v, error %v, want %v", b, err, a)
		}
	})
}

func TestAtRiskRefusesWhatIsNone(t *testing.T) {
	cases := []struct {
		name string
		at   orb.Point
		opts nearrepeat.RiskOptions
		want []string
	}{
		{"resolution", orb.Point{}, nearrepeat.RiskOptions{Res: 16}, []string{"resolution 16"}},
		{"nothing given", orb.Point{}, nearrepeat.RiskOptions{Res: 9}, []string{"distance 0 m", "duration 0s"}},
		{"too far", orb.Point{}, nearrepeat.RiskOptions{Res: 9, DistanceM: 11_000, For: 1}, []string{"distance 11000 m outside (0, 10463], for cells of resolution 9"}},
		{"no place", orb.Point{0, 99}, nearrepeat.RiskOptions{Res: 9, DistanceM: 100, For: 1}, []string{"incident 1: latitude 99"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := nearrepeat.AtRisk([]nearrepeat.Incident{{c.at, noon}}, noon, c.opts)
			for _, want := range c.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("error %v, want %q in it", err, want)
				}
			}
		})
	}
}
