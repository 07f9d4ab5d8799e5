package ingest

import (
	"bytes"
	"encoding/json"
	"strings"

	"atalaya/store"
)

// startsLikeJSON tells an object or an array of objects from text that merely
// begins with a brace.
func startsLikeJSON(head []byte) bool {
	head = bytes.TrimLeft(head, " \t\r\n\x1e")
	if len(head) < 2 {
		return false
	}
	inner := bytes.TrimLeft(head[1:], " \t\r\n")
	if len(inner) == 0 {
		return false
	}
	switch head[0] {
	case '{':
		return inner[0] == '"' || inner[0] == '}'
	case '[':
		return inner[0] == '{' || inner[0] == ']'
	}
	return false
}

// openJSON opens JSON whose first bytes are head: one document with an array
// of objects or features somewhere in it, or a sequence of objects or features
// one after another, each on a line or behind a record separator (RFC 8142).
func openJSON(begin func() (*text, error), head []byte) (*table, error) {
	separator, isSequence := sequenceOf(head)
	all := newObjects()
	t, err := newTable("json", func() (recordReader, error) {
		text, err := begin()
		if err != nil {
			return nil, err
		}
		if isSequence {
			return newSequence(text.Reader, separator, all), nil
		}
		return newDocument(text.Reader, all), nil
	})
	if err != nil {
		return nil, err
	}
	t.crs, t.isPartial = all.crs, func() bool { return all.isPartial }
	if len(all.columns) == 0 {
		return nil, store.Errorf(store.Invalid, "the JSON has no records; %s", readable)
	}
	if all.columns[0] == geometryColumn {
		t.container, t.geojson = "geojson", true
	}
	if isSequence {
		t.container = map[bool]string{true: "geojsonseq", false: "ndjson"}[t.geojson]
	}
	if all.shape != "" && all.points == 0 && len(t.sample) > 0 {
		return nil, store.Errorf(store.Invalid, "the features are of type %s; allowed: Point (areas are not incidents)", all.shape)
	}
	return t, nil
}

// sequenceOf reports whether JSON that begins with head is a sequence of
// records, and which byte stands between them.
func sequenceOf(head []byte) (separator byte, isSequence bool) {
	head = bytes.TrimLeft(head, " \t\r\n")
	if head[0] == 0x1e {
		return 0x1e, true
	}
	if head[0] != '{' {
		return 0, false
	}
	end := valueEnd(head)
	if end < 0 {
		return 0, false
	}
	first, rest := head[:end], head[end:]
	if memberText(first, "type") == "Feature" {
		return '\n', true
	}
	if memberText(first, "type") == "FeatureCollection" || len(bytes.TrimSpace(rest)) == 0 && holdsRecords(first) {
		return 0, false
	}
	return '\n', true
}

// holdsRecords reports whether an object has an array of objects, or of
// arrays, that a document keeps its records in.
func holdsRecords(object []byte) bool {
	found := false
	eachMember(object, func(name string, value json.RawMessage) {
		switch {
		case isAside(name):
		case value[0] == '{':
			found = found || holdsRecords(value)
		case value[0] == '[':
			inner := bytes.TrimLeft(value[1:], " \t\r\n")
			found = found || inner[0] == '{' || inner[0] == '[' && name == "data"
		}
	})
	return found
}

// isAside reports whether a member tells about the records rather than holds
// them.
func isAside(name string) bool {
	switch strings.ToLower(name) {
	case "meta", "metadata", "columns", "fields", "schema", "links", "_links", "facets", "crs", "spatialreference",
		"fieldaliases", "geometryproperties", "bbox", "index", "request", "query", "parameters", "params", "error", "errors":
		return true
	}
	return false
}

// coordinateSystem returns what the crs member of old GeoJSON, or an Esri
// spatial reference, names: EPSG:n where it has a number.
func coordinateSystem(value json.RawMessage) string {
	for _, member := range []string{"latestWkid", "wkid"} {
		if code := memberText(value, member); code != "" && code != "0" {
			if code == "102100" || code == "102113" { // Esri's own numbers for it
				code = "3857"
			}
			return "EPSG:" + code
		}
	}
	if wkt := memberText(value, "wkt"); wkt != "" {
		return wkt
	}
	name := string(value)
	eachMember(value, func(member string, inner json.RawMessage) {
		if member == "properties" {
			name = memberText(inner, "name")
		}
	})
	upper := strings.ToUpper(strings.Trim(name, `"`))
	switch {
	case upper == "NULL" || upper == "":
		return ""
	case strings.Contains(upper, "CRS84"):
		return "EPSG:4326"
	case strings.Contains(upper, "EPSG"):
		return "EPSG:" + upper[strings.LastIndexAny(upper, ":/")+1:]
	}
	return name
}
