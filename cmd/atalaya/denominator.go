package main

import (
	"cmp"
	"context"
	"fmt"
	"os"

	"atalaya/store"
	"atalaya/store/ingest"
)

type denominatorCommand struct {
	List   denominatorListCommand   `cmd:"" help:"List the denominators."`
	Add    denominatorAddCommand    `cmd:"" help:"Add or replace a denominator from a CSV or GeoJSON file of points or polygons with a value."`
	Remove denominatorRemoveCommand `cmd:"" help:"Remove a denominator."`
}

type denominatorListCommand struct{ listing }

// Run lists the denominators.
func (c *denominatorListCommand) Run(ctx context.Context, p *program) error {
	return list(ctx, p, c.listing, store.Store.Denominators, func(d store.Denominator) (any, string) {
		return d, fmt.Sprintf("%-20s %s", d.ID, holdings(d))
	})
}

// holdings tells what a denominator holds on a line.
func holdings(d store.Denominator) string {
	return fmt.Sprintf("%.10g %s in %d parts: %s", d.Total, d.Unit, d.Parts, d.Name)
}

type denominatorAddCommand struct {
	File string `arg:"" help:"CSV or GeoJSON file."`
	database
	Name    string `required:"" help:"Name of the denominator." placeholder:"NAME"`
	ID      string `name:"id" help:"ID of the denominator; without it the name of the file." placeholder:"ID"`
	Unit    string `help:"What is counted: residents, premises; without it the name of the column of the values." placeholder:"UNIT"`
	Note    string `help:"Where the numbers are from." placeholder:"NOTE"`
	Value   string `help:"Column or property of the values; without it the one called value, population, residents or premises." placeholder:"COLUMN"`
	Decimal string `help:"Decimal mark of the values, . or ,; without it as they show it." placeholder:"MARK"`
}

// Run adds the denominator of a file, all of it or nothing.
func (c *denominatorAddCommand) Run(ctx context.Context, p *program) (err error) {
	file, err := readFile(c.File, func(f *os.File) (ingest.DenominatorFile, error) {
		return ingest.ReadDenominator(f, ingest.DenominatorOptions{Value: c.Value, Decimal: c.Decimal})
	})
	if err != nil {
		return err
	}
	d := store.Denominator{ID: cmp.Or(c.ID, slug(stem(c.File))), Name: c.Name, Unit: cmp.Or(c.Unit, file.Column), Note: c.Note}
	db, err := c.open(ctx, p)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	if err := db.PutDenominator(ctx, d, file.Parts); err != nil {
		return err
	}
	if d, err = db.Denominator(ctx, d.ID); err != nil {
		return err
	}
	return p.print("%s: %s", d.ID, holdings(d))
}

type denominatorRemoveCommand struct{ removal }

// Run removes a denominator.
func (c *denominatorRemoveCommand) Run(ctx context.Context, p *program) error {
	return c.remove(ctx, p, store.Store.DeleteDenominator)
}
