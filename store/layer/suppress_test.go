package layer_test

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/layer"

	"pgregory.net/rapid"
)

// secrets returns n sensitive incidents in a cell, at noon of days in a row.
func secrets(c grid.Cell, n int) []store.Incident {
	var out []store.Incident
	for k := range n {
		at := from2025.AddDate(0, 2, k).Add(12 * time.Hour)
		out = append(out, store.Incident{Source: "s", SourceID: c.String() + strconv.Itoa(k), Category: "secret", Origin: store.Reported, Point: c.Center(), From: at, To: at.Add(time.Minute)})
	}
	return out
}

var bothCategories = []string{"secret", "theft"}

func TestASmallSensitiveCountIsHiddenAmongOthers(t *testing.T) {
	cells := disk(t, 3).Cells
	cases := []struct {
		name   string
		counts []int // of the first cells
		hidden []int // places of cells
		used   int
	}{
		{"none below three", []int{3, 5}, nil, 8},
		{"one and two hide each other", []int{1, 2, 3}, []int{0, 1}, 6},
		{"a single one: in no number", []int{1, 7, 4, 4}, []int{0}, 15},
		{"twos alone: in no number", []int{2, 2, 4}, []int{0, 1}, 4},
		{"nothing to hide among: in no number", []int{2, 0, 0}, []int{0}, 0},
		{"all alike: in no number", []int{1, 1, 1}, []int{0, 1, 2}, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var incidents []store.Incident
			for n, count := range c.counts {
				incidents = append(incidents, secrets(cells[n], count)...)
			}
			l := layerFrom(t, layer.Query{Res: 8, Study: disk(t, 3), Categories: bothCategories}, incidents)
			var hidden []int
			for n, cell := range cells {
				got, _ := l.Cell(cell)
				if got.Hidden {
					hidden = append(hidden, n)
				}
				if got.Hidden && (got.Count != 0 || got.Why == "") || !got.Hidden && n < len(c.counts) && got.Count != c.counts[n] {
					t.Errorf("cell %d: %+v", n, got)
				}
			}
			if !slices.Equal(hidden, c.hidden) || l.Incidents.Used != c.used || l.Incidents.Hidden != len(c.hidden) {
				t.Errorf("hidden %v, used %d; want %v, %d", hidden, l.Incidents.Used, c.hidden, c.used)
			}
			for _, row := range csvRows(t, l) {
				cell, err := grid.ParseCell(row["cell"])
				if err != nil {
					t.Fatal(err)
				}
				if got, _ := l.Cell(cell); got.Hidden && row["count"]+row["rate"]+row["sum"]+row["gistar_z"] != "" || !got.Hidden && row["count"] == "" {
					t.Errorf("%v", row)
				}
			}
		})
	}
}

// A count could be told from a layer only if no other counts gave the same
// layer. So for every hidden count of one or two there must be other data, with
// another count in that cell, of which every method makes the same layer to the
// last byte: all that is published, totals and statistics included.
func TestNoHiddenCountCanBeToldFromALayer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		incidents := whereSomeAreSecret(t)
		for _, q := range askedFor(disk(t, 2)) {
			q.Categories = bothCategories
			for _, past := range []bool{false, q.Method == layer.Change} {
				holdUntold(t, q, incidents, past)
			}
		}
	})
}

// whereSomeAreSecret draws incidents, few to a cell, in an area and around it;
// ordinary ones on the first and the last day see to it that all months count.
func whereSomeAreSecret(t *rapid.T) []store.Incident {
	around := disk(t, 3).Cells
	var out []store.Incident
	for _, at := range []time.Time{from2025.AddDate(-3, 0, 0), from2025, to2025.Add(-time.Hour)} {
		out = append(out, store.Incident{Source: "s", SourceID: at.String(), Category: "theft", Origin: store.Reported, Point: around[0].Center(), From: at, To: at.Add(time.Minute)})
	}
	most := rapid.IntRange(1, 4).Draw(t, "most")
	for n, c := range around {
		for k := range rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3, 4}).Draw(t, "count") {
			at := from2025.Add(time.Duration(rapid.IntRange(-2*365*24, 364*24).Draw(t, "hour")) * time.Hour)
			i := store.Incident{Source: "s", SourceID: strconv.Itoa(10*n + k), Category: "theft", Origin: store.Reported, Point: c.Center(), From: at, To: at.Add(time.Minute)}
			if k < most {
				i.Category = "secret"
			}
			if rapid.IntRange(0, 4).Draw(t, "fallback") == 0 {
				i.LocationPrecision = store.FallbackLocation
			}
			out = append(out, i)
		}
	}
	return out
}

// holdUntold fails where a hidden count, of the layer's time or of the time
// before, can be told.
func holdUntold(t *rapid.T, q layer.Query, incidents []store.Incident, past bool) {
	l := layerFrom(t, q, incidents)
	want := written(t, l)
	inTime := func(i store.Incident) bool {
		from, to := q.From, q.To
		if past {
			from, to = from2025.AddDate(-2, 0, 0), from2025
		}
		return i.Category == "secret" && !i.From.Before(from) && i.From.Before(to) &&
			(q.Method != layer.Shift || q.Hours.Has(i.From.Add(-6*time.Hour).Hour()))
	}
	held := map[grid.Cell]int{}
	for _, i := range incidents {
		if inTime(i) {
			held[cellOf(t, i)]++
		}
	}
	var group, ring []grid.Cell
	for _, c := range l.Cells {
		if n := held[c.Cell]; n > 0 && n < layer.SmallestCount && !c.Hidden {
			t.Fatalf("%s: cell %s shows %d sensitive incidents", q.Method, c.Cell, n)
		}
		if n := held[c.Cell]; n > 0 && n < layer.SmallestCount {
			group = append(group, c.Cell)
		}
	}
	for c, n := range held {
		if _, shown := l.Cell(c); !shown && q.Ring > 0 && n < layer.SmallestCount {
			ring = append(ring, c)
		}
	}
	for _, group := range [][]grid.Cell{group, ring} {
		slices.Sort(group)
		for _, c := range group {
			others := secretsIn{group, held, inTime}.with(t, incidents, c)
			if got := written(t, layerFrom(t, q, others)); got != want {
				t.Fatalf("%s (past %t): cell %s is told to hold %d sensitive incidents", q.Method, past, c, held[c])
			}
		}
	}
}

// secretsIn is the sensitive incidents of one time that are hidden in a group
// of cells.
type secretsIn struct {
	group  []grid.Cell
	held   map[grid.Cell]int
	inTime func(store.Incident) bool
}

// with returns other data, with another count in the cell.
func (s secretsIn) with(t *rapid.T, incidents []store.Incident, c grid.Cell) []store.Incident {
	k := slices.IndexFunc(s.group, func(o grid.Cell) bool { return s.held[o] != s.held[c] })
	if k < 0 {
		return s.otherwise(t, incidents, s.held[c])
	}
	others := slices.Clone(incidents)
	for n, i := range others { // the two cells change places
		switch at := cellOf(t, i); {
		case s.inTime(i) && at == c:
			others[n].Point = s.group[k].Center()
		case s.inTime(i) && at == s.group[k]:
			others[n].Point = c.Center()
		}
	}
	return others
}

// otherwise makes two of the one sensitive incident of each cell, or one of the
// two.
func (s secretsIn) otherwise(t *rapid.T, incidents []store.Incident, held int) []store.Incident {
	var out []store.Incident
	seen := map[grid.Cell]bool{}
	for _, i := range incidents {
		c := cellOf(t, i)
		if !s.inTime(i) || !slices.Contains(s.group, c) {
			out = append(out, i)
			continue
		}
		if held == 1 {
			twin := i
			twin.SourceID += "twin"
			out = append(out, i, twin)
		} else if !seen[c] {
			out = append(out, i)
		}
		seen[c] = true
	}
	return out
}

func cellOf(t rapid.TB, i store.Incident) grid.Cell {
	t.Helper()
	c, err := grid.CellAt(i.Point, 8)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
