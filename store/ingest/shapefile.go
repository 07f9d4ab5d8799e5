package ingest

import (
	"archive/zip"
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"path"
	"strings"

	"atalaya/store"
)

// The shape types that are points (Esri's technical description of 1998).
const (
	nullShape       = 0
	pointShape      = 1
	multiPointShape = 8
	pointZShape     = 11
	pointMShape     = 21
)

const (
	shapeHeaderBytes = 100
	maxShapeBytes    = MaxRecordBytes
)

// openShapefile opens a shapefile of points by its .shp, with the companions
// of the same name.
func (o *opener) openShapefile(a *archive, f *zip.File) (*table, error) {
	stem := strings.TrimSuffix(memberName(f), path.Ext(f.Name))
	companion := func(ext string) *zip.File { return a.byName[strings.ToLower(stem+ext)] }
	crs, err := a.text(companion(".prj"))
	if err != nil {
		return nil, err
	}
	encoding, err := a.text(companion(".cpg"))
	if err != nil {
		return nil, err
	}
	t, err := newTable("shp", func() (recordReader, error) {
		in, err := a.open(f)
		if err != nil {
			return nil, err
		}
		s := &shapes{in: bufio.NewReaderSize(in, 64<<10), columns: []string{geometryColumn}}
		if err := s.open(); err != nil {
			return nil, err
		}
		if dbf := companion(".dbf"); dbf != nil {
			in, err := a.open(dbf)
			if err != nil {
				return nil, err
			}
			if s.attributes, err = newDBF(in, encoding); err != nil {
				return nil, err
			}
			s.columns = uniqueNames(append(s.columns, s.attributes.names...))
		}
		return s, nil
	})
	if err != nil {
		return nil, err
	}
	t.geojson, t.crs = true, crs
	if crs == "" {
		t.notes = append(t.notes, "the shapefile has no .prj, which would name its coordinate system")
	}
	if companion(".dbf") == nil {
		t.notes = append(t.notes, "the shapefile has no .dbf: its points come without times, categories and ids")
	}
	return t, nil
}

// text returns a small member as text without blanks around it, nothing where
// it is not there.
func (a *archive) text(f *zip.File) (string, error) {
	if f == nil {
		return "", nil
	}
	in, err := a.open(f)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(io.LimitReader(in, 64<<10))
	return strings.TrimSpace(strings.TrimPrefix(string(b), "\xef\xbb\xbf")), errors.Join(err, in.Close())
}

// shapes reads the points of a shapefile with their attributes.
type shapes struct {
	in         *bufio.Reader
	attributes *dbf // nil where there are none
	columns    []string
	content    []byte
	cells      []string
	row        int
}

func (s *shapes) names() []string { return s.columns }

// open reads the header.
func (s *shapes) open() error {
	header := make([]byte, shapeHeaderBytes)
	if _, err := io.ReadFull(s.in, header); err != nil || binary.BigEndian.Uint32(header) != 9994 {
		return store.Errorf(store.Invalid, "the .shp has no header of a shapefile: it is damaged")
	}
	switch kind := binary.LittleEndian.Uint32(header[32:]); kind {
	case nullShape, pointShape, multiPointShape, pointZShape, pointMShape, multiPointShape + 10, multiPointShape + 20:
		return nil
	default:
		return store.Errorf(store.Invalid, "the shapefile holds shapes of type %d; allowed: points (1, 11, 21), as lines and areas are not incidents", kind)
	}
}

func (s *shapes) next() (record, error) {
	for {
		place, err := s.shape()
		if err != nil {
			return record{}, err
		}
		s.row++
		s.cells = append(s.cells[:0], place)
		if s.attributes == nil {
			return record{row: s.row, cells: s.cells}, nil
		}
		isDeleted, err := s.attributes.next()
		if err != nil {
			return record{}, err
		}
		if !isDeleted {
			s.cells = append(s.cells, s.attributes.cells...)
			return record{row: s.row, cells: s.cells}, nil
		}
	}
}

// shape returns the next shape as a cell.
func (s *shapes) shape() (string, error) {
	var header [8]byte
	switch _, err := io.ReadFull(s.in, header[:]); {
	case atEnd(err):
		return "", err
	case err != nil:
		return "", s.damaged(err)
	}
	size := 2 * int64(binary.BigEndian.Uint32(header[4:]))
	if size < 4 || size > maxShapeBytes {
		return "", store.Errorf(store.Invalid, "shape %d of the shapefile has %d bytes; allowed: 4 to %d", s.row+1, size, maxShapeBytes)
	}
	if int64(cap(s.content)) < size {
		s.content = make([]byte, size)
	}
	s.content = s.content[:size]
	if _, err := io.ReadFull(s.in, s.content); err != nil {
		return "", s.damaged(err)
	}
	number := func(at int) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(s.content[at:])) }
	kind := binary.LittleEndian.Uint32(s.content)
	switch {
	case kind == nullShape:
		return "", nil
	case kind%10 == pointShape && size >= 20:
		return shapeCell(number(4), number(12)), nil
	case kind%10 == multiPointShape && size >= 56 && binary.LittleEndian.Uint32(s.content[36:]) == 1:
		return shapeCell(number(40), number(48)), nil
	}
	return otherGeometry + fmt.Sprintf("shape of type %d", kind), nil
}

func (s *shapes) damaged(err error) error {
	if known := (*store.Error)(nil); errors.As(err, &known) {
		return err
	}
	return store.Errorf(store.Invalid, "the shapefile ends within shape %d: it is damaged", s.row+1)
}

// noData is below every coordinate: what is less stands for none.
const noData = -1e38

func shapeCell(x, y float64) string {
	if x < noData || y < noData {
		return ""
	}
	return positionCell(x, y)
}
