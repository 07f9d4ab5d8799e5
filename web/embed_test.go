package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

func TestMapBundleReadsTheManifestOfTheBuild(t *testing.T) {
	manifest := func(s string) fstest.MapFS {
		return fstest.MapFS{".keep": {}, "manifest.json": {Data: []byte(s)}}
	}
	tests := []struct {
		name          string
		files         fs.FS
		script, style string
		built         bool
	}{
		{name: "nothing has been built", files: fstest.MapFS{".keep": {}}},
		{name: "the manifest is cut short", files: manifest(`{"src/map.ts": {`)},
		{name: "the manifest lacks the map", files: manifest(`{"src/other.ts": {"file": "other-1.js", "css": ["other-1.css"]}}`)},
		{name: "the map has no style sheet", files: manifest(`{"src/map.ts": {"file": "map-1.js"}}`)},
		{
			name:   "the map has been built",
			files:  manifest(`{"src/map.ts": {"file": "map-1.js", "css": ["map-2.css"]}}`),
			script: "/assets/map-1.js", style: "/assets/map-2.css", built: true,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			script, style, built := mapBundle(tt.files)
			if script != tt.script || style != tt.style || built != tt.built {
				t.Errorf("got %q, %q, %t, want %q, %q, %t", script, style, built, tt.script, tt.style, tt.built)
			}
		})
	}
}

func TestTheCompressedFilesHoldTheSameAsThePlainOnes(t *testing.T) {
	script, style, built := MapBundle()
	if !built {
		t.Skip("the map has not been built (make web)")
	}
	for _, address := range []string{script, style} {
		name := strings.TrimPrefix(address, Prefix)
		if size := len(read(t, name+".br")); size == 0 {
			t.Errorf("%s.br is empty", name)
		}
		r, err := gzip.NewReader(bytes.NewReader(read(t, name+".gz")))
		if err != nil {
			t.Fatal(err)
		}
		unpacked, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(unpacked, read(t, name)) {
			t.Errorf("%s.gz holds something else than %s", name, name)
		}
	}
}

func TestTheMapStaysWithinItsBudget(t *testing.T) {
	const budget = 480 << 10 // bytes, gzipped: script, worker and style sheet
	if _, _, built := MapBundle(); !built {
		t.Skip("the map has not been built (make web)")
	}
	var manifest map[string]chunk
	if err := json.Unmarshal(read(t, "manifest.json"), &manifest); err != nil {
		t.Fatal(err)
	}
	entry := manifest[mapEntry]
	if len(entry.Assets) != 1 {
		t.Fatalf("the map has %v beside it, want its worker alone", entry.Assets)
	}
	total := 0
	for _, name := range append([]string{entry.File, entry.Assets[0]}, entry.CSS...) {
		size := gzipped(t, read(t, name))
		t.Logf("%s: %d bytes gzipped", name, size)
		total += size
	}
	if total > budget {
		t.Errorf("the map takes %d bytes gzipped, more than %d", total, budget)
	}
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(Files(), name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func gzipped(t *testing.T, plain []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(plain); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}
