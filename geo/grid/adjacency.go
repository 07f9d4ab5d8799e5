package grid

import "slices"

// Adjacency returns, for each cell of a strictly ascending list of one
// resolution, the places in the list of those neighbours that are in it,
// ascending. Cost: about 0.3 µs a cell.
func Adjacency(cells []Cell) [][]int32 {
	out := make([][]int32, len(cells))
	flat := make([]int32, 0, 6*len(cells))
	for i, c := range cells {
		start := len(flat)
		for _, n := range c.Neighbours() {
			if j, found := slices.BinarySearch(cells, n); found {
				flat = append(flat, int32(j))
			}
		}
		out[i] = flat[start:len(flat):len(flat)]
	}
	return out
}
