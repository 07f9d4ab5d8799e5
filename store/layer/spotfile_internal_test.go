package layer

import (
	"testing"

	"github.com/paulmach/orb"
)

func TestABoxOverTheAntimeridianBeginsInTheEast(t *testing.T) {
	square := func(west, east float64) orb.Polygon {
		return orb.Bound{Min: orb.Point{west, -18}, Max: orb.Point{east, -17}}.ToPolygon()
	}
	for _, tt := range []struct {
		name     string
		polygons orb.MultiPolygon
		want     string
	}{
		{"one part", orb.MultiPolygon{square(178, 179)}, "[178,-18,179,-17]"},
		{"on both sides", orb.MultiPolygon{square(-180, -179.5), square(179, 180)}, "[179,-18,-179.5,-17]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := bboxOf(tt.polygons); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
