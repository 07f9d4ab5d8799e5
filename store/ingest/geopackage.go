package ingest

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"strconv"
	"strings"

	"atalaya/store"

	_ "github.com/mattn/go-sqlite3" // the driver
)

const sqliteMagic = "SQLite format 3\x00"

// geoLayer is a table of a GeoPackage as it lists it.
type geoLayer struct {
	name     string
	geometry string // its column; empty where the table has none
	crs      string
	rows     int64
}

// openGeoPackage opens the layer of a GeoPackage (OGC 12-128) that incidents
// are in: of points, or a table without geometry.
func (o *opener) openGeoPackage(b *body) (*table, error) {
	b, err := o.spool.file(b)
	if err != nil {
		return nil, err
	}
	layers, others, err := geoLayers(o.ctx, b.path)
	if err != nil {
		return nil, sqliteFault(err)
	}
	var parts []part
	for _, layer := range layers {
		parts = append(parts, part{name: layer.name, size: layer.rows, open: func() (*table, error) {
			return o.openGeoLayer(b, layer)
		}})
	}
	t, err := choosePart("layer", o.part, parts, false)
	if err == nil && len(others) > 0 {
		t.notes = append(t.notes, "layers of other geometries are not read: "+listed(others))
	}
	if journal, statErr := os.Stat(b.path + "-wal"); err == nil && statErr == nil && journal.Size() > 0 {
		t.notes = append(t.notes, "changes that another program has not yet written into the GeoPackage are not read: close it there, and import again")
	}
	return t, err
}

// openSQLite opens a database that nobody vouches for: to be read only, its
// schema not trusted, nothing but the file itself read.
func openSQLite(ctx context.Context, path string) (*sql.DB, error) {
	name := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: "mode=ro&immutable=1&_query_only=1"}
	db, err := sql.Open("sqlite3", name.String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	for _, pragma := range []string{"PRAGMA trusted_schema = OFF", "PRAGMA cell_size_check = ON"} {
		if _, err := db.ExecContext(ctx, pragma); err != nil {
			return nil, errors.Join(sqliteFault(err), db.Close())
		}
	}
	return db, nil
}

func sqliteFault(err error) error {
	if known := (*store.Error)(nil); errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return store.Errorf(store.Invalid, "the GeoPackage cannot be read: %v", err)
}

// geoLayers lists the tables of a GeoPackage that hold points or no geometry,
// and the others.
func geoLayers(ctx context.Context, path string) (layers []geoLayer, others []string, err error) {
	db, err := openSQLite(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.QueryContext(ctx, `
		SELECT c.table_name, coalesce(g.column_name, ''), coalesce(upper(g.geometry_type_name), ''),
		       coalesce(upper(s.organization), ''), coalesce(s.organization_coordsys_id, 0), coalesce(s.definition, '')
		FROM gpkg_contents c
		LEFT JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
		LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id
		WHERE c.data_type IN ('features', 'attributes')`)
	if err != nil {
		if strings.Contains(err.Error(), "no such table") {
			return nil, nil, store.Errorf(store.Invalid, "the SQLite database is no GeoPackage (it has no table gpkg_contents); export its table as CSV")
		}
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var layer geoLayer
		var kind, organisation, definition string
		var code int
		if err := rows.Scan(&layer.name, &layer.geometry, &kind, &organisation, &code, &definition); err != nil {
			return nil, nil, err
		}
		switch {
		case organisation == "EPSG":
			layer.crs = "EPSG:" + strconv.Itoa(code)
		case code > 0:
			layer.crs = definition
		}
		switch kind {
		case "", "POINT", "MULTIPOINT", "GEOMETRY":
			layers = append(layers, layer)
		default:
			others = append(others, layer.name+" ("+kind+")")
		}
	}
	if err := rows.Err(); err != nil {
		return nil, nil, err
	}
	if len(layers) == 0 {
		return nil, nil, store.Errorf(store.Invalid, "the GeoPackage has no layer of points; its layers: %s", listed(others))
	}
	for i := range layers {
		if err := db.QueryRowContext(ctx, "SELECT count(*) FROM "+quoted(layers[i].name)).Scan(&layers[i].rows); err != nil {
			return nil, nil, err
		}
	}
	return layers, others, nil
}

func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// openGeoLayer opens a layer as a table.
func (o *opener) openGeoLayer(b *body, layer geoLayer) (*table, error) {
	t, err := newTable("gpkg", func() (recordReader, error) {
		rows, err := newGeoRows(o.ctx, b, layer)
		if err != nil {
			return nil, sqliteFault(err)
		}
		o.spool.closers = append(o.spool.closers, rows)
		return rows, nil
	})
	if err != nil {
		return nil, err
	}
	t.crs, t.geojson, t.body = layer.crs, layer.geometry != "", b
	return t, nil
}
