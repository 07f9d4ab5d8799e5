package layer_test

import (
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/layer"
	"atalaya/store/sqlite"
)

// tract is a store with an area of seven cells of resolution 8, a centre and
// its neighbours, three shifts that share out the day, and two categories of
// which assault is sensitive.
type tract struct {
	*sqlite.DB
	maker *layer.Maker
	cells []grid.Cell // the centre first
	ids   int
}

func newTract(t *testing.T) *tract {
	t.Helper()
	db, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "x.gpkg"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	centre, err := grid.CellAt(downtown, 8)
	if err != nil {
		t.Fatal(err)
	}
	tr := &tract{DB: db, maker: layer.NewMaker(db), cells: append([]grid.Cell{centre}, centre.Neighbours()...)}
	ascending := slices.Sorted(slices.Values(tr.cells))
	tr.must(t, db.PutSource(t.Context(), store.Source{Code: "s", Name: "S", TimeZone: "America/Guatemala"}))
	tr.must(t, db.PutAreas(t.Context(), store.Area{ID: "tract", Name: "Tract", Kind: store.StudyArea, Cells: ascending, Geometry: grid.Outlines(ascending)}))
	for code, sensitive := range map[string]bool{"robbery": false, "theft": false, "assault": true, "abuse": true} {
		tr.must(t, db.PutCategory(t.Context(), store.Category{Code: code, NameES: code, NameEN: code, Origin: store.Reported, Sensitive: sensitive}))
	}
	for code, hours := range map[string][2]int{"day": {6, 14}, "evening": {14, 22}, "night": {22, 6}} {
		tr.must(t, db.PutShift(t.Context(), store.Shift{Code: code, NameES: code, NameEN: code, Start: 60 * hours[0], End: 60 * hours[1]}))
	}
	return tr
}

func (tr *tract) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// put stores n incidents of a category in the middle of a cell between two
// local times of Guatemala, which are empty where the time is unknown.
func (tr *tract) put(t *testing.T, n int, category string, cell grid.Cell, from, to string) {
	t.Helper()
	var incidents []store.Incident
	for range n {
		tr.ids++
		i := at(t, from, to)
		i.SourceID, i.Category, i.Point, i.TimePrecision = strconv.Itoa(tr.ids), category, cell.Center(), store.Interval
		if from == "" {
			i.TimePrecision = store.UnknownTime
		}
		incidents = append(incidents, i)
	}
	put(t, tr.DB, incidents...)
}

func (tr *tract) ask(t *testing.T, q layer.StatisticQuery) *layer.Statistic {
	t.Helper()
	q.Layer.Areas = []string{"tract"}
	if q.Layer.Res == 0 {
		q.Layer.Res = 8
	}
	s, err := tr.maker.Statistic(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
