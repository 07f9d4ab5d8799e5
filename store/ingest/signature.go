package ingest

import (
	"bytes"
	"encoding/binary"

	"atalaya/store"
)

// readable ends every refusal of a file for what it is.
const readable = "allowed: delimited text (CSV, TSV, …), xlsx, GeoJSON, JSON, GeoPackage, zipped shapefile, Parquet, each also in gzip or zip"

// signature is how a container that is recognised and not read begins.
type signature struct{ magic, name string }

func signatures() []signature {
	return []signature{
		{"PK\x05\x06", "an empty zip container"},
		{"PARE", "an encrypted Parquet file"},
		{"\x00\x00\x27\x0a", "a shapefile without its companions: zip it with its .dbf and .prj"},
		{"\x1f\x8b", "gzip within gzip"},
		{"BZh", "a bzip2 file: unpack it"},
		{"\xfd7zXZ", "an xz file: unpack it"},
		{"\x28\xb5\x2f\xfd", "a zstd file: unpack it"},
		{"7z\xbc\xaf", "a 7-zip file: unpack it"},
		{"Rar!", "a rar file: unpack it"},
		{"%PDF", "a PDF: ask for the table that it was made of"},
		{"\x89PNG", "a picture"},
		{"\xff\xd8\xff", "a picture"},
		{"\x7fELF", "a program"},
		{"\x00\x01\x00\x00Standard ", "an Access database: export its table as CSV"},
	}
}

// officeMagic begins compound files (MS-CFB), as Excel wrote its own until
// 2003 and wraps encrypted ones until today.
const officeMagic = "\xd0\xcf\x11\xe0"

// refuseOffice tells which compound file it is that is not read.
func refuseOffice(b *body) error {
	header := make([]byte, 512)
	directory := make([]byte, 4096)
	if n, _ := b.ReadAt(header, 0); n == len(header) {
		first := int64(binary.LittleEndian.Uint32(header[48:])) // sector of the directory
		_, _ = b.ReadAt(directory, (first+1)<<binary.LittleEndian.Uint16(header[30:]))
	}
	if bytes.Contains(directory, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e")) {
		return store.Errorf(store.Invalid, "the workbook is encrypted with a password, which is not asked for; open it, take the password off and save it again")
	}
	return store.Errorf(store.Invalid, "the file is an old Excel or other Office file (xls), which is not read; open it and save it as xlsx or CSV")
}

// refuseSignature tells what a file is that begins with a known signature of
// something that is not read; nil where it begins with none.
func refuseSignature(head []byte) error {
	for _, s := range signatures() {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return store.Errorf(store.Invalid, "the file is not read: it is %s; %s", s.name, readable)
		}
	}
	if len(head) >= 262 && string(head[257:262]) == "ustar" {
		return store.Errorf(store.Invalid, "the file is not read: it is a tar archive: unpack it; %s", readable)
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
