package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"atalaya/geo/grid"
	"atalaya/store"
)

type areaCommand struct {
	List   areaListCommand   `cmd:"" help:"List the areas."`
	Add    areaAddCommand    `cmd:"" help:"Add or replace areas from a GeoJSON file of polygons, or from a CSV file with a column cell."`
	Remove areaRemoveCommand `cmd:"" help:"Remove an area."`
}

type areaListCommand struct{ listing }

// Run lists the areas.
func (c *areaListCommand) Run(ctx context.Context, p *program) error {
	return list(ctx, p, c.listing, store.Store.Areas, func(a store.Area) (any, string) {
		shape := fmt.Sprintf("%d polygons", len(a.Geometry))
		if len(a.Cells) > 0 {
			shape = fmt.Sprintf("%d cells of resolution %d", len(a.Cells), a.Cells[0].Res())
		}
		return map[string]any{"id": a.ID, "name": a.Name, "kind": a.Kind, "polygons": len(a.Geometry), "cells": len(a.Cells), "synthetic": a.Synthetic},
			fmt.Sprintf("%-20s %-13s %-24s %s", a.ID, a.Kind, shape, a.Name)
	})
}

type areaAddCommand struct {
	File string `arg:"" help:"GeoJSON or CSV file."`
	database
	ID       string `name:"id" help:"ID of the area; needed when the file holds one area without an id." placeholder:"ID"`
	Name     string `help:"Name of the area." placeholder:"NAME"`
	Kind     string `default:"study" enum:"study,sector,jurisdiction" help:"What the area is for: study, sector or jurisdiction."`
	IDFrom   string `name:"id-from" help:"Property that holds the id of each feature." placeholder:"PROPERTY"`
	NameFrom string `name:"name-from" default:"name" help:"Property that holds the name of each feature (default: ${default})." placeholder:"PROPERTY"`
}

// Run adds the areas of a file, all or none.
func (c *areaAddCommand) Run(ctx context.Context, p *program) (err error) {
	areas, err := c.read()
	if err != nil {
		return err
	}
	db, err := c.open(ctx, p)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	if err := db.PutAreas(ctx, areas...); err != nil {
		return err
	}
	for _, a := range areas {
		if err := p.print("%s: %s", a.ID, a.Name); err != nil {
			return err
		}
	}
	return nil
}

func (c *areaAddCommand) read() ([]store.Area, error) {
	text, err := readAreaFile(c.File)
	if err != nil {
		return nil, err
	}
	if !isJSON(text) {
		cells, err := readCells(text)
		if err != nil {
			return nil, fmt.Errorf("area %s: %w", c.File, err)
		}
		return []store.Area{{ID: c.id(""), Name: c.name(""), Kind: store.AreaKind(c.Kind), Cells: cells, Geometry: grid.Outlines(cells)}}, nil
	}
	features, err := readFeatures(text)
	if err != nil {
		return nil, fmt.Errorf("area %s: %w", c.File, err)
	}
	var areas []store.Area
	for i, f := range features {
		polygons, err := grid.Polygons(f.Geometry)
		if err != nil {
			return nil, fmt.Errorf("area %s: feature %d: %w", c.File, i+1, err)
		}
		id := f.ID
		if c.IDFrom != "" {
			id = f.Properties[c.IDFrom]
		}
		if len(features) > 1 && asText(f.Properties[c.NameFrom]) == "" {
			return nil, fmt.Errorf("area %s: feature %d has no name in property %q: say with --name-from which one holds it (there are %s)",
				c.File, i+1, c.NameFrom, strings.Join(slices.Sorted(maps.Keys(f.Properties)), ", "))
		}
		a := store.Area{Name: c.name(asText(f.Properties[c.NameFrom])), Kind: store.AreaKind(c.Kind), Geometry: polygons}
		if len(features) == 1 {
			a.ID = c.id(asText(id))
		} else if a.ID = slug(asText(id)); a.ID == "" {
			a.ID = slug(fmt.Sprintf("%s-%d", stem(c.File), i+1))
		}
		if j := slices.IndexFunc(areas, func(b store.Area) bool { return b.ID == a.ID }); j >= 0 {
			return nil, fmt.Errorf("area %s: features %d and %d both have the id %s: name another property with --id-from", c.File, j+1, i+1, a.ID)
		}
		areas = append(areas, a)
	}
	return areas, nil
}

// id returns the id of the file's only area.
func (c *areaAddCommand) id(own string) string {
	for _, id := range []string{c.ID, slug(own)} {
		if id != "" {
			return id
		}
	}
	return slug(stem(c.File))
}

// name returns the name of an area: the flag's when there is one area to name.
func (c *areaAddCommand) name(own string) string {
	for _, name := range []string{c.Name, own} {
		if name != "" {
			return name
		}
	}
	return stem(c.File)
}

// asText returns a property or id as text, empty for none.
func asText(v any) string {
	if v == nil {
		return ""
	}
	return strings.TrimSpace(fmt.Sprint(v))
}

// slug returns a text as the ID of an area.
func slug(text string) string { return store.Slug(text, '-') }

type areaRemoveCommand struct{ removal }

// Run removes an area.
func (c *areaRemoveCommand) Run(ctx context.Context, p *program) error {
	return c.remove(ctx, p, store.Store.DeleteArea)
}
