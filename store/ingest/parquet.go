package ingest

import (
	"encoding/json"
	"io"
	"strings"

	"atalaya/store"

	"github.com/parquet-go/parquet-go"
)

const parquetMagic = "PAR1"

// openParquet opens a Parquet or GeoParquet file. Fields of structs are
// columns of their own, named by the path to them.
func (o *opener) openParquet(b *body) (t *table, err error) {
	defer asDamaged(&err)
	f, err := parquet.OpenFile(b, b.size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, store.Errorf(store.Invalid, "the Parquet file is damaged or was cut off on its way: %v", err)
	}
	geometry, crs := geoParquet(f)
	columns, err := parquetColumns(f.Root(), geometry)
	if err != nil {
		return nil, err
	}
	t, err = newTable("parquet", func() (recordReader, error) {
		p := &parquetRows{file: f, columns: columns, buffer: make([]parquet.Row, 64)}
		o.spool.closers = append(o.spool.closers, p)
		for _, c := range columns {
			p.header = append(p.header, c.name)
		}
		p.header = uniqueNames(p.header)
		return p, nil
	})
	if err != nil {
		return nil, err
	}
	t.geojson, t.crs = len(columns) > 0 && columns[0].isGeometry, crs
	return t, nil
}

// asDamaged makes a panic of the Parquet library, which trusts what a file
// says of itself, the failure that it stands for.
func asDamaged(err *error) {
	if fault := recover(); fault != nil {
		*err = store.Errorf(store.Invalid, "the Parquet file is damaged: %v", fault)
	}
}

// geoParquet returns the geometry column of a GeoParquet file and its
// coordinate system, WGS 84 where it names none (GeoParquet 1.1).
func geoParquet(f *parquet.File) (column, crs string) {
	text, ok := f.Lookup("geo")
	if !ok {
		return "", ""
	}
	var geo struct {
		Primary string `json:"primary_column"`
		Columns map[string]struct {
			Encoding string          `json:"encoding"`
			CRS      json.RawMessage `json:"crs"`
		} `json:"columns"`
	}
	if json.Unmarshal([]byte(text), &geo) != nil || geo.Columns[geo.Primary].Encoding != "WKB" {
		return "", ""
	}
	var named struct {
		Name string `json:"name"`
		ID   struct {
			Authority string      `json:"authority"`
			Code      json.Number `json:"code"`
		} `json:"id"`
	}
	switch raw := geo.Columns[geo.Primary].CRS; {
	case len(raw) == 0:
		return geo.Primary, "EPSG:4326"
	case string(raw) == "null" || json.Unmarshal(raw, &named) != nil:
		return geo.Primary, ""
	}
	switch {
	case named.ID.Authority == "OGC" && named.ID.Code == "CRS84":
		return geo.Primary, "EPSG:4326"
	case named.ID.Authority == "EPSG":
		return geo.Primary, "EPSG:" + named.ID.Code.String()
	}
	return geo.Primary, named.Name
}

// parquetColumn is a leaf of the schema of a file.
type parquetColumn struct {
	name       string
	index      int // of the leaf
	isGeometry bool
	text       func(parquet.Value) string
}

// parquetColumns lists the leaves, the geometry first.
func parquetColumns(root *parquet.Column, geometry string) ([]parquetColumn, error) {
	var columns []parquetColumn
	var walk func(c *parquet.Column)
	walk = func(c *parquet.Column) {
		if !c.Leaf() {
			for _, inner := range c.Columns() {
				walk(inner)
			}
			return
		}
		var path []string
		for _, step := range c.Path() {
			if step != "list" && step != "element" && step != "item" && step != "array" {
				path = append(path, step)
			}
		}
		column := parquetColumn{name: strings.Join(path, "."), index: c.Index(), text: parquetText(c.Type())}
		if logical := c.Type().LogicalType(); geometry == "" && logical != nil && (logical.Geometry != nil || logical.Geography != nil) {
			geometry = column.name
		}
		if geometry != "" && column.name == geometry {
			column.name, column.isGeometry = geometryColumn, true
			column.text = func(v parquet.Value) string { return pointCell(v.ByteArray()) }
			columns = append([]parquetColumn{column}, columns...)
			return
		}
		columns = append(columns, column)
	}
	walk(root)
	if len(columns) > MaxColumns {
		return nil, store.Errorf(store.TooLarge, "the Parquet file has %d columns; allowed: up to %d", len(columns), MaxColumns)
	}
	return columns, nil
}

// parquetRows reads the rows of a file, one row group after another.
type parquetRows struct {
	file    *parquet.File
	columns []parquetColumn
	header  []string
	group   int          // the next one
	rows    parquet.Rows // of the group at hand
	buffer  []parquet.Row
	filled  []parquet.Row // of the buffer, still to be given
	cells   []string
	row     int
}

func (p *parquetRows) names() []string { return p.header }

// Close ends the reading.
func (p *parquetRows) Close() error {
	if p.rows == nil {
		return nil
	}
	return p.rows.Close()
}

func (p *parquetRows) next() (rec record, err error) {
	defer asDamaged(&err)
	for len(p.filled) == 0 {
		if err := p.fill(); err != nil {
			return record{}, err
		}
	}
	row := p.filled[0]
	p.filled = p.filled[1:]
	p.row++
	p.cells = p.cells[:0]
	for range p.columns {
		p.cells = append(p.cells, "")
	}
	for _, v := range row {
		if v.IsNull() {
			continue
		}
		i := p.cellOf(v.Column())
		if i < 0 {
			continue
		}
		text := p.columns[i].text(v)
		if p.cells[i] != "" { // a list
			text = p.cells[i] + "; " + text
		}
		if p.cells[i] = text; len(text) > MaxRecordBytes {
			return record{}, store.Errorf(store.TooLarge, "row %d has a value over %d bytes", p.row, MaxRecordBytes)
		}
	}
	return record{row: p.row, cells: p.cells}, nil
}

// cellOf returns the cell of a leaf.
func (p *parquetRows) cellOf(leaf int) int {
	if leaf < len(p.columns) && p.columns[leaf].index == leaf {
		return leaf
	}
	for i, c := range p.columns {
		if c.index == leaf {
			return i
		}
	}
	return -1
}

// fill reads the next rows into the buffer.
func (p *parquetRows) fill() error {
	if p.rows == nil {
		groups := p.file.RowGroups()
		if p.group == len(groups) {
			return io.EOF
		}
		p.rows = groups[p.group].Rows()
		p.group++
	}
	n, err := p.rows.ReadRows(p.buffer)
	p.filled = p.buffer[:n]
	switch {
	case n > 0 && atEnd(err): // it will say so again
		return nil
	case atEnd(err):
		rows := p.rows
		p.rows = nil
		err = rows.Close()
	}
	if err != nil {
		return store.Errorf(store.Invalid, "the Parquet file is damaged after row %d: %v", p.row, err)
	}
	return nil
}
