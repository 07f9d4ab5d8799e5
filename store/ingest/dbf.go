package ingest

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"atalaya/store"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
)

// dbf reads the records of a dBase table, which the attributes of a shapefile
// are.
type dbf struct {
	in      *bufio.Reader
	decoder *encoding.Decoder // nil tells UTF-8 from Windows-1252 cell by cell
	names   []string
	fields  []dbfField
	record  []byte
	left    uint32 // records
	cells   []string
}

type dbfField struct {
	kind   byte
	length int
}

// newDBF reads the header of a table. charset is what its .cpg says, if
// anything.
func newDBF(r io.Reader, charset string) (*dbf, error) {
	d := &dbf{in: bufio.NewReaderSize(r, 64<<10)}
	header := make([]byte, 32)
	if _, err := io.ReadFull(d.in, header); err != nil {
		return nil, d.damaged(err)
	}
	d.left = binary.LittleEndian.Uint32(header[4:])
	size := int(binary.LittleEndian.Uint16(header[8:]))
	d.record = make([]byte, binary.LittleEndian.Uint16(header[10:]))
	if size < len(header)+1 || len(d.record) == 0 {
		return nil, d.damaged(nil)
	}
	rest := make([]byte, size-len(header))
	if _, err := io.ReadFull(d.in, rest); err != nil {
		return nil, d.damaged(err)
	}
	d.decoder = dbfDecoder(charset, header[29])
	total := 1 // the mark of deleted records
	for len(rest) >= 32 && rest[0] != '\r' {
		name, _, _ := bytes.Cut(rest[:11], []byte{0})
		f := dbfField{kind: rest[11], length: int(rest[16])}
		if f.kind == 'C' { // long texts count on in the decimals
			f.length += int(rest[17]) << 8
		}
		if total += f.length; total > len(d.record) {
			return nil, d.damaged(nil)
		}
		d.names = append(d.names, d.text(name))
		d.fields = append(d.fields, f)
		rest = rest[32:]
	}
	return d, nil
}

// next reads the cells of the next record, and reports whether it is marked as
// deleted. Behind the last record all cells are blank.
func (d *dbf) next() (isDeleted bool, err error) {
	d.cells = d.cells[:0]
	if d.left == 0 {
		return false, nil
	}
	d.left--
	if _, err := io.ReadFull(d.in, d.record); err != nil {
		return false, d.damaged(err)
	}
	at := 1
	for _, f := range d.fields {
		d.cells = append(d.cells, d.cell(f, d.record[at:at+f.length]))
		at += f.length
	}
	return d.record[0] == '*', nil
}

func (d *dbf) cell(f dbfField, raw []byte) string {
	text := strings.Trim(d.text(raw), " \x00")
	switch f.kind {
	case 'D':
		if strings.Trim(text, "0") == "" {
			return ""
		}
		if len(text) == 8 && strings.Trim(text, "0123456789") == "" {
			return text[:4] + "-" + text[4:6] + "-" + text[6:]
		}
	case 'N', 'F':
		if strings.Trim(text, "*") == "" { // a number that did not fit
			return ""
		}
	case 'C', 'L':
	case 'I':
		if len(raw) == 4 {
			return sqlCell(int64(int32(binary.LittleEndian.Uint32(raw))))
		}
	default: // memos and pictures stand elsewhere
		return ""
	}
	return text
}

// text decodes bytes; a character that the width of the field cuts goes.
func (d *dbf) text(raw []byte) string {
	if d.decoder != nil {
		if text, err := d.decoder.Bytes(raw); err == nil {
			return string(text)
		}
	}
	trimmed := bytes.TrimRight(raw, " \x00")
	if trimmed = trimmed[:wholeRunes(trimmed)]; utf8.Valid(trimmed) {
		return string(trimmed)
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil {
		return string(raw)
	}
	return string(text)
}

func (d *dbf) damaged(err error) error {
	if known := (*store.Error)(nil); errors.As(err, &known) {
		return err
	}
	return store.Errorf(store.Invalid, "the .dbf is damaged: it ends or goes on where it should not")
}

// dbfDecoder returns the decoder of a charset as a .cpg names it, else of the
// language mark of a table; nil where both leave it open or name UTF-8.
func dbfDecoder(charset string, mark byte) *encoding.Decoder {
	name := strings.ToLower(strings.TrimSpace(charset))
	name = strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(name, "ansi"), "oem"))
	name = strings.TrimPrefix(name, "cp")
	switch {
	case name == "utf-8" || name == "utf8" || name == "65001":
		return nil
	case name == "850" || name == "" && mark == 0x02:
		return charmap.CodePage850.NewDecoder()
	case name == "437" || name == "" && mark == 0x01:
		return charmap.CodePage437.NewDecoder()
	case name == "1252" || name == "" && (mark == 0x03 || mark == 0x57 || mark == 0x58):
		return nil // or UTF-8, which programs forget to say
	case strings.HasPrefix(name, "8859"):
		name = "iso-8859-" + strings.TrimLeft(strings.TrimPrefix(name, "8859"), "-_")
	case len(name) == 4 && strings.HasPrefix(name, "125"):
		name = "windows-" + name
	}
	if e, err := htmlindex.Get(name); err == nil {
		return e.NewDecoder()
	}
	return nil
}
