package pages_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"atalaya/geo/grid"
	"atalaya/handlers/pages"
	"atalaya/store"
	"atalaya/store/layer"
	"atalaya/store/sqlite"

	"github.com/gin-gonic/gin"
	"github.com/paulmach/orb"
)

func zone() *time.Location { return time.FixedZone("America/Guatemala", -6*60*60) }

// now is when the tests' pages are read.
func now() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, zone()) }

// centre is the middle of the tests' city, a square of about 22 km.
var centre = orb.Point{-90.5, 14.6}

const halfSide = 0.1 // degrees

// town says what the store of a test holds.
type town struct {
	spots     int  // hotspots: one hot cell each
	scattered int  // incidents all over the town
	noAreas   bool // no study area, no sectors
	synthetic bool
	police    int // incidents that police found
}

// newStore returns a store with the town in it: incidents over the 24 months
// that end with October 2026.
func newStore(t *testing.T, town town) store.Store {
	t.Helper()
	ctx := context.Background()
	st, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "town.gpkg"), sqlite.Options{Clock: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(st.PutCategory(ctx, store.Category{Code: "robbery", NameES: "Robo a peatón", NameEN: "Street robbery", Origin: store.Reported}))
	must(st.PutCategory(ctx, store.Category{Code: "drugs", NameES: "Posesión de drogas", NameEN: "Drug possession", Origin: store.PoliceInitiated}))
	if !town.noAreas {
		must(st.PutAreas(ctx,
			store.Area{ID: "city", Name: "Ciudad de Prueba (demo)", Kind: store.StudyArea, Geometry: square(-halfSide, halfSide), Synthetic: true},
			store.Area{ID: "s-01", Name: "Sector 01 · El Molino (demo)", Kind: store.Sector, Geometry: square(-halfSide, 0), Synthetic: true},
			store.Area{ID: "s-02", Name: "Sector 02 · La Ceiba (demo)", Kind: store.Sector, Geometry: square(0, halfSide), Synthetic: true},
		))
	}
	if town.spots+town.scattered+town.police == 0 {
		return st
	}
	must(st.Load(ctx, func(l store.Loader) error {
		if err := l.PutSource(store.Source{Code: "test", Name: "Test", TimeZone: "America/Guatemala", Synthetic: town.synthetic}); err != nil {
			return err
		}
		_, err := l.Put(town.incidents())
		return err
	}))
	return st
}

// square is the town between two longitudes, in degrees from its centre.
func square(west, east float64) orb.MultiPolygon {
	b := orb.Bound{Min: orb.Point{centre.Lon() + west, centre.Lat() - halfSide}, Max: orb.Point{centre.Lon() + east, centre.Lat() + halfSide}}
	return orb.MultiPolygon{b.ToPolygon()}
}

// spot is the middle of hotspot i: they stand in rows of eight, 2 km apart.
func spot(i int) orb.Point {
	return orb.Point{centre.Lon() - 0.07 + 0.02*float64(i%8), centre.Lat() - 0.07 + 0.02*float64(i/8)}
}

func (town town) incidents() []store.Incident {
	random := rand.New(rand.NewPCG(1, 2))
	start := time.Date(2024, 11, 1, 6, 0, 0, 0, time.UTC)
	span := time.Date(2026, 11, 1, 6, 0, 0, 0, time.UTC).Sub(start)
	var out []store.Incident
	add := func(category string, p orb.Point) {
		from := start.Add(time.Duration(random.Int64N(int64(span)))).Truncate(time.Minute)
		out = append(out, store.Incident{
			Source: "test", SourceID: fmt.Sprint(len(out)), Category: category, Point: p,
			From: from, To: from.Add(time.Minute), TimePrecision: store.Minute,
		})
	}
	for range town.scattered {
		add("robbery", orb.Point{centre.Lon() + halfSide*(2*random.Float64()-1), centre.Lat() + halfSide*(2*random.Float64()-1)})
	}
	for i := range town.spots {
		for range 200 - i { // fewer each, so that the order is known
			add("robbery", spot(i))
		}
	}
	for range town.police {
		add("drugs", centre)
	}
	return out
}

// serve returns the pages over a store, behind the routes that the API gives
// them.
func serve(t *testing.T, st store.Store, assets pages.Assets) http.Handler {
	t.Helper()
	gin.SetMode(gin.ReleaseMode)
	p, err := pages.New(pages.Options{Store: st, Maker: layer.NewMaker(st), Assets: assets, Clock: now, TimeZone: zone(), Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	r := gin.New()
	r.Use(func(c *gin.Context) { c.Header("X-Request-Id", "request-7") })
	r.GET("/", p.Root)
	r.GET("/:lang/", p.Home)
	r.GET("/:lang/map", p.Map)
	r.GET("/:lang/hotspots/:id", p.Hotspot)
	r.GET("/static/*file", p.Static)
	r.GET("/:lang/broken", func(c *gin.Context) { p.Error(c, errors.New("the disk is on fire")) })
	r.NoRoute(p.NotFound)
	return r
}

// get asks for a page and fails unless it answers with the status.
func get(t *testing.T, h http.Handler, path string, status int) page {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	if w.Code != status {
		t.Fatalf("GET %s: status %d, want %d\n%s", path, w.Code, status, w.Body)
	}
	return page{header: w.Header(), body: w.Body.String()}
}

// cellAt is the resolution 9 cell of a point.
func cellAt(t *testing.T, p orb.Point) string {
	t.Helper()
	c, err := grid.CellAt(p, 9)
	if err != nil {
		t.Fatal(err)
	}
	return c.String()
}
