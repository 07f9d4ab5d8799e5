package ingest

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"atalaya/store"
)

// The columns that features have beside their properties.
const (
	geometryColumn = "geometry"
	featureID      = "feature.id"
)

// otherGeometry marks the cell of a geometry that is no point.
const otherGeometry = "!"

// The keys of those columns, which no member has.
const (
	geometryKey = "\x00geometry"
	idKey       = "\x00id"
)

// transferLimit is the member by which a server of ArcGIS says that it had more
// features than it sends at once.
const transferLimit = "exceededTransferLimit"

// maxNesting is how deep objects are taken apart; deeper ones stay JSON.
const maxNesting = 8

// objects writes JSON objects as records: of a feature the geometry comes
// first, then the id and the properties; of any other object its members. An
// object within is taken apart, its columns named by the path to them, unless
// it is a GeoJSON geometry, which is one cell. Columns come as they first turn
// up, and stay from one pass to the next.
type objects struct {
	columns  []string
	index    map[string]int // key → column
	cells    []string
	crs      string
	features int
	points   int
	shape    string // a geometry type that is no point, if one came
	full     bool   // another column was one too many

	dates     map[string]bool // Esri's fields that count milliseconds since 1970
	isEsri    bool            // an object with attributes is a feature, even without a geometry
	isPartial bool            // the server had more records than it sent
}

func newObjects() *objects { return &objects{index: map[string]int{}, dates: map[string]bool{}} }

func (o *objects) names() []string { return o.columns }

// record turns an object into cells.
func (o *objects) record(row int, object json.RawMessage) (record, error) {
	for len(o.cells) < len(o.columns) {
		o.cells = append(o.cells, "")
	}
	clear(o.cells)
	parts := map[string]json.RawMessage{}
	eachMember(object, func(name string, value json.RawMessage) {
		switch name {
		case "type", "id", "geometry", "properties", "attributes":
			parts[name] = value
		}
	})
	switch {
	case string(parts["type"]) == `"Feature"`:
		o.features++
		o.set(geometryKey, o.place(parts["geometry"]))
		if id, ok := parts["id"]; ok {
			o.set(idKey, plain(id))
		}
		o.flatten("", parts["properties"], 0)
	case isObject(parts["attributes"]) && (o.isEsri || isObject(parts["geometry"]) || string(parts["geometry"]) == "null"): // Esri's features
		o.features++
		o.set(geometryKey, o.esriPoint(parts["geometry"]))
		o.flatten("", parts["attributes"], 0)
	default:
		o.flatten("", object, 0)
	}
	if o.full {
		return record{}, store.Errorf(store.TooLarge, "record %d: the records have over %d different members", row, MaxColumns)
	}
	return record{row: row, cells: o.cells}, nil
}

// flatten sets the cells of an object's members.
func (o *objects) flatten(path string, object json.RawMessage, depth int) {
	eachMember(object, func(name string, value json.RawMessage) {
		name = path + name
		switch {
		case o.dates[name]:
			o.set(name, esriTime(plain(value)))
		case !isObject(value) || depth == maxNesting:
			o.set(name, plain(value))
		case memberText(value, "type") != "" && memberText(value, "coordinates") != "":
			o.set(name, o.place(value))
		default:
			o.flatten(name+".", value, depth+1)
		}
	})
}

// place writes a geometry as a cell: a position, nothing, or the type of what
// is no point.
func (o *objects) place(geometry json.RawMessage) string {
	if !isObject(geometry) {
		return ""
	}
	kind, coordinates := memberText(geometry, "type"), memberText(geometry, "coordinates")
	if kind == "MultiPoint" && strings.Count(coordinates, "[") == 2 {
		kind, coordinates = "Point", coordinates[1:len(coordinates)-1]
	}
	if kind != "Point" {
		o.shape = cut(kind)
		return otherGeometry + kind
	}
	o.points++
	if coordinates == "[]" || coordinates == "null" {
		return ""
	}
	return coordinates
}

// esriPoint writes an Esri geometry as a cell, as place does.
func (o *objects) esriPoint(geometry json.RawMessage) string {
	if !isObject(geometry) {
		return ""
	}
	x, y := memberText(geometry, "x"), memberText(geometry, "y")
	switch {
	case memberText(geometry, "rings") != "":
		o.shape = "Polygon"
	case memberText(geometry, "paths") != "":
		o.shape = "LineString"
	default:
		o.points++
		if x == "" || y == "" || x == "NaN" || y == "NaN" {
			return ""
		}
		return "[" + x + "," + y + "]"
	}
	return otherGeometry + o.shape
}

// esriTime writes milliseconds since 1970 as ISO text.
func esriTime(cell string) string {
	milliseconds, err := strconv.ParseInt(cell, 10, 64)
	if err != nil {
		return cell
	}
	return time.UnixMilli(milliseconds).UTC().Format(time.RFC3339Nano)
}

// set fills the cell of a member; a new one becomes a new column.
func (o *objects) set(key, cell string) {
	column, ok := o.index[key]
	if !ok {
		if len(o.columns) == MaxColumns {
			o.full = true
			return
		}
		name := key
		switch name {
		case geometryKey:
			name = geometryColumn
		case idKey:
			name = featureID
		case geometryColumn, featureID, "":
			if o.features > 0 || name == "" {
				name = "properties." + name
			}
		}
		column = len(o.columns)
		o.index[key] = column
		o.columns = append(o.columns, name)
		o.cells = append(o.cells, "")
	}
	o.cells[column] = cell
}

func isObject(value json.RawMessage) bool { return len(value) > 1 && value[0] == '{' }
