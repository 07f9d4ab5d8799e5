package ingest

import (
	"math"
	"slices"

	"atalaya/store"

	"github.com/paulmach/orb"
)

// What makes a pile of incidents at one point implausible.
const (
	pileLeast  = 20    // incidents
	pileShare  = 0.005 // of all
	pileFactor = 10    // times the 99th percentile of the other points
)

// pointKey is a place to seven decimals of a degree, a centimetre.
type pointKey uint64

func keyOf(p orb.Point) pointKey {
	lon, lat := int32(math.Round(p[0]*1e7)), int32(math.Round(p[1]*1e7))
	return pointKey(uint64(uint32(lon))<<32 | uint64(uint32(lat)))
}

func (k pointKey) point() orb.Point {
	return orb.Point{float64(int32(k>>32)) / 1e7, float64(int32(k)) / 1e7}
}

// The most points that piles keeps: of the heavy ones, and of the sample.
const (
	mostHeavy   = 4096
	mostSampled = 8192
)

// piles counts incidents by exact place in bounded memory. Heavy points are
// found by the summary of Misra and Gries (1982), Finding repeated elements,
// doi:10.1016/0167-6423(82)90012-0: a count may be short by up to 1/4096 of
// all incidents, so that no point of pileShare escapes. What an ordinary point
// holds is told by exact counts of a sample of the points, those whose hash
// begins with enough zeros.
type piles struct {
	total   int
	heavy   map[pointKey]int
	sampled map[pointKey]int
	zeros   uint // leading bits of the hash that are zero in the sample
}

func newPiles() *piles {
	return &piles{heavy: map[pointKey]int{}, sampled: map[pointKey]int{}}
}

func (p *piles) add(at orb.Point) {
	key := keyOf(at)
	p.total++
	if _, ok := p.heavy[key]; ok || len(p.heavy) < mostHeavy {
		p.heavy[key]++
	} else {
		for k, n := range p.heavy {
			if n == 1 {
				delete(p.heavy, k)
			} else {
				p.heavy[k] = n - 1
			}
		}
	}
	if !p.isSampled(key) {
		return
	}
	p.sampled[key]++
	for len(p.sampled) > mostSampled {
		p.zeros++
		for k := range p.sampled {
			if !p.isSampled(k) {
				delete(p.sampled, k)
			}
		}
	}
}

func (p *piles) isSampled(key pointKey) bool {
	if p.zeros == 0 {
		return true
	}
	h := uint64(key)
	h = (h ^ h>>31) * 0x9e3779b97f4a7c15 // Fibonacci hashing: neighbours fall apart
	h = (h ^ h>>29) * 0xbf58476d1ce4e5b9
	return (h^h>>32)>>(64-p.zeros) == 0
}

// fallbacks returns the points that hold implausibly many incidents, and none
// where most points repeat: there the coordinates are snapped to few places by
// design.
func (p *piles) fallbacks() map[pointKey]int {
	suspects := map[pointKey]int{}
	for key, n := range p.heavy {
		if n >= pileLeast && float64(n) >= pileShare*float64(p.total) {
			suspects[key] = n
		}
	}
	ordinary, repeated := make([]int, 0, len(p.sampled)), 0
	for key, n := range p.sampled {
		if _, ok := suspects[key]; ok {
			continue
		}
		ordinary = append(ordinary, n)
		if n > 1 {
			repeated++
		}
	}
	if len(suspects) == 0 || len(suspects) > max(1, len(ordinary)/9) || 2*repeated > len(ordinary) {
		return nil
	}
	slices.Sort(ordinary)
	usual := 1
	if len(ordinary) > 0 {
		usual = ordinary[(len(ordinary)-1)*99/100]
	}
	out := map[pointKey]int{}
	for key, n := range suspects {
		if n >= pileFactor*usual {
			out[key] = 0
		}
	}
	return out
}

// fallbackPoints returns the fallback points with the incidents taken there,
// the fullest first.
func (w *places) fallbackPoints(rows int) []store.FallbackPoint {
	var out []store.FallbackPoint
	for key, n := range w.fallbacks {
		if n == 0 {
			continue
		}
		at := key.point()
		out = append(out, store.FallbackPoint{Lon: at[0], Lat: at[1], Incidents: n, Share: float64(n) / float64(rows)})
	}
	slices.SortFunc(out, func(a, b store.FallbackPoint) int {
		switch {
		case a.Incidents != b.Incidents:
			return b.Incidents - a.Incidents
		case a.Lon < b.Lon || a.Lon == b.Lon && a.Lat < b.Lat:
			return -1
		}
		return 1
	})
	return out
}
