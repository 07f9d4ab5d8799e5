package near

import (
	"cmp"
	"iter"
	"math"
	"slices"
)

// Groups yields every query once, together with others that lie near it, and
// the points among which are all that lie within radiusM of any of these
// queries: both as indices, in an order that depends on the input only, and
// valid until the next. radiusM is above zero, and positions are finite.
//
// Cost: a sort; a group's points are on average three times those within the
// radius of a query.
func Groups(queries, points []Position, radiusM float64) iter.Seq2[[]int32, []int32] {
	width := radiusM
	for _, list := range [][]Position{queries, points} {
		for _, p := range list {
			for _, v := range p {
				width = max(width, math.Abs(v)/maxCube)
			}
		}
	}
	return func(yield func(own, around []int32) bool) {
		sites := group(points, width)
		var around []int32
		asking := group(queries, width)
		for start := 0; start < len(asking.order); {
			c := asking.cubeOf[asking.order[start]]
			end := asking.runs[c].end
			around = sites.around(c, around[:0])
			if !yield(asking.order[start:end], around) {
				return
			}
			start = end
		}
	}
}

// maxCube keeps the numbers of cubes within 32 bits.
const maxCube = 1e9

// cube is the place of a cube in space: what lies within its width of a
// position in it is in it or in the 26 around it.
type cube [3]int32

type run struct{ start, end int }

// cubes are positions put in cubes.
type cubes struct {
	cubeOf []cube
	order  []int32 // indices of the positions, cube by cube, ascending in each
	runs   map[cube]run
}

func group(positions []Position, width float64) cubes {
	g := cubes{cubeOf: make([]cube, len(positions)), order: make([]int32, len(positions)), runs: map[cube]run{}}
	for i, p := range positions {
		for axis, v := range p {
			g.cubeOf[i][axis] = int32(math.Floor(v / width))
		}
		g.order[i] = int32(i)
	}
	slices.SortFunc(g.order, func(a, b int32) int {
		p, q := g.cubeOf[a], g.cubeOf[b]
		return cmp.Or(cmp.Compare(p[0], q[0]), cmp.Compare(p[1], q[1]), cmp.Compare(p[2], q[2]), cmp.Compare(a, b))
	})
	for start := 0; start < len(g.order); {
		c, end := g.cubeOf[g.order[start]], start+1
		for end < len(g.order) && g.cubeOf[g.order[end]] == c {
			end++
		}
		g.runs[c] = run{start, end}
		start = end
	}
	return g
}

func (g cubes) around(c cube, to []int32) []int32 {
	for x := c[0] - 1; x <= c[0]+1; x++ {
		for y := c[1] - 1; y <= c[1]+1; y++ {
			for z := c[2] - 1; z <= c[2]+1; z++ {
				r := g.runs[cube{x, y, z}]
				to = append(to, g.order[r.start:r.end]...)
			}
		}
	}
	return to
}
