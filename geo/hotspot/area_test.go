package hotspot_test

import (
	"slices"

	"pgregory.net/rapid"
)

// chain returns the neighbours of n cells in a row.
func chain(n int) [][]int32 {
	out := make([][]int32, n)
	for i := range out {
		if i > 0 {
			out[i] = append(out[i], int32(i-1))
		}
		if i < n-1 {
			out[i] = append(out[i], int32(i+1))
		}
	}
	return out
}

// area draws the counts of n cells and which of them adjoin: a chain with
// random links, so that no cell is an island.
func area(t *rapid.T, n int) (counts []float64, neighbours [][]int32) {
	counts, neighbours = make([]float64, n), chain(n)
	for i := range counts {
		counts[i] = float64(rapid.IntRange(0, 9).Draw(t, "count"))
	}
	for range rapid.IntRange(0, n/2).Draw(t, "links") {
		i, j := int32(rapid.IntRange(0, n-1).Draw(t, "from")), int32(rapid.IntRange(0, n-1).Draw(t, "to"))
		if i != j && !slices.Contains(neighbours[i], j) {
			neighbours[i], neighbours[j] = append(neighbours[i], j), append(neighbours[j], i)
		}
	}
	return counts, neighbours
}

// rearranged returns the area with cell i in place order[i].
func rearranged(counts []float64, neighbours [][]int32, order []int) ([]float64, [][]int32) {
	c, nb := make([]float64, len(counts)), make([][]int32, len(counts))
	for i, to := range order {
		c[to] = counts[i]
		for _, j := range neighbours[i] {
			nb[to] = append(nb[to], int32(order[j]))
		}
	}
	return c, nb
}
