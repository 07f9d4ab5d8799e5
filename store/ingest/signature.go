package ingest

import (
	"bytes"

	"atalaya/store"
)

// readable ends every refusal of a file for what it is.
const readable = "allowed: delimited text (CSV, TSV, …) and GeoJSON points, either of them also gzipped"

// signature is how a container that is recognised and not read begins.
type signature struct{ magic, name string }

func signatures() []signature {
	return []signature{
		{"PK\x03\x04", "a zip container (xlsx, zipped shapefile, …)"},
		{"PK\x05\x06", "an empty zip container"},
		{"\xd0\xcf\x11\xe0", "an old Office file (xls)"},
		{"SQLite format 3\x00", "a SQLite database (GeoPackage, …)"},
		{"PAR1", "a Parquet file"},
		{"\x00\x00\x27\x0a", "a shapefile"},
		{"\x1f\x8b", "gzip within gzip"},
		{"BZh", "a bzip2 file"},
		{"\xfd7zXZ", "an xz file"},
		{"\x28\xb5\x2f\xfd", "a zstd file"},
		{"7z\xbc\xaf", "a 7-zip file"},
		{"Rar!", "a rar file"},
		{"%PDF", "a PDF"},
		{"\x89PNG", "a picture"},
		{"\xff\xd8\xff", "a picture"},
		{"\x7fELF", "a program"},
	}
}

// refuseSignature tells what a file is that begins with a known signature of
// something that is not read; nil where it begins with none.
func refuseSignature(head []byte) error {
	for _, s := range signatures() {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return store.Errorf(store.Invalid, "the file is %s, which is not read; %s", s.name, readable)
		}
	}
	return nil
}

// refuseBinary refuses text that has a NUL byte, or more than one control
// character in a hundred bytes: text files have neither.
func refuseBinary(head []byte) error {
	controls := 0
	for _, b := range head {
		switch {
		case b == 0:
			return store.Errorf(store.Invalid, "the file is binary (it has NUL bytes); %s", readable)
		case b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' && b != 0x1e:
			controls++
		}
	}
	if controls*100 > len(head) {
		return store.Errorf(store.Invalid, "the file is binary (%d of its first %d bytes are control characters); %s",
			controls, len(head), readable)
	}
	return nil
}

// refuseMarkup refuses XML and HTML, which are text but no records.
func refuseMarkup(head []byte) error {
	if trimmed := bytes.TrimLeft(head, " \t\r\n"); len(trimmed) > 1 && trimmed[0] == '<' {
		return store.Errorf(store.Invalid, "the file is XML or HTML; %s", readable)
	}
	return nil
}
