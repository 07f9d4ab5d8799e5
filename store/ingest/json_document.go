package ingest

import (
	"encoding/json"
	"fmt"
	"io"

	"atalaya/store"
)

// document reads the records of one JSON document: the objects of the first
// array of them, at the top or in objects around it; where arrays of values
// come with the names of their columns, those. Documents may follow one
// another.
type document struct {
	*objects
	in      *rationed
	decoder *json.Decoder
	row     int
	depth   int      // of objects around the reader
	inside  bool     // the array of records
	found   bool     // that array, in the document at hand
	header  []string // names of the columns of arrays of values
}

func newDocument(r io.Reader, all *objects) *document {
	in := &rationed{r: r}
	decoder := json.NewDecoder(in)
	decoder.UseNumber()
	return &document{objects: all, in: in, decoder: decoder}
}

func (d *document) next() (record, error) {
	rec, err := d.read()
	if err == nil || atEnd(err) {
		return rec, err
	}
	return d.fault(err)
}

// read returns the next record. io.EOF is the end of the last document.
func (d *document) read() (record, error) {
	for {
		d.in.grant(d.decoder.InputOffset())
		switch {
		case d.inside && d.decoder.More():
			var value json.RawMessage
			if err := d.decoder.Decode(&value); err != nil {
				return record{}, unexpected(err)
			}
			return d.item(value)
		case d.inside:
			if err := d.skip(); err != nil {
				return record{}, err
			}
			d.inside = false
		case d.depth == 0:
			if err := d.enter(); err != nil {
				return record{}, err
			}
		case d.decoder.More():
			rec, err := d.member()
			if rec.row > 0 || err != nil {
				return rec, err
			}
		default:
			if err := d.leave(); err != nil {
				return record{}, err
			}
		}
	}
}

// enter begins a document. io.EOF means that there is none.
func (d *document) enter() error {
	token, err := d.decoder.Token()
	if atEnd(err) {
		return io.EOF
	}
	d.found = false
	switch token {
	case json.Delim('['):
		d.inside, d.found = true, true
	case json.Delim('{'):
		d.depth = 1
	default:
		if err == nil {
			err = store.Errorf(store.Invalid, "the JSON has a bare value after %d records; allowed: objects", d.row)
		}
	}
	return unexpected(err)
}

// leave ends an object around the array of records.
func (d *document) leave() error {
	if err := d.skip(); err != nil {
		return err
	}
	d.depth--
	if d.depth == 0 && !d.found {
		return store.Errorf(store.Invalid, "the JSON has no array of objects; allowed: a FeatureCollection, an array of objects or one in an object, an object a line")
	}
	return nil
}

// skip reads a delimiter.
func (d *document) skip() error {
	_, err := d.decoder.Token()
	return unexpected(err)
}

// member reads a member of an object around the array of records. Where it is
// that array, the first record comes back.
func (d *document) member() (record, error) {
	token, err := d.decoder.Token()
	if err != nil {
		return record{}, unexpected(err)
	}
	name := fmt.Sprint(token)
	d.isEsri = d.isEsri || name == "geometryType" || name == "objectIdFieldName"
	if isAside(name) || d.found {
		return record{}, d.aside(name)
	}
	token, err = d.decoder.Token()
	switch {
	case err != nil:
		return record{}, unexpected(err)
	case token == json.Delim('{'):
		d.depth++
		return record{}, nil
	case token != json.Delim('['):
		d.isPartial = d.isPartial || name == transferLimit && token == true
		return record{}, nil
	}
	return d.array(name)
}

// array reads on in an array: its first record where it is one of records,
// past it otherwise.
func (d *document) array(name string) (record, error) {
	for d.decoder.More() {
		d.in.grant(d.decoder.InputOffset())
		var value json.RawMessage
		if err := d.decoder.Decode(&value); err != nil {
			return record{}, unexpected(err)
		}
		if isObject(value) || value[0] == '[' && len(d.header) > 0 {
			d.inside, d.found = true, true
			return d.item(value)
		}
	}
	if name == "features" { // and none in it
		d.found = true
		d.set(geometryKey, "")
	}
	return record{}, d.skip()
}

// aside reads a member that holds no records.
func (d *document) aside(name string) error {
	var value json.RawMessage
	if err := d.decoder.Decode(&value); err != nil {
		return unexpected(err)
	}
	switch name {
	case transferLimit:
		d.isPartial = d.isPartial || string(value) == "true"
	case "properties": // of the collection
		d.isPartial = d.isPartial || memberText(value, transferLimit) == "true"
	case "crs", "spatialReference":
		crs := coordinateSystem(value)
		if d.found && crs != d.crs && crs != "" && crs != "EPSG:4326" {
			return store.Errorf(store.Invalid, "the coordinate system (%s) is named behind the records; put it before them", cut(crs))
		}
		if !d.found {
			d.crs = crs
		}
	case "columns", "fields":
		d.header = columnNames(value)
		eachMember(value, func(_ string, field json.RawMessage) {
			if memberText(field, "type") == "esriFieldTypeDate" {
				d.dates[memberText(field, "name")] = true
			}
		})
	case "meta": // of Socrata
		eachMember(value, func(name string, view json.RawMessage) {
			eachMember(view, func(inner string, columns json.RawMessage) {
				if name == "view" && inner == "columns" {
					d.header = columnNames(columns)
				}
			})
		})
	}
	return nil
}

// columnNames returns the names in an array of names, or of objects that have
// one.
func columnNames(array json.RawMessage) []string {
	var names []string
	eachMember(array, func(_ string, value json.RawMessage) {
		if isObject(value) {
			names = append(names, memberText(value, "name"))
		} else {
			names = append(names, plain(value))
		}
	})
	return uniqueNames(names)
}

// item turns an element of the array of records into cells.
func (d *document) item(value json.RawMessage) (record, error) {
	d.row++
	switch {
	case isObject(value):
		if kind := memberText(value, "type"); d.features > 0 && kind != "Feature" && memberText(value, "attributes") == "" {
			return record{row: d.row, flaw: flawed(BrokenRecord, "", "",
				say("the item is of type %q; allowed: Feature, as the items before it", cut(kind)))}, nil
		}
		return d.record(d.row, value)
	case value[0] == '[' && len(d.header) > 0:
		return d.values(value), nil
	}
	return record{row: d.row, flaw: jsonFlaw(value, false)}, nil
}

// values turns an array of values into cells.
func (d *document) values(array json.RawMessage) record {
	clear(d.cells)
	column := 0
	eachMember(array, func(_ string, value json.RawMessage) {
		if column < len(d.header) {
			d.set(d.header[column], plain(value))
		}
		column++
	})
	return record{row: d.row, cells: d.cells}
}

// fault names the failure of a document. One that is cut off ends in a record
// with that flaw.
func (d *document) fault(err error) (record, error) {
	switch err := err.(type) { //nolint:errorlint // the decoder returns these bare
	case *store.Error:
		return record{}, err
	case *json.SyntaxError, *json.UnmarshalTypeError:
		return record{}, store.Errorf(store.Invalid, "the JSON is broken after record %d, about byte %d: %v", d.row, d.decoder.InputOffset(), err)
	}
	if err != io.ErrUnexpectedEOF { //nolint:errorlint // as above
		return record{}, err
	}
	if d.row == 0 {
		return record{}, store.Errorf(store.Invalid, "the JSON ends before its first record: it was cut off on its way")
	}
	d.decoder = json.NewDecoder(eof{})
	d.depth, d.inside = 0, false
	d.row++
	return record{row: d.row, flaw: cutShort(say("the JSON does not end"))}, nil
}

// eof is a reader of nothing.
type eof struct{}

func (eof) Read([]byte) (int, error) { return 0, io.EOF }

// unexpected makes the end of the file a failure.
func unexpected(err error) error {
	if atEnd(err) {
		return io.ErrUnexpectedEOF
	}
	return err
}
