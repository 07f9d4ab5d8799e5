package ingest

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"atalaya/store"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
)

// definedRows is delimited text with a header and, in each row, a place.
type definedRows struct {
	columns  []string
	index    map[string]int
	lines    *delimited
	first    record // under the header
	lon, lat int    // columns; -1 where they are none
	shape    int    // column of WKT; -1 where there is none
}

// openRows opens delimited text whose first bytes are head.
func openRows(text *text, head []byte) (*definition, error) {
	d := &definedRows{lines: newDelimited(text.Reader, sniffDelimiter(head), newlineOf(head)), index: map[string]int{}}
	header, err := d.lines.next()
	if errors.Is(err, io.EOF) {
		return nil, store.Errorf(store.Invalid, "the file has nothing but blank rows; %s", definitionAllowed)
	} else if err != nil {
		return nil, err
	}
	d.columns = uniqueNames(header.cells)
	for i, column := range d.columns {
		d.index[column] = i
	}
	if d.first, err = d.lines.next(); errors.Is(err, io.EOF) {
		return nil, store.Errorf(store.Invalid, "no row stands under the header (%s); %s", listed(d.columns), definitionAllowed)
	} else if err != nil {
		return nil, err
	}
	d.first.cells = slices.Clone(d.first.cells)
	if err := d.findPlace(); err != nil {
		return nil, err
	}
	return &definition{columns: d.columns, each: d.each}, nil
}

// findPlace chooses the columns of the place: WKT where the first row has it,
// else longitude and latitude.
func (d *definedRows) findPlace() error {
	d.lon, d.lat, d.shape = d.best(Lon, Lon.nameFloor()), d.best(Lat, Lat.nameFloor()), d.best(Point, 12)
	isPair := d.lon >= 0 && d.lat >= 0
	if isPair && d.shape >= 0 {
		if _, err := parseShape(cellAt(d.first.cells, d.shape)); err != nil {
			d.shape = -1
		}
	}
	if d.shape >= 0 || isPair {
		return nil
	}
	return &store.Error{Kind: store.Invalid, Message: "the file does not say where anything is", Problems: []store.Problem{
		{Row: 1, Field: "header", Value: listed(d.columns), Message: "names no place", Allowed: placeColumns},
	}}
}

// best returns the column whose name fits a field best, -1 where none scores
// as much as the floor.
func (d *definedRows) best(f Field, floor int) int {
	best, bestScore := -1, floor-1
	for i, column := range d.columns {
		if score := nameScore(f, wordsOf(column)); score > bestScore {
			best, bestScore = i, score
		}
	}
	return best
}

func (d *definedRows) each(visit func(defined)) error {
	rec := d.first
	for {
		cells := rec.cells
		e := defined{row: rec.row, value: func(column string) any {
			if i, there := d.index[column]; there {
				return cellAt(cells, i)
			}
			return nil
		}}
		switch {
		case rec.flaw != nil:
			e.flaw = &store.Problem{Field: "row", Value: strings.Join(cells, " "), Message: rec.flaw.Message, Allowed: "a whole record"}
		case len(cells) > len(d.columns):
			e.flaw = &store.Problem{Field: "row", Value: cells[len(d.columns)], Message: fmt.Sprintf("has %d cells", len(cells)), Allowed: fmt.Sprintf("%d cells, as the header has", len(d.columns))}
		default:
			e.geometry, e.flaw = d.place(cells)
		}
		visit(e)
		var err error
		if rec, err = d.lines.next(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// place returns where the record of the cells is, or why that cannot be told.
func (d *definedRows) place(cells []string) (orb.Geometry, *store.Problem) {
	if d.shape >= 0 {
		cell := cellAt(cells, d.shape)
		g, err := parseShape(cell)
		if err != nil {
			return nil, &store.Problem{Field: d.columns[d.shape], Value: cell, Message: err.Error(), Allowed: "WKT: POINT, POLYGON or MULTIPOLYGON, in degrees of WGS 84"}
		}
		return g, nil
	}
	var p orb.Point
	for axis, column := range []int{d.lon, d.lat} {
		cell := cellAt(cells, column)
		v, ok := parseDegrees(cell)
		if !ok {
			var a angle
			a, ok = parseAngle(cell)
			v = a.degrees
		}
		if !ok {
			return nil, &store.Problem{Field: d.columns[column], Value: cell, Message: "is no coordinate", Allowed: "degrees of WGS 84, such as -90.5133"}
		}
		p[axis] = v
	}
	return p, nil
}

// parseShape reads a geometry of WKT, also with the number of WGS 84 before it.
func parseShape(cell string) (orb.Geometry, error) {
	cell = strings.TrimSpace(cell)
	if len(cell) > 5 && strings.EqualFold(cell[:5], "SRID=") {
		system, rest, _ := strings.Cut(cell[5:], ";")
		if system != "4326" {
			return nil, errors.New("is in another coordinate system")
		}
		cell = strings.TrimSpace(rest)
	}
	g, err := wkt.Unmarshal(cell)
	if err != nil {
		return nil, errors.New("is no geometry")
	}
	return g, nil
}
