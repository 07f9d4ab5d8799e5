package ingest

import (
	"fmt"
	"io"
	"strings"

	"atalaya/store"

	"github.com/paulmach/orb"
)

// PlaceOptions says how a file of places is read. The zero value leaves all to
// the file.
type PlaceOptions struct {
	Name string // column or property of the names; empty = the one called name, nombre, nome or nom
}

// ReadPlaces reads named points: GeoJSON, or CSV of any delimiter and encoding
// with a column of names and longitude and latitude, in degrees of WGS 84.
// Columns kind (or tipo) and synthetic are read where they are there. The ID is
// the slug of the column id, or else of the name. It takes all rows or none: Invalid
// names the first MaxProblems of what is wrong with them; TooLarge is over
// MaxDefinitionBytes.
func ReadPlaces(r io.Reader, opts PlaceOptions) ([]store.Place, error) {
	d, err := openDefinition(r)
	if err != nil {
		return nil, err
	}
	name, err := d.column("name", opts.Name, "name", "nombre", "nome", "nom")
	if err != nil {
		return nil, err
	}
	if name == "" {
		return nil, d.refuse("name", "", "is missing: no column is called name or nombre")
	}
	kind, err := d.column("kind", "", "kind", "tipo")
	if err != nil {
		return nil, err
	}
	synthetic, err := d.column("synthetic", "", "synthetic")
	if err != nil {
		return nil, err
	}
	var places []store.Place
	var bad badRows
	rows := map[string]int{} // of ids
	err = d.each(func(e defined) {
		if e.flaw != nil {
			bad.add(e.row, *e.flaw)
			return
		}
		at, isPoint := e.geometry.(orb.Point)
		p := store.Place{ID: placeID(e, name), Name: e.text(name), Kind: e.text(kind), Point: at, Synthetic: e.text(synthetic) == "true"}
		problems := p.Problems()
		if !isPoint || placeless(at) {
			problems = append(problems, store.Problem{Field: "geometry", Value: e.geometry.GeoJSONType(), Message: "is no point on the ground", Allowed: "a Point"})
		}
		if first, twice := rows[p.ID]; twice && p.ID != "" {
			problems = append(problems, store.Problem{Field: "id", Value: p.ID, Message: fmt.Sprintf("is the id of row %d too", first), Allowed: "an id for each: name them apart, or give a column id"})
		}
		bad.add(e.row, problems...)
		rows[p.ID] = e.row
		places = append(places, p)
	})
	if err != nil {
		return nil, err
	}
	if err := bad.err(); err != nil {
		return nil, err
	}
	return places, nil
}

// placeID returns the id that a record gives, or else the slug of its name.
func placeID(e defined, name string) string {
	if id := store.Slug(e.text("id"), '-'); id != "" {
		return id
	}
	slug := store.Slug(e.text(name), '-')
	return strings.TrimRight(slug[:min(len(slug), store.MaxCode)], "-")
}
