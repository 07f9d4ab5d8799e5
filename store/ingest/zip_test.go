package ingest_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"atalaya/store"
	"atalaya/store/ingest"

	"github.com/google/go-cmp/cmp"
)

// member is a file to be packed.
type member struct{ name, text string }

func zipped(t testing.TB, members ...member) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, m := range members {
		w, err := z.Create(m.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(m.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAPackedFileIsReadLikeTheFileItself(t *testing.T) {
	_, want, err := readText(t, small, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for container, text := range map[string]string{
		"csv.zip":        zipped(t, member{"a.csv", small}),
		"csv.gz.zip":     zipped(t, member{"a.csv.gz", gzipped(t, small)}),
		"csv.zip.gz":     gzipped(t, zipped(t, member{"a.csv", small})),
		"csv.gz.zip.zip": zipped(t, member{"b.zip", zipped(t, member{"a", gzipped(t, small)})}),
	} {
		_, got, err := readText(t, text, ingest.Options{})
		if err != nil {
			t.Errorf("%s: %v", container, err)
			continue
		}
		if got.Container != container {
			t.Errorf("container %q, want %q", got.Container, container)
		}
		got.Container = want.Container
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(container, diff)
		}
	}
}

func TestOneOfSeveralPackedFilesCanBeNamed(t *testing.T) {
	text := zipped(t, member{"a.csv", small}, member{"b.csv", strings.ReplaceAll(small, "theft", "robbery")})
	_, _, err := readText(t, text, ingest.Options{})
	wantError(t, err, store.Invalid, "of the kind packed file (a.csv, b.csv): unpack it")
	all, _, err := readText(t, text, ingest.Options{Sheet: "b.csv"})
	if err != nil || all[0].RawCategory != "robbery" {
		t.Errorf("got %+v, %v", all, err)
	}
	_, _, err = readText(t, text, ingest.Options{Sheet: "c.csv"})
	wantError(t, err, store.Invalid, `no packed file "c.csv"; allowed: `)
}

func TestZipFilesAreRefusedWithTheReason(t *testing.T) {
	var crowd []member
	for i := range 1001 {
		crowd = append(crowd, member{fmt.Sprintf("%d.csv", i), small})
	}
	encrypted := []byte(zipped(t, member{"a.csv", small}))
	central := bytes.Index(encrypted, []byte("PK\x01\x02"))
	encrypted[central+8] |= 1 // the flag of encryption
	deep := small
	for range 5 {
		deep = zipped(t, member{"a", deep})
	}
	for _, c := range []struct {
		name, text string
		kind       store.Kind
		want       string
	}{
		{"cut off", zipped(t, member{"a.csv", small})[:100], store.Invalid, "damaged or was cut off"},
		{"thousands of members", zipped(t, crowd...), store.TooLarge, "1001 members; allowed: up to 1000"},
		{"more files than are looked at", zipped(t, crowd[:51]...), store.TooLarge, "51 files; allowed: up to 50"},
		{"a name that leads outside", zipped(t, member{"../../etc/a.csv", small}), store.Invalid, "leads outside"},
		{"a name that leads outside in Windows", zipped(t, member{`..\a.csv`, small}), store.Invalid, "leads outside"},
		{"an encrypted member", string(encrypted), store.Invalid, "is encrypted"},
		{"a bomb", zipped(t, member{"a.csv", strings.Repeat("a,b,c\n", 4<<20)}), store.TooLarge, "grows to more than 250 times"},
		{"containers within containers", deep, store.Invalid, "over 3 containers"},
		{"nothing but folders", zipped(t, member{"a/", ""}), store.Invalid, "no packed file"},
		{"an OpenDocument file", zipped(t, member{"mimetype", "x"}, member{"content.xml", "<x/>"}), store.Invalid, "OpenDocument"},
		{"a binary workbook", zipped(t, member{"xl/workbook.bin", "x"}), store.Invalid, "xlsb"},
		{"no incidents", zipped(t, member{"a.txt", "read me"}, member{"b.csv", "id,name\n1,x\n"}), store.Invalid, "the file has no places"},
		{"a shapefile of areas", zipped(t, member{"a.shp", shapeHeader(5)}), store.Invalid, "shapes of type 5; allowed: points"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := readText(t, c.text, ingest.Options{})
			wantError(t, err, c.kind, c.want)
		})
	}
	_, _, err := readText(t, zipped(t, member{"a.csv", strings.Repeat(small, 100)}), ingest.Options{MaxBytes: 2000})
	wantError(t, err, store.TooLarge, "over 2000 bytes")
}

// shapeHeader is the header of a .shp of some shape type.
func shapeHeader(kind byte) string {
	header := make([]byte, 100)
	copy(header, "\x00\x00\x27\x0a")
	header[32] = kind
	return string(header)
}
