package ingest

import (
	"math"
	"slices"

	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

// The limits of a file's area. Points farther than farKM from it are rejected,
// but only where the area is less than compactKM across: a file of the whole
// world has none.
const (
	farKM     = 200
	compactKM = 1500
)

// home is the area where nearly all places of a file are.
type home struct {
	isKnown bool
	bound   orb.Bound // of the middle 99 % of the places
	also    orb.Bound // of the source's area, where the file is of it; else empty
	reachKM float64   // how far off a place may lie
}

// homeOf finds the area of a file from places spread evenly over it. Of few
// places some at each edge are passed over too, since one that is wrong would
// else be part of the area; then no place is far that is less far off than the
// area is wide. Under five places tell no area.
func homeOf(sample []orb.Point, near orb.Bound) home {
	n := len(sample)
	if n < 5 {
		return home{}
	}
	var axes [2][]float64
	for _, p := range sample {
		axes[0], axes[1] = append(axes[0], p[0]), append(axes[1], p[1])
	}
	skip := max(int(math.Ceil(0.005*float64(n))), min((n+3)/8, 5))
	var low, high orb.Point
	for i := range axes {
		slices.Sort(axes[i])
		low[i], high[i] = axes[i][skip], axes[i][n-1-skip]
	}
	h := home{isKnown: true, bound: orb.Bound{Min: low, Max: high}, also: emptyBound(), reachKM: farKM}
	across := grid.DistanceM(low, high) / 1000
	if across > compactKM {
		return home{}
	}
	if n < 200 {
		h.reachKM = max(farKM, across)
	}
	if isKnownBound(near) && near.Intersects(h.bound) {
		h.also = near
	}
	return h
}

// holds reports whether a place can be one of the file's. The cost of a place
// inside is four comparisons.
func (h *home) holds(p orb.Point) bool {
	return !h.isKnown || h.bound.Contains(p) || h.distanceKM(p) <= h.reachKM
}

// isInside reports whether a place lies in the area or a little around it.
func (h *home) isInside(p orb.Point) bool {
	const aroundKM = 50
	return h.isKnown && h.distanceKM(p) <= aroundKM
}

// distanceKM returns how far a place lies from the area, 0 inside.
func (h *home) distanceKM(p orb.Point) float64 {
	d := distanceToKM(p, h.bound)
	if isKnownBound(h.also) {
		d = min(d, distanceToKM(p, h.also))
	}
	return d
}

// distanceToKM returns the distance from a place to the nearest point of a
// box, by its own longitude and latitude.
func distanceToKM(p orb.Point, b orb.Bound) float64 {
	nearest := orb.Point{
		min(max(p[0], b.Min[0]), b.Max[0]),
		min(max(p[1], b.Min[1]), b.Max[1]),
	}
	return grid.DistanceM(p, nearest) / 1000
}

// emptyBound returns the bound of nothing.
func emptyBound() orb.Bound {
	return orb.Bound{Min: orb.Point{1, 1}, Max: orb.Point{-1, -1}}
}

// isKnownBound reports whether a bound is one: neither empty nor the zero one,
// which options have where nothing is known.
func isKnownBound(b orb.Bound) bool { return !b.IsEmpty() && b != orb.Bound{} }
