package crs_test

import (
	"math"
	"strings"
	"testing"

	"atalaya/geo/crs"

	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

// The bounds of places that the tests take points from.
func places() map[string]orb.Bound {
	return map[string]orb.Bound{
		"Guatemala": bound(-92.3, 13.7, -88.2, 17.8),
		"capital":   bound(-90.62, 14.52, -90.42, 14.72),
		"Petén":     bound(-91, 16.2, -89.3, 17.6),
		"Vancouver": bound(-123.25, 49.2, -123.02, 49.31),
		"Chicago":   bound(-87.94, 41.64, -87.52, 42.03),
		"New York":  bound(-74.26, 40.49, -73.7, 40.92),
		"Baltimore": bound(-76.72, 39.19, -76.52, 39.38),
		"Denver":    bound(-105.11, 39.61, -104.6, 39.92),
		"Phila":     bound(-75.29, 39.86, -74.95, 40.14),
	}
}

func bound(west, south, east, north float64) orb.Bound {
	return orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}
}

// points lays a grid of 10 by 10 over a place.
func points(t *testing.T, s crs.System, b orb.Bound) [][2]float64 {
	t.Helper()
	var out [][2]float64
	for i := range 100 {
		x, y, err := s.FromWGS84(orb.Point{
			b.Left() + (b.Right()-b.Left())*(float64(i%10)+0.5)/10,
			b.Bottom() + (b.Top()-b.Bottom())*(float64(i/10)+0.5)/10,
		})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, [2]float64{x, y})
	}
	return out
}

func TestTheAreaOfTheSourceDecides(t *testing.T) {
	for _, c := range []struct{ code, from, near string }{
		{"ESRI:103598", "capital", "Guatemala"},
		{"ESRI:103598", "capital", "capital"},
		{"ESRI:103598", "Petén", "Petén"},
		{"EPSG:32615", "capital", "capital"},
		{"EPSG:32616", "capital", "capital"},
		{"EPSG:32610", "Vancouver", "Vancouver"},
		{"EPSG:3435", "Chicago", "Chicago"},
		{"EPSG:26971", "Chicago", "Chicago"},
		{"EPSG:2263", "New York", "New York"},
		{"EPSG:32118", "New York", "New York"},
		{"EPSG:2248", "Baltimore", "Baltimore"},
		{"EPSG:2232", "Denver", "Denver"},
		{"EPSG:26954", "Denver", "Denver"},
		{"EPSG:2272", "Phila", "Phila"},
		{"EPSG:32129", "Phila", "Phila"},
		{"EPSG:3857", "Chicago", "Chicago"},
		{"EPSG:4326", "Chicago", "Chicago"},
	} {
		t.Run(c.code+" in "+c.near, func(t *testing.T) {
			got := crs.Guess(points(t, parse(t, c.code), places()[c.from]), places()[c.near])
			if len(got) == 0 || got[0].System.Code() != c.code || got[0].Score < crs.Confident || got[0].Near != 100 {
				t.Fatalf("%s", sentences(got))
			}
			if !strings.HasSuffix(got[0].Evidence, "100 of 100 points lie where it is used, 100 of them in the source's area") {
				t.Error(got[0].Evidence)
			}
		})
	}
}

func TestMagnitudeAloneNeverDecides(t *testing.T) {
	for _, code := range []string{"ESRI:103598", "EPSG:32615", "EPSG:32610", "EPSG:3435", "EPSG:2263", "EPSG:3857"} {
		t.Run(code, func(t *testing.T) {
			s := parse(t, code)
			got := crs.Guess(points(t, s, smaller(s.Area())), orb.Bound{})
			isAmong := false
			for _, c := range got {
				isAmong = isAmong || c.System.Code() == code
				if c.Score >= crs.Confident {
					t.Errorf("%s has score %v", c.System, c.Score)
				}
				if !strings.Contains(c.Evidence, "the source's area is not known; ") {
					t.Error(c.Evidence)
				}
			}
			if !isAmong {
				t.Errorf("not among %s", sentences(got))
			}
		})
	}
}

func TestUTMZonesCannotBeToldApartByMagnitude(t *testing.T) {
	got := crs.Guess(points(t, parse(t, "EPSG:32610"), places()["Vancouver"]), orb.Bound{})
	zones := 0
	for _, c := range got {
		if strings.Contains(c.System.Name(), "UTM zone") {
			zones++
			if c.Score > 0.01 {
				t.Errorf("%s has score %v", c.System, c.Score)
			}
		}
	}
	if zones != 120 {
		t.Errorf("%d zones of 120", zones)
	}
}

func TestAnAreaElsewhereLeavesAllOpen(t *testing.T) {
	got := crs.Guess(points(t, parse(t, "EPSG:2263"), places()["New York"]), places()["Vancouver"])
	if len(got) == 0 {
		t.Fatal("no candidate")
	}
	for _, c := range got {
		if c.Near != 0 || c.Score > 0.25 || !strings.Contains(c.Evidence, "none of them in the source's area") {
			t.Errorf("%v: %s", c.Score, c.Evidence)
		}
	}
}

func TestRivalsInTheAreaShareTheScore(t *testing.T) {
	// Utah has codes for two feet; 2 ppm of 500 km are one metre.
	utah := bound(-112.1, 40.6, -111.7, 40.9)
	got := crs.Guess(points(t, parse(t, "EPSG:2280"), utah), utah)
	if len(got) != 2 || got[0].Score >= crs.Confident || !strings.HasSuffix(got[0].Evidence, "cannot tell from 1 other system that fits") {
		t.Errorf("%s", sentences(got))
	}
}

func TestPointsThatAreNoneAreNotCounted(t *testing.T) {
	vancouver := places()["Vancouver"]
	sample := points(t, parse(t, "EPSG:32610"), vancouver)
	for range 200 {
		sample = append(sample, [2]float64{}, [2]float64{math.NaN(), 5458166}, [2]float64{490249, math.Inf(1)})
	}
	got := crs.Guess(sample, vancouver)
	if len(got) == 0 || got[0].System.Code() != "EPSG:32610" || got[0].Points != 100 || got[0].Score < crs.Confident {
		t.Errorf("%s", sentences(got))
	}
	for name, sample := range map[string][][2]float64{
		"nothing": nil, "zeros": {{0, 0}}, "NaN": {{math.NaN(), 1}}, "out of this world": {{1e12, 1e12}, {-1e300, 4}},
	} {
		if got := crs.Guess(sample, vancouver); got != nil {
			t.Errorf("%s: %s", name, sentences(got))
		}
	}
}

func TestScoresAreSharesInFallingOrder(t *testing.T) {
	codes := []string{"ESRI:103598", "EPSG:32615", "EPSG:3857", "EPSG:3435", "EPSG:2232"}
	rapid.Check(t, func(r *rapid.T) {
		s := parse(t, rapid.SampledFrom(codes).Draw(r, "code"))
		a := smaller(s.Area())
		x, y, err := s.FromWGS84(orb.Point{
			rapid.Float64Range(a.Left(), a.Right()).Draw(r, "longitude"),
			rapid.Float64Range(a.Bottom(), a.Top()).Draw(r, "latitude"),
		})
		if err != nil {
			r.Fatal(err)
		}
		sum, last := 0.0, 1.0
		for _, c := range crs.Guess([][2]float64{{x, y}}, a) {
			if !(c.Score > 0 && c.Score <= last) {
				r.Fatalf("score %v after %v", c.Score, last)
			}
			sum, last = sum+c.Score, c.Score
		}
		if sum > 1+1e-9 || sum == 0 {
			r.Fatalf("the scores add up to %v", sum)
		}
	})
}

// smaller returns the inner half of a bound.
func smaller(b orb.Bound) orb.Bound {
	w, h := (b.Right()-b.Left())/4, (b.Top()-b.Bottom())/4
	return bound(b.Left()+w, b.Bottom()+h, b.Right()-w, b.Top()-h)
}

func sentences(candidates []crs.Candidate) string {
	var b strings.Builder
	for _, c := range candidates {
		b.WriteString("\n" + c.Evidence)
	}
	return b.String()
}

func BenchmarkGuess(b *testing.B) {
	sample := make([][2]float64, 200)
	for i := range sample {
		sample[i] = [2]float64{490000 + 10*float64(i), 5458000}
	}
	for b.Loop() {
		crs.Guess(sample, places()["Vancouver"])
	}
}
