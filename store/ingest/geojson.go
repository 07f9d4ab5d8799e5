package ingest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"atalaya/store"
)

// The columns that features have beside their properties.
const (
	geometryColumn = "geometry"
	featureID      = "feature.id"
)

// otherGeometry marks the cell of a geometry that is no point.
const otherGeometry = "!"

// openGeoJSON opens a FeatureCollection, a Feature, an array of Features, or
// several of them one after another (newline-delimited GeoJSON).
func openGeoJSON(r *text) (*table, error) {
	f := newFeatures(r.Reader)
	sample, err := takeSample(f)
	if err != nil {
		return nil, err
	}
	if f.shape != "" && f.points == 0 && len(sample) > 0 {
		return nil, store.Errorf(store.Invalid, "the features are of type %s; allowed: Point (areas are not incidents)", f.shape)
	}
	return &table{container: "geojson", headed: true, geojson: true, sample: sample, records: f}, nil
}

// idMember is the key of featureID among the properties, which no property has.
const idMember = "\x00id"

// features reads GeoJSON feature by feature as records: the geometry is the
// first cell, then come the id and the properties as they first turn up.
type features struct {
	in       *rationed
	decoder  *json.Decoder
	columns  []string
	index    map[string]int // property → column
	cells    []string
	row      int
	ending   byte // of the array that the features are in; 0 at top level
	closing  bool // members may follow the array in its object
	points   int
	shape    string // a geometry type that is no point, if one came
	topLevel int    // values at top level so far
}

func newFeatures(r io.Reader) *features {
	in := &rationed{r: r}
	decoder := json.NewDecoder(in)
	decoder.UseNumber()
	return &features{in: in, decoder: decoder, columns: []string{geometryColumn}, index: map[string]int{}}
}

func (f *features) names() []string { return f.columns }

func (f *features) next() (record, error) {
	for {
		f.in.grant(f.decoder.InputOffset())
		if f.ending == 0 {
			feature, err := f.enter()
			if err != nil {
				return record{}, err
			}
			if feature != nil {
				return f.record(*feature)
			}
			continue
		}
		if f.decoder.More() {
			var feature feature
			if err := f.decoder.Decode(&feature); err != nil {
				return record{}, f.fault(err)
			}
			return f.record(feature)
		}
		if err := f.leave(); err != nil {
			return record{}, err
		}
	}
}

// feature is a GeoJSON feature, its properties kept in order.
type feature struct {
	Type       string          `json:"type"`
	ID         json.RawMessage `json:"id"`
	Geometry   *geometry       `json:"geometry"`
	Properties json.RawMessage `json:"properties"`
}

type geometry struct {
	Type        string          `json:"type"`
	Coordinates json.RawMessage `json:"coordinates"`
}

// enter reads on at top level: into the array of features of a collection or
// a bare array, or a whole Feature, which it returns. io.EOF is the end.
func (f *features) enter() (*feature, error) {
	token, err := f.decoder.Token()
	if atEnd(err) {
		return nil, io.EOF
	}
	if err != nil {
		return nil, f.fault(err)
	}
	f.topLevel++
	switch token {
	case json.Delim('['):
		f.ending = ']'
		return nil, nil //nolint:nilnil // inside an array now
	case json.Delim('{'):
		return f.members(map[string]json.RawMessage{})
	}
	return nil, store.Errorf(store.Invalid, "value %d of the file is no GeoJSON; allowed: FeatureCollection, Feature", f.topLevel)
}

// members reads the members of an object at top level up to the array of a
// collection, or to its end, where it has to be a Feature.
func (f *features) members(seen map[string]json.RawMessage) (*feature, error) {
	for f.decoder.More() {
		name, err := f.decoder.Token()
		if err != nil {
			return nil, f.fault(err)
		}
		if name == "features" {
			token, err := f.decoder.Token()
			if err != nil {
				return nil, f.fault(err)
			}
			if token != json.Delim('[') {
				return nil, store.Errorf(store.Invalid, "the JSON has a member features that is no array")
			}
			f.ending, f.closing = ']', true
			return nil, nil //nolint:nilnil // inside the collection now
		}
		var value json.RawMessage
		if err := f.decoder.Decode(&value); err != nil {
			return nil, f.fault(err)
		}
		if name == "crs" {
			if err := checkCRS(value); err != nil {
				return nil, err
			}
		}
		seen[fmt.Sprint(name)] = value
	}
	if _, err := f.decoder.Token(); err != nil { // the closing brace
		return nil, f.fault(err)
	}
	whole, err := json.Marshal(seen)
	if err != nil {
		return nil, f.fault(err)
	}
	var one feature
	if err := json.Unmarshal(whole, &one); err != nil {
		return nil, f.fault(err)
	}
	if one.Type != "Feature" {
		return nil, store.Errorf(store.Invalid, "value %d of the file is JSON of type %q; allowed: FeatureCollection, Feature", f.topLevel, cut(one.Type))
	}
	return &one, nil
}

// leave reads on behind the array of features.
func (f *features) leave() error {
	if _, err := f.decoder.Token(); err != nil {
		return f.fault(err)
	}
	f.ending = 0
	if !f.closing {
		return nil
	}
	f.closing = false
	for f.decoder.More() {
		name, err := f.decoder.Token()
		if err != nil {
			return f.fault(err)
		}
		var value json.RawMessage
		if err := f.decoder.Decode(&value); err != nil {
			return f.fault(err)
		}
		if name == "crs" {
			if err := checkCRS(value); err != nil {
				return err
			}
		}
	}
	if _, err := f.decoder.Token(); err != nil {
		return f.fault(err)
	}
	return nil
}

// record turns a feature into cells.
func (f *features) record(one feature) (record, error) {
	f.row++
	if one.Type != "Feature" {
		return record{}, store.Errorf(store.Invalid, "item %d of the file is of type %q; allowed: Feature", f.row, cut(one.Type))
	}
	f.cells = append(f.cells[:0], f.place(one.Geometry))
	for len(f.cells) < len(f.columns) {
		f.cells = append(f.cells, "")
	}
	if len(one.ID) > 0 {
		if err := f.set(idMember, one.ID); err != nil {
			return record{}, err
		}
	}
	if err := f.properties(one.Properties); err != nil {
		return record{}, err
	}
	return record{row: f.row, cells: f.cells}, nil
}

// place writes a geometry as a cell: a position, nothing, or the type of what
// is no point.
func (f *features) place(g *geometry) string {
	if g == nil {
		return ""
	}
	coordinates := compact(g.Coordinates)
	if g.Type == "MultiPoint" && strings.Count(coordinates, "[") == 2 {
		g.Type, coordinates = "Point", coordinates[1:len(coordinates)-1]
	}
	if g.Type != "Point" {
		f.shape = cut(g.Type)
		return otherGeometry + g.Type
	}
	f.points++
	if coordinates == "[]" || coordinates == "null" {
		return ""
	}
	return coordinates
}

// properties reads the members of an object into cells, new ones into new
// columns.
func (f *features) properties(object json.RawMessage) error {
	if len(object) == 0 || string(object) == "null" {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(object))
	decoder.UseNumber()
	if token, err := decoder.Token(); err != nil || token != json.Delim('{') {
		return store.Errorf(store.Invalid, "feature %d: properties is no object", f.row)
	}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return f.fault(err)
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return f.fault(err)
		}
		if err := f.set(fmt.Sprint(token), value); err != nil {
			return err
		}
	}
	return nil
}

// set fills the cell of a property; a new one becomes a new column.
func (f *features) set(property string, value json.RawMessage) error {
	column, ok := f.index[property]
	if !ok {
		if len(f.columns) == MaxColumns {
			return store.Errorf(store.TooLarge, "feature %d: the features have over %d different properties", f.row, MaxColumns)
		}
		name := property
		switch name {
		case idMember:
			name = featureID
		case geometryColumn, featureID, "":
			name = "properties." + name
		}
		column = len(f.columns)
		f.index[property] = column
		f.columns = append(f.columns, name)
		f.cells = append(f.cells, "")
	}
	f.cells[column] = plain(value)
	return nil
}

func (f *features) fault(err error) error {
	if err == nil {
		return nil
	}
	switch err.(type) { //nolint:errorlint // the decoder returns these bare
	case *json.SyntaxError, *json.UnmarshalTypeError:
		return store.Errorf(store.Invalid, "the JSON is broken after feature %d, about byte %d: %v", f.row, f.decoder.InputOffset(), err)
	case *store.Error:
		return err
	}
	if atEnd(err) || err == io.ErrUnexpectedEOF { //nolint:errorlint // as above
		return store.Errorf(store.Invalid, "the JSON ends too early, after feature %d: it was cut off on its way", f.row)
	}
	return err
}

// checkCRS refuses the crs member of old GeoJSON where it is not WGS 84.
func checkCRS(value json.RawMessage) error {
	text := strings.ToUpper(string(value))
	if text == "NULL" || strings.Contains(text, "CRS84") || strings.Contains(text, "4326") {
		return nil
	}
	return store.Errorf(store.Invalid, "the features are in another coordinate system (%s); %s", cut(string(value)), projectedAdvice)
}

// plain writes a JSON value as a cell: strings without quotes, null as blank.
func plain(value json.RawMessage) string {
	if len(value) == 0 || string(value) == "null" {
		return ""
	}
	if value[0] == '"' {
		var s string
		if json.Unmarshal(value, &s) == nil {
			return s
		}
	}
	return compact(value)
}

func compact(value json.RawMessage) string {
	var b bytes.Buffer
	if err := json.Compact(&b, value); err != nil {
		return string(value)
	}
	return b.String()
}
