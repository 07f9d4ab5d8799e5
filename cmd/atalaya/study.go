package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"atalaya/geo/grid"
	"atalaya/store"
	"atalaya/store/layer"

	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// maxAreaFile is the largest file of areas that is read, in bytes.
const maxAreaFile = 256 << 20

// readStudy reads a study area: GeoJSON polygons, or a CSV file with a column
// cell.
func readStudy(name string) (*layer.Study, error) {
	text, err := readAreaFile(name)
	if err != nil {
		return nil, err
	}
	study := &layer.Study{Name: stem(name)}
	if !isJSON(text) {
		study.Cells, err = readCells(text)
		if err != nil {
			return nil, fmt.Errorf("area %s: %w", name, err)
		}
		return study, nil
	}
	features, err := readFeatures(text)
	if err != nil {
		return nil, fmt.Errorf("area %s: %w", name, err)
	}
	var polygons orb.MultiPolygon
	for i, f := range features {
		part, err := grid.Polygons(f.Geometry)
		if err != nil {
			return nil, fmt.Errorf("area %s: feature %d: %w", name, i+1, err)
		}
		polygons = append(polygons, part...)
	}
	study.Geometry = polygons
	return study, nil
}

// stem returns the name of a file without its folder and ending.
func stem(name string) string { return strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)) }

func readAreaFile(name string) ([]byte, error) {
	f, err := os.Open(name) //nolint:gosec // the user named it
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("area %s: no such file; a stored area needs the database instead of files", name)
	}
	if err != nil {
		return nil, fmt.Errorf("area: %w", err)
	}
	defer func() { _ = f.Close() }() // read only: nothing to lose
	text, err := io.ReadAll(io.LimitReader(f, maxAreaFile+1))
	if err != nil {
		return nil, fmt.Errorf("area %s: %w", name, err)
	}
	if len(text) > maxAreaFile {
		return nil, fmt.Errorf("area %s: more than %d MiB", name, maxAreaFile>>20)
	}
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), nil
}

func isJSON(text []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) }

// readFeatures reads a FeatureCollection, a Feature or a bare geometry.
func readFeatures(text []byte) ([]*geojson.Feature, error) {
	collection, err := geojson.UnmarshalFeatureCollection(text)
	if err == nil && collection.Type == "FeatureCollection" {
		if len(collection.Features) == 0 {
			return nil, errors.New("no feature in it")
		}
		return collection.Features, nil
	}
	if feature, err := geojson.UnmarshalFeature(text); err == nil {
		return []*geojson.Feature{feature}, nil
	}
	geometry, err := geojson.UnmarshalGeometry(text)
	if err != nil {
		return nil, fmt.Errorf("no GeoJSON FeatureCollection, Feature or geometry: %w", err)
	}
	return []*geojson.Feature{geojson.NewFeature(geometry.Geometry())}, nil
}

// readCells reads the column cell of a CSV file, ascending and once each.
// Every bad row is named.
func readCells(text []byte) ([]grid.Cell, error) {
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("read CSV: %w", err)
	}
	if len(records) < 2 {
		return nil, errors.New("no row under the header")
	}
	column := slices.IndexFunc(records[0], func(name string) bool { return strings.EqualFold(strings.TrimSpace(name), "cell") })
	if column < 0 {
		return nil, fmt.Errorf("no column cell among %s", strings.Join(records[0], ", "))
	}
	bad := &store.Error{Kind: store.Invalid, Message: "not every row holds a cell"}
	var cells []grid.Cell
	for i, record := range records[1:] {
		cell, err := grid.ParseCell(strings.TrimSpace(record[column]))
		if err != nil {
			bad.Problems = append(bad.Problems, store.Problem{Row: i + 2, Field: "cell", Value: record[column], Message: "is no H3 cell", Allowed: "15 hexadecimal digits"})
			continue
		}
		if len(cells) > 0 && cell.Res() != cells[0].Res() {
			bad.Problems = append(bad.Problems, store.Problem{Row: i + 2, Field: "cell", Value: record[column], Message: "is of another resolution than the first", Allowed: fmt.Sprintf("resolution %d", cells[0].Res())})
			continue
		}
		cells = append(cells, cell)
	}
	if len(bad.Problems) > 0 {
		return nil, bad
	}
	slices.Sort(cells)
	return slices.Compact(cells), nil
}
