package ingest_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"atalaya/fixtures/reference"
	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
)

// total returns the sum of the values of parts.
func total(parts []store.DenominatorPart) float64 {
	sum := 0.0
	for _, p := range parts {
		sum += p.Value
	}
	return sum
}

// wrong returns what is wrong with a file, as "row field=value".
func wrong(t *testing.T, err error) []string {
	t.Helper()
	var e *store.Error
	if !errors.As(err, &e) || e.Kind != store.Invalid {
		t.Fatalf("error %v, want one of kind invalid", err)
	}
	var out []string
	for _, p := range e.Problems {
		if p.Message == "" || p.Allowed == "" {
			t.Errorf("problem %+v does not say what is wrong and what is allowed", p)
		}
		out = append(out, fmt.Sprintf("%d %s=%s", p.Row, p.Field, p.Value))
	}
	return out
}

func TestADenominatorIsReadWhateverItsFormIs(t *testing.T) {
	point := func(value float64) store.DenominatorPart {
		return store.DenominatorPart{Geometry: orb.Point{-90.5, 14.25}, Value: value}
	}
	square := orb.Polygon{{{-91, 14}, {-90, 14}, {-90, 15}, {-91, 14}}}
	for _, c := range []struct {
		name, file string
		opts       ingest.DenominatorOptions
		column     string
		want       []store.DenominatorPart
	}{
		{"commas", "geoid,lng,lat,population\n\"1\",-90.5,14.25,20\n2,-90.5,14.25,54\n", ingest.DenominatorOptions{}, "population", []store.DenominatorPart{point(20), point(54)}},
		{"semicolons, decimal commas, Windows-1252", "longitud;latitud;Poblaci\xf3n;a\xf1o\n-90,5;14,25;20,5;1\n", ingest.DenominatorOptions{}, "Población", []store.DenominatorPart{point(20.5)}},
		{"a byte order mark and tabs", "\xef\xbb\xbfx\ty\tvalue\n-90.5\t14.25\t7\n\n", ingest.DenominatorOptions{}, "value", []store.DenominatorPart{point(7)}},
		{"UTF-16", utf16("x;y;residents\r\n-90,5;14,25;3\r\n"), ingest.DenominatorOptions{}, "residents", []store.DenominatorPart{point(3)}},
		{"degrees with letters", "lon,lat,premises\n90.5 W,14.25 N,0\n", ingest.DenominatorOptions{}, "premises", []store.DenominatorPart{point(0)}},
		{"thousands that show themselves", "x;y;value\n-90,5;14,25;1.234\n-90,5;14,25;1.234.567\n-90,5;14,25;0,5\n", ingest.DenominatorOptions{}, "value", []store.DenominatorPart{point(1234), point(1234567), point(0.5)}},
		{"thousands that somebody knows", "x;y;value\n-90,5;14,25;1.234\n", ingest.DenominatorOptions{Decimal: ","}, "value", []store.DenominatorPart{point(1234)}},
		{"decimals that somebody knows", "x;y;value\n-90,5;14,25;1.234\n", ingest.DenominatorOptions{Decimal: "."}, "value", []store.DenominatorPart{point(1.234)}},
		{"a column that is asked for", "x,y,value,shops\n-90.5,14.25,1,2\n", ingest.DenominatorOptions{Value: "shops"}, "shops", []store.DenominatorPart{point(2)}},
		{"WKT", "wkt;value\nPOINT(-90.5 14.25);1\nSRID=4326;;\n", ingest.DenominatorOptions{}, "", nil},
		{"WKT polygons beside points", "lon,lat,geometry,value\n1,2,\"POLYGON((-91 14,-90 14,-90 15,-91 14))\",5\n1,2,POINT(-90.5 14.25),6\n", ingest.DenominatorOptions{}, "value",
			[]store.DenominatorPart{{Geometry: square, Value: 5}, point(6)}},
		{"points beside a geometry that is no WKT", "lon,lat,geometry,value\n-90.5,14.25,0101,5\n", ingest.DenominatorOptions{}, "value", []store.DenominatorPart{point(5)}},
		{"GeoJSON", `{"type":"FeatureCollection","features":[
			{"type":"Feature","geometry":{"type":"Point","coordinates":[-90.5,14.25]},"properties":{"population":1.234}},
			{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[-91,14],[-90,14],[-90,15],[-91,14]]]},"properties":{"population":"1,5"}},
			{"type":"Feature","geometry":{"type":"MultiPolygon","coordinates":[[[[-91,14],[-90,14],[-90,15],[-91,14]]]]},"properties":{"population":0}}]}`, ingest.DenominatorOptions{}, "population",
			[]store.DenominatorPart{point(1.234), {Geometry: square, Value: 1.5}, {Geometry: orb.MultiPolygon{square}}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ingest.ReadDenominator(strings.NewReader(c.file), c.opts)
			if c.want == nil {
				if err == nil {
					t.Errorf("read as %+v", got)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(ingest.DenominatorFile{Column: c.column, Parts: c.want}, got); diff != "" {
				t.Errorf("differs (-want +got):\n%s", diff)
			}
		})
	}
}

// utf16 returns a text as UTF-16 with its mark.
func utf16(s string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, c := range []byte(s) {
		b.WriteByte(c)
		b.WriteByte(0)
	}
	return b.String()
}

func TestEveryBadRowOfADenominatorIsNamed(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"rows", "lon,lat,value\n-90,14,1\n-200,14,1\n-90,14,many\nhere,14,1\n-90,14,-1\n0,0,1\n-90,14,\n-90,14,1,2\n-90,14,20 m\n-90,14,1e13\n",
			[]string{"3 geometry=[-200 14]", "4 value=many", "5 lon=here", "6 value=-1", "7 geometry=[0 0]", "8 value=", "9 row=2", "10 value=20 m", "11 value=1e13"}},
		{"shapes", "wkt;value\nLINESTRING(1 1,2 2);1\nPOLYGON((1 1,2 2,3 1));1\nPOINT(1);1\nPOINT EMPTY;1\nSRID=32615|POINT(1 1);1\n",
			[]string{"2 geometry=LineString", "3 geometry=polygon 1 ring 1", "4 wkt=POINT(1)", "5 wkt=POINT EMPTY", "6 wkt=SRID=32615|POINT(1 1)"}},
		{"features", `{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1]},"properties":{"value":1}},
			{"type":"Feature","geometry":null,"properties":{"value":1}},7,{"type":"Feature","geometry":{"type":"Point","coordinates":[1,1]},"properties":{"value":-2}},
			{"type":"Feature","geometry":{"type":"Point","coordinates":[1,1]},"properties":null}]}`,
			[]string{`1 geometry={"type":"Point","coordinates":[1]}`, "2 geometry=null", "3 type=", "4 value=-2", "5 value="}},
		{"a value that can be read in two ways", "x;y;value\n-90,5;14,25;1.234\n", []string{"0 value=1.234"}},
		{"marks that contradict each other", "x;y;value\n-90,5;14,25;1.5\n-90,5;14,25;1,5\n", []string{"0 value=1,5"}},
		{"no value", "lon,lat,households\n1,1,1\n", []string{"0 value="}},
		{"two values", "lon,lat,population,premises\n1,1,1,1\n", []string{"0 value=population, premises"}},
		{"no place", "block,value\n1,1\n", []string{"1 header=block, value"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ingest.ReadDenominator(strings.NewReader(c.file), ingest.DenominatorOptions{})
			if got := wrong(t, err); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOfManyBadRowsTheFirstAreNamedAndAllCounted(t *testing.T) {
	_, err := ingest.ReadDenominator(strings.NewReader("lon,lat,value\n"+strings.Repeat("-90,14,x\n", 250)), ingest.DenominatorOptions{})
	if got := wrong(t, err); len(got) != ingest.MaxProblems || got[0] != "2 value=x" || got[99] != "101 value=x" {
		t.Errorf("%d problems, %q", len(got), got)
	}
	if !strings.HasPrefix(err.Error(), "250 rows are wrong") {
		t.Errorf("%.60s", err)
	}
}

func TestFilesThatAreNoDefinitionAreRefused(t *testing.T) {
	for _, file := range []string{
		"", " \n ", ",,\n,,\n", "lon,lat,value\n", "PK\x03\x04\x00\x00", `{"type":"FeatureCollection","features":[]}`, `{"type":"Topology"}`, `{"type":`, `{"a":1}`,
		`{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:32615"}},"features":[{}]}`,
	} {
		if _, err := ingest.ReadDenominator(strings.NewReader(file), ingest.DenominatorOptions{}); store.KindOf(err) != store.Invalid {
			t.Errorf("%q: %v, want an invalid file", file, err)
		}
	}
	_, err := ingest.ReadDenominator(strings.NewReader("x"), ingest.DenominatorOptions{Decimal: "'"})
	if got := wrong(t, err); !slices.Equal(got, []string{"0 decimal='"}) {
		t.Errorf("%q", got)
	}
	big := strings.NewReader(strings.Repeat("a", ingest.MaxDefinitionBytes+1))
	if _, err := ingest.ReadDenominator(big, ingest.DenominatorOptions{}); store.KindOf(err) != store.TooLarge {
		t.Errorf("%v, want too large", err)
	}
}

func TestPlacesAreReadWithTheirNames(t *testing.T) {
	long := strings.Repeat("Plaza ", 12)
	for _, c := range []struct {
		name, file string
		opts       ingest.PlaceOptions
		want       []store.Place
	}{
		{"CSV", "Nombre;longitud;latitud;tipo\nMercado N\xba 1;-90,5;14,6;market\n Estaci\xf3n Norte ;-90,4;14,7;\n", ingest.PlaceOptions{}, []store.Place{
			{ID: "mercado-n-1", Name: "Mercado Nº 1", Point: orb.Point{-90.5, 14.6}, Kind: "market"},
			{ID: "estacion-norte", Name: "Estación Norte", Point: orb.Point{-90.4, 14.7}},
		}},
		{"ids of their own", "id,name,lon,lat\nM 1,Mercado,1,2\n2,Mercado,3,4\n", ingest.PlaceOptions{}, []store.Place{
			{ID: "m-1", Name: "Mercado", Point: orb.Point{1, 2}}, {ID: "2", Name: "Mercado", Point: orb.Point{3, 4}},
		}},
		{"GeoJSON", `{"type":"Feature","id":"p1","geometry":{"type":"Point","coordinates":[1,2,3]},"properties":{"name":"A","kind":"park","synthetic":true}}`, ingest.PlaceOptions{}, []store.Place{
			{ID: "p1", Name: "A", Point: orb.Point{1, 2}, Kind: "park", Synthetic: true},
		}},
		{"a name that is asked for", "name,label,lon,lat\n1,A,1,2\n", ingest.PlaceOptions{Name: "label"}, []store.Place{{ID: "a", Name: "A", Point: orb.Point{1, 2}}}},
		{"a long name", "name,lon,lat\n" + long + ",1,2\n", ingest.PlaceOptions{}, []store.Place{
			{ID: "plaza-plaza-plaza-plaza-plaza-plaza-plaza-plaza-plaza-plaza", Name: strings.TrimSpace(long), Point: orb.Point{1, 2}},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ingest.ReadPlaces(strings.NewReader(c.file), c.opts)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("differs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEveryBadPlaceIsNamed(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"rows", "name,lon,lat\nA,1,2\n,1,2\nA,1,2\nB,1,100\nC,0,0\n", []string{"3 id=", "3 name=", "4 id=a", "5 geometry=[1 100]", "6 geometry=Point"}},
		{"shapes", "name;wkt\nA;POLYGON((1 1,2 1,2 2,1 1))\n", []string{"2 geometry=Polygon"}},
		{"no names", "label,lon,lat\nA,1,2\n", []string{"0 name="}},
		{"two names", "name,nombre,lon,lat\nA,A,1,2\n", []string{"0 name=name, nombre"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ingest.ReadPlaces(strings.NewReader(c.file), ingest.PlaceOptions{})
			if got := wrong(t, err); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// The file has 10,393 blocks (10,394 lines with the header), whose people
// were summed with awk.
func TestTheBlocksOfMemphisAreRead(t *testing.T) {
	f, err := os.Open(reference.Data(t, "memphis/memphis_population_blocks.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() //nolint:errcheck // read only
	got, err := ingest.ReadDenominator(f, ingest.DenominatorOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got.Column != "population" || len(got.Parts) != 10393 || total(got.Parts) != 634612 {
		t.Errorf("column %s, %d parts, %v people", got.Column, len(got.Parts), total(got.Parts))
	}
	if want := (store.DenominatorPart{Geometry: orb.Point{-90.056919, 35.135426}, Value: 20}); !cmp.Equal(got.Parts[0], want) {
		t.Errorf("first part %+v, want %+v", got.Parts[0], want)
	}
}

func FuzzReadDenominator(f *testing.F) {
	for _, file := range []string{
		"lon,lat,value\n-90.5,14.25,1.234\n", "wkt;value\nPOLYGON((1 1,2 1,2 2,1 1));1\nMULTIPOLYGON(((1 1,2 1,2 2,1 1)));2\nSRID=4326;POINT EMPTY;3\n",
		`{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[1,1]},"properties":{"value":"1,5"}}]}`,
	} {
		f.Add([]byte(file))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		got, err := ingest.ReadDenominator(strings.NewReader(string(file)), ingest.DenominatorOptions{})
		switch {
		case err == nil && len(got.Parts) == 0:
			t.Error("a file was read and has nothing")
		case err != nil && store.KindOf(err) != store.Invalid && store.KindOf(err) != store.TooLarge:
			t.Errorf("the file is to blame, not %v", err)
		}
		for _, p := range got.Parts {
			if problems := p.Problems(); problems != nil {
				t.Errorf("part %+v was read and cannot be stored: %+v", p, problems)
			}
		}
		_, _ = ingest.ReadPlaces(strings.NewReader(string(file)), ingest.PlaceOptions{}) // must not panic
	})
}
