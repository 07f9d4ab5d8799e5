package main

import (
	"context"
	"fmt"
	"os"

	"atalaya/store"
	"atalaya/store/ingest"
)

type placeCommand struct {
	List   placeListCommand   `cmd:"" help:"List the places."`
	Add    placeAddCommand    `cmd:"" help:"Add or replace places from a GeoJSON file of points, or from a CSV file with columns name, longitude, latitude."`
	Remove placeRemoveCommand `cmd:"" help:"Remove a place."`
}

type placeListCommand struct{ listing }

// Run lists the places.
func (c *placeListCommand) Run(ctx context.Context, p *program) error {
	return list(ctx, p, c.listing, store.Store.Places, func(o store.Place) (any, string) {
		return map[string]any{"id": o.ID, "name": o.Name, "kind": o.Kind, "longitude": o.Point[0], "latitude": o.Point[1], "synthetic": o.Synthetic},
			fmt.Sprintf("%-24s %11.6f %10.6f  %-12s %s", o.ID, o.Point[0], o.Point[1], o.Kind, o.Name)
	})
}

type placeAddCommand struct {
	File string `arg:"" help:"GeoJSON or CSV file."`
	database
	NameFrom string `name:"name-from" help:"Column or property that holds the names; without it the one called name or nombre." placeholder:"COLUMN"`
}

// Run adds the places of a file, all or none.
func (c *placeAddCommand) Run(ctx context.Context, p *program) (err error) {
	places, err := readFile(c.File, func(f *os.File) ([]store.Place, error) {
		return ingest.ReadPlaces(f, ingest.PlaceOptions{Name: c.NameFrom})
	})
	if err != nil {
		return err
	}
	db, err := c.open(ctx, p)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	if err := db.PutPlaces(ctx, places...); err != nil {
		return err
	}
	return p.print("%d places", len(places))
}

// readFile reads a file, which errors name.
func readFile[T any](name string, read func(*os.File) (T, error)) (T, error) {
	var none T
	f, err := os.Open(name) //nolint:gosec // the user named it
	if err != nil {
		return none, err // names the file
	}
	defer func() { _ = f.Close() }() // read only: nothing to lose
	value, err := read(f)
	if err != nil {
		return none, fmt.Errorf("%s: %w", name, err)
	}
	return value, nil
}

type placeRemoveCommand struct{ removal }

// Run removes a place.
func (c *placeRemoveCommand) Run(ctx context.Context, p *program) error {
	return c.remove(ctx, p, store.Store.DeletePlace)
}
