package grid_test

import (
	"slices"
	"strings"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/geo/grid"

	"github.com/paulmach/orb"
)

func TestOracleCoverReturnsEveryCellOfTheStudyArea(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			area, exists := set.StudyArea(t)
			if !exists {
				t.Skip("this data set gives its cells, not a study area")
			}
			got, err := grid.Cover(area, set.Res, grid.CoverOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if want := cellsOf(t, set); !slices.Equal(got, want) {
				t.Errorf("%d cells, want the %d of counts.csv", len(got), len(want))
			}
		})
	}
}

func TestOracleAdjacencyEqualsTheNeighbours(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			neighbours := map[string][]string{}
			cells := cellsOf(t, set)
			for i, adjacent := range grid.Adjacency(cells) {
				for _, j := range adjacent {
					neighbours[cells[i].String()] = append(neighbours[cells[i].String()], cells[j].String())
				}
			}
			want := set.Against(t, "neighbours.csv")
			for _, row := range want.Rows {
				want.Equal(row, "neighbours", strings.Join(neighbours[row["cell"]], "|"))
			}
			want = set.Against(t, "counts.csv")
			for _, row := range want.Rows {
				want.Equal(row, "n_neighbours", len(neighbours[row["cell"]]))
			}
		})
	}
}

func TestOracleCellAtEqualsTheExpectedCell(t *testing.T) {
	for _, set := range reference.Sets(t) {
		t.Run(set.Name, func(t *testing.T) {
			want := set.Against(t, "incidents.csv")
			differ := 0
			for _, row := range want.Rows {
				if row["expected_cell"] == "" {
					continue
				}
				point := orb.Point{row.Float(t, "lng"), row.Float(t, "lat")}
				got, err := grid.CellAt(point, set.Res)
				if err != nil {
					t.Fatal(err)
				}
				want.Equal(row, "expected_cell", got)
				fine, err := grid.CellAt(point, 11)
				if err != nil {
					t.Fatal(err)
				}
				if parent, _ := fine.Parent(set.Res); parent != got {
					differ++
				}
			}
			// Why layers index points and not the parents of stored cells.
			t.Logf("the res-11 cell's parent differs from the point's own cell for %d of %d incidents", differ, len(want.Rows))
		})
	}
}

func cellsOf(t *testing.T, set reference.Set) []grid.Cell {
	t.Helper()
	var cells []grid.Cell
	for _, row := range set.Table(t, "counts.csv") {
		cell, err := grid.ParseCell(row["cell"])
		if err != nil {
			t.Fatal(err)
		}
		cells = append(cells, cell)
	}
	slices.Sort(cells)
	return cells
}
