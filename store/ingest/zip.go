package ingest

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"path/filepath"
	"strings"

	"atalaya/store"

	"github.com/klauspost/compress/flate"
)

const zipMagic = "PK\x03\x04"

// The limits of a zip file.
const (
	maxMembers    = 1000
	maxCandidates = 50 // of them that could hold incidents
)

// archive is a zip file, by its members.
type archive struct {
	members []*zip.File
	byName  map[string]*zip.File // in lower case, with slashes
	limit   int64
}

// newArchive reads the directory of a zip file.
func newArchive(b *body, limit int64) (*archive, error) {
	z, err := zip.NewReader(b, b.size)
	if err != nil {
		return nil, store.Errorf(store.Invalid, "the zip container is damaged or was cut off on its way (%v); fetch it again", err)
	}
	z.RegisterDecompressor(zip.Deflate, flate.NewReader) // the faster one
	if len(z.File) > maxMembers {
		return nil, store.Errorf(store.TooLarge, "the zip container has %d members; allowed: up to %d", len(z.File), maxMembers)
	}
	a := &archive{byName: map[string]*zip.File{}, limit: limit}
	for _, f := range z.File {
		name := memberName(f)
		if !filepath.IsLocal(strings.TrimSuffix(name, "/")) {
			return nil, store.Errorf(store.Invalid, "the zip container has a member %q, which leads outside of it; allowed: names within", cut(f.Name))
		}
		a.byName[strings.ToLower(name)] = f
		a.members = append(a.members, f)
	}
	return a, nil
}

func memberName(f *zip.File) string { return strings.ReplaceAll(f.Name, `\`, "/") }

// has reports whether there is a member of that name.
func (a *archive) has(name string) bool { return a.byName[strings.ToLower(name)] != nil }

// open reads a member, guarded by limit and ratio.
func (a *archive) open(f *zip.File) (io.ReadCloser, error) {
	if f.Flags&1 != 0 {
		return nil, store.Errorf(store.Invalid, "member %q of the zip container is encrypted; unpack it with its password first", cut(f.Name))
	}
	if f.UncompressedSize64 > uint64(a.limit) {
		return nil, store.Errorf(store.TooLarge, "member %q of the zip container is over %d bytes", cut(f.Name), a.limit)
	}
	in, err := f.Open()
	if err != nil {
		return nil, store.Errorf(store.Invalid, "member %q of the zip container cannot be unpacked: %v", cut(f.Name), err)
	}
	return &member{name: f.Name, in: in, guarded: &capped{r: in, compressed: &tally{bytes: int64(f.CompressedSize64)}}}, nil
}

// member is a member of a zip file that is being read.
type member struct {
	name    string
	in      io.ReadCloser
	guarded *capped
}

func (m *member) Read(p []byte) (int, error) {
	n, err := m.guarded.Read(p)
	if err == nil || atEnd(err) || store.KindOf(err) != store.Internal {
		return n, err
	}
	return n, store.Errorf(store.Invalid, "member %q of the zip container is damaged: %v", cut(m.name), err)
}

func (m *member) Close() error { return m.in.Close() }

// openZip opens what is in a zip file: a workbook, which is one, or the one
// file or shapefile of incidents that is packed in it, whatever else is.
func (o *opener) openZip(b *body) (*table, error) {
	a, err := newArchive(b, o.spool.limit)
	if err != nil {
		return nil, err
	}
	switch {
	case a.has("xl/workbook.bin"):
		return nil, store.Errorf(store.Invalid, "the file is a binary Excel workbook (xlsb), which is not read; save it as xlsx or CSV")
	case a.has("_rels/.rels") && a.has("[Content_Types].xml"):
		return o.openWorkbook(a)
	case a.has("mimetype") && a.has("content.xml"):
		return nil, store.Errorf(store.Invalid, "the file is an OpenDocument file (ods), which is not read; save it as xlsx or CSV")
	}
	parts, err := o.packedParts(a)
	if err != nil {
		return nil, err
	}
	named := o.part
	if len(parts) == 1 { // it may be a workbook with sheets
		named = ""
	}
	if named != "" {
		o.part = ""
	}
	t, err := choosePart("packed file", named, parts, true)
	if err != nil {
		return nil, err
	}
	t.container += ".zip"
	return t, nil
}

// packedParts lists the members of a zip file that could hold incidents.
func (o *opener) packedParts(a *archive) ([]part, error) {
	var parts []part
	total := uint64(0)
	for _, f := range a.members {
		if a.isBeside(f) {
			continue
		}
		open := func() (*table, error) { return o.openMember(a, f) }
		if strings.EqualFold(path.Ext(f.Name), ".shp") {
			open = func() (*table, error) { return o.openShapefile(a, f) }
		}
		parts = append(parts, part{name: memberName(f), size: int64(f.UncompressedSize64), open: open})
		total += f.UncompressedSize64
	}
	if len(parts) > maxCandidates {
		return nil, store.Errorf(store.TooLarge, "the zip file holds %d files; allowed: up to %d, one of them with incidents", len(parts), maxCandidates)
	}
	if total > uint64(a.limit) {
		return nil, store.Errorf(store.TooLarge, "the zip file is over %d bytes when unpacked", a.limit)
	}
	return parts, nil
}

// isBeside reports whether a member is no file of its own: a folder, what
// systems leave behind, what belongs to a shapefile.
func (a *archive) isBeside(f *zip.File) bool {
	name := memberName(f)
	base := path.Base(name)
	if strings.HasSuffix(name, "/") || strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, ".") ||
		strings.EqualFold(base, "thumbs.db") || strings.EqualFold(base, "desktop.ini") {
		return true
	}
	ext := path.Ext(base)
	if strings.EqualFold(ext, ".shp") {
		return false
	}
	stem := strings.TrimSuffix(name, ext)
	return a.has(stem+".shp") || strings.EqualFold(path.Ext(stem), ".shp") // robos.shp.xml
}

// openMember opens a packed file.
func (o *opener) openMember(a *archive, f *zip.File) (*table, error) {
	in, err := a.open(f)
	if err != nil {
		return nil, err
	}
	plain, err := o.spool.write(in)
	if err = errors.Join(err, in.Close()); err != nil {
		return nil, err
	}
	inner := *o
	inner.depth++
	return inner.open(plain)
}
