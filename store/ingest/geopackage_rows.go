package ingest

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"atalaya/store"
)

// geoRows reads the rows of a layer, its geometry as the first cell.
type geoRows struct {
	db     *sql.DB
	rows   *sql.Rows
	body   *body
	layer  geoLayer
	all    []string // columns of the layer
	column []string // names of the cells
	values []any
	cells  []string
	row    int
}

// newGeoRows opens the rows of a layer, in a connection of their own.
func newGeoRows(ctx context.Context, b *body, layer geoLayer) (*geoRows, error) {
	db, err := openSQLite(ctx, b.path)
	if err != nil {
		return nil, err
	}
	g := &geoRows{db: db, body: b, layer: layer}
	if err := g.query(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return g, nil
}

func (g *geoRows) query(ctx context.Context) (err error) {
	empty, err := g.db.QueryContext(ctx, "SELECT * FROM "+quoted(g.layer.name)+" LIMIT 0") //nolint:gosec // quoted
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, empty.Close(), empty.Err()) }()
	if g.all, err = empty.Columns(); err != nil {
		return err
	}
	// As expressions they have no declared types, by which the driver would
	// make dates even of texts that are none.
	expressions := make([]string, len(g.all))
	for i, column := range g.all {
		expressions[i] = "+" + quoted(column)
		if g.layer.geometry != "" && column == g.layer.geometry {
			continue
		}
		g.column = append(g.column, column)
	}
	if len(g.column) < len(g.all) {
		g.column = append([]string{geometryColumn}, g.column...)
	}
	g.column = uniqueNames(g.column)
	if err := empty.Close(); err != nil {
		return err
	}
	g.values = make([]any, len(g.all))
	for i := range g.values {
		g.values[i] = new(any)
	}
	g.rows, err = g.db.QueryContext(ctx, "SELECT "+strings.Join(expressions, ", ")+" FROM "+quoted(g.layer.name)) //nolint:gosec,rowserrcheck // quoted; next checks
	return err
}

// Close ends the reading.
func (g *geoRows) Close() error { return errors.Join(g.rows.Close(), g.db.Close()) }

func (g *geoRows) names() []string { return g.column }

func (g *geoRows) next() (record, error) {
	if !g.rows.Next() {
		if err := g.rows.Err(); err != nil {
			return record{}, sqliteFault(err)
		}
		return record{}, io.EOF
	}
	if err := g.rows.Scan(g.values...); err != nil {
		return record{}, sqliteFault(err)
	}
	g.row++
	if g.layer.rows > 0 {
		g.body.reached.Store(g.body.size * min(int64(g.row), g.layer.rows) / g.layer.rows)
	}
	g.cells = g.cells[:0]
	for i, column := range g.all {
		if g.layer.geometry != "" && column == g.layer.geometry {
			g.cells = append(g.cells, "")
			copy(g.cells[1:], g.cells)
			g.cells[0] = geoPackagePoint(*g.values[i].(*any))
			continue
		}
		cell := sqlCell(*g.values[i].(*any))
		if len(cell) > MaxRecordBytes {
			return record{}, store.Errorf(store.TooLarge, "row %d, column %q has %d bytes; allowed: up to %d", g.row, column, len(cell), MaxRecordBytes)
		}
		g.cells = append(g.cells, cell)
	}
	return record{row: g.row, cells: g.cells}, nil
}

// geoPackagePoint writes a geometry of a GeoPackage as a cell (OGC 12-128,
// 2.1.3: a header, an envelope, WKB).
func geoPackagePoint(value any) string {
	blob, ok := value.([]byte)
	if !ok || len(blob) < 8 || blob[0] != 'G' || blob[1] != 'P' {
		return ""
	}
	envelope := map[byte]int{1: 32, 2: 48, 3: 48, 4: 64}[blob[3]>>1&7]
	if isEmpty := blob[3]&0x10 != 0; isEmpty || len(blob) < 8+envelope {
		return ""
	}
	return pointCell(blob[8+envelope:])
}

// sqlCell writes a value as a cell, every digit of it.
func sqlCell(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case []byte:
		if utf8.Valid(v) {
			return string(v)
		}
		return hex.EncodeToString(v)
	}
	return ""
}
