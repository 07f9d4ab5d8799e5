package main

import (
	"context"
	"fmt"

	"atalaya/store"
)

type categoryCommand struct {
	List categoryListCommand `cmd:"" help:"List the categories."`
	Set  categorySetCommand  `cmd:"" help:"Add or change a category."`
	Map  categoryMapCommand  `cmd:"" help:"Say which category a source's text means; incidents that came with it move there."`
}

type categoryListCommand struct{ listing }

// Run lists the categories.
func (c *categoryListCommand) Run(ctx context.Context, p *program) error {
	return list(ctx, p, c.listing, store.Store.Categories, func(k store.Category) (any, string) {
		return k, fmt.Sprintf("%-28s %9d  %-16s %s / %s", k.Code, k.Incidents, k.Origin, k.NameES, k.NameEN)
	})
}

type categorySetCommand struct {
	Code string `arg:"" help:"Code: lower-case letters, digits, underscores."`
	database
	NameES    *string  `name:"name-es" help:"Spanish name." placeholder:"NAME"`
	NameEN    *string  `name:"name-en" help:"English name." placeholder:"NAME"`
	Group     *string  `help:"Group." placeholder:"GROUP"`
	Origin    *string  `help:"Origin of its incidents: reported, police_initiated, unknown." placeholder:"ORIGIN"`
	Sensitive *bool    `negatable:"" help:"Never show it by single cell below the smallest count."`
	Harm      *float64 `help:"Harm weight, 0 or more." placeholder:"WEIGHT"`
}

// Run changes what is given of a category and leaves the rest as it was.
func (c *categorySetCommand) Run(ctx context.Context, p *program) (err error) {
	db, err := c.open(ctx, p)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	category, err := db.Category(ctx, c.Code)
	switch {
	case store.KindOf(err) == store.NotFound:
		category = store.Category{Code: c.Code, NameES: c.Code, NameEN: c.Code, Origin: store.UnknownOrigin}
	case err != nil:
		return err
	}
	set(&category.NameES, c.NameES)
	set(&category.NameEN, c.NameEN)
	set(&category.Group, c.Group)
	set(&category.Sensitive, c.Sensitive)
	set(&category.Harm, c.Harm)
	if c.Origin != nil {
		category.Origin = store.Origin(*c.Origin)
	}
	return db.PutCategory(ctx, category)
}

// set changes a value when there is another one.
func set[T any](value, other *T) {
	if other != nil {
		*value = *other
	}
}

type categoryMapCommand struct {
	Source string `arg:"" help:"Code of the source."`
	Text   string `arg:"" help:"The text as the source writes it."`
	Code   string `arg:"" help:"Code of the category."`
	database
}

// Run maps a text to a category.
func (c *categoryMapCommand) Run(ctx context.Context, p *program) (err error) {
	db, err := c.openExisting(ctx, p)
	if err != nil {
		return err
	}
	defer closing(db, &err)
	moved, err := db.MapCategory(ctx, c.Source, c.Text, c.Code)
	if err != nil {
		return err
	}
	return p.print("%d incidents moved to %s", moved, c.Code)
}
