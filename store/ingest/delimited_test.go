//nolint:misspell // words of Spanish and of American English are meant
package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"

	"atalaya/store"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// readAll splits text and returns its records with their rows.
func readAll(text string) (rows []int, cells [][]string, err error) {
	d := newDelimited(bufio.NewReaderSize(strings.NewReader(text), 16), ',', newlineOf([]byte(text)))
	for {
		rec, err := d.next()
		if atEnd(err) {
			return rows, cells, nil
		}
		if err != nil {
			return rows, cells, err
		}
		rows = append(rows, rec.row)
		cells = append(cells, append([]string(nil), rec.cells...))
	}
}

func TestRecordsAreSplitAsExportsWriteThem(t *testing.T) {
	for _, c := range []struct {
		name, text string
		rows       []int
		cells      [][]string
	}{
		{"LF", "a,b\nc,d\n", []int{1, 2}, [][]string{{"a", "b"}, {"c", "d"}}},
		{"CRLF", "a,b\r\nc,d\r\n", []int{1, 2}, [][]string{{"a", "b"}, {"c", "d"}}},
		{"CR alone", "a,b\rc,d", []int{1, 2}, [][]string{{"a", "b"}, {"c", "d"}}},
		{"no newline at the end", "a,b\nc,d", []int{1, 2}, [][]string{{"a", "b"}, {"c", "d"}}},
		{"blank lines count as rows", "a,b\n\n,\nc,d\n", []int{1, 4}, [][]string{{"a", "b"}, {"c", "d"}}},
		{"quotes", "\"a\",\"b,c\"\n", []int{1}, [][]string{{"a", "b,c"}}},
		{"doubled quotes", `"a ""b"" c",d`, []int{1}, [][]string{{`a "b" c`, "d"}}},
		{"a quoted newline is part of its row", "\"a\nb\",c\nd,e\n", []int{1, 2}, [][]string{{"a\nb", "c"}, {"d", "e"}}},
		{"a quoted CRLF stays", "\"a\r\nb\",c\r\n", []int{1}, [][]string{{"a\r\nb", "c"}}},
		{"quotes inside a bare cell", "a \"b\" c,d\n", []int{1}, [][]string{{`a "b" c`, "d"}}},
		{"text after a closing quote", "\"TIENDA \"LA ESPERANZA,5\n", []int{1}, [][]string{{"TIENDA LA ESPERANZA", "5"}}},
		{"blanks before a quote", "a, \"b,c\"\n", []int{1}, [][]string{{"a", "b,c"}}},
		{"an empty quoted cell", "a,\"\"\n", []int{1}, [][]string{{"a", ""}}},
		{"empty cells at the end", "a,,\n", []int{1}, [][]string{{"a", "", ""}}},
		{"longer than the buffer", strings.Repeat("x", 40) + ",b\n", []int{1}, [][]string{{strings.Repeat("x", 40), "b"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, cells, err := readAll(c.text)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.rows, rows); diff != "" {
				t.Error("rows", diff)
			}
			if diff := cmp.Diff(c.cells, cells); diff != "" {
				t.Error("cells", diff)
			}
		})
	}
}

func TestRecordsThatCannotBeSplitAreRefused(t *testing.T) {
	for _, c := range []struct {
		name, text, want string
		kind             store.Kind
	}{
		{"a quote that never closes", "a,b\nc,\"d\ne,f\n", "row 2 opens a quote in column 2 that never closes", store.Invalid},
		{"a record over the limit", strings.Repeat("x", MaxRecordBytes+1), "row 1 is over 1048576 bytes", store.TooLarge},
		{"a quoted record over the limit", "\"" + strings.Repeat("x\n", MaxRecordBytes/2+1), "row 1 is over 1048576 bytes", store.TooLarge},
		{"too many columns", strings.Repeat(",", MaxColumns) + "a\n", "row 1 has over 4096 cells", store.TooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readAll(c.text)
			if store.KindOf(err) != c.kind || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// What encoding/csv writes is read back cell by cell.
func TestWrittenRecordsAreReadBack(t *testing.T) {
	cell := rapid.StringOfN(rapid.RuneFrom([]rune("ab,;\"\n ñ|\t")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		width := rapid.IntRange(2, 4).Draw(t, "width")
		var want [][]string
		var text strings.Builder
		w := csv.NewWriter(&text)
		for range rapid.IntRange(1, 5).Draw(t, "records") {
			// The first cell is never blank, for blank rows are passed over.
			cells := []string{"x" + cell.Draw(t, "first")}
			for range width - 1 {
				cells = append(cells, cell.Draw(t, "cell"))
			}
			want = append(want, cells)
			if err := w.Write(cells); err != nil {
				t.Fatal(err)
			}
		}
		w.Flush()
		_, got, err := readAll(text.String())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%q: %s", text.String(), diff)
		}
	})
}

func TestAFailingReaderEndsTheRecordsWithItsError(t *testing.T) {
	broken := errors.New("line cut")
	d := newDelimited(bufio.NewReader(io.MultiReader(strings.NewReader("a,b\nc,"), &failing{broken})), ',', '\n')
	if _, err := d.next(); err != nil {
		t.Fatal(err)
	}
	if _, err := d.next(); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// failing is a reader that fails.
type failing struct{ err error }

func (f *failing) Read([]byte) (int, error) { return 0, f.err }

func TestTheDelimiterIsTheOneThatMakesARegularTable(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       byte
	}{
		{"commas", "id,lat,lon\n1,14.6,-90.5\n", ','},
		{"semicolons with decimal commas", "id;lat;lon\n1;14,6;-90,5\n2;14,7;-90,6\n", ';'},
		{"tabs with commas in texts", "delito\tlat\tlon\nrobo, agravado\t14.6\t-90.5\nhurto, simple\t1\t2\n", '\t'},
		{"pipes", "id|lat|lon\n1|14.6|-90.5\n", '|'},
		{"commas in quotes do not count", "\"a,b\";\"c,d\"\n\"e,f\";\"g,h\"\n", ';'},
		{"semicolons in texts", "id,lat,lon,nota\n1,14.6,-90.5,a;b;c\n2,14.6,-90.5,d\n", ','},
		{"no header, decimal commas", "1;14,6349;-90,5069\n2;14,6350;-90,5070\n", ';'},
		{"none at all", "geometry\nPOINT(1 2)\n", ','},
		{"sep line", "sep=;\nid;lat;lon\n1;14,6;-90,5\n", ';'},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sniffDelimiter([]byte(c.text)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTheHeaderIsFoundAndNoIncidentIsTakenForOne(t *testing.T) {
	for _, c := range []struct {
		name   string
		text   string
		start  int
		headed bool
	}{
		{"a header", "ID,Fecha,Latitud,Longitud\n1,2024-01-01,14.6,-90.5\n", 0, true},
		{"no header", "1,2024-01-01,14.634900,-90.506900\n2,2024-01-02,14.634901,-90.506901\n", 0, false},
		{"no header, a text that names a field", "Delito contra la vida,2024-01-01,14.634900,-90.506900\n", 0, false},
		{"no header, coordinates missing in the first row", "Robo,,,\nHurto,2024-01-02,14.634901,-90.506901\n", 0, false},
		{"a title above", "Reporte de incidentes,,,\n,,,\nID,Fecha,Latitud,Longitud\n1,2024-01-01,14.6,-90.5\n", 1, true},
		{"names of no field", "a,b,c\n1,2,3\n", 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, cells, err := readAll(c.text)
			if err != nil {
				t.Fatal(err)
			}
			sample := make([]record, len(cells))
			for i := range cells {
				sample[i] = record{row: i + 1, cells: cells[i]}
			}
			if start, headed := findHeader(sample); start != c.start || headed != c.headed {
				t.Errorf("got %d, %v; want %d, %v", start, headed, c.start, c.headed)
			}
		})
	}
}

func TestColumnsGetNamesThatNoOtherHas(t *testing.T) {
	got := uniqueNames([]string{"id", " id ", "", "id (2)", "id"})
	want := []string{"id", "id (2)", "column_3", "id (2) (2)", "id (3)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzSniff(f *testing.F) {
	for _, seed := range []string{"a;b\n1;2\n", "sep=|\nid|lat\n", "\"a\"\"b\",c\r", "\xef\xbb\xbfid\tlat", "\x1f\x8b"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if delimiter := sniffDelimiter(b); !strings.ContainsRune(",;\t|", rune(delimiter)) {
			t.Errorf("delimiter %q", delimiter)
		}
		opened, err := open(bytes.NewReader(b), 1<<20)
		if err != nil {
			return
		}
		rows, columns := 0, len(opened.columns())
		for {
			rec, err := opened.next()
			if err != nil {
				break
			}
			if rec.row <= rows {
				t.Errorf("row %d after row %d", rec.row, rows)
			}
			rows = rec.row
		}
		if columns == 0 || opened.container == "" || opened.text.name() == "" {
			t.Errorf("%d columns, container %q, encoding %q", columns, opened.container, opened.text.name())
		}
	})
}
