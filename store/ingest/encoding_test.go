package ingest

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func TestTextIsReadInItsEncoding(t *testing.T) {
	const spanish = "Delito,Año\nRobo a peatón,2024\n"
	late := strings.Repeat("robo,2024\n", sniffBytes/10+100) // ASCII beyond the window
	for _, c := range []struct {
		name  string
		text  string
		bytes []byte
		want  string
	}{
		{"plain", "a,b\n", []byte("a,b\n"), "utf-8"},
		{"utf-8", spanish, []byte(spanish), "utf-8"},
		{"utf-8 with mark", spanish, []byte("\xef\xbb\xbf" + spanish), "utf-8"},
		{"utf-16le", spanish, encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), spanish), "utf-16le"},
		{"utf-16be", spanish, encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), spanish), "utf-16be"},
		{"utf-16le without mark", spanish, encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), spanish), "utf-16le"},
		{"utf-16be without mark", spanish, encoded(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), spanish), "utf-16be"},
		{"windows-1252", spanish + "“x” €", encoded(t, charmap.Windows1252, spanish+"“x” €"), "windows-1252"},
		{"windows-1252 that shows late", late + spanish, encoded(t, charmap.Windows1252, late+spanish), "windows-1252"},
		{"utf-8 with a stray byte", "peatón " + late + "ñ", []byte("peatón " + late + "\xf1"), "utf-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := decode(bufio.NewReaderSize(bytes.NewReader(c.bytes), sniffBytes))
			if err != nil {
				t.Fatal(err)
			}
			got, err := io.ReadAll(text)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.text {
				t.Errorf("text differs: %d bytes, want %d", len(got), len(c.text))
			}
			if text.name() != c.want {
				t.Errorf("encoding %s, want %s", text.name(), c.want)
			}
		})
	}
}

// However the bytes arrive, mending them gives what strings.ToValidUTF8 would
// keep, and one character for each byte that is not UTF-8.
func TestMendingDoesNotDependOnHowBytesArrive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOf(rapid.SampledFrom([]byte("aé\xc3\xa9\xf1\xe2\x82\xac\xf0\x9f\x98\x80"))).Draw(t, "raw")
		whole := decodeWith(bytes.NewReader(raw), "utf-8", &mended{})
		trickled := decodeWith(iotest.OneByteReader(bytes.NewReader(raw)), "utf-8", &mended{})
		a, err := io.ReadAll(whole)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(trickled)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a, b) || !bytes.Equal(a, bytes.ToValidUTF8(a, nil)) {
			t.Fatalf("%q became %q and %q", raw, a, b)
		}
	})
}

func encoded(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}
