package ingest

import (
	"bufio"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"atalaya/store"

	"github.com/google/go-cmp/cmp"
)

// openString opens a file given as text.
func openString(t testing.TB, s string) (*table, error) {
	t.Helper()
	spool := &spool{ctx: context.Background(), dir: t.TempDir(), limit: 1 << 30}
	t.Cleanup(func() {
		if err := spool.close(); err != nil {
			t.Error(err)
		}
	})
	opener := &opener{ctx: spool.ctx, spool: spool}
	return opener.open(&body{at: strings.NewReader(s), size: int64(len(s))})
}

// rowsIn returns the cells of all records of a table; of flawed ones the
// reason alone.
func rowsIn(t testing.TB, opened *table) [][]string {
	t.Helper()
	if err := opened.rewind(); err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for {
		rec, err := opened.next()
		if atEnd(err) {
			return rows
		}
		if err != nil {
			t.Fatal(err)
		}
		if rec.flaw != nil {
			rows = append(rows, []string{rec.flaw.Reason})
			continue
		}
		rows = append(rows, append([]string(nil), rec.cells...))
	}
}

func TestJSONIsReadInEveryShapeThatServersWrite(t *testing.T) {
	const feature = `{"type":"Feature","id":7,"properties":{"a":"x"},"geometry":{"type":"Point","coordinates":[1, 2]}}`
	for _, c := range []struct {
		name, text, container string
		columns               []string
		rows                  [][]string
	}{
		{"a collection", `{"type":"FeatureCollection","features":[` + feature + `]}`, "geojson", []string{"geometry", "feature.id", "a"}, [][]string{{"[1,2]", "7", "x"}}},
		{"a feature", feature, "geojsonseq", []string{"geometry", "feature.id", "a"}, [][]string{{"[1,2]", "7", "x"}}},
		{"features in an array", "[" + feature + "," + feature + "]", "geojson", []string{"geometry", "feature.id", "a"}, [][]string{{"[1,2]", "7", "x"}, {"[1,2]", "7", "x"}}},
		{"a feature a line", feature + "\n" + feature, "geojsonseq", []string{"geometry", "feature.id", "a"}, [][]string{{"[1,2]", "7", "x"}, {"[1,2]", "7", "x"}}},
		{"record separators", "\x1e" + feature + "\n\x1e" + strings.ReplaceAll(feature, ",", ",\n"), "geojsonseq", []string{"geometry", "feature.id", "a"}, [][]string{{"[1,2]", "7", "x"}, {"[1,2]", "7", "x"}}},
		{"an object a line", `{"a":1,"b":null}` + "\n\n" + `{"a":"\u00f1","c":true}`, "ndjson", []string{"a", "b", "c"}, [][]string{{"1", "", ""}, {"ñ", "", "true"}}},
		{"objects over several lines", "{\n\"a\":1\n}\n{\n\"a\":2\n}\n", "ndjson", []string{"a"}, [][]string{{"1"}, {"2"}}},
		{"one object", `{"a":1,"tags":["x","y"]}`, "ndjson", []string{"a", "tags"}, [][]string{{"1", `["x","y"]`}}},
		{"an array of objects", `[{"a":1},{"a":12345678901234567890}]`, "json", []string{"a"}, [][]string{{"1"}, {"12345678901234567890"}}},
		{"objects within", `[{"at":{"lat":1.50,"lon":2}}]`, "json", []string{"at.lat", "at.lon"}, [][]string{{"1.50", "2"}}},
		{"a point within", `[{"at":{"type":"Point","coordinates":[2,1.50]}}]`, "json", []string{"at"}, [][]string{{"[2,1.50]"}}},
		{"an array in an object", `{"count":2,"data":[{"a":1},{"a":2}],"next":null}`, "json", []string{"a"}, [][]string{{"1"}, {"2"}}},
		{"an array in objects", `{"help":"x","result":{"fields":[{"id":"a"}],"records":[{"a":1}]}}`, "json", []string{"a"}, [][]string{{"1"}}},
		{"arrays under names", `{"columns":["a","b"],"index":[0],"data":[[1,null],[2,"x",3]]}`, "json", []string{"a", "b"}, [][]string{{"1", ""}, {"2", "x"}}},
		{"Esri's features", `{"features":[{"attributes":{"a":1},"geometry":{"x":2,"y":1.5}}]}`, "geojson", []string{"geometry", "a"}, [][]string{{"[2,1.5]", "1"}}},
		{"an empty collection", `{"type":"FeatureCollection","features":[]}`, "geojson", []string{"geometry"}, nil},
		{"a collection that is cut off", `{"type":"FeatureCollection","features":[` + feature + `,{"type":"Fea`, "geojson", []string{"geometry", "feature.id", "a"}, [][]string{{"[1,2]", "7", "x"}, {CutShort}}},
		{"an array that is cut off between objects", `[{"a":1},`, "json", []string{"a"}, [][]string{{"1"}, {CutShort}}},
		{"lines that are none", `{"a":1}` + "\nx\n" + `{"a":`, "ndjson", []string{"a"}, [][]string{{"1"}, {BrokenRecord}, {CutShort}}},
		{"items that are none", `[{"a":1},2]`, "json", []string{"a"}, [][]string{{"1"}, {BrokenRecord}}},
		{"members named like columns of features", `[` + strings.Replace(feature, `"a"`, `"geometry"`, 1) + `]`, "geojson", []string{"geometry", "feature.id", "properties.geometry"}, [][]string{{"[1,2]", "7", "x"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			opened, err := openString(t, c.text)
			if err != nil {
				t.Fatal(err)
			}
			rows := rowsIn(t, opened)
			for i := range rows { // columns that came later
				for len(rows[i]) < len(c.columns) && len(rows[i]) > 0 && rows[i][0] != CutShort && rows[i][0] != BrokenRecord {
					rows[i] = append(rows[i], "")
				}
			}
			if diff := cmp.Diff(c.columns, opened.columns()); diff != "" {
				t.Error("columns", diff)
			}
			if diff := cmp.Diff(c.rows, rows); diff != "" {
				t.Error("rows", diff)
			}
			if opened.container != c.container {
				t.Errorf("container %q, want %q", opened.container, c.container)
			}
		})
	}
}

func TestJSONThatHoldsNoRecordsIsRefused(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"an empty array", `[]`, "no records"},
		{"broken in the middle", `{"features":[{"type":"Feature","geometry":null},{"a":]}`, "broken after record 1"},
		{"cut off before its first record", `{"type":"FeatureCollection","features":[{"a"`, "before its first record"},
		{"areas", `{"features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[]}}]}`, "areas are not incidents"},
		{"a system that is named too late", `{"features":[{"type":"Feature","geometry":null}],"crs":{"properties":{"name":"urn:ogc:def:crs:EPSG::32615"}}}`, "(EPSG:32615) is named behind"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := openString(t, c.text)
			if store.KindOf(err) != store.Invalid || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestCoordinateSystemsOfJSONAreNamedByTheirNumber(t *testing.T) {
	for value, want := range map[string]string{
		`null`: "",
		`{"type":"name","properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}`: "EPSG:4326",
		`{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::32616"}}`:   "EPSG:32616",
		`{"type":"name","properties":{"name":"EPSG:3857"}}`:                     "EPSG:3857",
		`{"properties":{"name":"http://www.opengis.net/def/crs/EPSG/0/6350"}}`:  "EPSG:6350",
		`{"wkid":102100,"latestWkid":3857}`:                                     "EPSG:3857",
		`{"wkid":102113}`:                                                       "EPSG:3857",
		`{"wkt":"PROJCS[\"x\"]"}`:                                               `PROJCS["x"]`,
		`{"type":"link","properties":{"href":"x","type":"proj4","name":"Own"}}`: "Own",
	} {
		if got := coordinateSystem(json.RawMessage(value)); got != want {
			t.Errorf("%s: got %q, want %q", value, got, want)
		}
	}
}

func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"features":[{"type":"Feature"}]}`, `[{"a":{"b":[1]}}]`, "{\"a\":1}\n{", "\x1e{}", `{"data":[[1]],"columns":["a"]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if !startsLikeJSON(b) {
			return
		}
		opened, err := openJSON(func() (*text, error) { return decode(bufio.NewReader(strings.NewReader(string(b)))) }, b)
		if err != nil {
			return
		}
		row := 0
		for rec, err := opened.next(); err == nil; rec, err = opened.next() {
			if rec.row <= row || rec.flaw == nil && len(rec.cells) > len(opened.columns()) {
				t.Fatalf("row %d after %d, %d cells of %d columns", rec.row, row, len(rec.cells), len(opened.columns()))
			}
			row = rec.row
		}
	})
}
