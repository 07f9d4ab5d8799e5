package ingest

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
		{"a text as a formula", "=\"0012\",\"=\"\"0013\"\"\"\n", []int{1}, [][]string{{"0012", "0013"}}},
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

// A flaw costs the record that has it, and no other.
func TestRecordsThatAreNotWholeAreToldApartFromTheRest(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string // row and reason, nothing where the record is whole
	}{
		{"a quote that never closes above whole records", "a,b\nc,\"d\ne,f\ng,h\n", []string{"1 ", "2 broken_record", "3 ", "4 "}},
		{"a quote that another record closes", "a,b\nc,\"d\ne,f\ng,\"h\"\ni,j\n", []string{"1 ", "2 broken_record", "3 ", "4 ", "5 "}},
		{"cut off within a quote", "a,b\nc,d\ne,\"f", []string{"1 ", "2 ", "3 cut_short"}},
		{"cut off within a quoted text of several lines", "a,b,c\nd,e,f\ng,\"h, i\nj", []string{"1 ", "2 ", "3 cut_short"}},
		{"cut off before its last cells", "a,b,c\nd,e,f\ng,h", []string{"1 ", "2 ", "3 cut_short"}},
		{"whole but for the last newline", "a,b,c\nd,e,f\ng,h,", []string{"1 ", "2 ", "3 "}},
		{"the last of many short ones", "a,b,c\nd,e,f\ng,h\ni,j\nk", []string{"1 ", "2 ", "3 ", "4 ", "5 "}},
		{"the end mark of DOS", "a,b\nc,d\n\x1a", []string{"1 ", "2 "}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDelimited(bufio.NewReader(strings.NewReader(c.text)), ',', '\n')
			var got []string
			for {
				rec, err := d.next()
				if err != nil {
					break
				}
				reason := ""
				if rec.flaw != nil {
					reason = rec.flaw.Reason
				}
				got = append(got, fmt.Sprintf("%d %s", rec.row, reason))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
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
		name  string
		text  string
		start int
		depth int
	}{
		{"a header", "ID,Fecha,Latitud,Longitud\n1,2024-01-01,14.6,-90.5\n", 0, 1},
		{"no header", "1,2024-01-01,14.634900,-90.506900\n2,2024-01-02,14.634901,-90.506901\n", 0, 0},
		{"no header, a text that names a field", "Delito contra la vida,2024-01-01,14.634900,-90.506900\n", 0, 0},
		{"no header, coordinates missing in the first row", "Robo,,,\nHurto,2024-01-02,14.634901,-90.506901\n", 0, 0},
		{"a title above", "Reporte de incidentes,,,\n,,,\nID,Fecha,Latitud,Longitud\n1,2024-01-01,14.6,-90.5\n", 1, 1},
		{"names of no field", "a,b,c\n1,2,3\n", 0, 1},
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
			if start, depth := findHeader(sample); start != c.start || depth != c.depth {
				t.Errorf("got %d, %d; want %d, %d", start, depth, c.start, c.depth)
			}
		})
	}
}

func TestColumnsGetNamesThatNoOtherHas(t *testing.T) {
	got := uniqueNames([]string{"id", " id ", "", "id_2", "id", "Fecha\nhecho"})
	want := []string{"id", "id_2", "column_3", "id_2_2", "id_3", "Fecha hecho"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Whatever a file is, its rows count up and have columns. The files of
// fixtures/ingest are the seeds, of every container there is.
func FuzzSniff(f *testing.F) {
	for _, seed := range []string{"a;b\n1;2\n", "sep=|\nid|lat\n", "\"a\"\"b\",c\r", "\xef\xbb\xbfid\tlat", "\x1f\x8b"} {
		f.Add([]byte(seed))
	}
	files, err := filepath.Glob("../../fixtures/ingest/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if delimiter := sniffDelimiter(b); !strings.ContainsRune(",;\t|", rune(delimiter)) {
			t.Errorf("delimiter %q", delimiter)
		}
		opened, err := openString(t, string(b))
		if err != nil {
			if store.KindOf(err) == store.Internal {
				t.Errorf("a fault of ours: %v", err)
			}
			return
		}
		if err := opened.rewind(); err != nil {
			t.Fatal(err)
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
		if columns == 0 || opened.container == "" {
			t.Errorf("%d columns, container %q", columns, opened.container)
		}
	})
}
