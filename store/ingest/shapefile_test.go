package ingest

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"atalaya/store"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
)

// shapeFile writes a .shp of shapes, given by their content.
func shapeFile(kind byte, shapes ...[]byte) []byte {
	b := []byte("\x00\x00\x27\x0a" + strings.Repeat("\x00", 96))
	b[32] = kind
	for i, content := range shapes {
		b = binary.BigEndian.AppendUint32(b, uint32(i+1))
		b = binary.BigEndian.AppendUint32(b, uint32(len(content)/2))
		b = append(b, content...)
	}
	return b
}

// shape writes a shape of some type of numbers.
func shape(kind byte, numbers ...float64) []byte {
	b := []byte{kind, 0, 0, 0}
	for _, n := range numbers {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(n))
	}
	return b
}

// dbfFile writes a table of texts of 10 bytes and dates of 8, by its header's
// language mark and the records as they stand.
func dbfFile(mark byte, fields string, records ...string) []byte {
	b := []byte(strings.Repeat("\x00", 32))
	b[0], b[29] = 3, mark
	width := 1
	for i, kind := range []byte(fields) {
		field := make([]byte, 32)
		copy(field, []byte{'F', byte('1' + i)})
		field[11], field[16] = kind, 10
		if kind == 'D' {
			field[16] = 8
		}
		width += int(field[16])
		b = append(b, field...)
	}
	b = append(b, '\r')
	binary.LittleEndian.PutUint32(b[4:], uint32(len(records)))
	binary.LittleEndian.PutUint16(b[8:], uint16(len(b)))
	binary.LittleEndian.PutUint16(b[10:], uint16(width))
	for _, r := range records {
		b = append(b, r+strings.Repeat(" ", width-len(r))...)
	}
	return b
}

func packed(t testing.TB, files map[string][]byte) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAShapefileIsReadWithItsCompanions(t *testing.T) {
	opened, err := openString(t, packed(t, map[string][]byte{
		"a/Robos.SHP": shapeFile(11, shape(11, 1.5, 2, 3, 0), shape(0), shape(11, -1e39, -1e39, 0, 0), shape(11, 4, 5, 0, 0)),
		"a/Robos.dbf": dbfFile(0, "CDN", " peat\xc3\xb3n   20240105 12.50", " x         00000000**********", "*gone", " y         20240106   -7"),
		"a/Robos.prj": []byte("\xef\xbb\xbfPROJCS[\"x\"]\n"),
		"a/Robos.cpg": []byte("UTF-8"),
		"a/Robos.shx": []byte("x"), "a/Robos.shp.xml": []byte("<x/>"), "leame.txt": []byte("nada"),
	}))
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{{"[1.5,2]", "peatón", "2024-01-05", "12.50"}, {"", "x", "", ""}, {"[4,5]", "y", "2024-01-06", "-7"}}
	if diff := cmp.Diff(rows, rowsIn(t, opened)); diff != "" {
		t.Error(diff)
	}
	if opened.container != "shp.zip" || opened.crs != `PROJCS["x"]` || !strings.Contains(strings.Join(opened.notes, ";"), "leame.txt") {
		t.Errorf("container %s, crs %q, notes %q", opened.container, opened.crs, opened.notes)
	}
}

func TestTextsOfADBFAreReadInItsEncoding(t *testing.T) {
	dos, err := charmap.CodePage850.NewEncoder().String("peatón")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, charset string
		mark          byte
		raw           string
	}{
		{"as its .cpg says", "UTF-8", 0x57, "peatón"},
		{"as its .cpg says, by a number", "1252", 0, "peat\xf3n"},
		{"as its .cpg says, Esri's way", "ISO 88591", 0, "peat\xf3n"},
		{"as its .cpg says, by another name", "8859-1", 0, "peat\xf3n"},
		{"of Windows, unsaid", "", 0, "peat\xf3n"},
		{"UTF-8, unsaid", "", 0x57, "peatón"},
		{"of DOS, by its mark", "", 0x02, dos},
		{"of DOS, by its .cpg", "OEM 850", 0x03, dos},
	} {
		d, err := newDBF(bytes.NewReader(dbfFile(c.mark, "C", " "+c.raw)), c.charset)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.next(); err != nil || d.cells[0] != "peatón" {
			t.Errorf("%s: got %q, %v", c.name, d.cells, err)
		}
	}
}

func TestAShapefileWithoutCompanionsHasPlacesAlone(t *testing.T) {
	opened, err := openString(t, packed(t, map[string][]byte{"a.shp": shapeFile(1, shape(1, 1, 2))}))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"[1,2]"}}, rowsIn(t, opened)); diff != "" || len(opened.notes) != 2 {
		t.Errorf("%s, notes %q", diff, opened.notes)
	}
}

func TestShapefilesThatAreDamagedAreRefused(t *testing.T) {
	whole := shapeFile(1, shape(1, 1, 2), shape(1, 3, 4))
	for name, files := range map[string]map[string][]byte{
		"a .shp that ends early":      {"a.shp": whole[:len(whole)-5]},
		"a .shp of nothing":           {"a.shp": nil},
		"a shape of wild length":      {"a.shp": append(shapeFile(1), "\x00\x00\x00\x01\x7f\xff\xff\xff"...)},
		"a .dbf that ends early":      {"a.shp": whole, "a.dbf": dbfFile(0, "CC", " x", " y")[:110]},
		"a .dbf of wild field length": {"a.shp": whole, "a.dbf": bytes.Replace(dbfFile(0, "C", " x"), []byte{'C'}, []byte{'D'}, 1)[:40]},
	} {
		if _, err := openString(t, packed(t, files)); store.KindOf(err) != store.Invalid {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func FuzzDBF(f *testing.F) {
	f.Add(dbfFile(3, "CDNLMI", " x"), "850")
	f.Fuzz(func(_ *testing.T, b []byte, charset string) {
		d, err := newDBF(bytes.NewReader(b), charset)
		for rows := 0; err == nil && d.left > 0 && rows < 1000; rows++ {
			_, err = d.next()
		}
	})
}

func FuzzShapes(f *testing.F) {
	f.Add(shapeFile(1, shape(1, 1, 2)), dbfFile(3, "C", " x"))
	f.Fuzz(func(t *testing.T, shp, table []byte) {
		opened, err := openString(t, packed(t, map[string][]byte{"a.shp": shp, "a.dbf": table}))
		for rows := 0; err == nil && rows < 1000; rows++ {
			_, err = opened.next()
		}
	})
}
